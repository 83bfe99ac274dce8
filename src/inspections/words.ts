// Inspections in words: periods, status and whom a reminder goes to.
import { daysBetween, type PlainDate } from '../kernel/date.ts'
import type { Period, Reminder } from '../kernel/period.ts'
import { html, trusted, type Html } from '../ui/html.ts'
import { say, type Locale } from '../ui/locale.ts'
import { statusOf, type Addressed, type InspectionType, type Status } from './inspection-type.ts'

/** `ik 6 mēnešus`, `every year`. */
export const everyWords = (locale: Locale, { value, unit }: Period): string => say(locale, `period.every.${unit}`, { count: value })

/** `1 mēnesi pirms`, `on the due date`; and that none is sent. */
export const beforeWords = (locale: Locale, reminder: Reminder | null): string =>
  reminder === null ? say(locale, 'period.before.none') : say(locale, `period.before.${reminder.unit}`, { count: reminder.value })

const shapes: Record<Status, Html> = {
  overdue: trusted('<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" stroke-width="2.6"/></svg>'),
  soon: trusted('<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M6 1l5.5 10h-11z" fill="currentColor"/></svg>'),
  ahead: trusted('<svg viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="2"/></svg>'),
}

/** How a date stands, by words and shape as well as colour. */
export function statusTag(locale: Locale, type: Pick<InspectionType, 'nextOn' | 'remindOn'>, today: PlainDate): Html {
  const status = statusOf(type, today)
  const days = daysBetween(today, type.nextOn)
  const text = days < 0 ? say(locale, 'status.late-days', { count: -days }) : days <= 60 ? say(locale, 'status.in-days', { count: days }) : say(locale, `status.${status}`)
  return html`<strong class="status ${status}">${shapes[status]}${text}</strong>`
}

/** `pārvaldnieka atbildīgā persona (Jānis Ozols)`. */
export function addressedWords(locale: Locale, to: Addressed, names: readonly string[]): string {
  if (to === 'holders' && names.length === 1) return names[0]!
  const who = to === 'holders' ? say(locale, 'to.holders', { count: names.length }) : say(locale, `to.${to}`)
  return names.length <= 3 ? say(locale, 'to.named', { who, names: names.join(', ') }) : who
}
