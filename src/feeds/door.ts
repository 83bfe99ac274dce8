// The door for calendar programs: the address of a feed is all that they show.
import type { FastifyInstance } from 'fastify'
import { dateAt } from '../kernel/date.ts'
import { refuse } from '../kernel/refusal.ts'
import type { PersonContext } from '../people/context.ts'
import type { Installation } from '../people/door.ts'
import { actorIn } from '../people/people.ts'
import { openDoor } from '../people/sign-in.ts'
import { hashOf } from '../platform/secret.ts'
import type { DueSource } from './due.ts'
import { calendarOf, markRead } from './feed.ts'
import { feedHashed } from './store.ts'

export const feedAddress = (origin: string, secret: string): string => `${origin}/calendar/feed/${secret}.ics`

/** Weak, because compression on the way may change the bytes. */
const tagOf = (text: string) => `W/"${hashOf(text).slice(0, 32)}"`

const isKnown = (tag: string, header = '') => header.split(',').some((known) => known.trim().replace(/^W\//, '') === tag.slice(2))

/** What a feed tells is asked for its person's profile as it is that day; all that is not to be read is not there. */
export function openFeeds(server: FastifyInstance, { db, settings, staff, clock }: Installation, sources: readonly DueSource[], publicUrl?: string): void {
  server.get<{ Params: { secret: string } }>('/calendar/feed/:secret.ics', { config: openDoor }, async (request, reply) => {
    const now = clock()
    const today = dateAt(now)
    const feed = (await feedHashed(db, hashOf(request.params.secret))) ?? refuse.missing()
    const actor = (await actorIn(db, feed.personId, feed.profile.id, { today, staff })) ?? refuse.missing()
    const ctx: PersonContext = { actor, now, today, db, locale: feed.language, via: 'api', settings, log: request.log }
    const text = await calendarOf(ctx, feed, sources, publicUrl ?? `${request.protocol}://${request.host}`)
    await markRead(ctx, feed)
    const tag = tagOf(text)
    reply.header('etag', tag).header('cache-control', 'private, no-cache')
    if (isKnown(tag, request.headers['if-none-match'])) return reply.code(304).send()
    return reply.type('text/calendar; charset=utf-8').header('content-disposition', 'inline; filename="nams.ics"').send(text)
  })
}
