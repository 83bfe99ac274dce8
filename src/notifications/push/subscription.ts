// What a browser gives to be told by: an address at its maker's push service, and the keys that messages are encrypted with.
import { ECDH } from 'node:crypto'
import type { Problem } from '../../kernel/refusal.ts'

/** The address is a secret: whoever has it and our key can tell this device. */
export type Subscription = { endpoint: string; p256dh: string; auth: string }

/** The keys by which push services know this installation (VAPID), and whom they write to when something is wrong. */
export type ServerKeys = { publicKey: string; privateKey: string; subject: string }

/** Of Chrome, Edge, Opera, Samsung Internet and Chromium; Firefox; Edge on Windows; Safari. Subdomains are theirs too. */
export const knownServices: readonly string[] = ['fcm.googleapis.com', 'jmt17.google.com', 'push.services.mozilla.com', 'notify.windows.com', 'push.apple.com']

/** This machine itself: never in production, where an address given by a person could reach what only this machine may. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

const longestEndpoint = 1000

/**
 * What is wrong with an address to which this program would send: it comes from a browser, so from anyone (INTERFACES 7.2).
 * Only https to a host of `services`, by name; plain http only to this machine, where it is among them.
 */
export function endpointProblem(endpoint: string, services: readonly string[]): Problem | undefined {
  const url = URL.parse(endpoint)
  const isWhole = url !== null && endpoint.length <= longestEndpoint && url.username === '' && url.password === ''
  if (!isWhole) return { field: 'device', code: 'unreadable' }
  const { hostname } = url
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(hostname))) return { field: 'device', code: 'unreadable' }
  const isKnown = services.some((service) => hostname === service || hostname.endsWith(`.${service}`))
  return isKnown ? undefined : { field: 'device', code: 'service-unknown', params: { host: hostname } }
}

const isPoint = (key: string): boolean => {
  try {
    return Buffer.from(ECDH.convertKey(key, 'prime256v1', 'base64url') as Buffer).length === 65
  } catch {
    return false
  }
}

const bytesOf = (text: string) => (/^[\w-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64url').length : 0)

/** A point of P-256 and 16 bytes (RFC 8291); nothing could be encrypted with others. */
export const keysProblem = ({ p256dh, auth }: Subscription): Problem | undefined =>
  isPoint(p256dh) && bytesOf(auth) === 16 ? undefined : { field: 'device', code: 'unreadable' }
