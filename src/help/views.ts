// Pages of the manual: a chapter with its words and neighbours, the contents beside it, and what search found.
import { html, type Html, type Piece } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { layout } from '../ui/layout.ts'
import { number } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import { chapterPath, helpPath, parts, type Chapter } from './chapters.ts'
import { drawChapter, type Manual, type ManualChapter } from './manual.ts'
import { pdfPath, sizeOfPdf } from './pdf.ts'
import type { Found } from './search.ts'

export const searchPath = `${helpPath}/search`
export const wholePath = `${helpPath}/all`

export const chapterIn = ({ chapters }: Manual, chapter: Chapter): ManualChapter => chapters.find((one) => one.chapter === chapter)!

function searchForm(view: View, query = ''): Html {
  const { t } = teller(view)
  return html`<form class="help-search" role="search" action="${searchPath}"><label class="govuk-label" for="q">${t('help.search')}</label>
    <div><input class="govuk-input" id="q" name="q" type="search" value="${query}" autocomplete="off" maxlength="200"><button class="govuk-button" type="submit">${t('help.find')}</button></div></form>`
}

function wholeLinks(view: View): Html {
  const { t } = teller(view)
  const megabytes = number(view.locale, Math.ceil(sizeOfPdf(view.locale) / 100_000) / 10)
  return html`<p class="help-pdf"><a href="${pdfPath(view.locale)}">${icon('download')} ${t('help.pdf', { megabytes })}</a></p>
    <p class="help-pdf"><a href="${wholePath}">${t('help.whole')}</a></p>`
}

function contents(view: View, manual: Manual, current?: Chapter): Html {
  const { t } = teller(view)
  const link = (chapter: Chapter) => html`<li><a href="${chapterPath(chapter)}"${chapter === current && html` aria-current="page"`}>${chapterIn(manual, chapter).title}</a></li>`
  return html`<nav class="help-contents" id="contents" aria-label="${t('help.contents')}">${parts.map(
    ({ part, chapters }) => html`<h2>${t(`help.part.${part}`)}</h2><ul>${chapters.map(link)}</ul>`,
  )}${wholeLinks(view)}</nav>`
}

type Shown = { title: string; query?: string; body: Piece; current?: Chapter }

function helpFrame(view: View, manual: Manual, { title, query, body, current }: Shown): Html {
  const { t } = teller(view)
  return layout(view, {
    title: `${title} – ${t('help.title')}`,
    crumbs: [{ href: helpPath, text: t('help.title') }],
    body: html`<div class="help"><div class="help-text">${searchForm(view, query)}<p class="help-jump"><a href="#contents">${t('help.contents')}</a></p>${body}</div>${contents(view, manual, current)}</div>`,
  })
}

/** What a word of the glossary is called in the other language. */
export function otherName(view: View, manual: Manual, id: string): Html | null {
  const word = manual.words.get(id)
  const other = view.locale === 'lv' ? 'en' : 'lv'
  return word ? html`<p class="help-other"><span class="govuk-visually-hidden">${teller(view).t('help.other-language')} </span><span lang="${other}">${word.other}</span></p>` : null
}

export function wordList(manual: Manual, { words }: ManualChapter, linkOf: (id: string) => string): Html | null {
  if (words.length === 0) return null
  const entry = (id: string) => {
    const { title, text } = manual.words.get(id)!
    return html`<dt><a href="${linkOf(id)}">${title}</a></dt><dd>${text}</dd>`
  }
  return html`<dl class="help-words">${words.map(entry)}</dl>`
}

function neighbours(view: View, { chapters }: Manual, current: Chapter): Html {
  const { t } = teller(view)
  const at = chapters.findIndex(({ chapter }) => chapter === current)
  const link = (to: ManualChapter | undefined, rel: 'prev' | 'next') =>
    to && html`<a href="${chapterPath(to.chapter)}" rel="${rel}"><small>${t(`help.${rel}`)}</small>${to.title}</a>`
  return html`<nav class="help-neighbours" aria-label="${t('help.neighbours')}">${link(chapters[at - 1], 'prev')}${link(chapters[at + 1], 'next')}</nav>`
}

export const updatedOn = (view: View, { updated }: ManualChapter): Html => {
  const { t, long } = teller(view)
  return html`<p class="meta">${t('help.updated')} <time datetime="${updated}">${long(updated)}</time></p>`
}

export function chapterPage(view: View, manual: Manual, current: Chapter): Html {
  const { t } = teller(view)
  const chapter = chapterIn(manual, current)
  const words = wordList(manual, chapter, (id) => `${chapterPath('glossary')}#${id}`)
  return helpFrame(view, manual, {
    title: chapter.title,
    current,
    body: html`<h1>${chapter.title}</h1>${updatedOn(view, chapter)}
      ${drawChapter(manual, chapter, { below: (id) => (current === 'glossary' ? otherName(view, manual, id) : null) })}
      ${words && html`<h2 class="govuk-heading-m" id="words">${t('help.words')}</h2>${words}`}${neighbours(view, manual, current)}`,
  })
}

/** Where help begins. */
export function contentsPage(view: View, manual: Manual): Html {
  const { t } = teller(view)
  const link = (chapter: Chapter) => html`<li><a class="govuk-link" href="${chapterPath(chapter)}">${chapterIn(manual, chapter).title}</a></li>`
  const card = ({ part, chapters }: (typeof parts)[number]) => html`<section><h2 class="govuk-heading-s">${t(`help.part.${part}`)}</h2><ul class="govuk-list">${chapters.map(link)}</ul></section>`
  return layout(view, {
    title: t('help.title'),
    body: html`<h1>${t('help.title')}</h1><p class="meta">${t('help.lead')}</p>${searchForm(view)}<div class="help-cards">${parts.map(card)}</div>${wholeLinks(view)}`,
  })
}

export function searchPage(view: View, manual: Manual, query: string, found: readonly Found[]): Html {
  const { t } = teller(view)
  const item = ({ chapter, id, title, chapterTitle, snippet }: Found) =>
    html`<li><a class="govuk-link" href="${chapterPath(chapter)}${id && `#${id}`}">${title === chapterTitle ? title : `${chapterTitle}: ${title}`}</a>
      <p>${snippet.map(({ text, isFound }) => (isFound ? html`<mark>${text}</mark>` : text))}</p></li>`
  const said = query === '' ? t('help.search-empty') : t('help.found', { count: found.length })
  const title = query === '' ? t('help.search') : t('help.search-title', { query })
  return helpFrame(view, manual, {
    title,
    query,
    body: html`<h1>${title}</h1><p class="meta" role="status">${said}</p><ol class="help-found">${found.map(item)}</ol>`,
  })
}
