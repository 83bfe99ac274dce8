// The order in which meters are walked to: changed as one, with an event of its own.
import { refuse } from '../kernel/refusal.ts'
import { change } from '../history/change.ts'
import type { Context } from '../people/context.ts'
import { lockedHouse, mustManage } from './meter-actions.ts'
import type { Meter } from './meter.ts'
import * as store from './store.ts'

const orderData = (meters: readonly Meter[]) => ({ round: meters.map(({ number }) => number) })

/** The active meters in the order of their ids as given; those not named follow as they stood. */
export const arrangeRound = (ctx: Context, caseNumber: string, ids: readonly number[]): Promise<Meter[]> =>
  change(ctx, 'round.arranged', {}, async (tx) => {
    const file = await lockedHouse(tx, ctx, caseNumber)
    const before = (await store.meters(tx, file.id, 'walk')).filter(({ status }) => status === 'ACTIVE')
    if (before.length === 0) return refuse.missing()
    for (const { buildingId } of before) mustManage(ctx, file, buildingId)
    const turn = ({ id }: Meter) => (ids.includes(id) ? ids.indexOf(id) : ids.length)
    const after = before.toSorted((one, other) => turn(one) - turn(other))
    if (after.every(({ id }, at) => id === before[at]!.id)) return { unchanged: true, value: after }
    for (const [at, meter] of after.entries()) await store.placeMeter(tx, meter, at + 1)
    return { caseId: file.id, subjectId: null, before: orderData(before), after: orderData(after), value: after }
  })
