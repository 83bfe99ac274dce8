// Text as people mean it: trimmed for keeping, folded for comparing.

const isPlain = /^[!-~]*$/

/** One space between words, none around. Most cells of an import are so already. */
export const tidy = (text: string): string => (isPlain.test(text) ? text : text.normalize('NFC').replace(/\s+/g, ' ').trim())

/** Equal for texts that differ in case, diacritics or spacing only. */
export const fold = (text: string): string =>
  tidy(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const latvian = new Intl.Collator('lv', { numeric: true })

/** Orders as a Latvian list does, numbers by their value. */
export const inOrder = (one: string, other: string): number => latvian.compare(one, other)
