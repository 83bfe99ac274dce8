// Undoes an import of meters: those it added go while they have no readings, those it changed are as before where nothing was changed since.
import { sql } from 'kysely'
import { refuse } from '../kernel/refusal.ts'
import { installation } from '../history/actions.ts'
import { justificationOf } from '../history/justification.ts'
import { draftAgain, meterProblems, sameSetting, type MeterFacts, type MeterSetting } from '../meters/meter.ts'
import type { Context } from '../people/context.ts'
import type { Reader, Writer } from '../platform/database.ts'
import { lockImport, openImported, type SheetImport } from './import-record.ts'
import * as store from './meter-store.ts'
import { lockCases, mustChangeAll } from './places.ts'
import type { Undone } from './undone.ts'
import { editMeters, removeMeters } from './write-meters.ts'

/** A meter that stays as it is, and why. */
export type Kept = { number: string; code: 'has-readings' | 'changed-since' | 'removed-since' }
export type UndoPlan = { remove: store.StoredMeter[]; restore: store.ChangedMeter[]; keep: Kept[] }

type Place = Pick<MeterFacts, 'today' | 'buildings'>

/** What becomes of a meter that an import set; readings taken since may forbid what was before. */
function undoneMeter({ before, after }: store.KeptSetting, stored: store.StoredMeter | undefined, place: Place): 'remove' | MeterSetting | Kept['code'] {
  if (!stored) return 'removed-since'
  if (before === null) return stored.firstReading ? 'has-readings' : 'remove'
  if (!sameSetting(stored, after)) return 'changed-since'
  const problems = meterProblems(draftAgain(before, place), { ...place, stored, firstReading: stored.firstReading })
  return problems.length > 0 ? 'changed-since' : before
}

async function planned(db: Reader, ctx: Context, importId: number) {
  const [kept, stored] = [await store.keptSettings(db, importId), await store.metersOfImport(db, importId)]
  const cases = await store.casesNamed(db, await caseNumbers(db, importId))
  const buildings = new Map([...cases.values()].map((house) => [house.id, house.buildings]))
  const plan: UndoPlan = { remove: [], restore: [], keep: [] }
  for (const setting of kept) {
    const meter = stored.get(setting.id)
    const becomes = undoneMeter(setting, meter, { today: ctx.today, buildings: buildings.get(setting.caseId) ?? [] })
    if (becomes === 'remove') plan.remove.push(meter!)
    else if (typeof becomes === 'string') plan.keep.push({ number: setting.after.number, code: becomes })
    else plan.restore.push({ stored: meter!, setting: becomes })
  }
  const designations = new Map([...buildings.values()].flat().map(({ id, designation }) => [id, designation]))
  return { plan, kept, stored, designations }
}

const caseNumbers = async (db: Reader, importId: number): Promise<string[]> => {
  const ids = sql<number>`(select distinct case_id from sheet_import_meter where import_id = ${importId})`
  return (await db.selectFrom('case_file').select('number').where('id', 'in', ids).execute()).map(({ number }) => number)
}

/** What undoing would do, as things stand, for whoever made the import; changes nothing. */
export async function undoPlan(ctx: Context, importId: number): Promise<UndoPlan> {
  await openImported(ctx, importId)
  return (await planned(ctx.db, ctx, importId)).plan
}

const told = 20

/** Refuses where nothing can be undone, with the meters that stay; else tells them in its event. */
export async function undoMeters(tx: Writer, ctx: Context, { id, file, accepted, refused }: SheetImport, justification: string): Promise<Undone> {
  await lockCases(tx, await caseNumbers(tx, id))
  await lockImport(tx, id)
  const { plan, kept, stored, designations } = await planned(tx, ctx, id)
  const { remove, restore, keep } = plan
  await mustChangeAll(ctx, [...stored.values(), ...kept.flatMap(({ caseId, before }) => (before ? [{ caseId, buildingId: before.buildingId }] : []))])
  const numbers = keep.slice(0, told).map(({ number }) => number).join(', ')
  if (remove.length + restore.length === 0) return refuse.invalid([{ field: 'import', code: 'nothing-to-undo', params: { meters: numbers } }])
  const recording = { justification: justificationOf(justification), designations }
  await removeMeters(tx, ctx, remove, recording)
  await editMeters(tx, ctx, restore, recording)
  const after = { import: id, file, removed: remove.length, restored: restore.length, ...(numbers && { kept: numbers }) }
  return { caseId: installation, before: { import: id, file, accepted, refused }, after, value: { what: 'meters', removed: remove.length, restored: restore.length, kept: keep } }
}
