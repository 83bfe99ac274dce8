// The SQL of attachments: rows in, values out.
import { sql } from 'kysely'
import type { Reader, Writer } from '../platform/database.ts'
import { kindOf, kinds, type Attachment, type Owner, type OwnerKind } from './attachment.ts'
import type { Sound } from './examine.ts'

const selectAttachments = (db: Reader) =>
  db.selectFrom('attachment').select(['case_id', 'id', 'owner_kind', 'owner_id', 'sha256', 'media_type', 'name', 'size', 'contents', 'added_at'])

type Row = Awaited<ReturnType<ReturnType<typeof selectAttachments>['executeTakeFirstOrThrow']>>

const attachmentOf = ({ id, name, media_type, size, sha256, contents, added_at }: Row): Attachment => ({ id, name, kind: kindOf(media_type), size, sha256, contents, addedAt: added_at })

/** What is attached to each of these, in the order in which it was added; of nothing attached no entry. */
export async function attachmentsOfEach(db: Reader, { kind, caseId }: Omit<Owner, 'id'>, ids: readonly number[]): Promise<Map<number, Attachment[]>> {
  if (ids.length === 0) return new Map()
  const rows = await selectAttachments(db).where('case_id', '=', caseId).where('owner_kind', '=', kind).where('owner_id', 'in', ids).orderBy('id').execute()
  return new Map([...Map.groupBy(rows, ({ owner_id }) => owner_id)].map(([id, own]) => [id, own.map(attachmentOf)]))
}

export const attachmentsOf = async (db: Reader, { id, ...owner }: Owner): Promise<Attachment[]> => (await attachmentsOfEach(db, owner, [id])).get(id) ?? []

/** Whoever it is shown to is asked of its owner. */
export async function attachmentWithOwner(db: Reader, id: number): Promise<{ attachment: Attachment; owner: Owner } | undefined> {
  const row = await selectAttachments(db).where('id', '=', id).executeTakeFirst()
  return row && { attachment: attachmentOf(row), owner: { kind: row.owner_kind as OwnerKind, caseId: row.case_id, id: row.owner_id } }
}

type Adding = { owner: Owner; addedBy: number | null; now: Date }

export async function insertAttachment(tx: Writer, { name, kind, size, sha256, contents }: Sound, { owner, addedBy, now }: Adding): Promise<Attachment> {
  const content = { sha256, media_type: kinds[kind].mediaType, name, size, contents: contents && JSON.stringify(contents) }
  const row = { case_id: owner.caseId, owner_kind: owner.kind, owner_id: owner.id, ...content, added_by: addedBy, added_at: now }
  const { id } = await tx.insertInto('attachment').values(row).returning('id').executeTakeFirstOrThrow()
  return { id, name, kind, size, sha256, contents, addedAt: now }
}

export const deleteAttachments = (tx: Writer, { kind, caseId, id }: Owner, ids: readonly number[]) =>
  tx.deleteFrom('attachment').where('case_id', '=', caseId).where('owner_kind', '=', kind).where('owner_id', '=', id).where('id', 'in', ids).execute()

/** Of these contents those that something is attached by. */
export async function referenced(db: Reader, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await db.selectFrom('attachment').select('sha256').distinct().where('sha256', 'in', hashes).execute()
  return new Set(rows.map(({ sha256 }) => sha256))
}

const contentsLock = sql.raw('7264139')

/** Until the end of the transaction no content is removed; any number of transactions may keep some. */
export const holdContents = (tx: Writer) => sql`select pg_advisory_xact_lock_shared(${contentsLock})`.execute(tx)

/** Waits until nobody keeps contents, and until the end of the transaction nobody does. */
export const lockContents = (tx: Writer) => sql`select pg_advisory_xact_lock(${contentsLock})`.execute(tx)
