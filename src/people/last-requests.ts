// The numbers of a browser's last requests, kept by that browser alone, signed: a problem report carries them to support.
import type { FastifyReply, FastifyRequest } from 'fastify'

const name = 'nams_requests'
/** An hour: what went wrong is reported soon or not at all. */
const settings = { path: '/', httpOnly: true, sameSite: 'lax', signed: true, maxAge: 3600 } as const
const most = 5

/** The latest first. */
export function lastRequests(request: FastifyRequest): string[] {
  const cookie = request.cookies[name]
  const read = cookie === undefined ? undefined : request.unsignCookie(cookie)
  return read?.valid && read.value ? read.value.split(' ') : []
}

/** Adds the one that is being answered. */
export const keepRequest = (reply: FastifyReply, secure: boolean): FastifyReply =>
  reply.setCookie(name, [reply.request.id, ...lastRequests(reply.request)].slice(0, most).join(' '), { ...settings, secure })
