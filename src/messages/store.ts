// The SQL of messages: what a profile wrote in a house, its templates, and what it received.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Reader, Writer } from '../platform/database.ts'
import type { Addressing, MessageDraft, TemplateDraft } from './message.ts'

/** A draft where `sentAt` is null. `read`: how many of the recipients have read it. */
export type Message = { id: number; subject: string; body: string; addressees: Addressing; writtenAt: Date; sentAt: Date | null; noticeId: number | null; recipients: number; read: number }

/** Whose messages, in which house. */
export type Shelf = { caseId: number; profileId: number }

const readCount = sql<number>`(select count(*)::int from inbox_entry where inbox_entry.case_id = house_message.case_id
  and inbox_entry.notice_id = house_message.notice_id and read_at is not null)`

const columns = ['id', 'subject', 'body', 'addressees', 'written_at as writtenAt', 'sent_at as sentAt', 'notice_id as noticeId', 'recipients'] as const

const own = (db: Reader, { caseId, profileId }: Shelf) =>
  db.selectFrom('house_message').select(columns).select(readCount.as('read')).where('case_id', '=', caseId).where('profile_id', '=', profileId)

/** The latest begun first; `sent` leaves the drafts out. */
export const messages = (db: Reader, shelf: Shelf, { sent = false, before, limit }: { sent?: boolean; before?: number | undefined; limit: number }): Promise<Message[]> =>
  own(db, shelf)
    .$if(sent, (some) => some.where('sent_at', 'is not', null))
    .$if(before !== undefined, (some) => some.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const message = (db: Reader, shelf: Shelf, id: number): Promise<Message | undefined> => own(db, shelf).where('id', '=', id).executeTakeFirst()

/** Whether a profile received a message. */
export const isRecipient = async (db: Reader, { caseId, profileId }: Shelf, id: number): Promise<boolean> =>
  (await db
    .selectFrom('house_message as message')
    .innerJoin('inbox_entry as entry', (join) => join.onRef('entry.case_id', '=', 'message.case_id').onRef('entry.notice_id', '=', 'message.notice_id'))
    .select('message.id')
    .where('message.case_id', '=', caseId)
    .where('message.id', '=', id)
    .where('entry.party_id', '=', profileId)
    .executeTakeFirst()) !== undefined

/** The message that a notice brought. */
export const messageOfNotice = async (db: Reader, caseId: number, noticeId: number): Promise<number | undefined> =>
  (await db.selectFrom('house_message').select('id').where('case_id', '=', caseId).where('notice_id', '=', noticeId).executeTakeFirst())?.id

export const draftForUpdate = (tx: Writer, { caseId, profileId }: Shelf, id: number): Promise<{ id: number; subject: string } | undefined> =>
  tx
    .selectFrom('house_message')
    .select(['id', 'subject'])
    .where('case_id', '=', caseId)
    .where('profile_id', '=', profileId)
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()

/** `sent` null: as a draft. */
export type Kept = Shelf & { personId: number; now: Date; sent: { noticeId: number; on: PlainDate; recipients: number } | null }

/** Writes a new message, or over the draft with `id`; answers its id. */
export async function keepMessage(tx: Writer, id: number | null, { subject, body, all, manager, parties }: MessageDraft, { caseId, profileId, personId, now, sent }: Kept): Promise<number> {
  const text = { person_id: personId, subject, body, addressees: JSON.stringify({ all, manager, parties }), written_at: now }
  const sending = { notice_id: sent?.noticeId ?? null, sent_at: sent && now, sent_on: sent?.on ?? null, recipients: sent?.recipients ?? 0 }
  if (id === null) {
    const row = { case_id: caseId, profile_id: profileId, ...text, ...sending }
    return (await tx.insertInto('house_message').values(row).returning('id').executeTakeFirstOrThrow()).id
  }
  await tx.updateTable('house_message').set({ ...text, ...sending }).where('case_id', '=', caseId).where('id', '=', id).execute()
  return id
}

export const deleteMessage = (tx: Writer, { caseId }: Shelf, id: number) => tx.deleteFrom('house_message').where('case_id', '=', caseId).where('id', '=', id).execute()

/** What a profile has sent on a day, in all houses. Another sending of the same profile waits until this transaction ends. */
export async function sentOn(tx: Writer, profileId: number, day: PlainDate): Promise<{ messages: number; recipients: number }> {
  await tx.selectFrom('party').select('id').where('id', '=', profileId).forNoKeyUpdate().execute()
  return tx
    .selectFrom('house_message')
    .select([sql<number>`count(*)::int`.as('messages'), sql<number>`coalesce(sum(recipients), 0)::int`.as('recipients')])
    .where('profile_id', '=', profileId)
    .where('sent_on', '=', day)
    .executeTakeFirstOrThrow()
}

export type Template = TemplateDraft & { id: number }

export const templates = (db: Reader, profileId: number): Promise<Template[]> =>
  db.selectFrom('message_template').select(['id', 'name', 'subject', 'body']).where('profile_id', '=', profileId).orderBy(sql`lv_sort(name) collate "C"`).execute()

export const template = (db: Reader, profileId: number, id: number): Promise<Template | undefined> =>
  db.selectFrom('message_template').select(['id', 'name', 'subject', 'body']).where('profile_id', '=', profileId).where('id', '=', id).executeTakeFirst()

export async function keepTemplate(tx: Writer, profileId: number, id: number | null, draft: TemplateDraft): Promise<number> {
  if (id === null) return (await tx.insertInto('message_template').values({ profile_id: profileId, ...draft }).returning('id').executeTakeFirstOrThrow()).id
  await tx.updateTable('message_template').set(draft).where('id', '=', id).execute()
  return id
}

export const deleteTemplate = (tx: Writer, id: number) => tx.deleteFrom('message_template').where('id', '=', id).execute()

/** `fromId`: the profile that wrote it. */
export type Received = { id: number; subject: string; body: string; from: string; fromId: number; receivedAt: Date; readAt: Date | null }

export type ReceivedFilter = { state?: 'unread' | 'read' | undefined; from?: PlainDate | undefined; to?: PlainDate | undefined }

/** Messages of a house to a profile, the latest first; or just the one with an `id`. */
export async function received(db: Reader, { caseId, profileId }: Shelf, { id, before, limit, state, from, to }: ReceivedFilter & { id?: number; before?: number | undefined; limit: number }): Promise<Received[]> {
  const rows = await db
    .selectFrom('notice')
    .innerJoin('inbox_entry as entry', (join) => join.onRef('entry.case_id', '=', 'notice.case_id').onRef('entry.notice_id', '=', 'notice.id'))
    .select(['notice.id', 'data', 'sender_for_id as fromId', 'created_at as receivedAt', 'read_at as readAt'])
    .where('notice.case_id', '=', caseId)
    .where('notice.kind', '=', 'HOUSE_MESSAGE')
    .where('entry.party_id', '=', profileId)
    .$if(id !== undefined, (one) => one.where('notice.id', '=', id!))
    .$if(state !== undefined, (some) => some.where('read_at', state === 'unread' ? 'is' : 'is not', null))
    .$if(from !== undefined, (some) => some.where('created_on', '>=', from!))
    .$if(to !== undefined, (some) => some.where('created_on', '<=', to!))
    .$if(before !== undefined, (some) => some.where('notice.id', '<', before!))
    .orderBy('notice.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ data, fromId, ...row }) => ({ ...row, fromId: fromId!, subject: data['subject'] ?? '', body: data['body'] ?? '', from: data['from'] ?? '' }))
}
