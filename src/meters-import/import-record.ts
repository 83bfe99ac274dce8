// The record of imports: what each was of, who made it and what it took; undone ones stay in it.
import { refuse } from '../kernel/refusal.ts'
import { personIdOf } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Reader, Writer } from '../platform/database.ts'
import type { OnProgress, RowVerdict, Tally } from './row.ts'

export type What = 'readings' | 'meters'

export type SheetImport = {
  id: number
  what: What
  caseId: number | null
  importedAt: Date
  person: string | null
  file: string
  accepted: number
  warned: number
  refused: number
  undoneAt: Date | null
}

/** `importId` null: nothing was taken, and nothing changed. */
export type Imported = { importId: number | null; counts: Tally; verdicts: RowVerdict[] }

export type ImportOptions = {
  onProgress?: OnProgress
  /** Runs in the import's transaction, before anything else. */
  before?: (tx: Writer) => Promise<void>
  /** Runs in the import's transaction, once all is written. */
  also?: (tx: Writer, imported: Imported) => Promise<void>
}

const columns = ['sheet_import.id', 'what', 'case_id as caseId', 'imported_at as importedAt', 'party.name as person', 'file', 'accepted', 'warned', 'refused', 'undone_at as undoneAt'] as const

const selectImports = (db: Reader) => db.selectFrom('sheet_import').leftJoin('party', 'party.id', 'person_id').select(columns)

/** Those made in the actor's profile, newest first. */
export const ownImports = async ({ db, actor }: Pick<Context, 'db' | 'actor'>, what: What, limit = 50): Promise<SheetImport[]> =>
  actor.kind === 'person' ? selectImports(db).where('profile_id', '=', actor.profile.id).where('what', '=', what).orderBy('sheet_import.id', 'desc').limit(limit).execute() : []

/** One import, for whoever acts in the profile that made it; the system finds all. */
export async function openImported({ db, actor }: Pick<Context, 'db' | 'actor'>, id: number): Promise<SheetImport> {
  const own = actor.kind === 'person' ? selectImports(db).where('profile_id', '=', actor.profile.id) : selectImports(db)
  return (await own.where('sheet_import.id', '=', id).executeTakeFirst()) ?? refuse.missing()
}

const profileIdOf = ({ actor }: Context) => (actor.kind === 'person' ? actor.profile.id : null)

export async function beginImport(tx: Writer, ctx: Context, what: What, file: string): Promise<number> {
  const row = { what, case_id: null, imported_at: ctx.now, person_id: personIdOf(ctx.actor), profile_id: profileIdOf(ctx), file, undone_at: null, undone_by: null }
  const { id } = await tx.insertInto('sheet_import').values({ ...row, accepted: 0, warned: 0, refused: 0 }).returning('id').executeTakeFirstOrThrow()
  return id
}

/** `caseId` null: what it took is of several cases. */
export const endImport = (tx: Writer, id: number, caseId: number | null, counts: Tally): Promise<unknown> =>
  tx.updateTable('sheet_import').set({ case_id: caseId, ...counts }).where('id', '=', id).execute()

/** Holds an import until the end of the transaction; refuses one that is undone already. */
export async function lockImport(tx: Writer, id: number): Promise<void> {
  const { undone_at } = await tx.selectFrom('sheet_import').select('undone_at').where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  if (undone_at !== null) refuse.conflict('import', 'already-undone')
}

export const markUndone = (tx: Writer, ctx: Context, id: number): Promise<unknown> =>
  tx.updateTable('sheet_import').set({ undone_at: ctx.now, undone_by: personIdOf(ctx.actor) }).where('id', '=', id).execute()
