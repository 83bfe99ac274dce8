// One round of a queue of mails: claimed for a while, sent with no transaction open, then marked; it rests with the channel of e-mail.
import type { Context } from '../people/context.ts'
import type { Reader } from '../platform/database.ts'
import { retryAt } from './delivery.ts'
import { lanes, Undelivered, type Mail, type MailTransport } from './mail.ts'
import { resumeChannel, stopChannel, stops } from './stops.ts'

export type QueuedMail = { id: number; attempts: number }
export type MailMark = { state: 'queued' | 'sent' | 'failed'; dueAt: Date; answer: string; attempts?: number }

/** `mailOf` null: nobody needs it any more. */
export type MailQueue<M extends QueuedMail> = {
  claim: (db: Reader, now: Date, limit: number) => Promise<M[]>
  mark: (db: Reader, mail: M, mark: MailMark) => Promise<unknown>
  mailOf: (mail: M, now: Date) => Mail | null
}

type Tried = { mark: MailMark; stopped: Undelivered | null }

async function tryOne<M extends QueuedMail>({ now }: Context, transport: MailTransport, queued: M, mail: Mail | null, random: () => number): Promise<Tried> {
  if (mail === null) return { mark: { state: 'failed', dueAt: now, answer: 'not-needed' }, stopped: null }
  try {
    return { mark: { state: 'sent', dueAt: now, answer: await transport.send(mail) }, stopped: null }
  } catch (error) {
    if (!(error instanceof Undelivered)) throw error
    const { obstacle, message: answer } = error
    if (obstacle === 'misconfigured') return { mark: { state: 'queued', dueAt: now, answer, attempts: queued.attempts - 1 }, stopped: error }
    const again = obstacle === 'refused' ? null : retryAt(queued.attempts, now, random)
    return { mark: again ? { state: 'queued', dueAt: again, answer } : { state: 'failed', dueAt: now, answer }, stopped: obstacle === 'unreachable' ? error : null }
  }
}

/** Each mail that is due once; answers how many were sent. While the channel rests, none. */
export async function sendRound<M extends QueuedMail>(ctx: Context, transport: MailTransport, { claim, mark: markOne, mailOf }: MailQueue<M>, { random = Math.random } = {}): Promise<number> {
  const stop = (await stops(ctx.db)).find(({ channel }) => channel === 'email')
  if (stop && stop.againAt > ctx.now) return 0
  const due = await claim(ctx.db, ctx.now, 4 * lanes)
  let [sent, isStopped] = [0, false]
  const lane = async () => {
    for (let mail = due.pop(); mail; mail = due.pop()) {
      if (isStopped) {
        await markOne(ctx.db, mail, { state: 'queued', dueAt: ctx.now, answer: '', attempts: mail.attempts - 1 })
        continue
      }
      const { mark, stopped } = await tryOne(ctx, transport, mail, mailOf(mail, ctx.now), random)
      await markOne(ctx.db, mail, mark)
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
