// The banners of announcements: which a reader sees at an instant, and which a browser has put away.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Installation } from '../people/door.ts'
import type { Reader } from '../platform/database.ts'
import { shownAt, type Announcement } from './announcement.ts'
import { standingAt, type Readers } from './store.ts'
import type { Occurrence } from './times.ts'
import { categoryWords, placeOf, shownWords } from './words.ts'

const cookie = 'nams_dismissed'
const mostDismissed = 30
const days = 24 * 3600

export const readersOf = (isSignedIn: boolean): Readers => (isSignedIn ? ['everyone', 'signed-in'] : ['everyone'])

/** Put away for this one time and as it now reads: changed, or come again, it shows again. */
const dismissalOf = ({ id, revision }: Announcement, { start }: Occurrence) => `${id}.${revision}.${(start.getTime() / 60_000).toString(36)}`

const dismissed = (cookies: FastifyRequest['cookies']) => (cookies[cookie] ?? '').split('_').filter((one) => /^\d+\.\d+\.\w+$/.test(one))

/** The urgent ones first. */
export const bannersIn =
  (db: Reader): NonNullable<Installation['banners']> =>
  async ({ now, locale, isSignedIn, cookies }) => {
    const away = new Set(dismissed(cookies))
    const shown = (await standingAt(db, now, readersOf(isSignedIn))).flatMap((announcement) => {
      const occurrence = shownAt(announcement, now)
      const dismissal = occurrence && !announcement.isUrgent ? dismissalOf(announcement, occurrence) : null
      if (!occurrence || (dismissal !== null && away.has(dismissal))) return []
      const { title, isUrgent } = announcement
      return { title: title[locale], category: categoryWords(locale, announcement), when: shownWords(locale, occurrence, now), path: placeOf(announcement), isUrgent, dismissal }
    })
    return shown.sort((one, other) => Number(other.isUrgent) - Number(one.isUrgent))
  }

/** The browser keeps what was put away, the latest few. */
export function keepDismissed(request: FastifyRequest, reply: FastifyReply, dismissal: string, secure: boolean): void {
  if (!/^\d{1,15}\.\d{1,9}\.\w{1,12}$/.test(dismissal)) return
  const all = [...new Set([...dismissed(request.cookies), dismissal])].slice(-mostDismissed)
  reply.setCookie(cookie, all.join('_'), { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 400 * days, secure })
}
