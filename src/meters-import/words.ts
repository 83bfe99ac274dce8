// What a code of a row says, in words.
import { isMessageKey, say, type Locale } from '../ui/locale.ts'

export function codeWords(locale: Locale, code: string): string {
  const key = `meter-import.code.${code}`
  return isMessageKey(key) ? say(locale, key) : code
}

export const codesWords = (locale: Locale, codes: readonly string[]): string => codes.map((code) => codeWords(locale, code)).join('; ')
