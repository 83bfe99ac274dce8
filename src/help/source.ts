// The manual's sources: a file of Markdown for each chapter and language, with what it says of itself above the text.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isDate, type PlainDate } from '../kernel/date.ts'
import type { Locale } from '../ui/locale.ts'
import type { Chapter } from './chapters.ts'

export const manualFolder = new URL('../../manual/', import.meta.url)

export type Source = {
  title: string
  /** The day on which the text was last changed, and the digest of the text as it was then. */
  updated: PlainDate
  digest: string
  /** Entries of the glossary that the chapter uses. */
  words: readonly string[]
  text: string
}

export const sourceFile = (locale: Locale, chapter: Chapter): URL => new URL(`${locale}/${chapter}.md`, manualFolder)

/** What a date is of: everything that a reader reads. */
export const digestOf = ({ title, words, text }: Pick<Source, 'title' | 'words' | 'text'>): string =>
  createHash('sha256').update(JSON.stringify([title, words, text])).digest('hex').slice(0, 12)

/** `---`, lines of `name: value`, `---`, the text. */
export function parseSource(content: string): Source {
  const [, head = '', text = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(content) ?? []
  const said = Object.fromEntries(head.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
  const { title = '', updated = '', digest = '', words = '' } = said
  if (!title || !isDate(updated)) throw new Error(`a chapter needs a title and the date on which it was updated: ${content.slice(0, 80)}`)
  return { title, updated, digest, words: words.split(' ').filter(Boolean), text: text.trim() }
}

export const readSource = (locale: Locale, chapter: Chapter): Source => parseSource(readFileSync(sourceFile(locale, chapter), 'utf8'))
