// An SMTP server for what comes back, and for answers to what was sent: it takes mail to sealed addresses only.
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import type { Context } from '../../people/context.ts'
import type { ChannelName } from '../channel.ts'
import { returnedTo, type Sealing } from './bounce-address.ts'
import { readReturned } from './report.ts'
import { takeBack } from './take.ts'

/** Another room's sealed addresses, and what it does with mail to them. */
export type MailDoor = { takes: (recipient: string) => boolean; receive: (ctx: Context, recipient: string, message: Buffer) => Promise<void> }

/** `fresh` makes the context of each mail, with its own instant. `also`: who else takes mail. */
export type Desk = { fresh: () => Context; sealing: Sealing; configured: readonly ChannelName[]; also?: MailDoor | undefined }

export const isTaken = ({ sealing, also }: Desk, recipient: string): boolean => returnedTo(sealing, recipient) !== undefined || (also?.takes(recipient) ?? false)

const largest = 1024 * 1024

const answered = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })

/** Takes a mail for each of its recipients; answers how many of them were reports about mails of ours. */
export async function receive(desk: Desk, recipients: readonly string[], message: Buffer): Promise<number> {
  const { fresh, also } = desk
  for (const recipient of recipients) if (also?.takes(recipient)) await also.receive(fresh(), recipient, message)
  const back = recipients.filter((recipient) => returnedTo(desk.sealing, recipient))
  return back.length === 0 ? 0 : receiveBack(desk, back, message)
}

async function receiveBack({ fresh, sealing, configured }: Desk, recipients: readonly string[], message: Buffer): Promise<number> {
  const ctx = fresh()
  const { report } = await readReturned(message)
  const returned = recipients.map((recipient) => returnedTo(sealing, recipient)).filter((one) => one !== undefined)
  if (!report) {
    ctx.log.info({ recipients: returned.length }, 'a mail came back that reports nothing')
    return 0
  }
  for (const one of returned) await takeBack(ctx, one, report, configured)
  return returned.length
}

export type Listener = { port: number; close: () => Promise<void> }

export async function listenForBounces(desk: Desk, { host, port }: { host: string; port: number }): Promise<Listener> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    size: largest,
    maxClients: 20,
    socketTimeout: 60_000,
    closeTimeout: 2_000,
    logger: false,
    onRcptTo: ({ address }, _session, answer) => answer(isTaken(desk, address) ? undefined : answered(550, '5.1.1 No such address here')),
    onData: (stream, session, answer) => {
      buffer(stream)
        .then(async (message) => {
          if (stream.sizeExceeded) return answer(answered(552, '5.3.4 Too large'))
          await receive(desk, session.envelope.rcptTo.map(({ address }) => address), message)
          answer()
        })
        .catch((error) => {
          desk.fresh().log.error({ err: error }, 'a mail that came back could not be taken')
          answer(answered(451, '4.3.0 Try again later'))
        })
    },
  })
  await new Promise<void>((ready, failed) => {
    server.once('error', failed)
    server.listen(port, host, () => ready())
  })
  server.removeAllListeners('error')
  server.on('error', (error) => desk.fresh().log.warn({ err: error }, 'a mail connection failed'))
  return { port: (server.server.address() as AddressInfo).port, close: () => new Promise((done) => server.close(() => done())) }
}
