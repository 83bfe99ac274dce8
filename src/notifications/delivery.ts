// Delivers notices: once each by each channel, again after a while where it could not be, and for three days (INTERFACES 0).
import type { Context } from '../people/context.ts'
import type { MailOffice } from './addresses/send.ts'
import { stillDue } from './causes.ts'
import { channelNames, wayless, type Channel, type ChannelName, type Obstacle, type Outcome } from './channel.ts'
import { claimDigest, claimDue, markDelivery, release, type Delivery, type Mark } from './delivery-sql.ts'
import { lanes } from './mail.ts'
import type { Catalogue } from './notice.ts'
import { resumeChannel, stopChannel, stops } from './stops.ts'
import { joinsDigest, readyAt } from './timing.ts'

/** The channels that this installation has. `office`: sends the mails about addresses. */
export type Post = { texts: Catalogue; channels: Partial<Record<ChannelName, Channel>>; office?: MailOffice }

export type StoppedRound = { channel: ChannelName; obstacle: Obstacle; answer: string }

/** `aside`: put off or called off without an attempt. `stopped`: why no more was tried on a channel; what was not tried lost no attempt. */
export type Round = { sent: number; retried: number; failed: number; aside: number; stopped: StoppedRound | null }

export const configuredOf = ({ channels }: Post): ChannelName[] => channelNames.filter((name) => channels[name])

/** Minutes to wait after each attempt; together they are longer than 72 hours. */
const waits: readonly number[] = [5, 15, 30, 60, 120, 240, ...Array<number>(11).fill(360)]

/** When to try again after so many attempts: up to a fifth later than the plan, so that not all come at once. null: no more. */
export function retryAt(attempts: number, now: Date, random: () => number): Date | null {
  const wait = waits[attempts - 1]
  return wait === undefined ? null : new Date(now.getTime() + Math.round(wait * 60_000 * (1 + random() / 5)))
}

/** How long a round begins attempts: claims last longer than that and the longest attempt together. */
const longest = 5 * 60_000

/** One round's work: what it counts, and the channels that stopped in it. `began`: for its length alone. */
type Work = { ctx: Context; post: Post; round: Round; began: number; random: () => number; stopped: Map<ChannelName, StoppedRound>; resumed: Set<ChannelName> }

function markOf({ obstacle, notBefore }: Outcome, { attempts }: Delivery, now: Date, random: () => number): Mark {
  if (obstacle === null) return { state: 'sent', dueAt: now }
  const again = obstacle === 'refused' ? null : retryAt(attempts, now, random)
  return again ? { state: 'queued', dueAt: notBefore && notBefore > again ? notBefore : again } : { state: 'failed', dueAt: now }
}

async function stop({ ctx, round, stopped }: Work, channel: ChannelName, obstacle: Obstacle, answer: string): Promise<void> {
  if (stopped.has(channel)) return
  stopped.set(channel, { channel, obstacle, answer })
  round.stopped ??= { channel, obstacle, answer }
  await stopChannel(ctx.db, channel, obstacle, answer, ctx.now)
  ctx.log.error({ channel, obstacle, answer }, 'a channel has stopped')
}

/** Marks each of the deliveries that one attempt was for. */
async function settle(work: Work, deliveries: readonly Delivery[], outcome: Outcome): Promise<void> {
  const { ctx, post, round, random } = work
  const [{ channel }] = deliveries as readonly [Delivery]
  const { obstacle, answer } = outcome
  for (const delivery of deliveries) {
    if (obstacle === 'misconfigured') {
      await release(ctx.db, delivery, ctx.now, { answer, digest: delivery.isReady && joinsDigest(delivery, channel, delivery.kind) })
      continue
    }
    const mark = markOf(outcome, delivery, ctx.now, random)
    await markDelivery(ctx.db, delivery, outcome, mark, ctx.now, configuredOf(post))
    if (mark.state === 'queued') round.retried++
    else round[mark.state as 'sent' | 'failed']++
    if (mark.state === 'failed' && !wayless.includes(answer)) ctx.log.warn({ notice: delivery.id, party: delivery.partyId, channel, attempts: delivery.attempts }, 'a delivery failed')
  }
  if (obstacle === 'unreachable' || obstacle === 'misconfigured') await stop(work, channel, obstacle, answer)
  else if (work.resumed.delete(channel)) await resumeChannel(ctx.db, channel)
}

