// The frame of every page of a house case: its addresses and property, and its sections beside what is shown.
import { spacedDesignation } from '../kernel/identifier.ts'
import type { PersonContext } from '../people/context.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { teller, type View } from '../ui/view.ts'
import type { HouseCase } from './case.ts'
import { casePath } from './frame.ts'
import { houseSectionCounts } from './store.ts'

const sections = [
  { section: 'overview', path: '' },
  { section: 'meters', path: '/meters' },
  { section: 'received', path: '/received' },
  { section: 'sent', path: '/sent' },
  { section: 'history', path: '/history' },
] as const

export type HouseSection = (typeof sections)[number]['section']

/** Of several addresses the first, and how many more. */
export function houseTitle(view: View, { buildings }: HouseCase): string {
  const [first = '', ...more] = new Set(buildings.map(({ building }) => building.address))
  return more.length === 0 ? first : `${first} ${teller(view).t('cases.more', { count: more.length })}`
}

type HouseFrame = {
  section: HouseSection
  /** The page's own name, before the address in the window's title; the section's when absent. */
  title?: string
  /** The way to the section's front page, for a page within it. */
  isWithin?: boolean
  body: Piece
  hasProblems?: boolean
}

export async function houseFrame(
  { ctx, view }: { ctx: PersonContext; view: View },
  file: HouseCase,
  { section, title: name, isWithin = false, body, hasProblems = false }: HouseFrame,
): Promise<Html> {
  const { t } = teller(view)
  const title = houseTitle(view, file)
  const counts: Partial<Record<HouseSection, number>> = await houseSectionCounts(ctx.db, file.id, ctx.actor.profile.id)
  const own = sections.find((known) => known.section === section)!
  const meta = [t('case.house', { number: file.number }), spacedDesignation(file.propertyNumber), t(`basic.property-kind.${file.propertyKind}`)]
  return layout(view, {
    title: section === 'overview' ? title : `${name ?? t(`case.section.${section}`)} – ${title}`,
    section: 'cases',
    hasProblems,
    crumbs: [
      { href: '/cases', text: t('cases.title') },
      { href: '/cases?kind=house', text: t('cases.house') },
      ...(section === 'overview' ? [] : [{ href: casePath(file.number), text: title }]),
      ...(isWithin ? [{ href: casePath(file.number, own.path), text: t(`case.section.${section}`) }] : []),
    ],
    body: html`<h1>${title}</h1><p class="meta">${meta.join(' · ')}</p>
      <div class="cols"><nav class="side" aria-label="${t('case.sections')}">${sections.map(
        ({ section: shown, path }) =>
          html`<a href="${casePath(file.number, path)}"${shown === section && html` aria-current="page"`}>${t(`case.section.${shown}`)}${(counts[shown] ?? 0) > 0 && html` <b>${counts[shown]}</b>`}</a>`,
      )}</nav><div class="body">${body}</div></div>`,
  })
}
