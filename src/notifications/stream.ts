// The stream of a page's unread count: server-sent events to whoever is signed in, for as long as they look.
import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { languageOf, signedIn, type Installation } from '../people/door.ts'
import { seenSession } from '../people/session.ts'
import { say, type Locale } from '../ui/locale.ts'
import { openWatch } from './live.ts'

/** Of one person at once; the oldest gives way. A browser keeps no more than six connections to a server without HTTP/2. */
export const streamsPerPerson = 4

/** Seconds between two signs of life, without which proxies cut a connection off. */
const heartbeat = 20
/** Minutes after which the browser has to ask again, so that who may see what is looked up anew. */
const longest = 15

const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

const words = (locale: Locale, count: number) => ({ count, label: say(locale, 'nav.unread', { count }) })

/** Gives each person at most so many streams. */
function openPlaces() {
  const byPerson = new Map<number, PassThrough[]>()
  return (personId: number, stream: PassThrough) => {
    const own = byPerson.get(personId) ?? []
    byPerson.set(personId, own)
    own.push(stream)
    if (own.length > streamsPerPerson) own.shift()!.end(event('replaced', {}))
    return () => {
      if (own.includes(stream)) own.splice(own.indexOf(stream), 1)
      if (own.length === 0) byPerson.delete(personId)
    }
  }
}

/** `every`: milliseconds between two looks at the database, which all streams share. */
export function openNoticeStream(server: FastifyInstance, installation: Installation, every = 3000): void {
  const { db, clock } = installation
  const watch = openWatch({ db, clock, every, failed: (error) => server.log.error({ err: error }, 'unread counts could not be looked up') })
  const takePlace = openPlaces()
  server.addHook('preClose', async () => watch.close())

  server.get('/notices/stream', { compress: false }, async (request, reply) => {
    const who = await signedIn(installation, request, clock(), seenSession)
    if (!who) return reply.code(401).send()
    if (who.looking) return reply.code(403).send()
    const { session, actor } = who
    const locale = languageOf(request)
    const stream = new PassThrough()
    const end = () => void stream.end()
    const write = (text: string) => void (stream.writable && stream.write(text))
    const beat = setInterval(write, heartbeat * 1000, ': \n\n').unref()
    const limit = setTimeout(end, longest * 60_000).unref()
    const leave = takePlace(actor.person.id, stream)
    const watcher = { sessionId: session.id, chosenId: session.profileId, profileId: actor.profile.id }
    const stop = watch.add(watcher, { changed: (count) => write(event('unread', words(locale, count))), gone: end })
    stream.once('close', () => {
      clearInterval(beat)
      clearTimeout(limit)
      leave()
      stop()
    })
    return reply.type('text/event-stream').header('cache-control', 'no-store').header('x-accel-buffering', 'no').send(stream)
  })
}
