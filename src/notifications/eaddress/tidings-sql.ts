// The SQL of what the official e-address service tells afterwards: each notification once, and what it means for the delivery.
import { sql } from 'kysely'
import { writing, type Reader, type Writer } from '../../platform/database.ts'
import { followedSql } from '../delivery-sql.ts'
import type { NoticeKind } from '../notice-types.ts'
import type { Configured } from '../ways.ts'
import type { Notification } from './notification.ts'

/** The service must not be asked more often than every five minutes. */
const pause = 5 * 60_000

/** Whether it is this process's turn to ask: something was sent, and nobody asked lately. */
export const claimPoll = (db: Reader, now: Date): Promise<boolean> =>
  writing(db, async (tx) => {
    const { rows } = await sql`
      insert into eaddress_poll (single, polled_at) select true, ${now}::timestamptz where exists (select from eaddress_message where message_id is not null)
      on conflict (single) do update set polled_at = excluded.polled_at where eaddress_poll.polled_at <= ${new Date(now.getTime() - pause)}::timestamptz
      returning polled_at`.execute(tx)
    return rows.length > 0
  })

type Sent = { noticeId: number; partyId: number; kind: NoticeKind }

/** The message that it is of, once the delivery has been marked as sent. Its row is locked. */
async function sentMessage(tx: Writer, { messageId }: Notification): Promise<Sent | undefined> {
  const { rows } = await sql<Sent>`
    select message.notice_id as "noticeId", message.party_id as "partyId", notice.kind
    from eaddress_message message join notice on notice.case_id = message.case_id and notice.id = message.notice_id
      join delivery on delivery.notice_id = message.notice_id and delivery.party_id = message.party_id and delivery.channel = 'eaddress'
    where message.message_id = ${messageId} and delivery.state <> 'queued' for update of message`.execute(tx)
  return rows[0]
}

const rowOf = ({ noticeId, partyId }: Sent) => sql`notice_id = ${noticeId} and party_id = ${partyId}`

/** The delivery fails and the next way follows. */
async function reject(tx: Writer, sent: Sent, reason: string, now: Date, configured: Configured): Promise<void> {
  await sql`update eaddress_message set status = 'rejected', status_reason = ${reason} where ${rowOf(sent)}`.execute(tx)
  await sql`
    with marked as (
      update delivery set state = 'failed', due_at = ${now}::timestamptz, answer = ${reason}
      where ${rowOf(sent)} and channel = 'eaddress' and state in ('sent', 'delivered') returning notice_id, case_id, party_id, channel),
    tried as (
      insert into delivery_attempt (notice_id, party_id, channel, at, obstacle, answer)
      select notice_id, party_id, channel, ${now}::timestamptz, 'refused', ${reason} from marked)
    ${followedSql({ kind: sent.kind, channel: 'eaddress' }, 'failed', now, configured)}
    select from marked`.execute(tx)
}

/** What the service has accepted is no longer silent: it counts as served, opened or not. */
async function accept(tx: Writer, sent: Sent, at: Date): Promise<void> {
  await sql`update eaddress_message set accepted_at = coalesce(accepted_at, ${at}::timestamptz), status = case when status = 'taken' then 'accepted' else status end
    where ${rowOf(sent)}`.execute(tx)
  await sql`update delivery set expires_at = 'infinity' where ${rowOf(sent)} and channel = 'eaddress' and state = 'sent'`.execute(tx)
}

async function deliver(tx: Writer, sent: Sent, at: Date): Promise<void> {
  await sql`update eaddress_message set delivered_at = coalesce(delivered_at, ${at}::timestamptz), status = 'delivered', status_reason = null
    where ${rowOf(sent)} and status <> 'rejected'`.execute(tx)
  await sql`update delivery set state = 'delivered' where ${rowOf(sent)} and channel = 'eaddress' and state in ('sent', 'failed')`.execute(tx)
}

async function apply(tx: Writer, sent: Sent, notification: Notification, now: Date, configured: Configured): Promise<void> {
  const { type, status, reason } = notification
  const at = notification.createdOn ?? now
  if (status === 'Rejected' || status === 'RecipientRejected') await reject(tx, sent, `${status} ${reason}`.trim(), now, configured)
  else if (type === 'MessageDelivered' || status === 'RecipientAccepted') await deliver(tx, sent, at)
  else if (status === 'Accepted') await accept(tx, sent, at)
  else await sql`update eaddress_message set status_reason = ${`${status} ${reason}`.trim()} where ${rowOf(sent)}`.execute(tx)
}

/** Takes in what is told of our messages, each id once, in one transaction; answers the ids that may be confirmed. */
export const takeIn = (db: Reader, notifications: readonly Notification[], now: Date, configured: Configured): Promise<string[]> =>
  writing(db, async (tx) => {
    const taken: string[] = []
    for (const notification of notifications) {
      const sent = await sentMessage(tx, notification)
      if (!sent) continue
      taken.push(notification.id)
      const row = { id: notification.id, notice_id: sent.noticeId, party_id: sent.partyId, type: notification.type, status: notification.status }
      const kept = await tx
        .insertInto('eaddress_notification')
        .values({ ...row, reason: notification.reason, told_at: notification.createdOn ?? now, received_at: now })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .executeTakeFirst()
      if (kept) await apply(tx, sent, notification, now, configured)
    }
    return taken
  })

/** Messages that the service accepted and has not yet given its signed word for, the oldest first. */
export const unconfirmed = (db: Reader, limit: number): Promise<{ messageId: string }[]> =>
  db
    .selectFrom('eaddress_message')
    .select('message_id as messageId')
    .where('message_id', 'is not', null)
    .where('accepted_at', 'is not', null)
    .where('server_confirmation', 'is', null)
    .orderBy('sent_at')
    .limit(limit)
    .$narrowType<{ messageId: string }>()
    .execute()

export const keepConfirmation = (db: Reader, messageId: string, confirmation: Buffer) =>
  writing(db, (tx) => tx.updateTable('eaddress_message').set({ server_confirmation: confirmation }).where('message_id', '=', messageId).execute())
