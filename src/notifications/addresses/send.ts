// Sends the mails about addresses by the channel of e-mail, and rests with it.
import type { Context } from '../../people/context.ts'
import { retryAt } from '../delivery.ts'
import { lanes, Undelivered, type MailTransport } from '../mail.ts'
import { resumeChannel, stopChannel, stops } from '../stops.ts'
import { addressMailOf, type Letterhead } from './mail.ts'
import { claimAddressMails, markAddressMail, type AddressMail, type AddressMailMark } from './mail-queue.ts'

export type MailOffice = Letterhead & { transport: MailTransport }

type Tried = { mark: AddressMailMark; stopped: Undelivered | null }

async function tryOne({ now }: Context, office: MailOffice, mail: AddressMail, random: () => number): Promise<Tried> {
  if (!mail.isNeeded) return { mark: { state: 'failed', dueAt: now, answer: 'not-needed' }, stopped: null }
  try {
    return { mark: { state: 'sent', dueAt: now, answer: await office.transport.send(addressMailOf(mail, office, now)) }, stopped: null }
  } catch (error) {
    if (!(error instanceof Undelivered)) throw error
    const { obstacle, message: answer } = error
    if (obstacle === 'misconfigured') return { mark: { state: 'queued', dueAt: now, answer, attempts: mail.attempts - 1 }, stopped: error }
    const again = obstacle === 'refused' ? null : retryAt(mail.attempts, now, random)
    return { mark: again ? { state: 'queued', dueAt: again, answer } : { state: 'failed', dueAt: now, answer }, stopped: obstacle === 'unreachable' ? error : null }
  }
}

/** One round, each mail that is due once; answers how many were sent. While the channel rests, none. */
export async function sendAddressMails(ctx: Context, office: MailOffice, { random = Math.random } = {}): Promise<number> {
  const stop = (await stops(ctx.db)).find(({ channel }) => channel === 'email')
  if (stop && stop.againAt > ctx.now) return 0
  const due = await claimAddressMails(ctx.db, ctx.now, 4 * lanes)
  let [sent, isStopped] = [0, false]
  const lane = async () => {
    for (let mail = due.pop(); mail; mail = due.pop()) {
      if (isStopped) {
        await markAddressMail(ctx.db, mail, { state: 'queued', dueAt: ctx.now, answer: '', attempts: mail.attempts - 1 })
        continue
      }
      const { mark, stopped } = await tryOne(ctx, office, mail, random)
      await markAddressMail(ctx.db, mail, mark)
      if (mark.state === 'sent') sent++
      if (!stopped) continue
      isStopped = true
      await stopChannel(ctx.db, 'email', stopped.obstacle, stopped.message, ctx.now)
      ctx.log.error({ channel: 'email', obstacle: stopped.obstacle, answer: stopped.message }, 'a channel has stopped')
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  if (stop && sent > 0 && !isStopped) await resumeChannel(ctx.db, 'email')
  return sent
}
