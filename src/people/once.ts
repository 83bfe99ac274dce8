// What is told once, on the page after a form: kept by that browser alone, signed, for two minutes, and forgotten once read.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

const onceCookie = 'nams_once'
const lifetimeSeconds = 120
const settings = { httpOnly: true, sameSite: 'strict', signed: true } as const

const kept = z.object({ sessionId: z.number(), text: z.string(), until: z.number() })

export type Moment = { sessionId: number; now: Date }

/** Gives the browser a text for one page, and for one session: whoever signs in there next does not read it. */
export function keepOnce(reply: FastifyReply, text: string, { path, sessionId, now, secure }: Moment & { path: string; secure: boolean }): void {
  const value = Buffer.from(JSON.stringify({ sessionId, text, until: now.getTime() + lifetimeSeconds * 1000 })).toString('base64url')
  reply.setCookie(onceCookie, value, { ...settings, path, secure, maxAge: lifetimeSeconds })
}

/** The text that was kept for a page, which the browser forgets with this answer. */
export function takeOnce(request: FastifyRequest, reply: FastifyReply, { path, sessionId, now }: Moment & { path: string }): string | undefined {
  const cookie = request.cookies[onceCookie]
  if (cookie === undefined) return undefined
  reply.clearCookie(onceCookie, { path })
  const { valid, value } = request.unsignCookie(cookie)
  if (!valid || value === null) return undefined
  const { text, until, ...whose } = kept.parse(JSON.parse(Buffer.from(value, 'base64url').toString()))
  return whose.sessionId === sessionId && now.getTime() < until ? text : undefined
}
