// Secrets that people or programs hold, kept here only as their hash, and texts that are sealed so that nobody can make them up.
import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'

export const newSecret = (): string => randomBytes(32).toString('base64url')

export const hashOf = (secret: string): string => hash('sha256', secret, 'hex')

const macOf = (secret: string, purpose: string, text: string): string => createHmac('sha256', secret).update(`${purpose}:${text}`).digest('hex').slice(0, 24)

/** A text that only who knows the secret can have made, and for this purpose only. It survives where capital letters are lost. */
export const sealed = (secret: string, purpose: string, text: string): string => `${text}.${macOf(secret, purpose, text)}`

/** The text of a sealed one; undefined where it was made without the secret, for another purpose, or changed. */
export function unsealed(secret: string, purpose: string, token: string): string | undefined {
  const at = token.lastIndexOf('.')
  const text = token.slice(0, Math.max(at, 0))
  const given = Buffer.from(token.slice(at + 1))
  const right = Buffer.from(macOf(secret, purpose, text))
  return given.length === right.length && timingSafeEqual(given, right) ? text : undefined
}
