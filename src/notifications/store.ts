// The SQL of inboxes and of a case's notices: rows in, values out.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Reader, Writer } from '../platform/database.ts'
import type { InboxNotice, Notice, Reading, Recipient } from './notice.ts'
import type { NoticeKind } from './notice-types.ts'

const noticeColumns = [
  'notice.id',
  'notice.case_id as caseId',
  'notice.kind',
  'notice.remind_on as remindOn',
  'notice.addressed',
  'notice.data',
  'notice.created_on as createdOn',
] as const

/** `after`: the last notice of the page before. */
export type InboxFilter = {
  state?: 'unread' | 'read' | undefined
  kind?: NoticeKind | undefined
  from?: PlainDate | undefined
  to?: PlainDate | undefined
  after?: number | undefined
}

const entries = (db: Reader, partyId: number) =>
  db
    .selectFrom('inbox_entry as entry')
    .innerJoin('notice', (join) => join.onRef('notice.case_id', '=', 'entry.case_id').onRef('notice.id', '=', 'entry.notice_id'))
    .leftJoin('party as reader', 'reader.id', 'entry.read_by')
    .select(noticeColumns)
    .select(['entry.read_at as readAt', 'reader.name as readBy'])
    .where('entry.party_id', '=', partyId)

/** A party's notices, the latest told first. */
export const inboxNotices = (db: Reader, partyId: number, filter: InboxFilter, limit: number): Promise<InboxNotice[]> => {
  const { state, kind, from, to, after } = filter
  return entries(db, partyId)
    .$if(state !== undefined, (some) => some.where('entry.read_at', state === 'unread' ? 'is' : 'is not', null))
    .$if(kind !== undefined, (some) => some.where('notice.kind', '=', kind!))
    .$if(from !== undefined, (some) => some.where('notice.created_on', '>=', from!))
    .$if(to !== undefined, (some) => some.where('notice.created_on', '<=', to!))
    .$if(after !== undefined, (some) => some.where('entry.notice_id', '<', after!))
    .orderBy('entry.notice_id', 'desc')
    .limit(limit)
    .execute()
}

export const inboxNotice = (db: Reader, partyId: number, id: number): Promise<InboxNotice | undefined> =>
  entries(db, partyId).where('entry.notice_id', '=', id).executeTakeFirst()

/** Which of these parties a notice is addressed to. */
export async function partiesWithNotice(db: Reader, partyIds: readonly number[], id: number): Promise<Set<number>> {
  const rows = await db.selectFrom('inbox_entry').select('party_id').where('party_id', 'in', partyIds).where('notice_id', '=', id).execute()
  return new Set(rows.map((row) => row.party_id))
}

/** Notices that a party has not read; reads an index of the unread only. */
export async function unreadCount(db: Reader, partyId: number): Promise<number> {
  const { count } = await db
    .selectFrom('inbox_entry')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('party_id', '=', partyId)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** The first reading counts: who opens it again changes nothing. */
export const markEntryRead = (tx: Writer, partyId: number, id: number, { at, by }: { at: Date; by: number }) =>
  tx
    .updateTable('inbox_entry')
    .set({ read_at: at, read_by: by })
    .where('party_id', '=', partyId)
    .where('notice_id', '=', id)
    .where('read_at', 'is', null)
    .execute()

export const markEntryUnread = (tx: Writer, partyId: number, id: number) =>
  tx.updateTable('inbox_entry').set({ read_at: null, read_by: null }).where('party_id', '=', partyId).where('notice_id', '=', id).execute()

/** `own`: the party's entry; null where the notice is addressed to others only. */
export type AddressedNotice = Notice & { own: Reading | null }

/** A case's notices that are addressed to a party, and those of `alsoKind` whoever they are addressed to; the latest told first. */
export async function noticesOfCase(
  db: Reader,
  caseId: number,
  { partyId, alsoKind, after, limit }: { partyId: number; alsoKind: NoticeKind | null; after: number | undefined; limit: number },
): Promise<AddressedNotice[]> {
  const rows = await db
    .selectFrom('notice')
    .leftJoin('inbox_entry as entry', (join) =>
      join.onRef('entry.case_id', '=', 'notice.case_id').onRef('entry.notice_id', '=', 'notice.id').on('entry.party_id', '=', partyId),
    )
    .leftJoin('party as reader', 'reader.id', 'entry.read_by')
    .select(noticeColumns)
    .select(['entry.party_id as ownerId', 'entry.read_at as readAt', 'reader.name as readBy'])
    .where('notice.case_id', '=', caseId)
    .where((where) => where.or([where('entry.party_id', 'is not', null), ...(alsoKind ? [where('notice.kind', '=', alsoKind)] : [])]))
    .$if(after !== undefined, (some) => some.where('notice.id', '<', after!))
    .orderBy('notice.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ ownerId, readAt, readBy, ...notice }) => ({ ...notice, own: ownerId === null ? null : { readAt, readBy } }))
}

/** To whom notices of a case are addressed, by notice; names only, never addresses or codes. */
export async function recipientsOfNotices(db: Reader, caseId: number, ids: readonly number[]): Promise<Map<number, Recipient[]>> {
  const found = new Map(ids.map((id): [number, Recipient[]] => [id, []]))
  if (ids.length === 0) return found
  const rows = await db
    .selectFrom('inbox_entry as entry')
    .innerJoin('party', 'party.id', 'entry.party_id')
    .leftJoin('party as reader', 'reader.id', 'entry.read_by')
    .leftJoin('delivery', (join) =>
      join
        .onRef('delivery.case_id', '=', 'entry.case_id')
        .onRef('delivery.notice_id', '=', 'entry.notice_id')
        .onRef('delivery.party_id', '=', 'entry.party_id')
        .on('delivery.channel', '=', 'email'),
    )
    .select(['entry.notice_id', 'party.kind', 'party.name', 'entry.read_at', 'reader.name as readBy', 'delivery.state', 'delivery.sent_at', 'delivery.answer'])
    .where('entry.case_id', '=', caseId)
    .where('entry.notice_id', 'in', ids)
    .orderBy(sql`lv_sort(party.name) collate "C"`)
    .orderBy('party.id')
    .execute()
  for (const { notice_id, kind, name, read_at: readAt, readBy, state, sent_at: sentAt, answer } of rows)
    found.get(notice_id)!.push({ kind, name, readAt, readBy, email: state && answer !== 'unverified' ? { state, sentAt } : null })
  return found
}
