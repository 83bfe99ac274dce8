// Cells of the CSV files that people are given.

/** A spreadsheet takes text that begins so for a formula: it is kept text by an apostrophe. */
export const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** In quotes where a separator, a quote or a line end is in it. */
export const quoted = (text: string, separators = ';,'): string => ([...`"\r\n${separators}`].some((sign) => text.includes(sign)) ? `"${text.replaceAll('"', '""')}"` : text)
