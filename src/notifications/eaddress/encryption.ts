// Encrypts attachments so that only their recipients read them (INTERFACES 1.3): one AES key for all, which each recipient's RSA key wraps.
import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import type { Attachment, EncryptionInfo } from './message.ts'

/** As the service lists it; all in base64. `thumbprint`: SHA-1 of the recipient's certificate. */
export type PublicKey = { address: string; thumbprint: string; modulus: string; exponent: string }

const url = (base64: string): string => Buffer.from(base64, 'base64').toString('base64url')

function infoFor({ modulus, exponent, thumbprint }: PublicKey, secret: Buffer): EncryptionInfo {
  const key = createPublicKey({ key: { kty: 'RSA', n: url(modulus), e: url(exponent) }, format: 'jwk' })
  const wrapped = publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, secret)
  return { key: wrapped.toString('base64'), thumbprint }
}

const hidden = (type: string): string => (type.toLowerCase().startsWith('text/') ? 'application/octet-stream' : type)

function encrypted(attachment: Attachment, key: Buffer, start: Buffer): Attachment {
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, start)
  return { ...attachment, type: hidden(attachment.type), bytes: Buffer.concat([cipher.update(attachment.bytes), cipher.final()]) }
}

/** Attachments as they are transmitted, and for each key what its recipient needs, by address. The wrapped secret is `length ‖ key ‖ IV`. */
export function encryptFor(attachments: readonly Attachment[], keys: readonly PublicKey[], bits: 128 | 192 | 256 = 256) {
  const [key, start] = [randomBytes(bits / 8), randomBytes(16)]
  const secret = Buffer.concat([Buffer.from([key.length]), key, start])
  return {
    attachments: attachments.map((attachment) => encrypted(attachment, key, start)),
    infos: new Map(keys.map((one) => [one.address, infoFor(one, secret)])),
  }
}
