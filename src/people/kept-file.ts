// A kept file as an answer: under its own name, without any power over this site, and not again to who has it.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kept } from '../ui/download.ts'

/** The name in ASCII for old programs, and as it is. */
function disposition({ name, isInline }: Kept): string {
  const ascii = name.normalize('NFD').replace(/[^\x20-\x7e]/g, '').replace(/["\\]/g, '_')
  const whole = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `${isInline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${whole}`
}

export async function sendKept({ headers }: FastifyRequest, reply: FastifyReply, kept: Kept): Promise<FastifyReply> {
  const tag = `"${kept.sha256}"`
  reply.header('etag', tag).header('cache-control', 'private, no-cache').header('content-security-policy', "sandbox; default-src 'none'")
  if (headers['if-none-match']?.split(',').some((known) => known.trim() === tag)) return reply.code(304).send()
  const content = await kept.open()
  return reply.type(kept.type).header('content-length', kept.size).header('content-disposition', disposition(kept)).send(content)
}