async function attempt({ ctx, post }: Work, deliveries: readonly Delivery[]): Promise<Outcome> {
  const [first] = deliveries as readonly [Delivery]
  const channel = post.channels[first.channel]!
  try {
    return deliveries.length > 1 ? await channel.sendDigest!(ctx, deliveries) : await channel.send(ctx, first)
  } catch (error) {
    ctx.log.error({ err: error, notice: first.id, party: first.partyId, channel: first.channel }, 'a delivery could not be made')
    return { obstacle: 'delayed', answer: String(error).slice(0, 500) }
  }
}

/** Sends one, or puts it off to the end of the quiet hours or into the digest. */
async function deliver(work: Work, delivery: Delivery): Promise<void> {
  const { ctx, round, stopped } = work
  if (stopped.has(delivery.channel) || performance.now() - work.began > longest) return void (await release(ctx.db, delivery, ctx.now))
  const goes = delivery.isReady ? readyAt({ ...delivery, digestHour: null }, delivery.channel, delivery.kind, ctx.now) : readyAt(delivery, delivery.channel, delivery.kind, ctx.now)
  if (goes > ctx.now) {
    round.aside++
    return void (await release(ctx.db, delivery, goes, { digest: !delivery.isReady && joinsDigest(delivery, delivery.channel, delivery.kind), ready: true }))
  }
  await settle(work, [delivery], await attempt(work, [delivery]))
}

/** One digest, where a profile's hour has come. */
async function deliverDigest(work: Work): Promise<number> {
  const { ctx, post, round } = work
  if (!post.channels.email || work.stopped.has('email')) return 0
  const claimed = await claimDigest(ctx.db, ctx.now)
  const due = await stillDue(ctx, post.texts, claimed)
  round.aside += claimed.length - due.length
  if (due.length > 0) await settle(work, due, await attempt(work, due))
  return claimed.length
}

/**
 * One round: claims at most `limit` deliveries that are due and tries each once, a few at a time.
 * It ends before its claims do; `deliverAll` repeats it.
 */
export async function deliverDue(ctx: Context, post: Post, { limit = 40 * lanes, random = Math.random } = {}): Promise<Round> {
  const round: Round = { sent: 0, retried: 0, failed: 0, aside: 0, stopped: null }
  const known = await stops(ctx.db)
  const resting = known.filter(({ againAt }) => againAt > ctx.now)
  const work: Work = { ctx, post, round, random, began: performance.now(), stopped: new Map(resting.map((one) => [one.channel, one])), resumed: new Set(known.map(({ channel }) => channel)) }
  const open = configuredOf(post).filter((channel) => !work.stopped.has(channel))
  const claimed = open.length > 0 ? await claimDue(ctx.db, ctx.now, limit, open) : []
  const due = await stillDue(ctx, post.texts, claimed)
  round.aside += claimed.length - due.length
  const lane = async () => {
    for (let delivery = due.pop(); delivery; delivery = due.pop()) await deliver(work, delivery)
  }
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  await deliverDigest(work)
  return round
}

/** Whether a round found anything to do. */
export const foundWork = ({ sent, retried, failed, aside }: Round): boolean => sent + retried + failed + aside > 0

/** Rounds until nothing is due. `fresh` makes each round's context, with its own instant. */
export async function deliverAll(fresh: () => Context, post: Post): Promise<Round> {
  const all: Round = { sent: 0, retried: 0, failed: 0, aside: 0, stopped: null }
  let round: Round
  do {
    round = await deliverDue(fresh(), post)
    all.sent += round.sent
    all.retried += round.retried
    all.failed += round.failed
    all.aside += round.aside
    all.stopped ??= round.stopped
  } while (foundWork(round))
  return all
}
