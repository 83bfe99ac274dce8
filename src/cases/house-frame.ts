// The frame of every page of a house case: its addresses and property, and its sections beside what is shown.
import { spacedDesignation } from '../kernel/identifier.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { teller, type View } from '../ui/view.ts'
import type { HouseCase } from './case.ts'
import { casePath } from './frame.ts'

const sections = [
  { section: 'overview', path: '' },
  { section: 'history', path: '/history' },
] as const

export type HouseSection = (typeof sections)[number]['section']

/** Of several addresses the first, and how many more. */
export function houseTitle(view: View, { buildings }: HouseCase): string {
  const [first = '', ...more] = new Set(buildings.map(({ building }) => building.address))
  return more.length === 0 ? first : `${first} ${teller(view).t('cases.more', { count: more.length })}`
}

export function houseFrame(view: View, file: HouseCase, { section, body }: { section: HouseSection; body: Piece }): Html {
  const { t } = teller(view)
  const title = houseTitle(view, file)
  const meta = [t('case.house', { number: file.number }), spacedDesignation(file.propertyNumber), t(`basic.property-kind.${file.propertyKind}`)]
  return layout(view, {
    title: section === 'overview' ? title : `${t(`case.section.${section}`)} – ${title}`,
    section: 'cases',
    crumbs: [
      { href: '/cases', text: t('cases.title') },
      { href: '/cases?kind=house', text: t('cases.house') },
      ...(section === 'overview' ? [] : [{ href: casePath(file.number), text: title }]),
    ],
    body: html`<h1>${title}</h1><p class="meta">${meta.join(' · ')}</p>
      <div class="cols"><nav class="side" aria-label="${t('case.sections')}">${sections.map(
        ({ section: own, path }) => html`<a href="${casePath(file.number, path)}"${own === section && html` aria-current="page"`}>${t(`case.section.${own}`)}</a>`,
      )}</nav><div class="body">${body}</div></div>`,
  })
}
