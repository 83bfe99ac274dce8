// Search in the manual: whatever the diacritics, and whichever ending a word has.
import MiniSearch from 'minisearch'
import { fold } from '../kernel/text.ts'
import type { Locale } from '../ui/locale.ts'
import type { Chapter } from './chapters.ts'
import type { Section } from './markdown.ts'
import type { Manual } from './manual.ts'

/** Endings of nouns, adjectives and verbs, folded, the longest first: what stays is what their forms have in common. */
const endings: Record<Locale, readonly string[]> = {
  lv: ['sanas', 'sana', 'amies', 'aties', 'ajiem', 'ajam', 'ajas', 'ajos', 'amas', 'iem', 'ies', 'jam', 'jas', 'jos', 'jus', 'ais', 'aja', 'iet', 'ams', 'ama', 'am', 'as', 'at', 'em', 'es', 'et', 'im', 'is', 'os', 'us', 'um', 'ai', 'ei', 'ij', 'ie', 'ja', 'ju', 'a', 'e', 'i', 'o', 's', 't', 'u'],
  en: ['ations', 'ation', 'ings', 'ing', 'ies', 'ied', 'es', 'ed', 'er', 's', 'y', 'e'],
}

const shortestStem = 3

function stem(locale: Locale, word: string): string {
  const folded = fold(word)
  const ending = endings[locale].find((ending) => folded.endsWith(ending) && folded.length - ending.length >= shortestStem)
  return ending ? folded.slice(0, -ending.length) : folded
}

const words = /[\p{L}\p{N}]+/gu

type Entry = Section & { key: string; chapter: Chapter; chapterTitle: string }

export type Piece = { text: string; isFound: boolean }
export type Found = { chapter: Chapter; id: string; title: string; chapterTitle: string; snippet: readonly Piece[] }

const longestSnippet = 34

/** Some of a text's words around the most of what was found, what was found apart from the rest. */
function snippetOf(locale: Locale, text: string, terms: ReadonlySet<string>): Piece[] {
  const places = [...text.matchAll(words)].map(({ 0: word, index }) => ({ start: index, end: index + word.length, isFound: terms.has(stem(locale, word)) }))
  if (places.length === 0) return []
  const foundFrom = (first: number) => places.slice(first, first + longestSnippet).filter(({ isFound }) => isFound).length
  const starts = places.map((_, at) => at).filter((at) => places[at]!.isFound)
  const best = starts.reduce((best, at) => (foundFrom(at) > foundFrom(best) ? at : best), starts[0] ?? 0)
  const first = Math.max(0, Math.min(best - 8, places.length - longestSnippet))
  const shown = places.slice(first, first + longestSnippet)
  const end = first + longestSnippet < places.length ? shown.at(-1)!.end : text.length
  const pieces: Piece[] = []
  let at = first === 0 ? 0 : shown[0]!.start
  if (first > 0) pieces.push({ text: '… ', isFound: false })
  for (const place of shown.filter(({ isFound }) => isFound)) {
    pieces.push({ text: text.slice(at, place.start), isFound: false }, { text: text.slice(place.start, place.end), isFound: true })
    at = place.end
  }
  pieces.push({ text: text.slice(at, end), isFound: false })
  if (end < text.length) pieces.push({ text: ' …', isFound: false })
  return pieces.filter(({ text }) => text !== '')
}

/** At most so many are shown: who finds more asks again with one word more. */
export const mostFound = 20

export function searchIn(manual: Manual): (query: string) => Found[] {
  const { locale } = manual
  const entries = manual.chapters.flatMap(({ chapter, title, sections }) =>
    sections.map((section): Entry => ({ key: `${chapter}#${section.id}`, chapter, chapterTitle: title, ...section })),
  )
  const index = new MiniSearch<Entry>({
    idField: 'key',
    fields: ['title', 'chapterTitle', 'text'],
    tokenize: (text) => text.match(words) ?? [],
    processTerm: (word) => stem(locale, word),
    searchOptions: { boost: { title: 4, chapterTitle: 1.5 }, prefix: (term) => term.length >= 2, combineWith: 'AND' },
  })
  index.addAll(entries)
  const byKey = new Map(entries.map((entry) => [entry.key, entry]))
  return (query) => {
    const all = index.search(query)
    const found = all.length > 0 ? all : index.search(query, { combineWith: 'OR' })
    return found.slice(0, mostFound).map(({ id: key, terms }) => {
      const { chapter, id, title, chapterTitle, text } = byKey.get(String(key))!
      return { chapter, id, title, chapterTitle, snippet: snippetOf(locale, text, new Set(terms)) }
    })
  }
}
