// The page of the lists of cases: operation cases or house cases, filtered, sorted and paged by its address.
import type { PageRequest, Values } from '../people/page.ts'
import { spacedDesignation } from '../kernel/identifier.ts'
import { tidy } from '../kernel/text.ts'
import { button, input, select } from '../ui/form.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import type { MessageKey } from '../ui/locale.ts'
import { pageOf, pager, withQuery } from '../ui/pager.ts'
import { table, type Column } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import type { Coming } from './coming.ts'
import { casePath } from './frame.ts'
import { pageSize } from './list-sql.ts'
import { caseSorts, countVisibleCases, countVisibleHouseCases, houseSorts, visibleCases, visibleHouseCases, type CaseLine, type HouseLine } from './list.ts'

const path = '/cases'

/** The filters of each list; each is a field of the form by that name. */
const filters = { operation: ['address', 'designation', 'number'], house: ['address', 'propertyNumber', 'manager', 'number'] } as const
type Kind = keyof typeof filters

const kindOf = (query: Values): Kind => (query['kind'] === 'house' ? 'house' : 'operation')

/** What the address of the page says of the list; what it does not know is left out. `sort` is a column, after `-` to descend. */
function asked<S extends string>(query: Values, names: readonly string[], sorts: readonly S[]) {
  const texts = Object.fromEntries(names.map((name) => [name, tidy(query[name] ?? '').slice(0, 200)]).filter(([, text]) => text !== ''))
  const descending = query['sort']?.startsWith('-') ?? false
  const sort = sorts.find((known) => known === query['sort']?.replace('-', '')) ?? sorts[0]!
  return { texts: texts as Values, sort, descending }
}
type Asked = ReturnType<typeof asked>

/** The address of the same list with some of what is asked changed. */
const listHref = (kind: Kind, { texts, sort, descending }: Asked, changes: Values = {}) =>
  withQuery(path, { kind: kind === 'house' ? kind : '', ...texts, sort: sort === 'address' && !descending ? '' : `${descending ? '-' : ''}${sort}` }, changes)

const columnKey = (name: string) => `cases.column.${name}` as MessageKey

/** A column whose head sorts by it, and turns the order when it does already. */
function sortable<Row>(view: View, kind: Kind, list: Asked, name: string, cell: (row: Row) => Piece, label?: string): Column<Row> {
  const { t } = teller(view)
  const isSorted = list.sort === name
  const href = listHref(kind, list, { sort: isSorted && !list.descending ? `-${name}` : name === 'address' ? '' : name })
  const arrow = isSorted && html`<span class="arrow" aria-hidden="true">${list.descending ? '▼' : '▲'}</span>`
  const text = t(columnKey(name))
  return { head: html`<a href="${href}">${text}${arrow}</a>`, label: label ?? text, cell, sort: isSorted ? (list.descending ? 'descending' : 'ascending') : 'none' }
}

const none = (view: View) => html`<span class="none">${teller(view).t('word.none')}</span>`

function caseTable(view: View, list: Asked, rows: readonly CaseLine[], coming: Map<number, Piece>): Html {
  const column = (name: string, cell: (row: CaseLine) => Piece, label?: string) => sortable(view, 'operation', list, name, cell, label)
  return table(teller(view).t('cases.operation'), [
    { ...column('address', ({ number, address }) => html`<a href="${casePath(number)}">${address}</a>`, ''), className: 'main' },
    column('next', ({ id }) => coming.get(id) ?? html`<span class="none">${teller(view).t('cases.nothing-planned')}</span>`),
    { ...column('number', ({ number }) => number), className: 'code' },
    { ...column('designation', ({ designation }) => spacedDesignation(designation)), className: 'code' },
    column('mainUse', ({ mainUse }) => mainUse),
  ], rows)
}

function houseTable(view: View, list: Asked, rows: readonly HouseLine[], due: Map<number, Piece>): Html {
  const column = (name: string, cell: (row: HouseLine) => Piece, label?: string) => sortable(view, 'house', list, name, cell, label)
  const names = (all: readonly string[]) => (all.length === 0 ? none(view) : all.join(', '))
  const shown = (all: readonly string[]) => html`${all.slice(0, 3).join('; ')}${all.length > 3 && ` ${teller(view).t('cases.more', { count: all.length - 3 })}`}`
  return table(teller(view).t('cases.house'), [
    { ...column('address', ({ number, addresses }) => html`<a href="${casePath(number)}">${shown(addresses)}</a>`, ''), className: 'main' },
    { ...column('number', ({ number }) => number), className: 'code' },
    { ...column('propertyNumber', ({ propertyNumber }) => spacedDesignation(propertyNumber)), className: 'code' },
    { head: teller(view).t('cases.column.meters'), label: teller(view).t('cases.column.meters'), cell: ({ id }) => due.get(id) ?? none(view) },
    column('manager', ({ managers }) => names(managers)),
    column('responsible', ({ responsible }) => names(responsible)),
  ], rows)
}

