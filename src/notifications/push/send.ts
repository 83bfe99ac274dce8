// Sends one message to one device through its browser's push service (RFC 8030, 8291, 8292).
import webPush from 'web-push'
import { meaningOf, retryAfter, type PushAnswer } from './answer.ts'
import { endpointProblem, type ServerKeys, type Subscription } from './subscription.ts'

/** `topic`: a later message with the same one takes the place of one that still waits. `ttl`: seconds that it may wait. */
export type PushMessage = { payload: object; topic: string; ttl: number; urgency: 'normal' | 'high' }

/** `limit`: milliseconds that one message may take. */
export type PushOffice = { keys: ServerKeys; services: readonly string[]; limit?: number }

/** What the network said, without the address, which is a secret of the device. */
const reasonOf = (error: unknown): string => {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } }
  return cause?.code ?? cause?.message ?? `${name}: ${message}`
}

/** An answer is kept in words: the service, its status and the beginning of what it wrote. */
export async function sendPush({ endpoint, p256dh, auth }: Subscription, message: PushMessage, office: PushOffice, now: Date): Promise<PushAnswer> {
  const { keys, services, limit = 20_000 } = office
  if (endpointProblem(endpoint, services)) return { obstacle: 'refused', isGone: true, answer: 'service-not-allowed' }
  const { host } = new URL(endpoint)
  const { payload, topic, ttl: TTL, urgency } = message
  const details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(payload), { vapidDetails: keys, TTL, urgency, topic })
  const headers = Object.entries(details.headers).filter(([name]) => name !== 'Content-Length').map(([name, value]): [string, string] => [name, String(value)])
  try {
    const body = new Uint8Array(details.body)
    const response = await fetch(endpoint, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(limit) })
    const words = (await response.text()).replace(/\s+/g, ' ').slice(0, 200)
    const answer = [`${host}: ${response.status}`, response.statusText, words].filter(Boolean).join(' ')
    return { ...meaningOf(response.status), answer, notBefore: retryAfter(response.headers.get('retry-after'), now) }
  } catch (error) {
    return { obstacle: 'unreachable', isGone: false, answer: `${host}: ${reasonOf(error)}` }
  }
}
