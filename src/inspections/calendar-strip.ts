// The picture above the calendar: a column for what is overdue, for each of twelve months, and for what comes later.
import { addMonths, type PlainDate } from '../kernel/date.ts'
import { html, type Html } from '../ui/html.ts'
import { monthOf, shortMonth } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import type { CalendarPart } from './calendar-store.ts'

/** The parts of a calendar in their order. */
export function partsOf(today: PlainDate): CalendarPart[] {
  const first = `${today.slice(0, 7)}-01` as PlainDate
  return ['overdue', ...Array.from({ length: 12 }, (_, months) => addMonths(first, months).slice(0, 7)), 'later']
}

export const partId = (part: CalendarPart): string => `part-${part}`

const dayOf = (month: CalendarPart) => `${month}-01` as PlainDate

/** `Nokavētas`, `2026. gada novembris`, `Vēlāk`. */
export const partTitle = ({ locale }: Pick<View, 'locale'>, part: CalendarPart): string =>
  part === 'overdue' || part === 'later' ? teller({ locale }).t(`calendar.${part}`) : monthOf(locale, dayOf(part))

type Strip = { href: (part: CalendarPart) => string; current: CalendarPart | null }

function column(view: View, part: CalendarPart, count: number, highest: number, { href, current }: Strip): Html {
  const { t, number } = teller(view)
  const isMonth = part !== 'overdue' && part !== 'later'
  const name = isMonth ? shortMonth(view.locale, dayOf(part)) : partTitle(view, part)
  const year = isMonth && (part.endsWith('-01') || part === view.today.slice(0, 7)) ? part.slice(0, 4) : ''
  const height = count === 0 ? 0 : Math.max(4, Math.round((count / highest) * 44))
  const bar = html`<svg viewBox="0 0 20 44" preserveAspectRatio="none" aria-hidden="true"><rect x="0" width="20" y="${44 - height}" height="${height}"/></svg>`
  const inside = html`<b>${number(count)}</b>${bar}<span>${name}</span><small>${year}</small>`
  const label = `${partTitle(view, part)}: ${t('calendar.count', { count })}`
  const kind = isMonth ? 'month' : part
  return html`<li class="${kind}${count === 0 && ' none'}">${
    count === 0 ? html`<div role="img" aria-label="${label}">${inside}</div>` : html`<a href="${href(part)}" aria-label="${label}"${part === current && html` aria-current="true"`}>${inside}</a>`
  }</li>`
}

/** The list below it is its data. */
export function monthStrip(view: View, counts: Map<CalendarPart, number>, strip: Strip): Html {
  const highest = Math.max(...counts.values())
  return html`<nav class="strip" aria-label="${teller(view).t('calendar.strip')}"><ol>${partsOf(view.today).map((part) => column(view, part, counts.get(part) ?? 0, highest, strip))}</ol></nav>`
}
