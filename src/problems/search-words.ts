// The words of a report as they are searched: folded, without their Latvian endings where they are asked for. Pure.
import { fold } from '../kernel/text.ts'

const longestWord = 60
const mostAsked = 8

/** Each word once. */
export const wordsOf = (...texts: readonly (string | null)[]): string[] =>
  [...new Set(fold(texts.filter((text) => text !== null).join(' ')).split(/[^\p{L}\p{N}]+/u))].filter((word) => word !== '').map((word) => word.slice(0, longestWord))

/** Longest first, folded. */
const endings = ['ajiem', 'ajam', 'ajas', 'iem', 'ies', 'am', 'as', 'ai', 'is', 'us', 'es', 'em', 'os', 'ei', 'im', 'ie', 'um', 'u', 'a', 'e', 'i', 's', 'o']
const shortestStem = 4

/** What the forms of a word have in common: `rādījumu` and `rādījums` are both found by `radijum`. */
export function stemOf(word: string): string {
  const ending = endings.find((one) => word.endsWith(one) && word.length - one.length >= shortestStem)
  return ending ? word.slice(0, -ending.length) : word
}

/** What is never a word, but is searched with them: a report's kind and topic, which never change. */
export const marksOf = (...marks: readonly (string | undefined)[]): string[] => marks.filter((mark) => mark !== undefined).map((mark) => `=${mark}`)

/** A `tsquery` that finds what has all of these words, in any form, and these marks; undefined where there are none. */
export function queryOf(find: string, marks: readonly string[] = []): string | undefined {
  const words = wordsOf(find).slice(0, mostAsked)
  const all = [...words.map((word) => `'${stemOf(word)}':*`), ...marks.map((mark) => `'${mark}'`)]
  return all.length === 0 ? undefined : all.join(' & ')
}
