// How deliveries are doing: what waits and since when, what was sent and failed in a day, and how quickly it was handed over.
import { sql } from 'kysely'
import type { Reader } from '../platform/database.ts'
import { channelNames, wayless, type ChannelName } from './channel.ts'
import { stops, type Stopped } from './stops.ts'

/**
 * Of one channel: `queued` is due now, `deferred` waits for quiet hours, a digest or another attempt; `oldestSeconds`: how long the oldest
 * that is due has waited. `sent`, `failed` and `within` (handed over within ten seconds of being ready) are of the last 24 hours.
 */
export type ChannelHealth = { channel: ChannelName; queued: number; deferred: number; oldestSeconds: number; sent: number; failed: number; within: number; stopped: Stopped | null }

type Row = Omit<ChannelHealth, 'stopped'>

const prompt = 10

/** That somebody has no verified address or no e-address is no failure of ours. */
const isFailure = sql<boolean>`(delivery.answer is null or delivery.answer <> all(${[...wayless]}::text[]))`

export async function health(db: Reader, now: Date): Promise<ChannelHealth[]> {
  const since = new Date(now.getTime() - 24 * 3_600_000)
  const counted = sql<Row>`(
    select channel, sum(queued)::int as queued, sum(deferred)::int as deferred, max(oldest)::float8 as "oldestSeconds",
      sum(sent)::int as sent, sum(failed)::int as failed, sum(within)::int as within
    from (
      select channel, count(*) filter (where due_at <= ${now}::timestamptz) as queued, count(*) filter (where due_at > ${now}::timestamptz) as deferred,
        coalesce(extract(epoch from ${now}::timestamptz - min(ready_at) filter (where ready_at <= ${now}::timestamptz)), 0) as oldest, 0 as sent, 0 as failed, 0 as within
      from delivery where state = 'queued' group by channel
      union all
      select channel, 0, 0, 0, count(*), 0, count(*) filter (where sent_at <= ready_at + make_interval(secs => ${prompt}))
      from delivery where sent_at > ${since}::timestamptz and sent_at is not null group by channel
      union all
      select channel, 0, 0, 0, 0, count(*), 0 from delivery where state = 'failed' and due_at > ${since}::timestamptz and ${isFailure} group by channel) counted
    group by channel)`
  const rows = await db.selectFrom(counted.as('counted')).selectAll().execute()
  const stopped = await stops(db)
  const none = { queued: 0, deferred: 0, oldestSeconds: 0, sent: 0, failed: 0, within: 0 }
  return channelNames.map((channel) => ({
    ...none,
    ...rows.find((row) => row.channel === channel),
    channel,
    stopped: stopped.find((one) => one.channel === channel) ?? null,
  }))
}

export type Failure = { noticeId: number; recipient: string; channel: ChannelName; at: Date; answer: string | null; kind: string }

/** The latest that failed for good, the newest first. */
export const failures = (db: Reader, limit: number): Promise<Failure[]> =>
  db
    .selectFrom('delivery')
    .innerJoin('party', 'party.id', 'delivery.party_id')
    .innerJoin('notice', 'notice.id', 'delivery.notice_id')
    .select(['delivery.notice_id as noticeId', 'party.name as recipient', 'delivery.channel', 'delivery.due_at as at', 'delivery.answer', 'notice.kind'])
    .where('delivery.state', '=', 'failed')
    .where(isFailure)
    .orderBy('delivery.due_at', 'desc')
    .limit(limit)
    .execute()
