// Uploaded tables, kept until they are taken or discarded, and the names that a profile's columns have. No history of their own.
import { sql } from 'kysely'
import { refuse } from '../kernel/refusal.ts'
import type { PersonContext } from '../people/context.ts'
import { writing, type Reader, type Writer } from '../platform/database.ts'
import { headersOf, type Mapping } from './mapping.ts'
import type { Sheet } from './sheet.ts'

/** A row that was refused, as it was in the table, with the codes of why. */
export type RefusedRow = { line: number; cells: string[]; codes: readonly string[] }

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

const own = ({ db, actor }: Owner) => db.selectFrom('reading_upload').where('profile_id', '=', actor.profile.id)

/** Those of the profile that are not yet taken, newest first. */
export const waitingUploads = async (owner: Owner): Promise<Upload[]> =>
  (await own(owner).select(uploadColumns).where('taken_at', 'is', null).orderBy('id', 'desc').limit(20).execute()) as Upload[]

/** The upload by which an import came, while what it refused is kept. */
export const uploadsOfImports = (owner: Owner): Promise<{ id: number; importId: number | null }[]> =>
  own(owner).select(['id', 'import_id as importId']).where('import_id', 'is not', null).execute()

export async function uploadOf(owner: Owner, id: number): Promise<Upload> {
  const found = await own(owner).select(uploadColumns).where('id', '=', id).executeTakeFirst()
  return found ? (found as Upload) : refuse.missing()
}

const sheetText = async (owner: Owner, id: number): Promise<string> =>
  (await own(owner).select('sheet').where('id', '=', id).executeTakeFirst())?.sheet ?? refuse.missing()

/** The table of an upload that waits. */
export const sheetOf = async (owner: Owner, id: number): Promise<Sheet> => JSON.parse(await sheetText(owner, id)) as Sheet

/** What was refused of an upload that was taken. */
export const refusedOf = async (owner: Owner, id: number): Promise<{ header: string[]; refused: RefusedRow[] }> =>
  JSON.parse(await sheetText(owner, id)) as { header: string[]; refused: RefusedRow[] }

export async function rememberedColumns({ db, actor }: Owner): Promise<Record<string, string>> {
  const found = await db.selectFrom('reading_columns').select('headers').where('profile_id', '=', actor.profile.id).executeTakeFirst()
  return found?.headers ?? {}
}

export const insertUpload = ({ db, actor, now }: PersonContext, file: string, sheet: Sheet, mapping: Mapping): Promise<number> =>
  writing(db, async (tx) => {
    const row = { person_id: actor.person.id, profile_id: actor.profile.id, file, uploaded_at: now, sheet: JSON.stringify(sheet), mapping: JSON.stringify(mapping) }
    const { id } = await tx.insertInto('reading_upload').values({ ...row, import_id: null, taken_at: null }).returning('id').executeTakeFirstOrThrow()
    return id
  })

/** Keeps which column holds what, for this table and for the profile's next. */
export const keepColumns = (owner: PersonContext, id: number, mapping: Mapping, header: readonly string[]): Promise<void> =>
  writing(owner.db, async (tx) => {
    const headers = JSON.stringify(headersOf(mapping, header))
    await tx.updateTable('reading_upload').set({ mapping: JSON.stringify(mapping) }).where('id', '=', id).where('profile_id', '=', owner.actor.profile.id).execute()
    await sql`insert into reading_columns (profile_id, headers) values (${owner.actor.profile.id}, ${headers}::text::jsonb)
      on conflict (profile_id) do update set headers = excluded.headers`.execute(tx)
  })

export const deleteUpload = ({ db, actor }: PersonContext, id: number): Promise<unknown> =>
  writing(db, (tx) => tx.deleteFrom('reading_upload').where('id', '=', id).where('profile_id', '=', actor.profile.id).where('taken_at', 'is', null).execute())

/** Holds an upload until the end of the transaction; refuses one that was taken meanwhile. */
export async function lockUpload(tx: Writer, id: number): Promise<void> {
  const found = await tx.selectFrom('reading_upload').select('taken_at').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!found) return refuse.missing()
  if (found.taken_at !== null) refuse.conflict('file', 'already-taken')
}

/** Of the table only what was refused is kept, to be downloaded. */
export const closeUpload = (tx: Writer, id: number, now: Date, importId: number | null, kept: { header: string[]; refused: RefusedRow[] }): Promise<unknown> =>
  tx.updateTable('reading_upload').set({ taken_at: now, import_id: importId, sheet: JSON.stringify(kept) }).where('id', '=', id).execute()

const days = 86_400_000
const keptFor = 14 * days

/** A table that nobody took in two weeks, and what was refused of one taken then, will not be asked for. */
export const forgetOldUploads = (db: Reader, now: Date): Promise<unknown> =>
  writing(db, (tx) => tx.deleteFrom('reading_upload').where('uploaded_at', '<', new Date(now.getTime() - keptFor)).execute())
