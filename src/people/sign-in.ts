// Coming in and leaving: the demo's list of people, the language, and the end of a session.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { writing, type Reader } from '../platform/database.ts'
import { html, type Html } from '../ui/html.ts'
import { isLocale } from '../ui/locale.ts'
import { layout } from '../ui/layout.ts'
import { teller, type View } from '../ui/view.ts'
import { languageCookie, sendHtml, sessionCookie, signedIn, viewOf, type Installation } from './door.ts'
import { endSession, startSession } from './session.ts'

/** Only a path of this site may be returned to. */
export const safePath = (to: unknown): string => (typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/')

/** Begins a new session, under a new key, whatever the browser held before. */
export async function letIn(installation: Installation, request: FastifyRequest, reply: FastifyReply, personId: number): Promise<void> {
  const now = installation.clock()
  const before = await signedIn(installation, request, now)
  if (before) await endSession(installation.db, before.actor.person.id, before.session.id, now)
  const key = await startSession(installation.db, personId, (request.headers['user-agent'] ?? '').slice(0, 200), now)
  reply.setCookie(sessionCookie, key, { path: '/', httpOnly: true, sameSite: 'lax', secure: installation.secure })
}

const demoPeople = (db: Reader) =>
  db
    .selectFrom('party')
    .select(['id', 'name'])
    .where('kind', '=', 'person')
    .orderBy('id')
    .limit(60)
    .execute()

function demoPage(view: View, people: { id: number; name: string }[], to: string): Html {
  const { t } = teller(view)
  const body = html`<h1 class="govuk-heading-l">${t('sign-in.title')}</h1><p class="govuk-body-l">${t('sign-in.demo')}</p>
    <form method="post" action="/sign-in/demo" class="people"><input type="hidden" name="to" value="${to}">
    ${people.map(({ id, name }) => html`<button name="person" value="${id}">${name}</button>`)}</form>`
  return layout(view, { title: t('sign-in.title'), body })
}

export function openDemoSignIn(server: FastifyInstance, installation: Installation): void {
  server.get('/sign-in', async (request, reply) => {
    const view = await viewOf(installation, request, installation.clock(), undefined)
    const { to } = request.query as { to?: string }
    return sendHtml(reply, demoPage(view, await demoPeople(installation.db), safePath(to)))
  })
  server.post('/sign-in/demo', async (request, reply) => {
    const { person, to } = request.body as { person?: string; to?: string }
    const known = (await demoPeople(installation.db)).find(({ id }) => String(id) === person)
    if (!known) return reply.redirect('/sign-in', 303)
    await letIn(installation, request, reply, known.id)
    return reply.redirect(safePath(to), 303)
  })
}

export function openLeaving(server: FastifyInstance, installation: Installation): void {
  server.post('/sign-out', async (request, reply) => {
    const now = installation.clock()
    const who = await signedIn(installation, request, now)
    if (who) await endSession(installation.db, who.actor.person.id, who.session.id, now)
    return reply.clearCookie(sessionCookie, { path: '/' }).redirect('/sign-in', 303)
  })
  /** Any request keeps a session alive; this one does only that. */
  server.post('/session/stay', async (request, reply) => {
    const who = await signedIn(installation, request, installation.clock())
    return reply.code(who ? 204 : 401).send()
  })
  server.post('/language', async (request, reply) => {
    const { language, to } = request.body as { language?: string; to?: string }
    if (!isLocale(language)) return reply.redirect(safePath(to), 303)
    reply.setCookie(languageCookie, language, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 31_536_000, secure: installation.secure })
    const who = await signedIn(installation, request, installation.clock())
    if (who) await writing(installation.db, (tx) => tx.updateTable('party').set({ language }).where('id', '=', who.actor.person.id).execute())
    return reply.redirect(safePath(to), 303)
  })
}
