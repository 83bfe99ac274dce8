// The SQL of messages to official e-addresses: what was signed is kept before it is sent, and what became of it after.
import { sql } from 'kysely'
import { dateAt, type PlainDate } from '../../kernel/date.ts'
import { writing, type Reader } from '../../platform/database.ts'
import { servedOn } from './served-on.ts'
import type { MessageState } from './tables.ts'

export type MessageKey = { id: number; caseId: number; partyId: number }

export type KeptMessage = { senderRef: string; envelope: Buffer }

export async function keptMessage(db: Reader, { id, partyId }: MessageKey): Promise<KeptMessage | undefined> {
  const row = await db
    .selectFrom('eaddress_message')
    .select(['sender_ref as senderRef', 'envelope'])
    .where('notice_id', '=', id)
    .where('party_id', '=', partyId)
    .executeTakeFirst()
  return row && { ...row, envelope: Buffer.from(row.envelope) }
}

/** Keeps what was signed, unless another process has signed meanwhile; answers what is kept. */
export async function keepMessage(db: Reader, key: MessageKey, { senderRef, envelope }: KeptMessage, now: Date): Promise<KeptMessage> {
  const row = { notice_id: key.id, case_id: key.caseId, party_id: key.partyId, sender_ref: senderRef, envelope, status: 'signed' as const, signed_at: now }
  await writing(db, (tx) => tx.insertInto('eaddress_message').values(row).onConflict((conflict) => conflict.columns(['notice_id', 'party_id']).doNothing()).execute())
  return (await keptMessage(db, key))!
}

/** The service has it. Taken again, it stays what it has become meanwhile. */
export const markTaken = (db: Reader, { id, partyId }: MessageKey, messageId: string, now: Date) =>
  writing(db, (tx) =>
    sql`update eaddress_message set message_id = ${messageId}, sent_at = coalesce(sent_at, ${now}::timestamptz), status_reason = null,
      status = case when status in ('signed', 'rejected') then 'taken' else status end
      where notice_id = ${id} and party_id = ${partyId}`.execute(tx),
  )

/** Why it was not taken. `isFinal`: it never will be. */
export const markNotTaken = (db: Reader, { id, partyId }: MessageKey, reason: string, isFinal: boolean) =>
  writing(db, (tx) =>
    sql`update eaddress_message set status_reason = ${reason}, status = ${isFinal ? 'rejected' : 'signed'}
      where notice_id = ${id} and party_id = ${partyId} and status = 'signed'`.execute(tx),
  )

/** What is known of a notice to one party by e-address. `servedOn`: the day on which it counts as served, once the service has it. */
export type EAddressProof = {
  status: MessageState
  reason: string | null
  sentAt: Date | null
  acceptedAt: Date | null
  deliveredAt: Date | null
  servedOn: PlainDate | null
  isConfirmed: boolean
}

/** By the recipients' ids. */
export async function eaddressProofs(db: Reader, noticeId: number, partyIds: readonly number[]): Promise<Map<number, EAddressProof>> {
  const rows = await db
    .selectFrom('eaddress_message')
    .select(['party_id as partyId', 'status', 'status_reason as reason', 'sent_at as sentAt', 'accepted_at as acceptedAt', 'delivered_at as deliveredAt'])
    .select(sql<boolean>`server_confirmation is not null`.as('isConfirmed'))
    .where('notice_id', '=', noticeId)
    .where('party_id', 'in', partyIds)
    .execute()
  return new Map(rows.map(({ partyId, ...row }) => [partyId, { ...row, servedOn: row.sentAt && row.status !== 'rejected' ? servedOn(dateAt(row.sentAt)) : null }]))
}
