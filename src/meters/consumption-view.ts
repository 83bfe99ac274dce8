// Consumption as pages show it: a year's picture, what it says in words, and its table.
import { html, type Html, type Piece } from '../ui/html.ts'
import { longMonth, number, type MessageKey } from '../ui/locale.ts'
import { withQuery } from '../ui/pager.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { smallChart, yearChart, type Drawn } from './chart.ts'
import { against, firstOf, isWhole, type Use, type Uses } from './consumption.ts'
import { monthRows, type MonthRow } from './consumption-table.ts'
import { amountWords, meterName } from './meter-view.ts'
import type { Meter } from './meter.ts'

/** The year that an address asks for, or the last one there is. */
export const yearIn = (query: Readonly<Record<string, string>>, years: readonly number[]): number =>
  years.find((year) => String(year) === query['year']) ?? years[0]!

/** Other years of the same picture. */
export function yearLinks(view: View, path: string, years: readonly number[], current: number): Html | null {
  if (years.length < 2) return null
  return html`<nav class="topics chart-years" aria-label="${teller(view).t('consumption.years')}">${years.map(
    (year) => html`<a href="${withQuery(path, { year: String(year) })}"${year === current && html` aria-current="true"`}>${year}</a>`,
  )}</nav>`
}

/** `par 12,5 % vairāk`: only of the months that are known wholly in both years. */
function changeWords(view: View, { unit, comparison: { before, same } }: Drawn): string | null {
  if (!same) return null
  const { t } = teller(view)
  const percent = same.before > 0 ? Math.round(((same.now - same.before) / same.before) * 1000) / 10 : null
  const words = { year: String(before.year), months: same.months, now: amountWords(view, same.now, { unit }), before: amountWords(view, same.before, { unit }) }
  if (percent === null || percent === 0) return t('consumption.same', words)
  return t(percent > 0 ? 'consumption.more' : 'consumption.less', { ...words, percent: number(view.locale, Math.abs(percent)) })
}

/** The year's total, large, and how it stands to the year before. */
function summary(view: View, drawn: Drawn): Html {
  const { t } = teller(view)
  const { now } = drawn.comparison
  const total = now.total === null ? t('consumption.no-data', { year: String(now.year) }) : html`<strong>${amountWords(view, now.total, drawn)}</strong> ${t('consumption.of-year', { year: String(now.year) })}`
  const change = changeWords(view, drawn)
  return html`<p class="chart-total">${total}</p>${change && html`<p class="chart-change">${change}</p>`}`
}

function useCell(view: View, unit: string, use: Use | null): Piece {
  const { t } = teller(view)
  if (use === null) return html`<span class="none" title="${t('consumption.unknown')}">?</span>`
  return html`<span class="chart-figures">${amountWords(view, use.consumption, { unit })}</span>${!isWhole(use) && html` <small>${t('consumption.days', { days: use.days, of: use.of })}</small>`}`
}

/** The same as the picture shows, in rows. */
export function dataTable(view: View, { name, unit, comparison }: Drawn): Html {
  const { t } = teller(view)
  const of = ({ year }: { year: number }, which: 'now' | 'before') => ({ head: String(year), label: String(year), cell: (row: MonthRow) => useCell(view, unit, row[which]) })
  return html`<details class="table"><summary>${t('timeline.table')}<span class="govuk-visually-hidden">: ${name}</span></summary>${table(
    name,
    [
      { head: t('consumption.column.month'), label: '', className: 'main', cell: ({ month }: MonthRow) => longMonth(view.locale, firstOf(month)) },
      of(comparison.now, 'now'),
      of(comparison.before, 'before'),
    ],
    monthRows(comparison),
  )}</details>`
}

/** A picture with its words and its table. */
export const drawnSection = (view: View, drawn: Drawn): Html => html`${summary(view, drawn)}${yearChart(view, drawn)}${dataTable(view, drawn)}`

/** A file of what is shown, in two forms. */
export function exportLinks(view: View, path: string, query: Readonly<Record<string, string>> = {}): Html {
  const { t } = teller(view)
  const link = (ending: 'csv' | 'xlsx', key: MessageKey) => html`<a href="${withQuery(`${path}.${ending}`, query)}" download>${t(key)}</a>`
  return html`<p class="chart-exports">${t('consumption.export')} ${link('xlsx', 'consumption.xlsx')} · ${link('csv', 'consumption.csv')}</p>`
}

/** What a meter and those before it used, as a picture of a year. `years`: the ones to choose from, the latest first. `isKnown`: there is something to show. */
export type MeterUse = { meter: Meter; isKnown: boolean; uses: Uses; years: readonly number[]; year: number }

const drawnOf = (view: View, { meter, uses, year }: Pick<MeterUse, 'meter' | 'uses' | 'year'>): Drawn => ({
  id: `chart-${meter.id}`,
  name: teller(view).t('consumption.of-meter', { meter: meterName(view, meter) }),
  unit: meter.unit,
  comparison: against(uses, year),
})

/** The picture of one meter; `path`: the page that it stands on, for its other years. */
export const meterChart = (view: View, use: MeterUse, path: string): Html =>
  html`${yearLinks(view, path, use.years, use.year)}${drawnSection(view, drawnOf(view, use))}<p class="govuk-body-s quiet">${teller(view).t('consumption.by-days')}</p>`

/** The same, small, for lists of meters. */
export const meterSmallChart = (view: View, use: Pick<MeterUse, 'meter' | 'uses' | 'year'>): Html => smallChart(view, drawnOf(view, use))
