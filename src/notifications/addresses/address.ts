// An e-mail address of a profile: what may be one, what is known of it, and what may be done with it (DOMAIN 6.4).
import type { PlainDate } from '../../kernel/date.ts'
import type { Problem } from '../../kernel/refusal.ts'

/** The last link that was asked for. */
export type Link = { state: 'queued' | 'sent' | 'failed'; askedAt: Date; answer: string | null }

/** `id` 0: the main address, which notices go to. `failure`: the words of the server that refused it for good. */
export type Address = { id: number; address: string; verifiedOn: PlainDate | null; failure: string | null; link: Link | null }

export const mainId = 0

/** Others can take the main address's place. */
export type Addresses = { main: Address | null; others: readonly Address[] }

export const mostOthers = 5
/** In a day, for one profile and for one address. */
export const mostLinks = 5
export const linkHours = 48

/** Whether mail goes to it. */
export const isInUse = ({ verifiedOn, failure }: Address): boolean => verifiedOn !== null && failure === null

export const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

const longest = 254
/** One `@`, a domain with a dot, and nothing that could end a header or begin another address. */
const shape = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}.]+(\.[^\s@<>()[\]\\,;:"\p{Cc}.]+)+$/u

export function addressProblems(address: string): Problem[] {
  if (address === '') return [{ field: 'address', code: 'required' }]
  return address.length <= longest && shape.test(address) ? [] : [{ field: 'address', code: 'address-format' }]
}
