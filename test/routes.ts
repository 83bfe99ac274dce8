// Every route that the program opens, as it says itself while it starts.
import diagnostics from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'

const routes = new WeakMap<FastifyInstance, string[]>()

diagnostics.subscribe('fastify.initialization', (message) => {
  const { fastify } = message as { fastify: FastifyInstance }
  const own: string[] = []
  routes.set(fastify, own)
  fastify.addHook('onRoute', ({ method, url }) => void own.push(...[method].flat().map((one) => `${one} ${url}`)))
})

/** `GET /cases/:number`, each once. Only of a server that was created after this module was loaded. */
export const routesOf = (server: FastifyInstance): string[] => [...new Set(routes.get(server))]
