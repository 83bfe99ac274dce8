// The picture of a building's inspections in time: what was done, what comes next, when it is reminded of; drawn on the server.
import { scaleTime } from 'd3-scale'
import { addMonths, max, type PlainDate } from '../kernel/date.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { counts, type Inspection } from './inspection.ts'
import { statusOf, type InspectionType } from './inspection-type.ts'
import { typeTitle } from './names.ts'
import { everyWords } from './words.ts'

/** Two drawings of the same: names beside the rows on a wide screen, above them on a phone. */
type Shape = { name: 'wide' | 'narrow'; left: number; width: number; rowHeight: number; nameAt: number; lineAt: number; nameLength: number }
const shapes: readonly Shape[] = [
  { name: 'wide', left: 330, width: 1080, rowHeight: 44, nameAt: 15, lineAt: 16, nameLength: 42 },
  { name: 'narrow', left: 0, width: 350, rowHeight: 62, nameAt: 14, lineAt: 36, nameLength: 40 },
]
const top = 34

type Row = { type: InspectionType; done: PlainDate[] }
type Place = (date: PlainDate) => number

const firstOfYear = (date: PlainDate, shift = 0) => `${Number(date.slice(0, 4)) + shift}-01-01` as PlainDate

/** Three years back and on to the next date, two years at most, on whole years. */
function range(rows: readonly Row[], today: PlainDate): { from: PlainDate; to: PlainDate; years: PlainDate[] } {
  const limit = addMonths(today, 24)
  const last = rows.map(({ type }) => type.nextOn).filter((next) => next <= limit).reduce(max, today)
  const [from, to] = [firstOfYear(today, -2), firstOfYear(addMonths(last, 6), 1)]
  const count = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return { from, to, years: Array.from({ length: count + 1 }, (_, place) => firstOfYear(from, place)) }
}

/** What fits beside the picture; the whole name stands in the table behind it. */
const shortened = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

const dot = (x: number, y: number, name: string, title: Piece) => html`<circle class="${name}" cx="${x}" cy="${y}" r="6"><title>${title}</title></circle>`
const bell = (x: number, y: number, title: Piece) => html`<path class="bell" d="M${x} ${y - 7}l7 12h-14z"><title>${title}</title></path>`
const cross = (x: number, y: number, title: Piece) => html`<path class="cross" d="M${x - 6} ${y - 6}l12 12M${x + 6} ${y - 6}l-12 12"><title>${title}</title></path>`
const line = (name: string, from: number, to: number, y: number) => html`<line class="${name}" x1="${from}" x2="${to}" y1="${y}" y2="${y}"/>`

type Ends = { from: PlainDate; to: PlainDate }

function drawRow(view: View, { type, done }: Row, at: number, shape: Shape, place: Place, ends: Ends): Html {
  const { t, short } = teller(view)
  const y = at + shape.lineAt
  const inside = (date: PlainDate) => date >= ends.from && date <= ends.to
  const isLate = statusOf(type, view.today) === 'overdue'
  const start = place(max(type.lastPerformedOn ?? ends.from, ends.from))
  const end = inside(type.nextOn) ? place(type.nextOn) : type.nextOn > ends.to ? place(ends.to) : start
  const spans = isLate ? [line('late', start, place(view.today), y)] : [line('span', start, end, y)]
  return html`<g>
    <text class="name" x="0" y="${at + shape.nameAt}">${shortened(typeTitle(view.locale, type), shape.nameLength)}${shape.name === 'narrow' && html` <tspan class="sub">${everyWords(view.locale, type.period)}</tspan>`}</text>
    ${shape.name === 'wide' && html`<text class="sub" x="0" y="${at + 31}">${everyWords(view.locale, type.period)}</text>`}
    ${line('row', shape.left, shape.width, y)}${type.lastPerformedOn || isLate ? spans : null}
    ${done.filter(inside).map((date) => dot(place(date), y, 'done', `${t('timeline.done')} ${short(date)}`))}
    ${type.remindOn && inside(type.remindOn) && bell(place(type.remindOn), y, `${t('timeline.reminder')} ${short(type.remindOn)}`)}
    ${inside(type.nextOn) && (isLate ? cross : (x: number, at: number, title: Piece) => dot(x, at, 'ahead', title))(place(type.nextOn), y, `${t(isLate ? 'timeline.overdue' : 'timeline.next')} ${short(type.nextOn)}`)}
    ${type.nextOn > ends.to && html`<text class="sub" x="${shape.width}" y="${y - 6}" text-anchor="end">${type.nextOn.slice(0, 4)} →</text>`}
  </g>`
}

