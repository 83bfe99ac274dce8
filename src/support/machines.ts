// What programs are told of announcements: an Atom feed, and whether all is well, something is planned or something goes on.
import { atom, type AtomEntry } from '../kernel/atom.ts'
import { say, type Locale } from '../ui/locale.ts'
import { shownAt, type Announcement } from './announcement.ts'
import { announcementsPath, categoryWords, newsWords, placeOf, timesWords } from './words.ts'

export const atomPath = (locale: Locale): string => `${announcementsPath}/${locale}.atom`

const updatedAt = ({ cancelledAt, changedAt, publishedAt }: Announcement) => cancelledAt ?? changedAt ?? publishedAt!

function entryOf(locale: Locale, announcement: Announcement, origin: string): AtomEntry {
  const { id, category, title, text, publishedAt } = announcement
  const news = newsWords(locale, announcement)
  return {
    id: `${origin}${announcementsPath}/${locale}/${id}`,
    title: news ? `${title[locale]} – ${news}` : title[locale],
    publishedAt: publishedAt!,
    updatedAt: updatedAt(announcement),
    category: { term: category, label: categoryWords(locale, announcement) },
    link: origin + placeOf(announcement),
    text: [...(news ? [news] : []), timesWords(locale, announcement), text[locale]].join('\n'),
  }
}

/** Of all that was published, also what was changed or cancelled since; a feed of nothing is as old as `now`. */
export function atomOf(locale: Locale, announcements: readonly Announcement[], { origin, now }: { origin: string; now: Date }): string {
  const self = origin + atomPath(locale)
  const latest = announcements.map(updatedAt).reduce<Date | undefined>((last, one) => (last && last > one ? last : one), undefined)
  const entries = announcements.map((announcement) => entryOf(locale, announcement, origin))
  return atom({ id: self, self, language: locale, title: `Nams: ${say(locale, 'announcements.title')}`, author: 'Nams', link: origin + announcementsPath, updatedAt: latest ?? now, entries })
}

/** `planned` and `now` are of what shows as a banner: one rule for people and machines. */
export function statusOf(announcements: readonly Announcement[], now: Date) {
  const shown = announcements.flatMap((announcement) => {
    const occurrence = shownAt(announcement, now)
    if (!occurrence) return []
    const { id, category, isUrgent, title } = announcement
    return { id, status: occurrence.start <= now ? 'now' : 'planned', category, urgent: isUrgent, title, from: occurrence.start.toISOString(), to: occurrence.end.toISOString() }
  })
  const status = shown.some((one) => one.status === 'now') ? 'now' : shown.length > 0 ? 'planned' : 'ok'
  return { status, announcements: shown }
}
