// The doors of announcements that are open to everyone: the page, the feeds, the status, and putting a banner away.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendHtml, signedIn, viewOf, type Installation } from '../people/door.ts'
import { openDoor, safePath } from '../people/sign-in.ts'
import { dismissPath } from '../ui/banner.ts'
import { locales } from '../ui/locale.ts'
import { draftsFor } from './actions.ts'
import { isClosed, soonestFirst } from './announcement.ts'
import { keepDismissed, readersOf } from './banners.ts'
import { listPage } from './list-view.ts'
import { atomOf, atomPath, statusOf } from './machines.ts'
import { published, standingAt } from './store.ts'
import { announcementsPath } from './words.ts'

/** So many of the latest are looked back at. */
const mostPast = 100

export function openAnnouncements(server: FastifyInstance, installation: Installation, publicUrl?: string): void {
  const { db, clock, secure } = installation
  const config = openDoor
  const originOf = (request: FastifyRequest) => publicUrl ?? `${request.protocol}://${request.host}`

  server.get(announcementsPath, { config }, async (request, reply) => {
    const now = clock()
    const who = await signedIn(installation, request, now)
    const view = await viewOf(installation, request, now, who)
    const readers = readersOf(who !== undefined)
    const standing = soonestFirst(await standingAt(db, now, readers), now)
    const past = (await published(db, readers, mostPast)).filter((announcement) => isClosed(announcement, now))
    return sendHtml(reply, listPage(view, { standing, past, drafts: who ? await draftsFor({ db, actor: who.actor }) : [] }, now))
  })

  for (const locale of locales)
    server.get(atomPath(locale), { config }, async (request, reply) => {
      const text = atomOf(locale, await published(db, readersOf(false), mostPast), { origin: originOf(request), now: clock() })
      return reply.type('application/atom+xml; charset=utf-8').header('cache-control', 'public, max-age=300').send(text)
    })

  server.get('/status', { config }, async (_request, reply) => {
    const now = clock()
    return reply.header('cache-control', 'no-store').send(statusOf(await standingAt(db, now, readersOf(false)), now))
  })

  server.post(dismissPath, { config: { ...config, isOfSession: true } }, async (request, reply) => {
    const { banner = '', to } = (request.body ?? {}) as { banner?: unknown; to?: unknown }
    keepDismissed(request, reply, String(banner), secure)
    return reply.redirect(safePath(to), 303)
  })
}
