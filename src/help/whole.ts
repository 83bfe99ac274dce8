// The whole manual on one page, to be read through or printed: a title page, the contents, every chapter.
import { createHash } from 'node:crypto'
import { version } from '../platform/version.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { teller, type View } from '../ui/view.ts'
import { helpPath, parts, type Chapter } from './chapters.ts'
import { drawChapter, targetOf, type Manual } from './manual.ts'
import { chapterIn, otherName, updatedOn, wordList } from './views.ts'

/** What the manual is made from, in short: of the same texts and pictures it is the same. */
export function digestOfManual({ chapters, pictures }: Manual): string {
  const hash = createHash('sha256').update(JSON.stringify([version, chapters.map(({ chapter, title, updated, words, text }) => [chapter, title, updated, words, text])]))
  for (const [name, { content }] of pictures) hash.update(name).update(content)
  return hash.digest('hex').slice(0, 16)
}

const inPage = (chapter: Chapter, name = '') => (name ? `${chapter}-${name}` : chapter)

function linkInPage(target: string): string {
  const to = targetOf(target)
  return to ? `#${inPage(to.chapter, to.name)}` : target
}

function chapterSection(view: View, manual: Manual, name: Chapter): Html {
  const { t } = teller(view)
  const chapter = chapterIn(manual, name)
  const words = wordList(manual, chapter, (id) => `#${inPage('glossary', id)}`)
  const body = drawChapter(manual, chapter, {
    below: (id) => (name === 'glossary' ? otherName(view, manual, id) : null),
    linkOf: linkInPage,
    idOf: (id) => inPage(name, id),
    deeper: 2,
  })
  return html`<section class="help-chapter"><h3 class="govuk-heading-l" id="${name}">${chapter.title}</h3>${updatedOn(view, chapter)}${body}
    ${words && html`<h4 class="govuk-heading-m" id="${inPage(name, 'words')}">${t('help.words')}</h4>${words}`}</section>`
}

export function wholePage(view: View, manual: Manual): Html {
  const { t, long } = teller(view)
  const last = manual.chapters.map(({ updated }) => updated).reduce((last, one) => (one > last ? one : last))
  const entry = (chapter: Chapter) => html`<li><a class="govuk-link" href="#${chapter}">${chapterIn(manual, chapter).title}</a></li>`
  const title = t('help.whole-title')
  return layout(view, {
    title,
    crumbs: [{ href: helpPath, text: t('help.title') }],
    body: html`<div class="help-whole"><header class="help-cover"><h1>${title}</h1><p class="meta">${t('help.version', { version, date: long(last) })}<br><small>${t('help.digest', { digest: digestOfManual(manual) })}</small></p></header>
      <nav class="help-toc" aria-label="${t('help.contents')}">${parts.map(({ part, chapters }) => html`<p>${t(`help.part.${part}`)}</p><ul class="govuk-list">${chapters.map(entry)}</ul>`)}</nav>
      ${parts.map(({ part, chapters }) => html`<h2 class="help-part">${t(`help.part.${part}`)}</h2>${chapters.map((chapter) => chapterSection(view, manual, chapter))}`)}</div>`,
  })
}
