// The manual in a language: its chapters with their parts, the glossary's entries, and what each is drawn into.
import type { Html } from '../ui/html.ts'
import type { Locale } from '../ui/locale.ts'
import { chapterPath, chapters, isChapter, type Chapter } from './chapters.ts'
import { renderMarkdown, sectionsOf, type Section, type Setting } from './markdown.ts'
import { readPicture, type Picture } from './pictures.ts'
import { readSource, type Source } from './source.ts'

export type ManualChapter = Source & { chapter: Chapter; sections: readonly Section[] }

export type Manual = {
  locale: Locale
  chapters: readonly ManualChapter[]
  /** By their names in the text. */
  pictures: ReadonlyMap<string, Picture>
  /** The glossary's entries by their names; `other`: the same word in the other language. */
  words: ReadonlyMap<string, Section & { other: string }>
}

const pictureNames = (text: string) => [...text.matchAll(/!\[[^\]]*\]\(([a-z0-9-]+)\)/g)].map(([, name]) => name!)

const otherOf = (locale: Locale): Locale => (locale === 'lv' ? 'en' : 'lv')

const glossary = (locale: Locale): readonly Section[] => {
  const { title, text } = readSource(locale, 'glossary')
  return sectionsOf(title, text).slice(1)
}

function readManual(locale: Locale): Manual {
  const read = chapters.map((chapter): ManualChapter => {
    const source = readSource(locale, chapter)
    return { chapter, ...source, sections: sectionsOf(source.title, source.text) }
  })
  const others = new Map(glossary(otherOf(locale)).map(({ id, title }) => [id, title]))
  return {
    locale,
    chapters: read,
    pictures: new Map(read.flatMap(({ text }) => pictureNames(text)).map((name) => [name, readPicture(locale, name)])),
    words: new Map(glossary(locale).map((entry) => [entry.id, { ...entry, other: others.get(entry.id) ?? '' }])),
  }
}

const known = new Map<Locale, Manual>()

/** Read when it is first asked for, and kept. */
export function manualIn(locale: Locale): Manual {
  const manual = known.get(locale) ?? readManual(locale)
  known.set(locale, manual)
  return manual
}

/** `meters`, `glossary#reading`, or an address that is none of the manual's. */
export function targetOf(target: string): { chapter: Chapter; name: string } | undefined {
  const [chapter = '', name = ''] = target.split('#')
  return isChapter(chapter) ? { chapter, name } : undefined
}

function pathOf(target: string): string {
  const to = targetOf(target)
  return to ? `${chapterPath(to.chapter)}${to.name && `#${to.name}`}` : target
}

/** A chapter's text; by itself, or with other names and links where it is a part of a longer page. */
export function drawChapter(manual: Manual, { text }: ManualChapter, { below, ...setting }: { below: Setting['below'] } & Partial<Setting>): Html {
  const pictureOf = (name: string) => {
    const picture = manual.pictures.get(name)
    if (!picture) throw new Error(`no picture ${name}`)
    return picture
  }
  return renderMarkdown(text, { pictureOf, linkOf: pathOf, idOf: (name) => name, deeper: 0, below, ...setting })
}
