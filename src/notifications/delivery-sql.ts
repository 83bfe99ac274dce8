// The SQL of deliveries: a row is claimed for a while, sent with no transaction open, then marked.
import { sql, type RawBuilder } from 'kysely'
import { stating, type Reader } from '../platform/database.ts'
import type { ChannelName, Obstacle, Outcome } from './channel.ts'
import type { Letter } from './email.ts'
import { expiryAt } from './notice-sql.ts'
import type { DeliveryState } from './tables.ts'
import type { Timing } from './timing.ts'
import { takesMail, usable, waysTo, type Configured } from './ways.ts'

/** A claimed delivery. `isReady`: quiet hours and digest have let it go already. */
export type Delivery = Letter & { channel: ChannelName; attempts: number; isReady: boolean } & Timing

/** How long a claim lasts: a worker that dies leaves its rows to come due again after it. */
const lease = 10 * 60_000

/** Claims the rows of `due (notice_id, party_id, channel)`, counting the attempt before it is made. */
const claim = (due: RawBuilder<unknown>, now: Date) => sql<Delivery>`
  with due as materialized (${due})
  update delivery set attempts = attempts + 1, due_at = ${new Date(now.getTime() + lease)}::timestamptz
  from due, notice, party left join notice_timing timing on timing.party_id = party.id
  where delivery.notice_id = due.notice_id and delivery.party_id = due.party_id and delivery.channel = due.channel
    and notice.case_id = delivery.case_id and notice.id = delivery.notice_id and party.id = delivery.party_id
  returning notice.id, notice.case_id as "caseId", notice.kind, notice.subject_id as "subjectId", notice.data, notice.created_on as "createdOn",
    notice.created_at as "createdAt", party.id as "partyId", party.kind as "partyKind", party.code, party.name as profile, party.language,
    case when ${takesMail('party')} then party.email end as address,
    exists (select from delivery official where official.notice_id = notice.id and official.party_id = party.id
      and official.channel = 'eaddress' and official.state in ('sent', 'delivered')) as "isCourtesy",
    delivery.channel, delivery.attempts, delivery.ready_at > notice.created_at as "isReady",
    timing.quiet_from as "quietFrom", timing.quiet_to as "quietTo", timing.digest_hour as "digestHour"`

/**
 * Claims what is due on these channels; rows that another worker is claiming are passed over.
 * The address is the one verified now: a mail never goes to one that was withdrawn while it waited.
 */
export const claimDue = (db: Reader, now: Date, limit: number, channels: readonly ChannelName[] = ['email']): Promise<Delivery[]> =>
  stating(
    db,
    claim(
      sql`select notice_id, party_id, channel from delivery
        where state = 'queued' and not digest and due_at <= ${now}::timestamptz and channel = any(${[...channels]}::text[])
        order by due_at limit ${limit} for update skip locked`,
      now,
    ),
  )

const longestDigest = 200

/** The mails that wait for the digest of one profile whose hour has come; none where there is no such profile. */
export const claimDigest = (db: Reader, now: Date): Promise<Delivery[]> => {
  const ripe = sql`state = 'queued' and digest and channel = 'email' and due_at <= ${now}::timestamptz`
  const due = sql`select notice_id, party_id, channel from delivery where ${ripe}
    and party_id = (select party_id from delivery where ${ripe} order by due_at limit 1 for update skip locked)
    order by notice_id limit ${longestDigest} for update skip locked`
  return stating(db, claim(due, now))
}

type Claimed = Pick<Delivery, 'id' | 'partyId' | 'channel' | 'attempts'>

/** Nothing is marked where another worker has taken the row up meanwhile. */
const claimedRow = ({ id, partyId, channel, attempts }: Claimed) =>
  sql`notice_id = ${id} and party_id = ${partyId} and channel = ${channel} and attempts = ${attempts}`

/** Back as it was before the claim: the attempt does not count. `due`: when to look at it again. */
export const release = (db: Reader, delivery: Claimed, due: Date, { answer = null, digest = false, ready = false }: { answer?: string | null; digest?: boolean; ready?: boolean } = {}) =>
  stating(
    db,
    sql`update delivery set attempts = attempts - 1, due_at = ${due}::timestamptz, digest = ${digest}, answer = coalesce(${answer}, answer)
      ${ready ? sql`, ready_at = ${due}::timestamptz, expires_at = ${expiryAt(due)}::timestamptz` : sql``}
      where ${claimedRow(delivery)} and state = 'queued'`,
  )

/**
 * The way that follows: the next one in order where this one failed for good, the courtesy mail where an e-address took it (A-47).
 * A courtesy mail whose e-address failed later goes again, this time with the contents.
 */
export function followedSql({ kind, channel }: Pick<Delivery, 'kind' | 'channel'>, state: DeliveryState, now: Date, configured: Configured): RawBuilder<unknown> {
  const isTaken = state === 'sent' && channel === 'eaddress'
  if (state !== 'failed' && !isTaken) return sql``
  const channels = usable(kind, configured)
  const after = channels.slice(channels.indexOf(channel) + 1).filter((next) => !isTaken || next === 'email')
  return sql`, followed as (
    insert into delivery (notice_id, case_id, party_id, channel, state, attempts, due_at, ready_at, expires_at)
    select marked.notice_id, marked.case_id, marked.party_id, way.channel, 'queued', 0, ${now}::timestamptz, ${now}::timestamptz, ${expiryAt(now)}::timestamptz
    from marked, lateral (select channel from ${waysTo(sql`marked.party_id`, kind, after)} way
      where not exists (select from delivery there where there.notice_id = marked.notice_id and there.party_id = marked.party_id
        and there.channel = way.channel and not (${channel === 'eaddress' && !isTaken} and way.channel = 'email')) order by rank limit 1) way
    on conflict (notice_id, party_id, channel) do update set state = 'queued', attempts = 0, due_at = excluded.due_at, ready_at = excluded.ready_at,
      expires_at = excluded.expires_at, digest = false
      where delivery.state in ('sent', 'cancelled') or delivery.answer in ('unverified', 'suppressed'))`
}

export type Mark = { state: DeliveryState; dueAt: Date }

/** Marks what became of an attempt, and keeps the attempt itself. What was sent stays sent, though it was cancelled meanwhile. */
export const markDelivery = (db: Reader, delivery: Delivery, { obstacle, answer, said }: Outcome, { state, dueAt }: Mark, now: Date, configured: Configured) =>
  stating(
    db,
    sql`
      with marked as (
        update delivery set state = ${state}, due_at = ${dueAt}::timestamptz, sent_at = ${state === 'sent' ? now : null}::timestamptz, answer = ${answer},
          subject = coalesce(${said?.subject ?? null}, subject), body = coalesce(${said?.text ?? null}, body)
          ${state === 'sent' ? sql`, expires_at = ${expiryAt(now)}::timestamptz` : sql``}
        where ${claimedRow(delivery)} and state in ('queued', ${state === 'sent' ? 'cancelled' : 'queued'})
        returning notice_id, case_id, party_id, channel),
      tried as (
        insert into delivery_attempt (notice_id, party_id, channel, at, obstacle, answer)
        select notice_id, party_id, channel, ${now}::timestamptz, ${obstacle satisfies Obstacle | null}, ${answer} from marked)
      ${followedSql(delivery, state, now, configured)}
      select from marked`,
  )
