// The door for programs: from a token to a context, from JSON to an action, from a refusal to problem+json.
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import { once } from '../history/idempotency.ts'
import { dateAt } from '../kernel/date.ts'
import { refuse, Refusal } from '../kernel/refusal.ts'
import type { PersonContext } from '../people/context.ts'
import type { Installation } from '../people/door.ts'
import type { ApiRequest, Endpoint } from '../people/endpoint.ts'
import { tokenActor } from '../people/token.ts'
import { hashOf } from '../platform/secret.ts'
import { describe, routeSchema, type ApiDocument } from './document.ts'
import { acceptedLocale } from './language.ts'
import { kinds, kindOf, problemMedia, problemOf, TooMany, Unauthenticated, WrongMethod } from './problem.ts'
import { compileReading } from './reading.ts'

export const basePath = '/api/v1'

/** Requests a minute: for each token, and for each address that sends none that is valid. */
export const limits = { token: 600, address: 60 }

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks through the API; null before the token was read. */
    caller: PersonContext | null
  }
}

const tokenIn = ({ headers }: FastifyRequest): string | undefined => /^Bearer +(nams_[\w-]+) *$/i.exec(headers.authorization ?? '')?.[1]

/** Lets in whoever sends a valid token, in the language of its program; cookies are not looked at. */
function authentication(server: FastifyInstance, installation: Installation) {
  const minute = { timeWindow: 60_000 }
  const perToken = server.createRateLimit({ ...minute, max: limits.token, keyGenerator: (request) => hashOf(tokenIn(request) ?? '') })
  const perAddress = server.createRateLimit({ ...minute, max: limits.address })
  return async (request: FastifyRequest) => {
    const { db, staff, settings } = installation
    const now = installation.clock()
    const token = tokenIn(request)
    const actor = token === undefined ? undefined : await tokenActor(db, token, { now, staff })
    const limit = await (actor ? perToken : perAddress)(request)
    if (!limit.isAllowed && limit.isExceeded) throw new TooMany(limit.ttlInSeconds)
    if (!actor) throw new Unauthenticated()
    const locale = acceptedLocale(request.headers['accept-language'])
    request.caller = { actor, now, today: dateAt(now), db, locale, via: 'api', settings, log: request.log }
  }
}

/** The key that the sender chose, with what was asked; undefined where there is none. */
function idempotencyOf(request: FastifyRequest) {
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || key === undefined) return undefined
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) return refuse.field('Idempotency-Key', 'key-format')
  return { key, requestHash: hashOf(JSON.stringify([request.method, request.url, request.body ?? null])) }
}

const requestOf = (request: FastifyRequest, ctx: PersonContext) => ({ ctx, params: request.params, query: request.query, body: request.body }) as ApiRequest

/** Calls an endpoint's action and shows its value; a request that was carried out before is only shown again. */
const open = (endpoint: Endpoint) => async (request: FastifyRequest, reply: FastifyReply) => {
  const idempotency = idempotencyOf(request)
  const ctx = { ...request.caller!, ...(idempotency && { idempotency }) }
  const { value, on, isReplay } = await once(ctx, () => endpoint.answer(requestOf(request, ctx)))
  if (isReplay) reply.header('idempotency-replayed', 'true')
  const told = requestOf(request, { ...ctx, today: on })
  if (endpoint.location) reply.header('location', `${basePath}${endpoint.location(value, told)}`)
  reply.code(endpoint.status).header('content-language', ctx.locale)
  return endpoint.status === 204 ? reply.send() : reply.type('application/json').send(endpoint.show(value, told))
}

function speakJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error')
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) =>
    text === '' ? done(null, undefined) : parse(request, text as string, done),
  )
}

function answerFailure(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const kind = kindOf(error)
  if (kind === 'fault') request.log.error({ err: error, request: request.id }, 'fault')
  if (kind === 'unauthenticated') reply.header('www-authenticate', `Bearer realm="Nams"${request.headers.authorization ? ', error="invalid_token"' : ''}`)
  if (error instanceof WrongMethod) reply.header('allow', error.methods.join(', '))
  if (error instanceof TooMany) reply.header('retry-after', error.seconds)
  const locale = acceptedLocale(request.headers['accept-language'])
  const body = JSON.stringify(problemOf(error, locale, request.id))
  return reply.code(kinds[kind]).type(problemMedia).header('content-language', locale).serializer(String).send(body)
}

const routeOf = (endpoint: Endpoint, authenticate: (request: FastifyRequest) => Promise<void>): RouteOptions => ({
  method: endpoint.method,
  url: endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
  schema: routeSchema(endpoint),
  config: { takesToken: true },
  onRequest: authenticate,
  handler: open(endpoint),
})

/** The methods that an address takes, of which it has none where nothing is kept under it. Whoever may GET may also ask for the HEAD. */
function methodsAt(endpoints: readonly Endpoint[], url: string): string[] {
  const sent = url.split('?')[0]!.slice(basePath.length)
  const isAt = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+').replaceAll('.', String.raw`\.`)}$`).test(sent)
  const methods = [...endpoints, { method: 'GET', path: '/openapi.json' }].filter(({ path }) => isAt(path)).map(({ method }) => method)
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))]
}

/** What was asked for in vain: an address that is not there, or one that does not take the method. */
function absent(endpoints: readonly Endpoint[], url: string): Error {
  const methods = methodsAt(endpoints, url)
  return methods.length > 0 ? new WrongMethod(methods) : new Refusal('missing')
}

/** Puts endpoints on the server, under `/api/v1`; answers their description, complete once the server is ready. */
export async function openApi(server: FastifyInstance, installation: Installation, endpoints: readonly Endpoint[]): Promise<() => ApiDocument> {
  let described: (() => ApiDocument) | undefined
  const place = async (api: FastifyInstance) => {
    speakJson(api)
    api.decorateRequest('caller', null)
    api.setValidatorCompiler<never>(compileReading as never)
    api.setSerializerCompiler(serializerCompiler)
    api.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store').header('vary', 'Accept-Language'))
    api.setErrorHandler(answerFailure)
    api.setNotFoundHandler((request, reply) => answerFailure(absent(endpoints, request.url), request, reply))
    // Before the body is read: what it holds matters little where nobody takes it.
    api.addHook('onRequest', async (request) => {
      if (request.is404) throw absent(endpoints, request.url)
    })
    described = await describe(api)
    const authenticate = authentication(api, installation)
    for (const endpoint of endpoints) api.route(routeOf(endpoint, authenticate))
  }
  await server.register(place, { prefix: basePath })
  return described!
}
