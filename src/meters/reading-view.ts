// Readings as pages show them: by year, the latest first, with what was used, who entered each and what it warns of (DOMAIN 3.2).
import { quantity } from '../kernel/quantity.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { number, type MessageKey } from '../ui/locale.ts'
import { withQuery } from '../ui/pager.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { amountWords, meterPath, tag, valueWords } from './meter-view.ts'
import { readingDueOn, type Meter } from './meter.ts'
import { consumptions, judgeEdit, type Reading, type Usual } from './reading.ts'
import type { ReadingYears } from './reading-list.ts'
import type { Among } from './reading-store.ts'
import type { SeenMeter } from './seeing.ts'

const daysInMonth = 365.25 / 12

/** Thousandths a day as an amount a month, to three figures: a measure to compare by, not to bill. */
const monthly = (view: View, rate: number) => number(view.locale, Number(((rate * daysInMonth) / 1000).toPrecision(3)))

function unusualWords(view: View, { unit }: Meter, usual: Usual | undefined): string {
  const { t } = teller(view)
  if (!usual) return t('reading.warning.unusual')
  const [least, most, now] = [monthly(view, usual.least), monthly(view, usual.most), monthly(view, usual.now)]
  return least === most ? t('reading.warning.unusual-about', { most, now, unit }) : t('reading.warning.unusual-between', { least, most, now, unit })
}

/** Why each warning of the reading at a place: what was due, and what this meter used before (A-39). */
export function warningWords(view: View, meter: Meter, readings: readonly Reading[], at: number): string[] {
  const { t, short } = teller(view)
  const reading = readings[at]!
  const verdict = judgeEdit(meter, readings, at, reading, view.today)
  const usual = verdict.verdict === 'refused' ? undefined : verdict.usual
  return reading.warnings.map((warning) =>
    warning === 'period-exceeded'
      ? t('reading.warning.period-exceeded', { date: short(readingDueOn(meter, readings[at - 1]?.readOn ?? null)) })
      : unusualWords(view, meter, usual),
  )
}

export const warningLines = (words: readonly string[]): Html[] => words.map((text) => html`<span class="meter-warning">${icon('triangle-alert')} ${text}</span>`)

/** A meter with a page of its readings. */
type Listed = SeenMeter & ReadingYears

function notes(view: View, { meter, readings }: Listed, at: number): Html {
  const { t } = teller(view)
  const { estimated, rolledOver } = readings[at]!
  const said = [estimated && t('reading.estimated'), rolledOver > 0 && t('reading.rolled-over')].filter((text) => text !== false)
  return html`${said.map((text) => html`<span class="meter-note">${text}</span>`)}${warningLines(warningWords(view, meter, readings, at))}`
}

type Row = { at: number; consumption: Piece }

function yearTable(view: View, seen: Listed, year: string, rows: readonly Row[]): Html {
  const { t, short, moment } = teller(view)
  const { file, meter, readings, mayChange } = seen
  const of = ({ at }: Row) => readings[at]!
  const act = (row: Row, path: string, key: MessageKey, picture: 'pencil' | 'trash-2') =>
    html`<a href="${meterPath(file, meter, `/readings/${of(row).readOn}${path}`)}" title="${t(key)}">${icon(picture)}<span class="govuk-visually-hidden">${t(key)}: ${short(of(row).readOn)}</span></a>`
  const column = (key: MessageKey, cell: (row: Row) => Piece, className = '') => ({ head: t(key), label: t(key), cell, className })
  return table(t('readings.of-year', { year }), [
    { ...column('reading.readOn', (row) => html`<span id="r-${of(row).readOn}">${short(of(row).readOn)}</span>`, 'main'), label: '' },
    column('reading.value', (row) => valueWords(view, of(row).value), 'meter-figure'),
    column('reading.consumption', ({ consumption }) => consumption, 'meter-figure'),
    column('reading.difference', (row) => of(row).difference !== null && valueWords(view, of(row).difference!), 'meter-figure'),
    column('reading.enteredBy', (row) => html`<span title="${moment(of(row).enteredAt)}">${of(row).enteredBy ?? t('history.system')}</span>`),
    { ...column('reading.notes', ({ at }) => notes(view, seen, at)), label: '' },
    ...(mayChange ? [{ head: html`<span class="govuk-visually-hidden">${t('column.actions')}</span>`, label: '', className: 'act', cell: (row: Row) => html`${act(row, '/edit', 'action.edit', 'pencil')} ${act(row, '/remove', 'action.delete', 'trash-2')}` }] : []),
  ], rows)
}

/** The years open at first; the others open when asked for. */
const yearsShown = 3

/** The ways to the other pages of the list. */
function pageLinks(view: View, { file, meter, older }: Listed, isNewest: boolean): Html | null {
  const { t } = teller(view)
  if (isNewest && older === null) return null
  const path = meterPath(file, meter)
  return html`<nav class="topics" aria-label="${t('readings.years')}">${!isNewest && html`<a href="${path}#readings">${t('readings.newest')}</a>`}
    ${older !== null && html`<a href="${withQuery(path, { until: String(older) })}#readings" rel="next">${t('readings.older', { year: String(older) })}</a>`}</nav>`
}

export function readingSections(view: View, seen: Listed): Html {
  const { t } = teller(view)
  const { meter, readings, from } = seen
  if (readings.length === 0) return html`<div class="empty"><p>${t('readings.empty')}</p>${seen.mayChange && html`<p>${t('readings.empty-may')}</p>`}</div>`
  const rows = consumptions(meter.initial, readings).map((reading, at) => ({ at, used: reading.consumption, year: reading.readOn.slice(0, 4) }))
  const years = Map.groupBy(rows.slice(from).reverse(), ({ year }) => year)
  const sections = [...years].map(([year, all], place) => {
    const total = quantity(all.reduce((sum, { used }) => sum + used, 0))
    const list = yearTable(view, seen, year, all.map(({ at, used }) => ({ at, consumption: valueWords(view, used) })))
    const used = html`<span class="quiet">${t('readings.used', { amount: amountWords(view, total, meter) })}</span>`
    return place < yearsShown
      ? html`<h4 class="govuk-heading-s meter-year">${year} ${used}</h4>${list}`
      : html`<details class="table"><summary>${year} ${used}</summary>${list}</details>`
  })
  return html`${sections}${pageLinks(view, seen, readings.at(-1)!.readOn === meter.lastReadOn)}`
}

/** Said of a reading that was just taken: what was used since the one before, and what it warns of. */
export function takenNotice(view: View, { meter }: SeenMeter, { readings, at }: Among): Html {
  const { t, short } = teller(view)
  const { consumption, value } = consumptions(meter.initial, readings)[at]!
  const warnings = warningWords(view, meter, readings, at)
  const text = t('reading.taken', { date: short(readings[at]!.readOn), value: amountWords(view, value, meter), consumption: amountWords(view, consumption, meter) })
  return html`<div class="meter-taken${warnings.length > 0 && ' is-warned'}"><p>${warnings.length > 0 ? tag('soon', t('reading.verdict.warned')) : tag('ahead', t('reading.verdict.accepted'))} ${text}</p>${warnings.map((words) => html`<p>${words}.</p>`)}</div>`
}
