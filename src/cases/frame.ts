// The frame of every page of an operation case: its heading, and its sections beside what is shown.
import { spacedDesignation } from '../kernel/identifier.ts'
import type { PersonContext } from '../people/context.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import type { MessageKey } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import type { OperationCase } from './case.ts'
import { sectionCounts, type SectionCounts } from './store.ts'

export type CaseSection = 'overview' | 'basic' | 'types' | 'inspections' | 'plan' | 'notices' | 'history'

const sections: { section: CaseSection; path: string; key: MessageKey; count?: keyof SectionCounts }[] = [
  { section: 'overview', path: '', key: 'case.section.overview' },
  { section: 'basic', path: '/basic', key: 'case.section.basic' },
  { section: 'types', path: '/inspection-types', key: 'case.section.types', count: 'types' },
  { section: 'inspections', path: '/inspections', key: 'case.section.inspections', count: 'inspections' },
  { section: 'plan', path: '/plan', key: 'case.section.plan' },
  { section: 'notices', path: '/notices', key: 'case.section.notices' },
  { section: 'history', path: '/history', key: 'case.section.history' },
]

export const casePath = (number: string, rest = ''): string => `/cases/${encodeURIComponent(number)}${rest}`

type CaseFrame = {
  section: CaseSection
  /** The page's own name, before the address in the window's title; the section's when absent. */
  title?: string
  body: Piece
  hasProblems?: boolean
  /** Whether the actor may configure: the types' settings and the plan of reminders open for them alone (INS-1). */
  mayConfigure: boolean
}

function menu(view: View, file: OperationCase, current: CaseSection, counts: SectionCounts, mayConfigure: boolean): Html {
  const { t } = teller(view)
  const shown = sections.filter(({ section }) => mayConfigure || (section !== 'types' && section !== 'plan'))
  return html`<nav class="side" aria-label="${t('case.sections')}">${shown.map(
    ({ section, path, key, count }) =>
      html`<a href="${casePath(file.number, path)}"${section === current && html` aria-current="page"`}>${t(key)}${count && counts[count] > 0 && html` <b>${counts[count]}</b>`}</a>`,
  )}</nav>`
}

export async function caseFrame(
  { ctx, view }: { ctx: PersonContext; view: View },
  file: OperationCase,
  { section, title, body, hasProblems = false, mayConfigure }: CaseFrame,
): Promise<Html> {
  const { t } = teller(view)
  const { building, parties } = file
  const meta = [t('case.operation', { number: file.number }), spacedDesignation(building.designation), building.mainUse]
  const manager = parties.managers[0] && t('case.managed-by', { name: parties.managers[0].name })
  const name = title ?? t(sections.find((known) => known.section === section)!.key)
  return layout(view, {
    title: section === 'overview' ? building.address : `${name} – ${building.address}`,
    section: 'cases',
    hasProblems,
    crumbs: [
      { href: '/cases', text: t('cases.title') },
      ...(file.houseCase ? [{ href: casePath(file.houseCase.number), text: t('case.house', { number: file.houseCase.number }) }] : []),
      ...(section === 'overview' ? [] : [{ href: casePath(file.number), text: building.address }]),
    ],
    body: html`<h1>${building.address}</h1><p class="meta">${[...meta, manager].filter(Boolean).join(' · ')}</p>
      <div class="cols">${menu(view, file, section, await sectionCounts(ctx.db, file.id), mayConfigure)}<div class="body">${body}</div></div>`,
  })
}
