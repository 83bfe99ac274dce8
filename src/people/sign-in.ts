// Coming in and leaving: the sign-in page, the demo's list of people, the language, and the end of a session.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dateAt } from '../kernel/date.ts'
import { writing } from '../platform/database.ts'
import { isLocale } from '../ui/locale.ts'
import { demoPeople, isDemoPerson } from './demo-people.ts'
import { languageCookie, sendHtml, sessionCookie, signedIn, viewOf, type Installation } from './door.ts'
import { profilesOf } from './people.ts'
import type { RolesOf } from './role.ts'
import { endSession, startSession } from './session.ts'
import { signInPage } from './sign-in-page.ts'

/** Doors that are open to everyone: enough for an office behind one address, too little to guess or to flood. */
export const openDoor = { rateLimit: { max: 120, timeWindow: '1 minute' } } as const

const somewhere = 'http://nams.invalid'

/** Only a path of this site may be returned to, as a browser would read it. */
export function safePath(to: unknown): string {
  const address = typeof to === 'string' && to.startsWith('/') ? URL.parse(to, somewhere) : null
  if (address?.origin !== somewhere || address.pathname.startsWith('//')) return '/'
  return address.pathname + address.search
}

/** Where people choose the profile to act in. */
export const choicePath = '/profile/choose'

/** Whoever may act in more than one profile chooses among them first, and then goes on. */
async function firstPlace({ db }: Installation, personId: number, to: string, now: Date): Promise<string> {
  const hasChoice = (await profilesOf(db, personId, dateAt(now))).length > 1
  return hasChoice && !to.startsWith(choicePath) ? `${choicePath}?to=${encodeURIComponent(to)}` : to
}

/** A person who has proved who they are, on the way to a place. */
export type Arrival = { personId: number; to: unknown }

/** Begins a new session, under a new key, whatever the browser held before, and leads on. */
export async function letIn(installation: Installation, request: FastifyRequest, reply: FastifyReply, { personId, to }: Arrival): Promise<FastifyReply> {
  const now = installation.clock()
  const before = await signedIn(installation, request, now)
  if (before) await endSession(installation.db, before.actor.person.id, before.session.id, now)
  const key = await startSession(installation.db, personId, (request.headers['user-agent'] ?? '').slice(0, 200), now)
  reply.setCookie(sessionCookie, key, { path: '/', httpOnly: true, sameSite: 'lax', secure: installation.secure })
  return reply.redirect(await firstPlace(installation, personId, safePath(to), now), 303)
}

export type SignInSettings = {
  /** The host of the sign-in provider, when there is one. */
  providerHost: string | undefined
  rolesOf: RolesOf
}

/** GET /sign-in: the way through the provider and, in a demo, its people. */
export function openSignIn(server: FastifyInstance, installation: Installation, { providerHost, rolesOf }: SignInSettings): void {
  server.get('/sign-in', { config: openDoor }, async (request, reply) => {
    const now = installation.clock()
    const view = await viewOf(installation, request, now, undefined)
    const { to, find = '', ended } = request.query as { to?: string; find?: string; ended?: string }
    const demo = installation.demo ? { find, ...(await demoPeople(installation.db, { find, today: dateAt(now), rolesOf, support: installation.staff.support })) } : undefined
    return sendHtml(reply, signInPage(view, { to: safePath(to), isLate: ended !== undefined, providerHost, demo }))
  })
}

export function openDemoSignIn(server: FastifyInstance, installation: Installation): void {
  server.post('/sign-in/demo', { config: openDoor }, async (request, reply) => {
    const { person, to } = (request.body ?? {}) as { person?: string; to?: string }
    if (!(await isDemoPerson(installation.db, Number(person)))) return reply.redirect('/sign-in', 303)
    return letIn(installation, request, reply, { personId: Number(person), to })
  })
}

export type Leaving = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

const ofSession = { ...openDoor, isOfSession: true } as const

/** `onward`: where a browser goes whose session has ended. */
export function openLeaving(server: FastifyInstance, installation: Installation, onward: Leaving): void {
  server.post('/sign-out', { config: ofSession }, async (request, reply) => {
    const now = installation.clock()
    const who = await signedIn(installation, request, now)
    if (who) await endSession(installation.db, who.actor.person.id, who.session.id, now)
    return onward(request, reply.clearCookie(sessionCookie, { path: '/' }))
  })
  /** Any request keeps a session alive; this one does only that. */
  server.post('/session/stay', { config: ofSession }, async (request, reply) => {
    const who = await signedIn(installation, request, installation.clock())
    return reply.code(who ? 204 : 401).send()
  })
  server.post('/language', { config: ofSession }, async (request, reply) => {
    const { language, to } = (request.body ?? {}) as { language?: string; to?: string }
    if (!isLocale(language)) return reply.redirect(safePath(to), 303)
    reply.setCookie(languageCookie, language, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 31_536_000, secure: installation.secure })
    const who = await signedIn(installation, request, installation.clock())
    if (who && !who.looking) await writing(installation.db, (tx) => tx.updateTable('party').set({ language }).where('id', '=', who.actor.person.id).execute())
    return reply.redirect(safePath(to), 303)
  })
}
