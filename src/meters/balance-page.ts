// The page of a house's balance: its meter against its flats', for a period, and the flats that are missing or late (DOMAIN 3.4).
import type { HouseCase } from '../cases/case.ts'
import { casePath } from '../cases/frame.ts'
import { houseFrame } from '../cases/house-frame.ts'
import { addDays, daysBetween, isDate } from '../kernel/date.ts'
import type { Quantity } from '../kernel/quantity.ts'
import type { Problem } from '../kernel/refusal.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { button, dateInput, errorSummary, select } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { number, typedDate } from '../ui/locale.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { balanceOf, lastPeriod, tolerance, type Balance, type Period, type PeriodUse } from './balance.ts'
import { chainOf, standing, type Read } from './consumption.ts'
import { readsOf, typedDifference } from './consumption-store.ts'
import { amountWords, meterPath, tag, whereWords } from './meter-view.ts'
import { meterTypes, type Meter } from './meter.ts'
import { lastOfEach } from './reading-store.ts'
import { seeMeters } from './seeing.ts'
import type { MeterType } from './tables.ts'

export const balancePath = (file: Pick<HouseCase, 'number'>): string => casePath(file.number, '/balance')

/** The types of which there is a meter of the house and one of a flat. */
const typesOf = (all: readonly Meter[]): MeterType[] =>
  meterTypes.filter((type) => [true, false].every((ofHouse) => all.some((meter) => meter.type === type && (meter.premises === '') === ofHouse)))

export const hasBalance = (all: readonly Meter[]): boolean => typesOf(all).length > 0

/** The last time between two readings of meters. */
async function lastPeriodOf({ ctx }: PageRequest, meters: readonly Meter[]): Promise<Period | undefined> {
  const last = await lastOfEach(ctx.db, meters)
  return lastPeriod(meters.map(({ id, installedOn, initial }) => [{ installedOn, initial, endedOn: null, readings: last.get(id)! }]))
}

/** The period of the address; the last one of the house's meters where it names none, or not a real one. */
function periodOf(query: PageRequest['query'], last: Period | undefined): { period: Period | undefined; problems: Problem[] } {
  const [from, to] = [typedDate(query['from'] ?? ''), typedDate(query['to'] ?? '')]
  if (from === '' && to === '') return { period: last, problems: [] }
  const problems = [['from', from], ['to', to]].filter(([, text]) => !isDate(text!)).map(([field, text]) => ({ field: field!, code: text === '' ? 'required' : 'date-format' }))
  if (!isDate(from) || !isDate(to)) return { period: last, problems }
  return from < to ? { period: { from, to }, problems: [] } : { period: last, problems: [{ field: 'to', code: 'not-after-from' }] }
}

function filter(view: View, file: HouseCase, types: readonly MeterType[], type: MeterType, query: PageRequest['query'], period: Period | undefined, list: readonly Problem[]): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const value = (name: 'from' | 'to') => query[name] ?? period?.[name] ?? ''
  const options = types.map((one) => ({ value: one, text: t(`consumption.type.${one}`) }))
  return html`${errorSummary(problems)}<form class="filter" method="get" action="${balancePath(file)}">
    ${types.length > 1 ? select({ name: 'type', label: t('consumption.column.type'), value: type, options, problems }) : html`<input type="hidden" name="type" value="${type}">`}
    ${dateInput({ name: 'from', label: t('balance.from'), value: value('from'), problems })}${dateInput({ name: 'to', label: t('balance.to'), value: value('to'), problems })}
    ${button(t('balance.count'), { secondary: true })}</form>`
}

type Line = { meter: Meter; use: PeriodUse }

function stateTag(view: View, { from, to }: Period, use: PeriodUse): Html {
  const { t } = teller(view)
  if (use.state === 'missing') return tag('overdue', t('balance.missing'))
  if (use.state === 'measured') return tag('ahead', t('balance.measured'))
  return html`${tag('soon', t('balance.late'))}<br><small>${t('balance.known-days', { days: use.days, of: daysBetween(from, to) })}</small>`
}

function flatTable(view: View, file: HouseCase, period: Period, lines: readonly Line[], caption: string): Html {
  const { t, short } = teller(view)
  const none = html`<span class="none">?</span>`
  const column = (name: 'where' | 'readings' | 'used' | 'state', cell: (line: Line) => Html | string) => ({ head: t(`balance.column.${name}`), label: name === 'state' ? '' : t(`balance.column.${name}`), cell })
  return table(caption, [
    { ...column('where', ({ meter }) => html`<a href="${meterPath(file, meter)}">${whereWords(view, file, meter) || meter.number}</a><br><small>${meter.number}</small>`), label: '', className: 'main' },
    column('readings', ({ use }) => (use.state === 'missing' ? none : `${short(use.from)} – ${short(use.to)}`)),
    column('used', ({ meter, use }) => (use.state === 'missing' ? none : html`<span class="chart-figures">${amountWords(view, use.consumption, meter)}</span>`)),
    column('state', ({ use }) => stateTag(view, period, use)),
  ], lines)
}

