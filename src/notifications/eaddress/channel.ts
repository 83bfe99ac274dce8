// The channel of the official e-address: an authority's decision, signed once, sent until it is taken, and followed until it is delivered.
import { randomUUID } from 'node:crypto'
import type { Context } from '../../people/context.ts'
import { say } from '../../ui/locale.ts'
import type { Channel, Outcome } from '../channel.ts'
import type { Letter, Sender } from '../email.ts'
import { noticePath, noticeText } from '../notice.ts'
import { openDesk, type Desk, type DeskSettings } from './desk.ts'
import { signedEnvelope } from './envelope.ts'
import { EAddressFailure } from './faults.ts'
import { alarmAt, daysLeft } from './identity.ts'
import { addressOf } from './message.ts'
import { keepMessage, keptMessage, markNotTaken, markTaken, type KeptMessage } from './store.ts'
import { pollEAddress } from './tidings.ts'

export type EAddressOffice = Sender & DeskSettings

/** What is said: the decision's words and where they stand in Nams. */
function saidOf(letter: Letter, { texts, publicUrl }: Sender): { subject: string; text: string } {
  const { title, about, description } = noticeText(texts, letter.language, letter)
  const open = `${say(letter.language, 'mail.open')}: ${publicUrl}${noticePath(letter)}`
  return { subject: say(letter.language, 'mail.subject', { title, about }), text: `${about}\n\n${description}\n\n${open}` }
}

/** Signs the message and keeps it; undefined where the recipient has no e-address in use. */
async function begin(ctx: Context, office: EAddressOffice, { client, identity }: Desk, letter: Letter): Promise<KeptMessage | undefined> {
  const { partyKind: kind, code, createdOn: writtenOn } = letter
  if (!(await client.isActive({ kind, code }))) return undefined
  const { subject: title, text } = saidOf(letter, office)
  const { sender, senderTitle } = office.config
  const senderRef = randomUUID().replaceAll('-', '')
  const message = { sender, senderTitle, senderRef, recipients: [{ address: addressOf(kind, code) }], title, text, writtenOn, attachments: [] }
  return keepMessage(ctx.db, letter, { senderRef, envelope: signedEnvelope(message, identity, ctx.now) }, ctx.now)
}

async function sendLetter(ctx: Context, office: EAddressOffice, desk: Desk, letter: Letter): Promise<Outcome> {
  const message = (await keptMessage(ctx.db, letter)) ?? (await begin(ctx, office, desk, letter))
  if (!message) return { obstacle: 'refused', answer: 'no-eaddress' }
  const messageId = await desk.client.send({ ...message, attachments: [] })
  await markTaken(ctx.db, letter, messageId, ctx.now)
  return { obstacle: null, answer: messageId, said: saidOf(letter, office) }
}

/** The certificate and key are read when they are needed, and again after anything was wrong with them: a new one needs no restart. */
export function eaddressChannel(office: EAddressOffice): Channel {
  let desk: Desk | undefined
  let alarmed = Infinity

  function alarm(ctx: Context, { identity }: Desk): void {
    const days = daysLeft(identity, ctx.now)
    const threshold = alarmAt(days)
    if (threshold !== null && threshold < alarmed) ctx.log.error({ days }, 'the certificate for the e-address service ends soon')
    alarmed = threshold ?? Infinity
  }

  return {
    name: 'eaddress',
    async send(ctx, letter) {
      try {
        desk ??= openDesk(office)
        return await sendLetter(ctx, office, desk, letter)
      } catch (error) {
        if (!(error instanceof EAddressFailure)) throw error
        const { obstacle, message: answer } = error
        if (obstacle === 'misconfigured') desk = undefined
        await markNotTaken(ctx.db, letter, answer, obstacle === 'refused')
        return { obstacle, answer }
      }
    },
    async poll(ctx, configured) {
      try {
        desk ??= openDesk(office)
      } catch (error) {
        return ctx.log.error({ answer: (error as Error).message }, 'the e-address service cannot be asked')
      }
      alarm(ctx, desk)
      await pollEAddress(ctx, desk.client, configured)
    },
    close: () => {},
  }
}