function picture(view: View, rows: readonly Row[], shape: Shape): Html {
  const { t } = teller(view)
  const { from, to, years } = range(rows, view.today)
  const instant = (date: PlainDate) => new Date(`${date}T00:00:00Z`)
  const scale = scaleTime().domain([instant(from), instant(to)]).range([shape.left + 8, shape.width - 12])
  const place: Place = (date) => Math.round(scale(instant(date)) * 10) / 10
  const bottom = top + rows.length * shape.rowHeight
  const now = place(view.today)
  return html`<svg class="timeline ${shape.name}" viewBox="0 0 ${shape.width} ${bottom + 22}" role="img" aria-label="${t('timeline.label')}">
    ${years.map((year) => html`<line class="grid" x1="${place(year)}" x2="${place(year)}" y1="22" y2="${bottom}"/>`)}
    ${years.slice(0, -1).map((year) => html`<text class="year" x="${place(year) + 4}" y="16">${year.slice(0, 4)}</text>`)}
    ${rows.map((row, at) => drawRow(view, row, top + at * shape.rowHeight, shape, place, { from, to }))}
    <line class="today" x1="${now}" x2="${now}" y1="22" y2="${bottom + 4}"/><text class="today-name" x="${Math.min(now, shape.width - 22)}" y="${bottom + 18}" text-anchor="middle">${t('timeline.today')}</text>
    </svg>`
}

function legend(view: View): Html {
  const { t } = teller(view)
  const sign = (mark: Html, text: string) => html`<li><svg class="timeline-sign" viewBox="0 0 16 16" aria-hidden="true"><g class="timeline">${mark}</g></svg>${text}</li>`
  return html`<ul class="legend">${sign(dot(8, 8, 'done', ''), t('timeline.done'))}${sign(html`<circle class="ahead" cx="8" cy="8" r="5"/>`, t('timeline.next'))}${sign(bell(8, 9, ''), t('timeline.reminder'))}${sign(cross(8, 8, ''), t('timeline.overdue'))}</ul>`
}

/** The same as the picture shows, in rows. */
function dataTable(view: View, rows: readonly Row[]): Html {
  const { t, short } = teller(view)
  const events = rows.flatMap(({ type, done }) => [
    ...done.map((on) => ({ on, what: t('timeline.done'), type })),
    ...(type.remindOn ? [{ on: type.remindOn, what: t('timeline.reminder'), type }] : []),
    { on: type.nextOn, what: t(statusOf(type, view.today) === 'overdue' ? 'timeline.overdue' : 'timeline.next'), type },
  ])
  const sorted = events.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  return html`<details class="table"><summary>${t('timeline.table')}</summary>${table(
    t('timeline.label'),
    [
      { head: t('timeline.date'), label: t('timeline.date'), cell: ({ on }) => short(on) },
      { head: t('column.type'), label: t('column.type'), cell: ({ type }) => typeTitle(view.locale, type) },
      { head: t('timeline.event'), label: t('timeline.event'), cell: ({ what }) => what },
    ],
    sorted,
  )}</details>`
}

export function timeline(view: View, types: readonly InspectionType[], inspections: readonly Inspection[]): Html {
  const rows = types.map((type) => ({
    type,
    done: inspections.filter((inspection) => counts(type, inspection, view.today)).map((inspection) => inspection.performedOn),
  }))
  return html`${shapes.map((shape) => picture(view, rows, shape))}${legend(view)}${dataTable(view, rows)}`
}
