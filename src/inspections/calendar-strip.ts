// The picture above the calendar: a column for what is overdue, for each of twelve months, and for what comes later.
import { addMonths, type PlainDate } from '../kernel/date.ts'
import { html, type Html } from '../ui/html.ts'
import { longMonth, monthOf, shortMonth } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import type { CalendarPart } from './calendar-store.ts'

/** The parts of a calendar in their order. */
export function partsOf(today: PlainDate): CalendarPart[] {
  const first = `${today.slice(0, 7)}-01` as PlainDate
  return ['overdue', ...Array.from({ length: 12 }, (_, months) => addMonths(first, months).slice(0, 7)), 'later']
}

export const partId = (part: CalendarPart): string => `part-${part}`

const dayOf = (month: CalendarPart) => `${month}-01` as PlainDate

const isMonth = (part: CalendarPart) => part !== 'overdue' && part !== 'later'

/** `Nokavētas`, `2026. gada novembris`, `Vēlāk`. */
export const partTitle = ({ locale }: Pick<View, 'locale'>, part: CalendarPart): string =>
  isMonth(part) ? monthOf(locale, dayOf(part)) : teller({ locale }).t(part === 'overdue' ? 'calendar.overdue' : 'calendar.later')

/** `Novembris 2026`, the year beside it. */
export const partHeading = (view: View, part: CalendarPart): Html =>
  isMonth(part) ? html`${longMonth(view.locale, dayOf(part))} <small>${part.slice(0, 4)}</small>` : html`${partTitle(view, part)}`

type Strip = { href: (part: CalendarPart) => string; current: CalendarPart | null }

function column(view: View, part: CalendarPart, count: number, highest: number, { href, current }: Strip): Html {
  const { t, number } = teller(view)
  const name = isMonth(part) ? shortMonth(view.locale, dayOf(part)) : partTitle(view, part)
  const year = isMonth(part) && (part.endsWith('-01') || part === view.today.slice(0, 7)) ? part.slice(0, 4) : ''
  const height = count === 0 ? 0 : Math.max(4, Math.round(Math.min(count / highest, 1) * 46))
  const bar = html`<svg viewBox="0 0 40 70" aria-hidden="true" focusable="false"><text x="20" y="${62 - height}" text-anchor="middle">${number(count)}</text>
    <rect x="6" width="28" y="${68 - height}" height="${height}"/><line x1="2" x2="38" y1="69" y2="69"/></svg>`
  const inside = html`${bar}<span>${name}</span><small>${year}</small>`
  const label = `${partTitle(view, part)}: ${t('calendar.count', { count })}`
  const kind = isMonth(part) ? 'month' : part
  if (count === 0) return html`<li class="${kind} none"><div role="img" aria-label="${label}">${inside}</div></li>`
  const isCurrent = part === current && html` aria-current="true"`
  return html`<li class="${kind}"><a href="${href(part)}" aria-label="${label}"${isCurrent}>${inside}</a></li>`
}

/** The list below it is its data. */
export function monthStrip(view: View, counts: Map<CalendarPart, number>, strip: Strip): Html {
  // A month of one or two stays low even where no month has more. What is later has no end, so it is no measure.
  const highest = Math.max(5, ...partsOf(view.today).filter((part) => part !== 'later').map((part) => counts.get(part) ?? 0))
  const columns = partsOf(view.today).map((part) => column(view, part, counts.get(part) ?? 0, highest, strip))
  return html`<nav class="strip" aria-label="${teller(view).t('calendar.strip')}"><ol>${columns}</ol></nav>`
}
