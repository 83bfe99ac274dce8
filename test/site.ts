// The pages over a test's world, visited without a socket: each guest has a session of their own.
import { after } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../src/app.ts'
import { unreadCount } from '../src/notifications/store.ts'
import type { Party } from '../src/people/actor.ts'
import { languageCookie, sessionCookie, type Installation } from '../src/people/door.ts'
import { chooseProfile, openSessions, startSession } from '../src/people/session.ts'
import type { World } from './world.ts'

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

/** What a page says in words: without marks, in one line. */
export const wordsOf = (page: string): string =>
  page
    .replace(/<svg.*?<\/svg>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity]!)
    .replace(/\s+/g, ' ')

/** `to`: where the answer sends the browser; undefined where it is a page. */
export type Visit = { status: number; page: string; words: string; to?: string | undefined }

export type Guest = {
  get: (path: string, language?: 'lv' | 'en') => Promise<Visit>
  post: (path: string, form: Record<string, string>) => Promise<Visit>
  /** Sends a form and goes where it leads, with what was kept for that page. */
  follow: (path: string, form: Record<string, string>) => Promise<Visit>
  /** A file that an address answers. */
  file: (path: string, headers?: Record<string, string>) => Promise<{ status: number; headers: Record<string, unknown>; content: Buffer }>
  /** A file, as a form with a field `file` sends it. */
  send: (path: string, name: string, content: Uint8Array) => Promise<Visit>
  /** A form with files in its field `files`, by their names. */
  attach: (path: string, form: Record<string, string>, files: readonly (readonly [name: string, content: Uint8Array])[]) => Promise<Visit>
}

export const guestOf = (server: FastifyInstance, key?: string): Guest => {
  const own = key === undefined ? {} : { [sessionCookie]: key }
  const ask = async (request: { method?: 'POST'; url: string; payload?: string | Buffer; headers?: Record<string, string> }, language = 'lv') => {
    const { statusCode, body, headers } = await server.inject({ ...request, cookies: { ...own, [languageCookie]: language } })
    return { status: statusCode, page: body, words: wordsOf(body), to: headers.location }
  }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return {
    get: (url, language) => ask({ url }, language),
    post: (url, form) => ask({ method: 'POST', url, payload: String(new URLSearchParams(form)), headers }),
    follow: async (url, form) => {
      const sent = await server.inject({ method: 'POST', url, payload: String(new URLSearchParams(form)), headers, cookies: { ...own, [languageCookie]: 'lv' } })
      const kept = Object.fromEntries(sent.cookies.map(({ name, value }) => [name, value]))
      const { statusCode, body } = await server.inject({ url: sent.headers.location!, cookies: { ...kept, ...own, [languageCookie]: 'lv' } })
      return { status: statusCode, page: body, words: wordsOf(body) }
    },
    file: async (url, asked = {}) => {
      const { statusCode, headers, rawPayload } = await server.inject({ url, cookies: own, headers: asked })
      return { status: statusCode, headers, content: rawPayload }
    },
    attach: async (url, fields, files) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.set(name, value)
      for (const [name, content] of files) form.append('files', new File([content as Uint8Array<ArrayBuffer>], name))
      const sent = new Response(form)
      const payload = Buffer.from(await sent.arrayBuffer())
      return ask({ method: 'POST', url, payload, headers: { 'content-type': sent.headers.get('content-type')! } })
    },
    send: async (url, name, content) => {
      const form = new FormData()
      form.set('file', new File([content as Uint8Array<ArrayBuffer>], name))
      const sent = new Response(form)
      const payload = Buffer.from(await sent.arrayBuffer())
      return ask({ method: 'POST', url, payload, headers: { 'content-type': sent.headers.get('content-type')! } })
    },
  }
}

const codesOf = (people: readonly Party[]) => new Set(people.map(({ code }) => code))

/** The site of a world; its answer lets a person in as a guest, in their own profile or an organisation's. */
export async function openSite(world: World, { operators = [], support = [], metricsToken, mailFolder, ...changes }: Partial<Installation> & { operators?: readonly Party[]; support?: readonly Party[]; metricsToken?: string; mailFolder?: string } = {}) {
  const installation: Installation = {
    db: world.db,
    viewer: world.database.viewer,
    settings: world.system().settings,
    staff: { operators: codesOf(operators), support: codesOf(support) },
    demo: false,
    secure: false,
    clock: () => world.now,
    unread: unreadCount,
    ...changes,
  }
  const server = await createApp(installation, { secret: 'x'.repeat(64), trustProxy: false, logger: false, metricsToken, ...(mailFolder && { mailFolder }) })
  after(() => server.close())
  /** `at`: when the session begins, where the clock was moved. */
  const visit = async (person: Party, profile: Party = person, at = world.now): Promise<Guest> => {
    const key = await startSession(world.db, person.id, 'test', at)
    const session = (await openSessions(world.db, person.id, at)).reduce((last, one) => (one.id > last.id ? one : last))
    await chooseProfile(world.db, session.id, profile.id)
    return guestOf(server, key)
  }
  /** Somebody who is not signed in. */
  return Object.assign(visit, { server, stranger: guestOf(server) })
}
