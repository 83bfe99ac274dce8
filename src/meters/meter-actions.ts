// What people do with meters: add, edit, remove, replace (MTR-1 to MTR-8).
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import { quantityText } from '../kernel/quantity.ts'
import { mayManageMeters } from '../cases/access.ts'
import type { HouseCase } from '../cases/case.ts'
import { houseCase } from '../cases/store.ts'
import { change, lockCase } from '../history/change.ts'
import { justificationOf, justificationProblems } from '../history/justification.ts'
import type { Actor } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { meterProblems, meterSettingOf, units, type Meter, type MeterDraft, type MeterFacts, type MeterSetting } from './meter.ts'
import { firstReading, meterWithPast } from './reading-store.ts'
import * as store from './store.ts'

export type Justified = { justification: string }

/** Under the installation's policy, for meters of the whole property or of one building. */
export const mayManage = (ctx: Pick<Context, 'settings'>, buildingId: number | null) => (actor: Actor, file: HouseCase) =>
  mayManageMeters(actor, file, ctx.settings.meterPolicy, buildingId)

/** A setting as the history shows it, with the designation of its building. */
export const settingData = (setting: MeterSetting, designation: string | null) => ({
  type: setting.type,
  number: setting.number,
  installedOn: setting.installedOn,
  initial: quantityText(setting.initial),
  status: setting.status,
  validUntil: setting.validUntil,
  periodMonths: setting.periodMonths,
  designation,
  premises: setting.premises || null,
})

export const meterData = (file: HouseCase, setting: MeterSetting) =>
  settingData(setting, file.buildings.find(({ building }) => building.id === setting.buildingId)?.building.designation ?? null)

/** The house case, locked against other changes, for whoever sees it. */
export async function lockedHouse(tx: Writer, ctx: Context, number: string): Promise<HouseCase> {
  await lockCase(tx, number)
  return houseCase({ ...ctx, db: tx }, number)
}

/** Refuses whoever may not change meters of this building, or of the whole property. */
export function mustManage(ctx: Context, file: HouseCase, buildingId: number | null): void {
  if (!mayManage(ctx, buildingId)(ctx.actor, file)) refuse.forbidden()
}

function mustManageMeter<M extends Meter>(ctx: Context, file: HouseCase, stored: M | undefined): M {
  const meter = stored ?? refuse.missing()
  mustManage(ctx, file, meter.buildingId)
  return meter
}

/** A meter of a locked case, for whoever may change it. */
export const managedMeter = async (tx: Writer, ctx: Context, file: HouseCase, id: number): Promise<Meter> =>
  mustManageMeter(ctx, file, await store.meter(tx, file.id, id))

/** As `lockedHouse` and `managedMeter` with what judges its next reading, asked all at once and in this order: before it is known who may. */
export async function lockedMeter(tx: Writer, ctx: Context, number: string, id: number) {
  const [, file, stored] = await Promise.all([lockCase(tx, number), houseCase({ ...ctx, db: tx }, number), meterWithPast(tx, number, id)])
  return { file, meter: mustManageMeter(ctx, file, stored) }
}

const factsOf = (ctx: Context, file: HouseCase): MeterFacts => ({ today: ctx.today, buildings: file.buildings.map(({ building }) => building) })

/** MTR-2, MTR-3. */
export const addMeter = (ctx: Context, caseNumber: string, draft: MeterDraft & Justified): Promise<Meter> =>
  change(ctx, 'meter.added', { justification: justificationOf(draft.justification), unique: 'number' }, async (tx) => {
    const file = await lockedHouse(tx, ctx, caseNumber)
    const facts = factsOf(ctx, file)
    const named = facts.buildings.find(({ designation }) => designation === draft.designation)
    mustManage(ctx, file, named?.id ?? null)
    refuseIfAny([...meterProblems(draft, facts), ...justificationProblems(draft.justification, { mandatory: false })])
    const setting = meterSettingOf(draft, facts)
    const meter = await store.insertMeter(tx, file.id, setting, units[setting.type])
    return { caseId: file.id, subjectId: meter.id, after: meterData(file, meter), value: meter }
  })

/** MTR-4; the type is fixed once there are readings. */
export const editMeter = (ctx: Context, caseNumber: string, id: number, draft: MeterDraft & Justified): Promise<Meter> =>
  change(ctx, 'meter.edited', { justification: justificationOf(draft.justification), unique: 'number' }, async (tx) => {
    const file = await lockedHouse(tx, ctx, caseNumber)
    const stored = await managedMeter(tx, ctx, file, id)
    const facts = { ...factsOf(ctx, file), stored, firstReading: await firstReading(tx, stored) }
    refuseIfAny([...meterProblems(draft, facts), ...justificationProblems(draft.justification)])
    const setting = meterSettingOf(draft, facts)
    mustManage(ctx, file, setting.buildingId)
    const meter = await store.updateMeter(tx, stored, setting, setting.type === stored.type ? stored.unit : units[setting.type])
    return { caseId: file.id, subjectId: id, before: meterData(file, stored), after: meterData(file, meter), value: meter }
  })

/** MTR-6: only while no readings are registered. */
export const removeMeter = (ctx: Context, caseNumber: string, id: number, justification: string): Promise<null> =>
  change(ctx, 'meter.removed', { justification: justificationOf(justification) }, async (tx) => {
    const file = await lockedHouse(tx, ctx, caseNumber)
    const stored = await managedMeter(tx, ctx, file, id)
    if (stored.lastReadOn !== null) return refuse.conflict('meter', 'has-readings')
    refuseIfAny(justificationProblems(justification))
    await store.deleteMeter(tx, stored, ctx.now)
    return { caseId: file.id, subjectId: id, before: meterData(file, stored), value: null }
  })
