// Delivers notices by e-mail: once each, again after a while where the mail server could not, and for three days (INTERFACES 0).
import type { Context } from '../people/context.ts'
import { claimDue, markDelivery, type Delivery, type Mark } from './delivery-sql.ts'
import { mailOf, type Sender } from './email.ts'
import { lanes, Undelivered, type MailTransport, type Obstacle } from './mail.ts'

export type Post = Sender & { transport: MailTransport }

/** `stopped`: why no more mails were tried; what was not tried lost no attempt. */
export type Round = {
  sent: number
  retried: number
  failed: number
  stopped: { obstacle: Obstacle; answer: string } | null
}

/** Minutes to wait after each attempt; together they are longer than 72 hours. */
const waits: readonly number[] = [5, 15, 30, 60, 120, 240, ...Array<number>(11).fill(360)]

/** When to try again after so many attempts: up to a fifth later than the plan, so that not all come at once. null: no more. */
export function retryAt(attempts: number, now: Date, random: () => number): Date | null {
  const wait = waits[attempts - 1]
  return wait === undefined ? null : new Date(now.getTime() + Math.round(wait * 60_000 * (1 + random() / 5)))
}

type Result = { obstacle: Obstacle | null; answer: string }

async function attempt(ctx: Context, post: Post, delivery: Delivery): Promise<Result> {
  const { address } = delivery
  if (address === null) return { obstacle: 'refused', answer: 'address-withdrawn' }
  try {
    return { obstacle: null, answer: await post.transport.send(mailOf({ ...delivery, address }, post, ctx.now)) }
  } catch (error) {
    if (error instanceof Undelivered) return { obstacle: error.obstacle, answer: error.message }
    ctx.log.error({ err: error, notice: delivery.id, party: delivery.partyId }, 'a mail could not be made')
    return { obstacle: 'delayed', answer: String(error).slice(0, 500) }
  }
}

/** Back as it was before the claim: the attempt does not count. */
const released = ({ attempts }: Delivery, now: Date): Mark => ({ state: 'queued', answer: null, dueAt: now, attempts: attempts - 1 })

function markOf({ obstacle, answer }: Result, delivery: Delivery, now: Date, random: () => number): Mark {
  if (obstacle === null) return { state: 'sent', answer, dueAt: now, sentAt: now }
  if (obstacle === 'misconfigured') return { ...released(delivery, now), answer }
  const again = obstacle === 'refused' ? null : retryAt(delivery.attempts, now, random)
  return again ? { state: 'queued', answer, dueAt: again } : { state: 'failed', answer, dueAt: now }
}

function count(round: Round, { obstacle, answer }: Result, { state }: Mark): void {
  if (state === 'sent') round.sent++
  else if (state === 'failed') round.failed++
  else if (obstacle !== 'misconfigured') round.retried++
  if (obstacle === 'unreachable' || obstacle === 'misconfigured') round.stopped ??= { obstacle, answer }
}

async function deliver(ctx: Context, post: Post, delivery: Delivery, round: Round, random: () => number): Promise<void> {
  if (round.stopped) return void (await markDelivery(ctx.db, delivery, released(delivery, ctx.now)))
  const result = await attempt(ctx, post, delivery)
  const mark = markOf(result, delivery, ctx.now, random)
  await markDelivery(ctx.db, delivery, mark)
  count(round, result, mark)
  if (mark.state === 'failed') ctx.log.warn({ notice: delivery.id, party: delivery.partyId, attempts: delivery.attempts }, 'a mail failed')
}

/**
 * One round: claims at most `limit` deliveries that are due and tries each once, a few at a time.
 * A round is short, so that it ends before its claims do; `deliverAll` repeats it.
 */
export async function deliverDue(ctx: Context, post: Post, { limit = 4 * lanes, random = Math.random } = {}): Promise<Round> {
  const round: Round = { sent: 0, retried: 0, failed: 0, stopped: null }
  const claimed = await claimDue(ctx.db, ctx.now, limit)
  const lane = async () => {
    for (let delivery = claimed.pop(); delivery; delivery = claimed.pop()) await deliver(ctx, post, delivery, round, random)
  }
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  if (round.stopped) ctx.log.error(round.stopped, 'mail has stopped')
  return round
}

/** Rounds until nothing is due or mail has stopped. `fresh` makes each round's context, with its own instant. */
export async function deliverAll(fresh: () => Context, post: Post): Promise<Round> {
  const all: Round = { sent: 0, retried: 0, failed: 0, stopped: null }
  let done: number
  do {
    const round = await deliverDue(fresh(), post)
    done = round.sent + round.retried + round.failed
    all.sent += round.sent
    all.retried += round.retried
    all.failed += round.failed
    all.stopped = round.stopped
  } while (done > 0 && !all.stopped)
  return all
}