const signed = (view: View, value: Quantity, unit: string) => `${value > 0 ? '+' : ''}${amountWords(view, value, { unit })}`

function figures(view: View, { house, flats, difference, uses, houseUses }: Balance<Meter>, unit: string, typed: Quantity | null): Html {
  const { t } = teller(view)
  const figure = (title: string, value: string, note: string | null, name = '') => html`<div class="${name}"><dt>${title}</dt><dd>${value}${note !== null && html`<small>${note}</small>`}</dd></div>`
  const percent = house !== null && house > 0 && difference !== null ? t('balance.percent', { percent: number(view.locale, Math.round((difference / house) * 1000) / 10) }) : null
  const isEstimated = houseUses.some(({ state }) => state === 'estimated')
  return html`<dl class="chart-balance">
    ${figure(t('balance.house'), house === null ? '?' : amountWords(view, house, { unit }), isEstimated ? t('balance.by-days') : null)}
    ${figure(t('balance.flats'), amountWords(view, flats, { unit }), t('balance.flat-count', { known: uses.filter(({ use }) => use.state !== 'missing').length, count: uses.length }))}
    ${figure(t('balance.difference'), difference === null ? '?' : signed(view, difference, unit), percent, 'chart-difference')}
    ${figure(t('balance.typed'), typed === null ? t('word.none') : signed(view, typed, unit), null)}</dl>`
}

function counted(view: View, file: HouseCase, balance: Balance<Meter>, unit: string, typed: Quantity | null): Html {
  const { t, short } = teller(view)
  const { uses, period } = balance
  const wanting = uses.filter(({ use }) => use.state !== 'measured')
  const rest = uses.filter(({ use }) => use.state === 'measured')
  return html`<p class="govuk-body">${t('balance.period', { from: short(period.from), to: short(period.to), count: daysBetween(period.from, period.to) })}</p>
    ${figures(view, balance, unit, typed)}
    ${wanting.length > 0 ? html`<section><h3 class="govuk-heading-m">${t('balance.wanting', { count: wanting.length })}</h3><p class="govuk-body quiet">${t('balance.wanting-why', { days: tolerance })}</p>${flatTable(view, file, period, wanting, t('balance.wanting-label'))}</section>` : html`<p class="govuk-body">${t('balance.whole')}</p>`}
    ${rest.length > 0 && html`<details class="table"><summary>${t('balance.rest', { count: rest.length })}</summary>${flatTable(view, file, period, rest, t('balance.rest-label'))}</details>`}`
}

async function show(request: PageRequest): Promise<Html> {
  const { ctx, view, params, query } = request
  const { t } = teller(view)
  const { file, meters: all } = await seeMeters(ctx, params['number']!)
  const types = typesOf(all)
  const frame = (body: Html, hasProblems = false) =>
    houseFrame(request, file, { section: 'meters', isWithin: true, title: t('balance.title'), hasProblems, body: html`<h2 class="govuk-heading-l">${t('balance.title')}</h2>${body}` })
  const type = types.find((one) => one === query['type']) ?? types[0]
  if (!type) return frame(html`<div class="empty"><p>${t('balance.none')}</p><p>${t('balance.none-why')}</p></div>`)
  const own = all.filter((meter) => meter.type === type)
  const [house, flats] = [standing(own).filter(({ premises }) => premises === ''), standing(own).filter(({ premises }) => premises !== '')]
  const { period, problems } = periodOf(query, await lastPeriodOf(request, house.flatMap((meter) => chainOf(meter, own))))
  const form = filter(view, file, types, type, query, period, problems)
  if (!period) return frame(html`<p class="govuk-body quiet">${t('balance.about')}</p>${form}<div class="empty"><p>${t('balance.no-period')}</p></div>`, problems.length > 0)
  const reads = await readsOf(ctx.db, file.id, own, all, { from: addDays(period.from, -tolerance), to: addDays(period.to, tolerance) })
  const chain = (meter: Meter): Read[] => chainOf(meter, own).map(({ id }) => reads.get(id)!)
  const balance = balanceOf(house.map(chain), flats.map((meter) => ({ meter, chain: chain(meter) })), period)
  const typed = await typedDifference(ctx.db, file.id, own.filter(({ premises }) => premises === ''), period)
  return frame(html`<p class="govuk-body quiet">${t('balance.about')}</p>${form}${counted(view, file, balance, house[0]!.unit, typed)}`, problems.length > 0)
}

export const balancePage: Page = { path: '/cases/:number/balance', show }
