// The history of support, drawn: what was opened and closed, who looked, and at which pages.
import { html, type Html } from '../ui/html.ts'
import { pager, withQuery } from '../ui/pager.ts'
import { table, type Column } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { pageSize, type HistoryLine, type SeenPage } from './history.ts'

export const looksPath = '/profile/support-access/looks'

type Leaf = { path: string; page: number; total: number }

const leaves = (view: View, { path, page, total }: Leaf) => pager(view, { page, total, size: pageSize, href: (to) => withQuery(path, { page: to === 1 ? '' : String(to) }) })

function looked(view: View, { lookId, staff, report, endedAt, pages }: HistoryLine): Html {
  const { t, moment } = teller(view)
  const until = endedAt ? t('access.looked-until', { moment: moment(endedAt) }) : t('access.looks-still')
  return html`<strong>${t('access.looked', { staff: staff!, report: report! })}</strong><br><span class="quiet">${until} ·</span> <a href="${looksPath}/${lookId}">${t('access.looked-pages', { count: pages! })}</a>`
}

function lineWords(view: View, line: HistoryLine): Html {
  const { t } = teller(view)
  if (line.what === 'looked') return looked(view, line)
  const covers = line.caseNumber ? t('access.covers-case', { number: line.caseNumber }) : t('access.covers-all')
  return html`<strong>${t(`access.event.${line.what}`)}</strong>${line.what === 'opened' && html`<br><span class="quiet">${covers}</span>`}`
}

export function historyList(view: View, lines: readonly HistoryLine[], leaf: Leaf): Html {
  const { t, moment } = teller(view)
  if (lines.length === 0) return html`<div class="empty"><p>${t('access.history.none')}</p></div>`
  const columns: Column<HistoryLine>[] = [
    { head: t('access.when'), label: t('access.when'), cell: ({ at }) => html`<time datetime="${at.toISOString()}">${moment(at)}</time>` },
    { head: t('access.what'), label: '', className: 'main', cell: (line) => lineWords(view, line) },
  ]
  return html`${table(t('access.history'), columns, lines)}${leaves(view, leaf)}`
}

export function pageList(view: View, pages: readonly SeenPage[], leaf: Leaf): Html {
  const { t, moment } = teller(view)
  if (pages.length === 0) return html`<div class="empty"><p>${t('access.pages.none')}</p></div>`
  const columns: Column<SeenPage>[] = [
    { head: t('access.when'), label: t('access.when'), cell: ({ at }) => html`<time datetime="${at.toISOString()}">${moment(at)}</time>` },
    { head: t('access.page'), label: '', className: 'main', cell: ({ title, path }) => html`<strong>${title}</strong><br><code>${path}</code>` },
    { head: t('access.profile'), label: t('access.profile'), cell: ({ profile }) => profile },
  ]
  return html`${table(t('access.pages'), columns, pages)}${leaves(view, leaf)}`
}
