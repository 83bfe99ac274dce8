// Announcements as calendar programs show them: each time that they happen, on the day when it begins.
import { dateAt, momentAt } from '../kernel/date.ts'
import { mostDue, type Due, type DueSource } from '../feeds/due.ts'
import type { Locale } from '../ui/locale.ts'
import type { Announcement } from './announcement.ts'
import { readersOf } from './banners.ts'
import { standingAt } from './store.ts'
import { occurrencesBetween, type Occurrence } from './times.ts'
import { categoryWords, occurrenceWords, placeOf } from './words.ts'

function dueOf(locale: Locale, announcement: Announcement, occurrence: Occurrence): Due {
  const { id, title, text, revision, changedAt, publishedAt } = announcement
  const on = dateAt(occurrence.start)
  return {
    caseId: null,
    revision: { number: revision, at: changedAt ?? publishedAt! },
    key: `announcement-${id}-${on}`,
    on,
    remindOn: null,
    title: `${title[locale]} (${occurrenceWords(locale, occurrence)})`,
    address: '',
    lines: [categoryWords(locale, announcement), text[locale]],
    path: placeOf(announcement),
  }
}

/** Those who read a calendar of one case alone did not ask for them. */
export const announcementsDue: DueSource = async ({ ctx, ofCase, from, to }) => {
  if (ofCase) return []
  const announcements = await standingAt(ctx.db, momentAt(from, '00:00', 'first'), readersOf(true))
  const times = announcements.flatMap((announcement) => occurrencesBetween(announcement, from, to).map((occurrence) => ({ announcement, occurrence })))
  times.sort((one, other) => one.occurrence.start.getTime() - other.occurrence.start.getTime())
  return times.slice(0, mostDue).map(({ announcement, occurrence }) => dueOf(ctx.locale, announcement, occurrence))
}
