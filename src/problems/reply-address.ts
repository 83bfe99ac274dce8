// Where an answer to a report's mail goes: an address that only this installation can have made, for one report and one person.
import { sealed, unsealed } from '../platform/secret.ts'
import { idOfNumber, numberOf } from './problem-report.ts'

export type Replies = { secret: string; domain: string }

/** `personId` 0: whoever reported without an account. */
export type ReplyTo = { reportId: number; personId: number }

const purpose = 'problem-reply'
const local = /^support\+([a-z0-9.-]+)$/i

export const replyAddress = ({ secret, domain }: Replies, { reportId, personId }: ReplyTo): string =>
  `support+${sealed(secret, purpose, `${numberOf(reportId).toLowerCase()}.${personId.toString(36)}`)}@${domain}`

/** undefined: not one of ours, or made up. Capital letters do not matter. */
export function repliedTo({ secret, domain }: Replies, recipient: string): ReplyTo | undefined {
  const at = recipient.lastIndexOf('@')
  if (recipient.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return undefined
  const token = local.exec(recipient.slice(0, at))?.[1]?.toLowerCase()
  const [number = '', person = ''] = (token && unsealed(secret, purpose, token))?.split('.') ?? []
  const reportId = idOfNumber(number)
  return reportId === undefined ? undefined : { reportId, personId: parseInt(person, 36) }
}
