// By when a report is due, in words: how much working time is left, or how late it is.
import type { SupportTargets } from '../people/context.ts'
import { html, type Html } from '../ui/html.ts'
import { say, type Locale } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import type { Report } from './store.ts'
import { minutesWorked } from './working-time.ts'

/** `1 h 20 min`. */
export function timeWords(locale: Locale, minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return hours === 0 ? say(locale, 'desk.minutes', { minutes: rest }) : say(locale, 'desk.time', { hours: String(hours), minutes: rest })
}

/** Said before it is missed: within the last hour it is soon. */
const soon = 60

/** null where it is not support's turn. */
export function dueTag(view: View, { dueAt, clocks }: Report, now: Date, targets: SupportTargets): Html | null {
  if (dueAt === null) return null
  const { t, moment } = teller(view)
  const what = clocks.answeredAt || dueAt < clocks.answerDueAt ? 'solution' : 'answer'
  const isLate = dueAt <= now
  const minutes = isLate ? minutesWorked(dueAt, now, targets) : Math.max(1, minutesWorked(now, dueAt, targets))
  const words = t(isLate ? `desk.${what}-late` : `desk.${what}-due`, { time: timeWords(view.locale, minutes) })
  return html`<strong class="status ${isLate ? 'overdue' : minutes <= soon ? 'soon' : 'quiet'}" title="${moment(dueAt)}">${words}</strong>`
}
