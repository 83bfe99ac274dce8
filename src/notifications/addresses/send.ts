// Sends the mails about addresses.
import type { Context } from '../../people/context.ts'
import { sendRound } from '../mail-round.ts'
import type { MailTransport } from '../mail.ts'
import { addressMailOf, type Letterhead } from './mail.ts'
import { claimAddressMails, markAddressMail } from './mail-queue.ts'

export type MailOffice = Letterhead & { transport: MailTransport }

/** One round; answers how many were sent. */
export const sendAddressMails = (ctx: Context, office: MailOffice, { random = Math.random } = {}): Promise<number> =>
  sendRound(ctx, office.transport, { claim: claimAddressMails, mark: markAddressMail, mailOf: (mail, now) => (mail.isNeeded ? addressMailOf(mail, office, now) : null) }, { random })
