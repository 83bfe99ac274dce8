// The door for people's browsers: from a session to a context, from an action to a page, from a refusal to a sentence.
import { tmpdir } from 'node:os'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dateAt, type PlainDate } from '../kernel/date.ts'
import { refuse, Refusal } from '../kernel/refusal.ts'
import { onlyLooks, type Reader } from '../platform/database.ts'
import { isForeign } from '../platform/http.ts'
import { receiveForm, type ReceivedForm } from '../platform/uploads.ts'
import { Download, KeptFile } from '../ui/download.ts'
import { Html } from '../ui/html.ts'
import { isLocale, isMessageKey, type Locale } from '../ui/locale.ts'
import { errorPage, lookKinds, type ErrorKind } from '../ui/error-page.ts'
import { titleIn } from '../ui/layout.ts'
import type { Banner, View } from '../ui/view.ts'
import type { PersonActor, Staff } from './actor.ts'
import { actsForAuthority } from './authority.ts'
import type { PersonContext, Settings } from './context.ts'
import { sendKept } from './kept-file.ts'
import { keepRequest, lastRequests } from './last-requests.ts'
import { isBeyondRole, isReading, lookingView, refuseToLookers, type Looking, type Looks } from './looking.ts'
import { keepOnce, takeOnce } from './once.ts'
import type { Page, PageRequest, SentFile, Shown, Values } from './page.ts'
import { actorIn } from './people.ts'
import { endsAt, seenSession, sessionOf, type Session } from './session.ts'

export const sessionCookie = 'nams_session'
export const languageCookie = 'nams_language'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whoever calls shows a token, which no other site's form can. */
    takesToken?: true
    /** Refuses by itself whoever only looks. */
    isPage?: true
    /** Changes nothing but the session that it is sent in, and the cookies of its browser. */
    isOfSession?: true
  }
}

/** What the door needs to know of its installation. */
export type Installation = {
  db: Reader
  /** What those of support read by who look at what another sees. */
  viewer: Reader
  settings: Settings
  staff: Staff
  demo: boolean
  secure: boolean
  /** The only clock that doors read. */
  clock: () => Date
  /** Notices that the profile has not read. */
  unread: (db: Reader, profileId: number) => Promise<number>
  /** What stands above every page; nothing where it is not set. */
  banners?: (asked: BannersAsked) => Promise<Banner[]>
  /** Where the manual is about the pages of a route; of none, where a page is missing. */
  help?: (route: string | undefined) => string
  looks?: Looks
}

export type BannersAsked = { now: Date; locale: Locale; isSignedIn: boolean; cookies: FastifyRequest['cookies'] }

/** `actor`: whose session it is. `looking`: what they look at for support in it instead of what is theirs. */
export type SignedIn = { session: Session; actor: PersonActor; looking?: Looking | 'over' }

const values = (source: unknown): Values =>
  Object.fromEntries(Object.entries((source ?? {}) as Record<string, unknown>).map(([name, value]) => [name, String(Array.isArray(value) ? value.at(-1) : value)]))

export const languageOf = (request: FastifyRequest): Locale => {
  const chosen = request.cookies[languageCookie]
  if (isLocale(chosen)) return chosen
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'lv'
}

/**
 * Who a request's session belongs to; undefined when there is none, or its profile is no longer theirs.
 * `find`: `sessionOf` keeps the session alive, `seenSession` does not.
 */
export async function signedIn(installation: Installation, request: FastifyRequest, now: Date, find = sessionOf): Promise<SignedIn | undefined> {
  const key = request.cookies[sessionCookie]
  const session = key ? await find(installation.db, key, now) : undefined
  if (!session) return undefined
  const place = { today: dateAt(now), staff: installation.staff }
  const actor =
    (await actorIn(installation.db, session.personId, session.profileId, place)) ??
    (await actorIn(installation.db, session.personId, session.personId, place))
  if (!actor || session.lookId === null) return actor && { session, actor }
  return { session, actor, looking: (actor.support && (await installation.looks?.lookingIn(session, now))) || 'over' }
}

/** A page, above all one that says what went wrong, is not to fail for want of what stands above it. */
async function bannersFor(installation: Installation, request: FastifyRequest, now: Date, isSignedIn: boolean): Promise<Banner[]> {
  try {
    return (await installation.banners?.({ now, locale: languageOf(request), isSignedIn, cookies: request.cookies })) ?? []
  } catch (error) {
    request.log.error({ err: error, request: request.id }, 'no banners')
    return []
  }
}

