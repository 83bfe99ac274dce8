// The picture of a year's consumption beside the year before: paired bars by month, drawn on the server.
import { scaleBand, scaleLinear } from 'd3-scale'
import type { Quantity } from '../kernel/quantity.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { longMonth, number, shortMonth } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import { amountWords } from './meter-view.ts'
import { firstOf, isWhole, type Comparison, type Month, type Use } from './consumption.ts'
import { monthRows, type MonthRow } from './consumption-table.ts'

/** The same drawn for a wide screen, for a phone, and small beside others. */
type Shape = { name: 'wide' | 'narrow' | 'small'; width: number; height: number; left: number; ticks: number; letters: number }
const wide: Shape = { name: 'wide', width: 760, height: 270, left: 56, ticks: 4, letters: 4 }
const narrow: Shape = { name: 'narrow', width: 350, height: 240, left: 40, ticks: 3, letters: 1 }
const small: Shape = { name: 'small', width: 240, height: 104, left: 0, ticks: 0, letters: 1 }
const top = 12
const foot = 22

/** Whole units, for drawing alone: what is written is exact. */
const height = (consumption: Quantity) => consumption / 1000

/** What is asked for: whose consumption, in which unit, and a name of the picture that no other on the page has. */
export type Drawn = { id: string; name: string; unit: string; comparison: Comparison }

type Scales = { x: (month: Month) => number; band: number; y: (consumption: number) => number; ticks: number[]; bottom: number }

function scalesOf(rows: readonly MonthRow[], shape: Shape): Scales {
  const bottom = shape.height - foot
  const most = Math.max(0.001, ...rows.flatMap(({ now, before }) => [now, before].map((use) => (use ? height(use.consumption) : 0))))
  const x = scaleBand(rows.map(({ month }) => month), [shape.left, shape.width]).paddingInner(0.18).paddingOuter(0.1)
  const y = scaleLinear([0, most], [bottom, top])
  if (shape.ticks > 0) y.nice(shape.ticks)
  return { x: (month) => x(month)!, band: x.bandwidth(), y, ticks: shape.ticks > 0 ? y.ticks(shape.ticks) : [], bottom }
}

const rounded = (value: number) => Math.round(value * 10) / 10

type Bar = { use: Use; className: string; from: number; width: number; words: Piece }

const bar = ({ y, bottom }: Scales, { use, className, from, width, words }: Bar): Html => {
  const at = Math.min(y(height(use.consumption)), bottom - 1)
  return html`<rect class="${className}${!isWhole(use) && ' chart-part'}" x="${rounded(from)}" y="${rounded(at)}" width="${rounded(width)}" height="${rounded(bottom - at)}"><title>${words}</title></rect>`
}

function monthBars(view: View, { unit, comparison: { now, before } }: Drawn, row: MonthRow, scales: Scales, shape: Shape): Html {
  const month = longMonth(view.locale, firstOf(row.month))
  const [from, half] = [scales.x(row.month), scales.band / 2]
  const words = (year: number, use: Use) => `${month} ${year}: ${amountWords(view, use.consumption, { unit })}`
  const unknown = html`<text class="chart-unknown" x="${rounded(from + half * (row.before ? 1.5 : 1))}" y="${scales.bottom - 5}" text-anchor="middle">?</text>`
  return html`<g>
    ${row.before && bar(scales, { use: row.before, className: 'chart-before', from: from + 0.5, width: half - 1, words: words(before.year, row.before) })}
    ${row.now ? bar(scales, { use: row.now, className: 'chart-now', from: from + half, width: half, words: words(now.year, row.now) }) : unknown}
    <text class="chart-month" x="${rounded(from + half)}" y="${shape.height - 6}" text-anchor="middle">${shape.letters === 1 ? month.slice(0, 1) : shortMonth(view.locale, firstOf(row.month)).replace('.', '')}</text></g>`
}

/** What the picture shows in one sentence, for whoever does not see it. */
function description(view: View, { unit, comparison: { now, before } }: Drawn): string {
  const { t } = teller(view)
  const total = (year: { year: number; total: Quantity | null }) =>
    year.total === null ? t('consumption.no-data', { year: String(year.year) }) : t('consumption.in-year', { year: String(year.year), amount: amountWords(view, year.total, { unit }) })
  return `${total(now)} ${total(before)}`
}

function picture(view: View, drawn: Drawn, shape: Shape): Html {
  const rows = monthRows(drawn.comparison)
  const scales = scalesOf(rows, shape)
  const id = `${drawn.id}-${shape.name}`
  const line = (tick: number) => html`<line class="chart-grid" x1="${shape.left}" x2="${shape.width}" y1="${rounded(scales.y(tick))}" y2="${rounded(scales.y(tick))}"/>
    <text class="chart-tick" x="${shape.left - 6}" y="${rounded(scales.y(tick)) + 4}" text-anchor="end">${number(view.locale, tick)}</text>`
  return html`<svg class="chart chart-${shape.name}" viewBox="0 0 ${shape.width} ${shape.height}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc">
    <title id="${id}-title">${drawn.name}</title><desc id="${id}-desc">${description(view, drawn)}</desc>
    ${scales.ticks.map(line)}<line class="chart-base" x1="${shape.left}" x2="${shape.width}" y1="${scales.bottom}" y2="${scales.bottom}"/>
    ${rows.map((row) => monthBars(view, drawn, row, scales, shape))}</svg>`
}

function legend(view: View, { comparison: { now, before } }: Drawn): Html {
  const { t } = teller(view)
  const rows = [...now.months, ...before.months]
  const sign = (mark: Html, text: string) => html`<li><svg class="chart-sign" viewBox="0 0 16 16" aria-hidden="true">${mark}</svg>${text}</li>`
  const box = (name: string) => html`<rect class="${name}" x="3" y="2" width="10" height="13"/>`
  return html`<ul class="legend">${now.total !== null && sign(box('chart-now'), String(now.year))}${before.total !== null && sign(box('chart-before'), String(before.year))}
    ${rows.some((use) => use && !isWhole(use)) && sign(box('chart-now chart-part'), t('consumption.part'))}
    ${now.months.includes(null) && sign(html`<text class="chart-unknown" x="8" y="14" text-anchor="middle">?</text>`, t('consumption.unknown'))}</ul>`
}

/** Two drawings, of which a screen shows the one that fits, and what their signs mean. */
export const yearChart = (view: View, drawn: Drawn): Html => html`<div class="chart-figure">${[wide, narrow].map((shape) => picture(view, drawn, shape))}${legend(view, drawn)}</div>`

/** For lists: without a scale. */
export const smallChart = (view: View, drawn: Drawn): Html => picture(view, drawn, small)
