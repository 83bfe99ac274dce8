// The SQL of deliveries: a row is claimed for a while, sent with no transaction open, then marked.
import { sql } from 'kysely'
import { writing, type Reader } from '../platform/database.ts'
import type { Letter } from './email.ts'
import type { DeliveryState } from './tables.ts'

/** A claimed delivery. `address` null: the recipient has no verified address any more. */
export type Delivery = Omit<Letter, 'address'> & { address: string | null; attempts: number }

/** How long a claim lasts: a worker that dies leaves its rows to come due again after it. */
const lease = 10 * 60_000

/**
 * Claims what is due, counting the attempt before it is made; rows that another worker is claiming are passed over.
 * The address is the one verified now: a mail never goes to one that was withdrawn while it waited.
 */
export const claimDue = (db: Reader, now: Date, limit: number): Promise<Delivery[]> =>
  writing(db, async (tx) => {
    const { rows } = await sql<Delivery>`
      with due as materialized (
        select notice_id, party_id, channel from delivery where state = 'queued' and due_at <= ${now}::timestamptz
        order by due_at limit ${limit} for update skip locked)
      update delivery set attempts = attempts + 1, due_at = ${new Date(now.getTime() + lease)}::timestamptz
      from due, notice, party
      where delivery.notice_id = due.notice_id and delivery.party_id = due.party_id and delivery.channel = due.channel
        and notice.case_id = delivery.case_id and notice.id = delivery.notice_id and party.id = delivery.party_id
      returning notice.id, notice.kind, notice.data, notice.created_on as "createdOn", notice.created_at as "createdAt",
        party.id as "partyId", party.name as profile, party.language,
        case when party.email_verified_on is not null then party.email end as address, delivery.attempts`.execute(tx)
    return rows
  })

export type Mark = { state: DeliveryState; answer: string | null; dueAt: Date; sentAt?: Date; attempts?: number }

/** Nothing is marked where another worker has taken the row up meanwhile. */
export const markDelivery = (db: Reader, { id, partyId, attempts: claimed }: Delivery, { state, answer, dueAt, sentAt, attempts }: Mark) =>
  writing(db, (tx) =>
    tx
      .updateTable('delivery')
      .set({ state, due_at: dueAt, sent_at: sentAt ?? null, attempts: attempts ?? claimed, ...(answer !== null && { answer }) })
      .where('notice_id', '=', id)
      .where('party_id', '=', partyId)
      .where('channel', '=', 'email')
      .where('state', '=', 'queued')
      .where('attempts', '=', claimed)
      .execute(),
  )
