// A program that speaks to a real app through the API, with a person's token.
import { after } from 'node:test'
import { createApp } from '../src/app.ts'
import type { Party } from '../src/people/actor.ts'
import type { Installation } from '../src/people/door.ts'
import { issueToken } from '../src/people/token.ts'
import { nobody, type World } from './world.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type Answer = { status: number; body: any; headers: Record<string, unknown>; text: string }
export type Ask = (method: Method, path: string, body?: object | string, headers?: Record<string, string>) => Promise<Answer>

export async function openProgram(world: World, changes: Partial<Installation> = {}) {
  const installation: Installation = {
    db: world.db,
    viewer: world.database.viewer,
    settings: world.system().settings,
    staff: nobody,
    demo: false,
    secure: false,
    clock: () => world.now,
    unread: async () => 0,
    ...changes,
  }
  const server = await createApp(installation, { secret: 'for tests '.repeat(4), trustProxy: false, logger: false })
  after(() => server.close())

  const ask: Ask = async (method, path, body, headers = {}) => {
    const answer = await server.inject({ method, url: `/api/v1${path}`, headers: { 'accept-language': 'en', ...headers }, ...(body !== undefined && { payload: body }) })
    const isJson = String(answer.headers['content-type']).includes('json')
    return { status: answer.statusCode, body: isJson ? answer.json() : null, headers: answer.headers, text: answer.body }
  }

  return {
    server,
    /** Without a token. */
    ask,
    /** With a token of a person, as itself or for an organisation. */
    as: async (person: Party, profile: Party = person): Promise<Ask> => {
      const token = await issueToken(world.system(), person, profile, 'Test')
      return (method, path, body, headers = {}) => ask(method, path, body, { authorization: `Bearer ${token}`, ...headers })
    },
  }
}

/** The field and code of each problem. */
export const problems = ({ body }: Answer): string[] => body.problems.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`)

/** Every item of a list, page by page; `between` runs after each page. */
export async function pages(ask: Ask, path: string, limit: number, between: (page: number) => Promise<unknown> = async () => {}): Promise<any[][]> {
  const found: any[][] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const start: string = `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
    const { body }: Answer = await ask('GET', start)
    found.push(body.items)
    cursor = body.next
    await between(found.length)
  }
  return found
}
