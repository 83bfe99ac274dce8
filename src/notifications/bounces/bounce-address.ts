// The envelope sender of each mail: what comes back to it says, sealed, which delivery it was and to which address (VERP).
import { createHash } from 'node:crypto'
import { sealed, unsealed } from '../../platform/secret.ts'

export type Sealing = { secret: string; bounceDomain: string }

const purpose = 'bounce'
const local = /^bounce\+([a-z0-9.]+)$/i

/** A mark of an address, so that a bounce never strikes another one that the person has set since. */
export const markOf = (address: string): string => createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 8)

/** Of a delivery: its notice and its profile. */
export const bounceAddress = ({ secret, bounceDomain }: Sealing, { noticeId, partyId, address }: { noticeId: number; partyId: number; address: string }): string =>
  `bounce+${sealed(secret, purpose, `${noticeId.toString(36)}.${partyId.toString(36)}.${markOf(address)}`)}@${bounceDomain}`

/** Of a mail about an address. */
export const addressMailBounce = ({ secret, bounceDomain }: Sealing, { id, address }: { id: number; address: string }): string =>
  `bounce+${sealed(secret, purpose, `m.${id.toString(36)}.${markOf(address)}`)}@${bounceDomain}`

/** What came back: a delivery's mail or one about an address, and the mark of the address that it was sent to. */
export type Returned = ({ of: 'delivery'; noticeId: number; partyId: number } | { of: 'address-mail'; id: number }) & { mark: string }

/** undefined: not one of ours, or made up. Capital letters do not matter. */
export function returnedTo({ secret, bounceDomain }: Sealing, recipient: string): Returned | undefined {
  const at = recipient.lastIndexOf('@')
  if (recipient.slice(at + 1).toLowerCase() !== bounceDomain.toLowerCase()) return undefined
  const token = local.exec(recipient.slice(0, at))?.[1]?.toLowerCase()
  const text = token && unsealed(secret, purpose, token)
  if (!text) return undefined
  const [first = '', second = '', mark = ''] = text.split('.')
  if (first === 'm') return { of: 'address-mail', id: parseInt(second, 36), mark }
  return { of: 'delivery', noticeId: parseInt(first, 36), partyId: parseInt(second, 36), mark }
}
