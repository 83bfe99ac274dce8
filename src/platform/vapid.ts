// Whether the two keys by which push services know an installation (VAPID) are one pair: else every message would be refused.
import { createECDH } from 'node:crypto'

/** Base64url: 65 and 32 bytes. */
export function isKeyPair(publicKey: string, privateKey: string): boolean {
  const curve = createECDH('prime256v1')
  try {
    curve.setPrivateKey(privateKey, 'base64url')
    return curve.getPublicKey('base64url') === publicKey
  } catch {
    return false
  }
}
