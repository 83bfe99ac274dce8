// Announcements in words: when they happen, how they stand, where they are read.
import { dateAt } from '../kernel/date.ts'
import { dateTime, listed, say, shortDate, timeOfDay, type Locale } from '../ui/locale.ts'
import { endedEarly, stateAt, type Announcement } from './announcement.ts'
import { isRepeated, nextOccurrence, occurrencesBetween, type Occurrence, type Times } from './times.ts'

export const announcementsPath = '/announcements'
export const followPath = `${announcementsPath}/follow`
export const partOf = (id: number): string => `announcement-${id}`
export const placeOf = ({ id }: Pick<Announcement, 'id'>): string => `${announcementsPath}#${partOf(id)}`
export const managePath = (id: number): string => `${announcementsPath}/${id}`

export const categoryWords = (locale: Locale, { category }: Pick<Announcement, 'category'>): string => say(locale, `announcement.category.${category}`)

const isOneDay = ({ start, end }: Occurrence) => dateAt(start) === dateAt(end)

/** `06.06.2026 20:00–22:00`. */
export function occurrenceWords(locale: Locale, occurrence: Occurrence): string {
  const { start, end } = occurrence
  if (!isOneDay(occurrence)) return `${dateTime(locale, start)} – ${dateTime(locale, end)}`
  return `${shortDate(locale, dateAt(start))} ${timeOfDay(locale, start)}–${timeOfDay(locale, end)}`
}

/** `Otrdienās un ceturtdienās 18:00–23:00, no 01.06.2026 līdz 31.12.2026`. */
export function timesWords(locale: Locale, times: Times): string {
  const { startsOn, endsOn, fromTime, toTime, weekdays } = times
  if (!isRepeated(times)) return occurrenceWords(locale, occurrencesBetween(times, startsOn, startsOn)[0]!)
  const days = listed(locale, weekdays.map((day) => say(locale, `weekday.on.${day as 1}`)))
  const hours = `${days} ${fromTime}–${toTime}`
  const range = say(locale, 'announcement.range', { from: shortDate(locale, startsOn), to: shortDate(locale, endsOn) })
  return `${hours.charAt(0).toUpperCase()}${hours.slice(1)}, ${range}`
}

/** What a banner says of the time that it shows for. */
export function shownWords(locale: Locale, occurrence: Occurrence, now: Date): string {
  const { start, end } = occurrence
  if (now < start) return say(locale, 'announcement.ahead', { when: occurrenceWords(locale, occurrence) })
  return say(locale, 'announcement.going', { until: dateAt(now) === dateAt(end) ? timeOfDay(locale, end) : dateTime(locale, end) })
}

/** What became of it since it was published: cancelled, ended early, changed; undefined when nothing. */
export function newsWords(locale: Locale, announcement: Announcement): string | undefined {
  const { cancelledAt, changedAt } = announcement
  if (cancelledAt) return say(locale, endedEarly(announcement) ? 'announcement.ended' : 'announcement.cancelled', { moment: dateTime(locale, cancelledAt) })
  return changedAt ? say(locale, 'announcement.changed', { moment: dateTime(locale, changedAt) }) : undefined
}

/** The next of what repeats. */
export function nextWords(locale: Locale, announcement: Announcement, now: Date): string | undefined {
  const isAhead = isRepeated(announcement) && stateAt(announcement, now) === 'planned'
  const next = isAhead ? nextOccurrence(announcement, now) : undefined
  return next && say(locale, 'announcement.next', { when: occurrenceWords(locale, next) })
}
