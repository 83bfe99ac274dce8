// Uploaded tables, kept until they are taken or discarded, and the names that a profile's columns have. No history of their own.
import { sql } from 'kysely'
import { refuse } from '../kernel/refusal.ts'
import type { PersonContext } from '../people/context.ts'
import { writing, type Reader, type Writer } from '../platform/database.ts'
import type { What } from './import-record.ts'
import { headersOf, type Mapping } from './mapping.ts'
import type { Sheet } from './sheet.ts'
import type { Reasons } from './words.ts'

/** A row that was refused, as it was in the table, with the codes of why. */
export type RefusedRow = { line: number; cells: string[] } & Reasons

export type Upload = {
  id: number
  file: string
  uploadedAt: Date
  mapping: Mapping
  importId: number | null
  takenAt: Date | null
}

const uploadColumns = ['id', 'file', 'uploaded_at as uploadedAt', 'mapping', 'import_id as importId', 'taken_at as takenAt'] as const

type Owner = Pick<PersonContext, 'db' | 'actor'>

/** One upload of its kind. */
export type At = { what: What; id: number }

const own = ({ db, actor }: Owner, what: What) => db.selectFrom('sheet_upload').where('profile_id', '=', actor.profile.id).where('what', '=', what)

/** Those of the profile that are not yet taken, newest first. */
export const waitingUploads = async (owner: Owner, what: What): Promise<Upload[]> =>
  (await own(owner, what).select(uploadColumns).where('taken_at', 'is', null).orderBy('id', 'desc').limit(20).execute()) as Upload[]

/** The upload by which an import came, while what it refused is kept. */
export const uploadsOfImports = (owner: Owner, what: What): Promise<{ id: number; importId: number | null }[]> =>
  own(owner, what).select(['id', 'import_id as importId']).where('import_id', 'is not', null).execute()

export async function uploadOf(owner: Owner, { what, id }: At): Promise<Upload> {
  const found = await own(owner, what).select(uploadColumns).where('id', '=', id).executeTakeFirst()
  return found ? (found as Upload) : refuse.missing()
}

const sheetText = async (owner: Owner, { what, id }: At): Promise<string> =>
  (await own(owner, what).select('sheet').where('id', '=', id).executeTakeFirst())?.sheet ?? refuse.missing()

/** The table of an upload that waits. */
export const sheetOf = async (owner: Owner, at: At): Promise<Sheet> => JSON.parse(await sheetText(owner, at)) as Sheet

/** What was refused of an upload that was taken. */
export const refusedOf = async (owner: Owner, at: At): Promise<{ header: string[]; refused: RefusedRow[] }> =>
  JSON.parse(await sheetText(owner, at)) as { header: string[]; refused: RefusedRow[] }

export async function rememberedColumns({ db, actor }: Owner, what: What): Promise<Record<string, string>> {
  const found = await db.selectFrom('sheet_columns').select('headers').where('profile_id', '=', actor.profile.id).where('what', '=', what).executeTakeFirst()
  return found?.headers ?? {}
}

export const insertUpload = ({ db, actor, now }: PersonContext, what: What, file: string, sheet: Sheet, mapping: Mapping): Promise<number> =>
  writing(db, async (tx) => {
    const row = { what, person_id: actor.person.id, profile_id: actor.profile.id, file, uploaded_at: now, sheet: JSON.stringify(sheet), mapping: JSON.stringify(mapping) }
    const { id } = await tx.insertInto('sheet_upload').values({ ...row, import_id: null, taken_at: null }).returning('id').executeTakeFirstOrThrow()
    return id
  })

/** Keeps which column holds what, for this table and for the profile's next. */
export const keepColumns = (owner: PersonContext, { what, id }: At, mapping: Mapping, header: readonly string[]): Promise<void> =>
  writing(owner.db, async (tx) => {
    const headers = JSON.stringify(headersOf(mapping, header))
    await tx.updateTable('sheet_upload').set({ mapping: JSON.stringify(mapping) }).where('id', '=', id).where('profile_id', '=', owner.actor.profile.id).execute()
    await sql`insert into sheet_columns (profile_id, what, headers) values (${owner.actor.profile.id}, ${what}, ${headers}::text::jsonb)
      on conflict (profile_id, what) do update set headers = excluded.headers`.execute(tx)
  })

export const deleteUpload = ({ db, actor }: PersonContext, { what, id }: At): Promise<unknown> =>
  writing(db, (tx) => tx.deleteFrom('sheet_upload').where('id', '=', id).where('what', '=', what).where('profile_id', '=', actor.profile.id).where('taken_at', 'is', null).execute())

/** Holds an upload until the end of the transaction; refuses one that was taken meanwhile. */
export async function lockUpload(tx: Writer, id: number): Promise<void> {
  const found = await tx.selectFrom('sheet_upload').select('taken_at').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!found) return refuse.missing()
  if (found.taken_at !== null) refuse.conflict('file', 'already-taken')
}

/** Of the table only what was refused is kept, to be downloaded. */
export const closeUpload = (tx: Writer, id: number, now: Date, importId: number | null, kept: { header: string[]; refused: RefusedRow[] }): Promise<unknown> =>
  tx.updateTable('sheet_upload').set({ taken_at: now, import_id: importId, sheet: JSON.stringify(kept) }).where('id', '=', id).execute()

const days = 86_400_000
const keptFor = 14 * days

/** A table that nobody took in two weeks, and what was refused of one taken then, will not be asked for. */
export const forgetOldUploads = (db: Reader, now: Date): Promise<unknown> =>
  writing(db, (tx) => tx.deleteFrom('sheet_upload').where('uploaded_at', '<', new Date(now.getTime() - keptFor)).execute())
