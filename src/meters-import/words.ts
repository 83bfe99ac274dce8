// What a row's verdict says, in words.
import { isMessageKey, say, type Locale } from '../ui/locale.ts'
import type { RowVerdict } from './row.ts'

const codeWords = (locale: Locale, code: string): string => {
  const key = `meter-import.code.${code}`
  return isMessageKey(key) ? say(locale, key) : code
}

/** Sentences that do not say of which field they are. */
const unnamed = new Set(['required', 'too-long', 'date-format', 'value-format'])

function problemWords(locale: Locale, field: string, code: string): string {
  const name = `sheet-import.meters.field.${field}`
  return unnamed.has(code) && isMessageKey(name) ? `${say(locale, name)}: ${codeWords(locale, code)}` : codeWords(locale, code)
}

export type Reasons = Pick<RowVerdict, 'codes' | 'problems'>

/** Each code with its field where that is known and the sentence does not name it. */
export const reasonWords = (locale: Locale, { codes, problems }: Reasons): string =>
  (problems?.map(({ field, code }) => problemWords(locale, field, code)) ?? codes.map((code) => codeWords(locale, code))).join('; ')
