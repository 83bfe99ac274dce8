// The description of the API in OpenAPI 3.1, folded from its endpoints.
import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { groups, type Endpoint } from '../people/endpoint.ts'
import { exampleOf, type JsonSchema } from './example.ts'
import { kinds, problemMedia, problemShape, type Kind } from './problem.ts'

const errors: Record<Kind, string> = {
  malformed: 'The request cannot be understood.',
  unauthenticated: 'No valid token was sent.',
  forbidden: 'The profile sees the case but may not do this.',
  missing: 'There is no such thing, or the profile may not see it.',
  'method-not-allowed': 'The address does not take this method; `Allow` names those that it takes.',
  conflict: 'The request contradicts what is stored.',
  'too-large': 'The body is larger than 1 MiB.',
  'unsupported-media-type': 'The body is not JSON.',
  invalid: 'Values cannot be accepted; `problems` names each field.',
  'idempotency-key-reused': 'The key came with another request.',
  'too-many-requests': 'Too many requests; `Retry-After` says when to go on.',
  fault: 'A fault of the program.',
  unavailable: 'The program is overloaded.',
}

/** What can go wrong with an endpoint, by what it takes and what its action refuses. */
const kindsOf = ({ method, params, query, body, refuses = [] }: Endpoint): Kind[] => [
  ...(body ? (['malformed', 'too-large', 'unsupported-media-type'] as const) : []),
  ...(params ? (['missing'] as const) : []),
  ...(body || query ? (['invalid'] as const) : []),
  ...(method === 'POST' ? (['idempotency-key-reused'] as const) : []),
  ...refuses,
  'unauthenticated',
  'too-many-requests',
  'fault',
  'unavailable',
]

function failures(endpoint: Endpoint): Record<string, unknown> {
  const byStatus = Map.groupBy(kindsOf(endpoint), (kind) => kinds[kind])
  const answer = (found: Kind[]) => ({
    description: [...new Set(found)].map((kind) => errors[kind]).join(' '),
    content: { [problemMedia]: { schema: problemShape } },
  })
  return Object.fromEntries([...byStatus].map(([status, found]) => [status, answer(found)]))
}

/** The schemas of an endpoint as Fastify takes them. */
export const routeSchema = (endpoint: Endpoint): FastifySchema => ({
  operationId: endpoint.name,
  summary: endpoint.summary,
  ...(endpoint.description && { description: endpoint.description }),
  tags: [endpoint.group],
  ...(endpoint.params && { params: endpoint.params }),
  ...(endpoint.query && { querystring: endpoint.query }),
  ...(endpoint.body && { body: endpoint.body }),
  response: {
    [endpoint.status]: endpoint.returns
      ? { description: 'Done.', content: { 'application/json': { schema: endpoint.returns } } }
      : z.undefined().describe('Done; there is nothing to tell.'),
    ...failures(endpoint),
  },
})

const keyHeader = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  description: 'Chosen by the sender: a request sent again under the same key has no second effect and gets the same answer.',
  examples: ['7f1d2c1e-inspection-42'],
}

type Transform = typeof jsonSchemaTransform

/** A POST also takes an `Idempotency-Key`, which is no matter of its schema. */
const transform: Transform = (route) => {
  const described = jsonSchemaTransform(route)
  const isPost = (route as unknown as { route: { method: string } }).route.method === 'POST'
  const headers = { type: 'object', properties: { 'Idempotency-Key': keyHeader } }
  return isPost ? { ...described, schema: { ...described.schema, headers } } : described
}

type Media = { schema: JsonSchema; example?: unknown }
export type Operation = {
  operationId: string
  summary: string
  description?: string
  tags: string[]
  security?: unknown[]
  parameters?: { in: 'path' | 'query' | 'header'; name: string; required?: boolean; schema: JsonSchema; example?: unknown; description?: string }[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { description: string; content?: Record<string, Media> }>
}
export type ApiDocument = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, JsonSchema> } }

const reference = /"#\/components\/schemas\/(\w+)"/g

/** The schemas that something refers to, and those that they refer to. */
function used(from: unknown, schemas: Record<string, JsonSchema>, found = new Set<string>()): Set<string> {
  for (const [, name = ''] of JSON.stringify(from).matchAll(reference))
    if (!found.has(name)) used(schemas[name], schemas, found.add(name))
  return found
}

/** What every whole number has says nothing. */
const plain = <T>(document: T): T =>
  JSON.parse(JSON.stringify(document, (_name, value: unknown) => (Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER ? undefined : value)))

/** Only the schemas that are used, and an example of every body. */
const finish: typeof jsonSchemaTransformObject = (folded) => {
  const document = plain(jsonSchemaTransformObject(folded) as unknown as ApiDocument)
  const { schemas } = document.components
  const kept = used(document.paths, schemas)
  document.components.schemas = Object.fromEntries(Object.entries(schemas).filter(([name]) => kept.has(name)))
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path)))
    for (const { content = {} } of [operation.requestBody ?? {}, ...Object.values(operation.responses)])
      for (const media of Object.values(content)) media.example ??= exampleOf(media.schema, schemas)
  return document as never
}

const info = {
  title: 'Nams',
  version: '1.0.0',
  description: 'Buildings, their inspections, who must know and who changed what. See the page `/api` for how to begin.',
}

const bearer = { type: 'http', scheme: 'bearer', description: 'A token from the profile page or from `nams token`; it begins with `nams_`.' } as const

/** Prepares the description; answers it once every endpoint is on the server. Serves it as `openapi.json`. */
export async function describe(api: FastifyInstance): Promise<() => ApiDocument> {
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info,
      servers: [{ url: '/' }],
      tags: groups.map((name) => ({ name })),
      security: [{ token: [] }],
      components: { securitySchemes: { token: bearer } },
    },
    stripBasePath: false,
    transform,
    transformObject: finish,
  })
  const document = () => api.swagger() as unknown as ApiDocument
  let text: string | undefined
  const schema = {
    operationId: 'describeApi',
    summary: 'Describe the API',
    description: 'This document. It needs no token.',
    tags: ['API'],
    security: [],
    response: { 200: z.looseObject({ openapi: z.string().meta({ examples: ['3.1.0'] }) }) },
  }
  api.get('/openapi.json', { schema }, (_request, reply) => reply.type('application/json').send((text ??= JSON.stringify(document()))))
  return document
}
