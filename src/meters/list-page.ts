// The section of meters of a house case: its list, sorted by status, type or number (DOMAIN 3.1, A-44).
import { houseFrame } from '../cases/house-frame.ts'
import type { Page } from '../people/page.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import type { MessageKey } from '../ui/locale.ts'
import { withQuery } from '../ui/pager.ts'
import { table, type Column } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { balancePath, hasBalance } from './balance-page.ts'
import { consumptionPath } from './consumption-page.ts'
import { dueTag, meterName, meterPath, metersPath, statusTag, validityTag, valueWords, whereWords } from './meter-view.ts'
import type { Meter } from './meter.ts'
import { roundPath } from './round-view.ts'
import { seeMeters, type SeenMeters } from './seeing.ts'

const sorts = ['status', 'type', 'number'] as const
type Sort = (typeof sorts)[number]
type Sorted = { sort: Sort; descending: boolean }

const sortedBy = (text = ''): Sorted => ({ sort: sorts.find((sort) => sort === text.replace('-', '')) ?? 'status', descending: text.startsWith('-') })

const columnKey = (name: string) => `meters.column.${name}` as MessageKey

const sortHref = (path: string, sort: Sort, descending: boolean) => withQuery(path, { sort: sort === 'status' && !descending ? '' : `${descending ? '-' : ''}${sort}` })

/** A column whose head sorts by it, and turns the order when it does already. */
function sortable(view: View, path: string, sorted: Sorted, name: Sort, cell: (meter: Meter) => Piece): Column<Meter> {
  const { t } = teller(view)
  const isSorted = sorted.sort === name
  const arrow = isSorted && html`<span class="arrow" aria-hidden="true">${sorted.descending ? '▼' : '▲'}</span>`
  const head = html`<a href="${sortHref(path, name, isSorted && !sorted.descending)}">${t(columnKey(name))}${arrow}</a>`
  return { head, label: t(columnKey(name)), cell, sort: isSorted ? (sorted.descending ? 'descending' : 'ascending') : 'none' }
}

function acts(view: View, { file, managed }: SeenMeters, meter: Meter): Html | null {
  const { t } = teller(view)
  const act = (path: string, key: MessageKey, picture: 'pencil' | 'trash-2') =>
    html`<a href="${meterPath(file, meter, path)}" title="${t(key)}">${icon(picture)}<span class="govuk-visually-hidden">${t(key)}: ${meterName(view, meter)}</span></a>`
  if (!managed.includes(meter.buildingId)) return null
  return html`${act('/edit', 'action.edit', 'pencil')} ${meter.lastReadOn === null && act('/remove', 'action.delete', 'trash-2')}`
}

function meterTable(view: View, seen: SeenMeters, sorted: Sorted): Html {
  const { t, short } = teller(view)
  const { file, managed } = seen
  const path = metersPath(file)
  const none = html`<span class="none">${t('word.none')}</span>`
  const column = (name: string, cell: (meter: Meter) => Piece) => ({ head: t(columnKey(name)), label: t(columnKey(name)), cell })
  const where = (meter: Meter) => whereWords(view, file, meter)
  const meters = sorted.descending ? seen.meters.toReversed() : seen.meters
  const below = (first: Piece, second: Piece) => html`${first}${second && html`<br>${second}`}`
  const list = table(t('meters.title'), [
    { ...sortable(view, path, sorted, 'number', (meter) => html`<a href="${meterPath(file, meter)}">${meter.number}</a>`), label: '', className: 'main' },
    { ...sortable(view, path, sorted, 'type', (meter) => below(t(`meter.type.${meter.type}`), where(meter) && html`<small>${where(meter)}</small>`)), label: '' },
    column('installedOn', ({ installedOn }) => short(installedOn)),
    sortable(view, path, sorted, 'status', (meter) => statusTag(view, meter)),
    column('lastValue', (meter) => (meter.lastValue === null ? none : html`<span class="code">${valueWords(view, meter.lastValue)} ${meter.unit}</span>`)),
    column('lastReadOn', (meter) => below(meter.lastReadOn === null ? none : short(meter.lastReadOn), dueTag(view, meter, 'brief'))),
    column('validUntil', (meter) => below(meter.validUntil === null ? none : short(meter.validUntil), validityTag(view, meter, seen.lead, 'brief'))),
    ...(managed.length > 0 ? [{ head: html`<span class="govuk-visually-hidden">${t('column.actions')}</span>`, label: '', className: 'act', cell: (meter: Meter) => acts(view, seen, meter) }] : []),
  ], meters)
  return html`<div class="meter-list">${list}</div>`
}