export async function viewOf(installation: Installation, request: FastifyRequest, now: Date, who: SignedIn | undefined): Promise<View> {
  const looking = who?.looking === 'over' ? undefined : who?.looking
  const actor = looking?.actor ?? who?.actor
  const viewer = who && actor && {
    person: actor.person.name,
    profile: actor.profile.name,
    represents: actor.represents,
    unread: looking?.caseNumber ? 0 : await installation.unread(installation.db, actor.profile.id),
    operator: actor.operator,
    support: actor.support,
    authority: actsForAuthority(actor, installation.settings),
    sessionEndsAt: endsAt(who.session),
    sessionSeconds: Math.round((endsAt(who.session).getTime() - now.getTime()) / 1000),
  }
  const said = `said.${values(request.query)['said']}`
  return {
    locale: languageOf(request),
    demo: installation.demo,
    here: request.method === 'GET' ? request.url.replace(/[?&]said=[^&]*/, '') : request.url,
    viewer: viewer ?? null,
    looking: looking ? lookingView(looking) : null,
    today: dateAt(now),
    help: installation.help?.(request.routeOptions.url) ?? '/help',
    banners: await bannersFor(installation, request, now, who !== undefined),
    said: isMessageKey(said) ? said : null,
  }
}

type Acts = { actor: PersonActor; db: Reader }

const contextOf = (installation: Installation, request: FastifyRequest, now: Date, today: PlainDate, { actor, db }: Acts): PersonContext => ({
  actor,
  now,
  today,
  db,
  locale: languageOf(request),
  via: 'page',
  settings: { ...installation.settings, supportCodes: installation.staff.support },
  log: request.log,
})

export const sendHtml = (reply: FastifyReply, page: Html, status = 200) =>
  reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page.text)

const sendFile = (reply: FastifyReply, { name, type, content }: Download) =>
  reply.type(type).header('cache-control', 'no-store').header('content-disposition', `attachment; filename="${name}"`).send(content)

const sendShown = (request: FastifyRequest, reply: FastifyReply, shown: Shown, status = 200) =>
  shown instanceof KeptFile ? sendKept(request, reply, shown.kept) : shown instanceof Download ? sendFile(reply, shown) : sendHtml(reply, shown, status)

const statusOf = { invalid: 422, conflict: 409, missing: 404, forbidden: 403 } as const

/** A place with the sentence to be said there: in its query, before the part of the page that it names. */
function saying(to: string, said: string): string {
  const [place = '', part] = to.split('#')
  return `${place}${place.includes('?') ? '&' : '?'}said=${said}${part === undefined ? '' : `#${part}`}`
}

type Sent = { form: Values; file?: SentFile | undefined } & Partial<Omit<ReceivedForm, 'form'>>

type Answering = { sent: FastifyRequest; reply: FastifyReply; secure: boolean; keep: Keep | undefined; discard: Sent['discard'] }

async function answer(page: Page, request: PageRequest, { sent, reply, secure, keep, discard }: Answering): Promise<FastifyReply> {
  if (request.form === undefined) {
    const shown = await page.show!(request, [])
    await keep?.(shown)
    return sendShown(sent, reply, shown)
  }
  try {
    const done = await page.submit!(request).finally(discard)
    if (done instanceof Html || done instanceof Download || done instanceof KeptFile) return sendShown(sent, reply, done)
    if (done.once !== undefined) keepOnce(reply, done.once, { path: done.to, sessionId: request.session.id, now: request.ctx.now, secure })
    return reply.redirect(done.said ? saying(done.to, done.said) : done.to, 303)
  } catch (error) {
    const canRetry = error instanceof Refusal && (error.kind === 'invalid' || error.kind === 'conflict') && page.show
    if (!canRetry) throw error
    return sendShown(sent, reply, await page.show!(request, error.problems), statusOf[error.kind])
  }
}

type Keep = (shown: Shown) => Promise<unknown>

const titleOf = (shown: Shown): string => (shown instanceof Html ? titleIn(shown) : shown instanceof KeptFile ? shown.kept.name : shown.name)

/** Whoever of support looked until now is told that it is over, and the session is its own again. */
async function refuseLate({ looks }: Installation, { session }: SignedIn, now: Date): Promise<never> {
  await looks?.leave(session, now)
  return refuse.forbidden('look-over')
}

/** The one file of a form, whole, without the form's other fields. */
async function sentFile(request: FastifyRequest): Promise<{ form: Values; file: SentFile | undefined }> {
  if (!request.isMultipart()) return { form: values(request.body), file: undefined }
  const part = await request.file()
  if (!part) return { form: {}, file: undefined }
  const content = await part.toBuffer().catch((error) => {
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') return undefined
    throw error
  })
  const isChosen = part.filename !== '' || (content?.length ?? 1) > 0
  return { form: {}, file: isChosen ? { name: part.filename, content } : undefined }
}

/** A page that takes attachments where none may be made reads its form without them. */
async function sentForm(page: Page, request: FastifyRequest, { attachments }: Settings): Promise<Sent> {
  if (page.takesUploads && request.isMultipart()) return receiveForm(request, attachments ?? { incoming: tmpdir(), largest: 0, most: 0 })
  return page.takesFile ? sentFile(request) : { form: values(request.body) }
}

