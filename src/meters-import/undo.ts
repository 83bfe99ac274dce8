// Undoes an import of readings as one, and lists a profile's imports.
import { sql } from 'kysely'
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import { justificationOf, justificationProblems } from '../history/justification.ts'
import { personIdOf } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Reader, Writer } from '../platform/database.ts'
import { changerOf, lockCases, manageableCases } from './places.ts'

export type ReadingImport = {
  id: number
  caseId: number | null
  importedAt: Date
  person: string | null
  file: string
  accepted: number
  warned: number
  refused: number
  undoneAt: Date | null
}

const importColumns = ['reading_import.id', 'case_id as caseId', 'imported_at as importedAt', 'party.name as person', 'file', 'accepted', 'warned', 'refused', 'undone_at as undoneAt'] as const

const selectImports = (db: Reader) => db.selectFrom('reading_import').leftJoin('party', 'party.id', 'person_id').select(importColumns)

/** Those made in the actor's profile, newest first. */
export const ownImports = async ({ db, actor }: Pick<Context, 'db' | 'actor'>, limit = 50): Promise<ReadingImport[]> =>
  actor.kind === 'person' ? selectImports(db).where('profile_id', '=', actor.profile.id).orderBy('reading_import.id', 'desc').limit(limit).execute() : []

/** One import, for whoever acts in the profile that made it; the system finds all. */
export async function openImported({ db, actor }: Pick<Context, 'db' | 'actor'>, id: number): Promise<ReadingImport> {
  const own = actor.kind === 'person' ? selectImports(db).where('profile_id', '=', actor.profile.id) : selectImports(db)
  return (await own.where('reading_import.id', '=', id).executeTakeFirst()) ?? refuse.missing()
}

type Touched = { caseId: number; caseNumber: string; meterId: number; number: string; buildingId: number | null }

const touchedMeters = (tx: Writer, importId: number): Promise<Touched[]> =>
  tx
    .selectFrom('reading')
    .innerJoin('meter', (join) => join.onRef('meter.case_id', '=', 'reading.case_id').onRef('meter.id', '=', 'reading.meter_id'))
    .innerJoin('case_file', 'case_file.id', 'meter.case_id')
    .select(['meter.case_id as caseId', 'case_file.number as caseNumber', 'meter.id as meterId', 'meter.number', 'meter.building_id as buildingId'])
    .distinct()
    .where('import_id', '=', importId)
    .orderBy('meter.number')
    .execute()

/** Meters on which a reading that stays would have a consumption below nothing once the import's are gone: a counter rolled over between. */
async function dependent(tx: Writer, importId: number): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    with touched as (select distinct case_id, meter_id from reading where import_id = ${importId}),
    kept as (
      select reading.case_id, reading.meter_id, value, rolled_over,
        lag(value) over (partition by reading.case_id, reading.meter_id order by read_on) as before
      from touched join reading on reading.case_id = touched.case_id and reading.meter_id = touched.meter_id
      where import_id is distinct from ${importId})
    select distinct meter.number from kept join meter on meter.case_id = kept.case_id and meter.id = kept.meter_id
    where value + rolled_over < coalesce(before, initial) order by meter.number`.execute(tx)
  return rows.map(({ number }) => number)
}

/** What was its last reading before is so again. */
async function removeReadings(tx: Writer, importId: number): Promise<number> {
  await sql`create temp table touched on commit drop as select distinct case_id, meter_id from reading where import_id = ${importId}`.execute(tx)
  const { numAffectedRows } = await sql`delete from reading where import_id = ${importId}`.execute(tx)
  await sql`
    update meter set last_read_on = last.read_on, last_value = last.value,
      reading_due_on = plus_period(coalesce(last.read_on, installed_on), period_months, 'MONTH')
    from touched left join lateral (select read_on, value from reading
      where reading.case_id = touched.case_id and reading.meter_id = touched.meter_id order by read_on desc limit 1) last on true
    where meter.case_id = touched.case_id and meter.id = touched.meter_id`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

async function mustChangeAll(ctx: Context, touched: readonly Touched[]): Promise<void> {
  if (ctx.actor.kind === 'system') return
  const may = changerOf(ctx, await manageableCases(ctx))
  if (!touched.every(may)) refuse.forbidden()
}

/**
 * Removes what is left of an import's readings, in one transaction with one event. Refuses with `missing` who did not make it,
 * with `forbidden` who may no longer change all its meters, and, naming the meters, where a later reading counts from one of
 * its (A-37, as for one reading).
 */
export const undoImport = (ctx: Context, importId: number, justification: string): Promise<{ removed: number; meters: number }> =>
  change(ctx, 'readings.undone', { justification: justificationOf(justification), unique: 'import' }, async (tx) => {
    const own = { ...ctx, db: tx }
    const imported = await openImported(own, importId)
    await lockCases(tx, [...new Set((await touchedMeters(tx, importId)).map(({ caseNumber }) => caseNumber))])
    const fresh = await tx.selectFrom('reading_import').select('undone_at').where('id', '=', importId).forUpdate().executeTakeFirstOrThrow()
    const touched = await touchedMeters(tx, importId)
    await mustChangeAll(own, touched)
    if (fresh.undone_at !== null) return refuse.conflict('import', 'already-undone')
    refuseIfAny(justificationProblems(justification))
    const needed = await dependent(tx, importId)
    if (needed.length > 0) return refuse.invalid([{ field: 'import', code: 'needed-by-next', params: { meters: needed.slice(0, 20).join(', ') } }])
    const removed = await removeReadings(tx, importId)
    await tx.updateTable('reading_import').set({ undone_at: ctx.now, undone_by: personIdOf(ctx.actor) }).where('id', '=', importId).execute()
    const { file, caseId, accepted, warned, refused } = imported
    const before = { import: importId, file, accepted, warned, refused }
    const value = { removed, meters: touched.length }
    return { caseId: caseId ?? installation, subjectId: importId, before, after: { import: importId, file, ...value }, value }
  })