/** The order for phones, where columns have no heads. */
function sortLinks(view: View, { file }: SeenMeters, { sort }: Sorted): Html {
  const { t } = teller(view)
  const link = (name: Sort) => html`<a href="${sortHref(metersPath(file), name, false)}"${name === sort && html` aria-current="true"`}>${t(columnKey(name))}</a>`
  return html`<nav class="topics meter-sort" aria-label="${t('meters.sort')}">${sorts.map(link)}</nav>`
}

function emptyList(view: View, { managed }: SeenMeters): Html {
  const { t } = teller(view)
  return html`<div class="empty"><p>${t('meters.empty')}</p><p>${t(managed.length > 0 ? 'meters.empty-may' : 'meters.empty-not')}</p></div>`
}

const isWalked = ({ meters }: SeenMeters) => meters.some(({ status }) => status === 'ACTIVE')

const actLink = (view: View, path: string, key: MessageKey, isFirst = false) =>
  html`<a class="govuk-button${!isFirst && ' govuk-button--secondary'}" href="${path}">${teller(view).t(key)}</a>`

/** Before the list, which may be long: once there is something to walk to, it is what whoever holds a phone came for. */
const roundAct = (view: View, seen: SeenMeters): Html | null =>
  isWalked(seen) ? html`<div class="acts first">${actLink(view, roundPath(seen.file), 'round.title', seen.managed.length > 0)}</div>` : null

function listActs(view: View, seen: SeenMeters): Html {
  const { file, managed } = seen
  const link = (path: string, key: MessageKey, isFirst = false) => actLink(view, path, key, isFirst)
  return html`<div class="acts">${managed.length > 0 && link(metersPath(file, '/new'), 'meters.add', !isWalked(seen))}${isWalked(seen) && html`${link(roundPath(file, '/sheet'), 'round.sheet')}${link(metersPath(file, '/labels'), 'labels.title')}`}${managed.length > 0 && link('/meters/import', 'sheet-import.meters.short')}${isWalked(seen) && managed.length > 0 && link('/readings/import', 'sheet-import.readings.short')}</div>`
}

/** What else is known of these meters. */
function moreLinks(view: View, { file, meters }: SeenMeters): Html {
  const { t } = teller(view)
  const link = (path: string, text: string) => html`<li><a href="${path}">${text}</a></li>`
  return html`<ul class="govuk-list after">${meters.length > 0 && link(consumptionPath(file), t('consumption.of-house'))}${hasBalance(meters) && link(balancePath(file), t('balance.title'))}
    ${link(metersPath(file, '/history'), t('meters.history'))}</ul>`
}

export const listPage: Page = {
  path: '/cases/:number/meters',
  show: async (request) => {
    const { ctx, view, params, query } = request
    const { t } = teller(view)
    const sorted = sortedBy(query['sort'])
    const seen = await seeMeters(ctx, params['number']!, sorted.sort)
    const isEmpty = seen.meters.length === 0
    const body = html`<h2 class="govuk-heading-m">${t('meters.title')}</h2>
      ${isEmpty ? emptyList(view, seen) : html`${seen.managed.length === 0 && html`<p class="govuk-body quiet">${t('meters.read-only')}</p>`}${roundAct(view, seen)}${sortLinks(view, seen, sorted)}${meterTable(view, seen, sorted)}`}
      ${listActs(view, seen)}${moreLinks(view, seen)}`
    return houseFrame(request, seen.file, { section: 'meters', body })
  },
}
