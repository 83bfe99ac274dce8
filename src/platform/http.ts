// The HTTP server without a word of the domain: security headers, assets, limits, and one place for what goes wrong.
import { randomBytes } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { assets } from './assets.ts'

export type ServerSettings = {
  secret: string
  secure: boolean
  trustProxy: boolean
  logger: boolean
  /** Refuses requests while it cannot keep up. Not over the embedded database, which works in the same thread: there they wait. */
  shedsLoad?: boolean
}

/** A form of another site must not act here: its browser says where it comes from. Programs without a browser send neither header. */
export function isForeign({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const { origin, host } = headers
  return origin !== undefined && URL.parse(origin)?.host !== host
}

const policy = (secure: boolean) => ({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    workerSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    ...(secure && { upgradeInsecureRequests: [] }),
  },
})

/** What helmet says of an answer, asked once: it is the same for each. */
async function securityHeaders(secure: boolean): Promise<Record<string, string>> {
  const asked = Fastify()
  await asked.register(helmet, { contentSecurityPolicy: policy(secure), strictTransportSecurity: secure, referrerPolicy: { policy: 'same-origin' } })
  asked.get('/', async (_request, reply) => reply.code(204).send())
  const { headers } = await asked.inject('/')
  await asked.close()
  const { date: _, connection: __, ...security } = headers as Record<string, string>
  return security
}

function serveAssets(server: FastifyInstance): void {
  for (const { path, type, content } of assets)
    server.get(path, { config: { rateLimit: false } }, (_request, reply) =>
      reply.type(type).header('cache-control', 'public, max-age=31536000, immutable').send(content),
    )
}

/** Of a file that a form sends, in bytes. */
export const largestFile = 10 * 1024 * 1024

export async function createServer({ secret, secure, trustProxy, logger, shedsLoad = false }: ServerSettings): Promise<FastifyInstance> {
  const run = randomBytes(6).toString('hex')
  let requests = 0
  const server = Fastify({
    logger: logger && { level: 'warn', redact: ['req.headers.authorization', 'req.headers.cookie'] },
    trustProxy,
    // Support is told of it: the same in no two processes.
    genReqId: () => `req-${run}-${(++requests).toString(36)}`,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
  })
  await server.register(cookie, { secret })
  await server.register(formbody)
  await server.register(multipart, { limits: { fileSize: largestFile, files: 1, fields: 20, parts: 21 } })
  await server.register(compress, { threshold: 2048 })
  await server.register(rateLimit, { global: false })
  if (shedsLoad) await server.register(underPressure, { maxEventLoopDelay: 2000 })
  const headers = await securityHeaders(secure)
  server.addHook('onRequest', async (_request, reply) => void reply.headers(headers))
  serveAssets(server)
  server.get('/health', async () => ({ status: 'ok' }))
  return server
}