/** Opened where there is much to look through, or something is being looked for; the order for phones, where columns have no heads. */
function filterForm(view: View, kind: Kind, list: Asked, total: number): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list: [] }
  const field = (name: string) => input({ name, label: t(columnKey(name)), value: list.texts[name] ?? '', problems, width: '20' })
  const sorts = (kind === 'house' ? houseSorts : caseSorts).flatMap((name) => [
    { value: name === 'address' ? '' : name, text: t(columnKey(name)) },
    { value: `-${name}`, text: t('cases.sort-descending', { column: t(columnKey(name)) }) },
  ])
  const sorted = list.descending ? `-${list.sort}` : list.sort === 'address' ? '' : list.sort
  const isSought = Object.keys(list.texts).length > 0
  const clear = isSought && html`<a class="clear" href="${listHref(kind, { ...list, texts: {} })}">${t('action.clear')}</a>`
  return html`<details class="finder"${(isSought || total > 10) && html` open`}><summary>${t('cases.find')}</summary>
    <form class="filter" method="get" action="${path}" role="search">
    ${kind === 'house' && html`<input type="hidden" name="kind" value="house">`}${filters[kind].map(field)}
    <div class="on-phone">${select({ name: 'sort', label: t('cases.sort'), value: sorted, options: sorts, problems })}</div>
    ${button(t('action.filter'))}${clear}</form></details>`
}

function tabs(view: View, kind: Kind, counts: Record<Kind, number>): Html {
  const { t, number } = teller(view)
  const href = (own: Kind) => withQuery(path, { kind: own === 'house' ? own : '' })
  const tab = (own: Kind) =>
    html`<a href="${href(own)}"${own === kind && html` aria-current="page"`}>${t(`cases.${own}`)} <b>${number(counts[own])}</b></a>`
  return html`<nav class="tabs" aria-label="${t('cases.kinds')}">${tab('operation')}${tab('house')}</nav>`
}

/** Nothing is to be seen in this profile: who sees cases, and what can be done. */
function emptyList(view: View): Html {
  const { t } = teller(view)
  const { profile, represents } = view.viewer!
  return html`<div class="empty"><p><strong>${represents === 'self' ? t('cases.none-self') : t('cases.none-for', { profile })}</strong></p>
    <p>${t('cases.who-sees')}</p><p><a href="/profile">${t(represents === 'self' ? 'cases.other-profile' : 'cases.switch-profile')}</a></p><p>${t('cases.ask')}</p></div>`
}

const noMatch = (view: View, kind: Kind, list: Asked) => {
  const { t } = teller(view)
  return html`<div class="empty"><p>${t('cases.no-match')}</p><p><a href="${listHref(kind, { ...list, texts: {} })}">${t('cases.show-all')}</a></p></div>`
}

/** One page of the list that is asked for, as a table, and how many rows its filter leaves. */
async function listed({ ctx, view, query }: PageRequest, kind: Kind, list: Asked, coming: Coming): Promise<{ total: number; page: number; rows: Html | null }> {
  const { texts, descending } = list
  const total = kind === 'house' ? await countVisibleHouseCases(ctx, texts) : await countVisibleCases(ctx, texts)
  const page = pageOf(query, total, pageSize)
  if (total === 0) return { total, page, rows: null }
  if (kind === 'house') {
    const { cases } = await visibleHouseCases(ctx, { ...texts, sort: houseSorts.find((sort) => sort === list.sort)!, descending, page })
    return { total, page, rows: houseTable(view, list, cases, await coming.house({ ctx, view }, cases.map(({ id }) => id))) }
  }
  const { cases } = await visibleCases(ctx, { ...texts, sort: caseSorts.find((sort) => sort === list.sort)!, descending, page })
  return { total, page, rows: caseTable(view, list, cases, await coming.operation({ ctx, view }, cases.map(({ id }) => id))) }
}

export const listPage = (coming: Coming) => async (request: PageRequest): Promise<Html> => {
  const { ctx, view, query } = request
  const { t } = teller(view)
  const kind = kindOf(query)
  const list: Asked = asked<string>(query, filters[kind], kind === 'house' ? houseSorts : caseSorts)
  const counts = { operation: await countVisibleCases(ctx), house: await countVisibleHouseCases(ctx) }
  const { total, page, rows } = await listed(request, kind, list, coming)
  const href = (to: number) => listHref(kind, list, { page: to === 1 ? '' : String(to) })
  const body =
    counts.operation === 0
      ? emptyList(view)
      : html`${counts.house > 0 && tabs(view, kind, counts)}${counts[kind] > 1 && filterForm(view, kind, list, counts[kind])}
        ${rows ?? noMatch(view, kind, list)}${pager(view, { page, total, size: pageSize, href })}`
  return layout(view, { title: t('cases.title'), section: 'cases', body: html`<h1>${t('cases.title')}</h1>${body}` })
}
