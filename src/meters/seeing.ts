// What people see of meters: whoever sees the house case sees them, and who may change them is asked beside.
import type { Reminder } from '../kernel/period.ts'
import { refuse } from '../kernel/refusal.ts'
import type { HouseCase } from '../cases/case.ts'
import { houseCase } from '../cases/store.ts'
import type { Context } from '../people/context.ts'
import { mayManage } from './meter-actions.ts'
import type { Meter } from './meter.ts'
import { usualLead } from './reminder.ts'
import * as store from './store.ts'

/** The buildings whose meters the actor may change; null stands for meters of the whole property. */
export const managed = (ctx: Context, file: HouseCase): (number | null)[] =>
  [null, ...file.buildings.map(({ building }) => building.id)].filter((id) => mayManage(ctx, id)(ctx.actor, file))

/** `lead`: how long before its end a validity term is near. */
export type SeenMeters = { file: HouseCase; meters: Meter[]; managed: readonly (number | null)[]; lead: Reminder }

const leadOf = ({ settings }: Context) => settings.meterValidityLead ?? usualLead

/** Asks for the case and its meters at once: whoever may not see the case gets neither. */
export async function seeMeters(ctx: Context, caseNumber: string, order: store.MeterOrder = 'status'): Promise<SeenMeters> {
  const [file, meters] = await Promise.all([houseCase(ctx, caseNumber), store.metersNumbered(ctx.db, caseNumber, order)])
  return { file, meters, managed: managed(ctx, file), lead: leadOf(ctx) }
}

export type SeenMeter = { file: HouseCase; meter: Meter; mayChange: boolean; lead: Reminder }

/** One meter; `missing` when it was removed. */
export async function seeMeter(ctx: Context, caseNumber: string, id: string): Promise<SeenMeter> {
  const file = await houseCase(ctx, caseNumber)
  const known = /^\d{1,15}$/.test(id) ? await store.meter(ctx.db, file.id, Number(id)) : undefined
  const meter = known ?? refuse.missing()
  return { file, meter, mayChange: mayManage(ctx, meter.buildingId)(ctx.actor, file), lead: leadOf(ctx) }
}

/** As `seeMeter`; refuses with `forbidden` whoever may not change it. */
export async function openMeter(ctx: Context, caseNumber: string, id: string): Promise<SeenMeter> {
  const seen = await seeMeter(ctx, caseNumber, id)
  return seen.mayChange ? seen : refuse.forbidden()
}