/**
 * To the sign-in page, and from there back: to the page that was asked for or, where a form was sent too late, to the page
 * of that form, which says that nothing was kept of it. A button alone has no page; it leads back to the one that it was on.
 */
function wayIn(page: Page, { method, url, headers, host }: FastifyRequest): string {
  const to = (place: string) => `/sign-in?to=${encodeURIComponent(place)}`
  if (method !== 'POST') return to(url)
  const from = URL.parse(headers.referer ?? '')
  const before = from?.host === host ? from.pathname + from.search : '/'
  return `${to(page.show ? url : before)}&ended=1`
}

/** Puts pages on the server. Whoever is not signed in is sent to sign in and comes back after. */
export function openPages(server: FastifyInstance, installation: Installation, pages: readonly Page[], publicUrl?: string): void {
  const open = (page: Page) => async (request: FastifyRequest, reply: FastifyReply) => {
    const now = installation.clock()
    const who = await signedIn(installation, request, now)
    if (!who) return reply.redirect(wayIn(page, request), 303)
    const looking = page.ofSupport ? undefined : who.looking === 'over' ? await refuseLate(installation, who, now) : who.looking
    if (looking) refuseToLookers(page, request, { looking, viewer: installation.viewer })
    const view = await viewOf(installation, request, now, who)
    const ctx = contextOf(installation, request, now, view.today, looking ? { actor: looking.actor, db: installation.viewer } : { actor: who.actor, db: installation.db })
    const keep: Keep | undefined = looking && ((shown) => installation.looks!.keep(looking, { at: now, path: request.url, title: titleOf(shown) }))
    const { form, file, uploads = [], discard } = request.method === 'POST' ? await sentForm(page, request, ctx.settings) : { form: undefined }
    const origin = publicUrl ?? `${request.protocol}://${request.host}`
    const once = request.method === 'GET' && !looking ? takeOnce(request, reply, { path: page.path, sessionId: who.session.id, now }) : undefined
    keepRequest(reply, installation.secure)
    const asked = { ctx, view, origin, session: who.session, requestIds: lastRequests(request), params: values(request.params), query: values(request.query), form, file, uploads, once }
    return answer(page, asked, { sent: request, reply, secure: installation.secure, keep, discard })
  }
  const config = { isPage: true } as const
  for (const page of pages) {
    if (page.show) server.get(page.path, { config }, open(page))
    if (page.submit) server.post(page.path, { config }, open(page))
  }
}

const kindOf = (error: unknown): ErrorKind => {
  const special = error instanceof Refusal && lookKinds.find((kind) => error.problems.some(({ code }) => code === kind))
  if (special) return special
  if (error instanceof Refusal) return error.kind === 'forbidden' ? 'forbidden' : error.kind === 'missing' ? 'missing' : 'refused'
  const status = (error as { statusCode?: number }).statusCode ?? 500
  return status === 429 ? 'too-many' : status === 503 ? 'busy' : status === 404 ? 'missing' : status < 500 ? 'refused' : 'fault'
}

const errorStatus = { 'only-looks': 403, kept: 403, 'look-over': 403, 'not-covered': 404, missing: 404, forbidden: 403, refused: 400, 'too-many': 429, busy: 503, fault: 500 } as const

/** Forms of other sites are refused, and everything that goes wrong becomes a page: no stack trace is shown. */
export function guardPages(server: FastifyInstance, installation: Installation): void {
  server.addHook('onRequest', async (request, reply) => {
    const isUnsafe = !isReading(request) && !request.routeOptions.config.takesToken
    if (isUnsafe && isForeign(request)) return reply.code(403).send('This form was sent from another site.')
  })
  server.addHook('preHandler', async (request) => {
    const { isPage, isOfSession } = request.routeOptions.config
    const key = request.cookies[sessionCookie]
    if (isReading(request) || isPage || isOfSession || key === undefined || !onlyLooks(installation.viewer)) return
    const session = await seenSession(installation.db, key, installation.clock())
    if (session?.lookId) refuse.forbidden('only-looks')
  })
  const failed = async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const now = installation.clock()
    const who = await signedIn(installation, request, now).catch(() => undefined)
    const isBeyond = who?.looking && isBeyondRole(error)
    if (isBeyond) request.log.warn({ err: error, request: request.id }, 'support looked beyond its role')
    const kind = isBeyond ? (isReading(request) ? 'kept' : 'only-looks') : kindOf(error)
    if (kind === 'fault') request.log.error({ err: error, request: request.id }, 'fault')
    const view = await viewOf(installation, request, now, who)
    return sendHtml(keepRequest(reply, installation.secure), errorPage(view, kind, request.id), errorStatus[kind])
  }
  server.setErrorHandler(failed)
  server.setNotFoundHandler((request, reply) => failed(new Refusal('missing'), request, reply))
}
