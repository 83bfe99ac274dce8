// A sign-in that has begun and not come back: kept by the browser alone, signed, for ten minutes.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Attempt } from './oidc.ts'
import { SignInRefused } from './identity.ts'

const attemptCookie = 'nams_attempt'
const lifetimeMinutes = 10
/** Lax, so that it comes along when the provider sends the browser back. */
const settings = { path: '/sign-in', httpOnly: true, sameSite: 'lax', signed: true } as const

const kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string(), until: z.number() })

export type Begun = Attempt & { to: string }

export function keepAttempt(reply: FastifyReply, begun: Begun, { now, secure }: { now: Date; secure: boolean }): void {
  const until = now.getTime() + lifetimeMinutes * 60_000
  const value = Buffer.from(JSON.stringify({ ...begun, until })).toString('base64url')
  reply.setCookie(attemptCookie, value, { ...settings, secure, maxAge: lifetimeMinutes * 60 })
}

function read(request: FastifyRequest, now: Date): Begun | undefined {
  const { valid, value } = request.unsignCookie(request.cookies[attemptCookie] ?? '')
  if (!valid || value === null) return undefined
  const { until, ...begun } = kept.parse(JSON.parse(Buffer.from(value, 'base64url').toString()))
  return now.getTime() < until ? begun : undefined
}

/** The attempt that this browser began; the browser forgets it. Throws `SignInRefused` `expired` when there is none of the last ten minutes. */
export function takeAttempt(request: FastifyRequest, reply: FastifyReply, now: Date): Begun {
  reply.clearCookie(attemptCookie, { path: settings.path })
  const begun = read(request, now)
  if (!begun) throw new SignInRefused('expired', 'no attempt')
  return begun
}
