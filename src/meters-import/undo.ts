// Undoes an import as one: of readings here, of meters in `undo-meters.ts`.
import { sql } from 'kysely'
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import { justificationOf, justificationProblems } from '../history/justification.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { lockImport, markUndone, openImported, type SheetImport } from './import-record.ts'
import { lockCases, mustChangeAll } from './places.ts'
import { undoMeters } from './undo-meters.ts'
import type { Undone, UndoneValue } from './undone.ts'

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

/** Removes what is left of its readings. Refuses, naming the meters, where a later reading counts from one of its (A-37, as for one reading). */
async function undoReadings(tx: Writer, ctx: Context, { id, file, caseId, accepted, warned, refused }: SheetImport): Promise<Undone> {
  const found = await touchedMeters(tx, id)
  await lockCases(tx, [...new Set(found.map(({ caseNumber }) => caseNumber))])
  await lockImport(tx, id)
  const touched = await touchedMeters(tx, id)
  await mustChangeAll(ctx, touched)
  const needed = await dependent(tx, id)
  if (needed.length > 0) return refuse.invalid([{ field: 'import', code: 'needed-by-next', params: { meters: needed.slice(0, 20).join(', ') } }])
  const value = { removed: await removeReadings(tx, id), meters: touched.length }
  const before = { import: id, file, accepted, warned, refused }
  return { caseId: caseId ?? installation, before, after: { import: id, file, ...value }, value: { what: 'readings', ...value } }
}

const undoers = { readings: undoReadings, meters: undoMeters }
const actions = { readings: 'readings.undone', meters: 'meters.undone' } as const

/**
 * Undoes an import, in one transaction. Refuses with `missing` who did not make it, with `forbidden` who may no longer
 * change all its meters, and once it is undone.
 */
export async function undoImport(ctx: Context, importId: number, justification: string): Promise<UndoneValue> {
  const { what } = await openImported(ctx, importId)
  return change(ctx, actions[what], { justification: justificationOf(justification), unique: 'import' }, async (tx) => {
    const own = { ...ctx, db: tx }
    refuseIfAny(justificationProblems(justification))
    const undone = await undoers[what](tx, own, await openImported(own, importId), justification)
    await markUndone(tx, ctx, importId)
    return { ...undone, subjectId: importId }
  })
}
