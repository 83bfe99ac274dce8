// Answers to a reading that the rule questions: the meter was replaced, the earlier reading was wrong or only estimated.
// A counter that rolled over is answered in `submitReading` itself.
import { refuse, refuseIfAny, Refusal, type Problem } from '../kernel/refusal.ts'
import { parseQuantity, quantityText } from '../kernel/quantity.ts'
import { change } from '../history/change.ts'
import { justificationOf, justificationProblems } from '../history/justification.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { lockedHouse, managedMeter, meterData, type Justified } from './meter-actions.ts'
import { meterProblems, meterSettingOf, type Meter, type MeterDraft } from './meter.ts'
import { readingData, storeReading, type ReadingDraft, type Submitted } from './reading-actions.ts'
import { lastEstimates, lastReadings } from './reading-store.ts'
import * as store from './store.ts'

/** What a replacement tells: the old meter's last value and the day, and the new meter's number and initial value. */
export type Replacement = {
  replacedOn: string
  /** Empty: the last reading stands. */
  finalValue: string
  number: string
  initial: string
  validUntil: string
  /** The new meter's first reading, where it was read already. */
  first?: ReadingDraft | undefined
}

export type Replaced = { meter: Meter; first: Submitted | null }

const plain = { difference: '', estimated: false, consumed: '' }

const newDraft = (old: Meter, designation: string, { replacedOn, number, initial, validUntil }: Replacement): MeterDraft => ({
  type: old.type,
  number,
  installedOn: replacedOn,
  initial,
  status: 'ACTIVE',
  validUntil,
  periodMonths: String(old.periodMonths),
  designation,
  premises: old.premises,
})

/** Names the replacement's own fields. */
const named = (problems: readonly Problem[]) =>
  problems.map((problem) => ({ ...problem, field: { installedOn: 'replacedOn', readOn: 'replacedOn', value: 'finalValue' }[problem.field] ?? problem.field }))

/** The old meter's final reading; what is wrong with it stands beside its own fields. */
async function storeFinal(tx: Writer, ctx: Context, old: Meter, { replacedOn, finalValue }: Replacement): Promise<Submitted | null> {
  if (finalValue.trim() === '') return null
  try {
    return await storeReading(tx, ctx, old, { ...plain, readOn: replacedOn, value: finalValue })
  } catch (error) {
    if (error instanceof Refusal) return refuse.invalid(named(error.problems))
    throw error
  }
}

/** Consumption goes on: the old meter's final value, then the new one's initial value, linked, and its first reading if it has one. */
export const replaceMeter = (ctx: Context, caseNumber: string, meterId: number, told: Replacement & Justified): Promise<Replaced> =>
  change(ctx, 'meter.replaced', { justification: justificationOf(told.justification), unique: 'number' }, async (tx) => {
    const file = await lockedHouse(tx, ctx, caseNumber)
    const old = await managedMeter(tx, ctx, file, meterId)
    if (old.status === 'INACTIVE') return refuse.conflict('meter', 'inactive-meter')
    const buildings = file.buildings.map(({ building }) => building)
    const designation = buildings.find(({ id }) => id === old.buildingId)?.designation ?? ''
    const draft = newDraft(old, designation, told)
    refuseIfAny([...named(meterProblems(draft, { today: ctx.today, buildings })), ...justificationProblems(told.justification)])
    if (old.lastReadOn !== null && told.replacedOn < old.lastReadOn) return refuse.field('replacedOn', 'date-not-after-previous')
    const final = await storeFinal(tx, ctx, old, told)
    const ended = await store.updateMeter(tx, { ...old, lastReadOn: final?.reading.readOn ?? old.lastReadOn }, { ...old, status: 'INACTIVE' }, old.unit)
    const meter = await store.insertMeter(tx, file.id, meterSettingOf(draft, { buildings }), old.unit, old.id, old.place)
    const first = told.first ? await storeReading(tx, ctx, meter, told.first) : null
    const read = { ...(final && { finalValue: readingData(final.reading).value }), ...(first && { firstReading: readingData(first.reading) }) }
    const after = { ...meterData(file, meter), replaces: old.number, ...read, endedStatus: ended.status }
    return { caseId: file.id, subjectId: old.id, before: meterData(file, old), after, value: { meter, first } }
  })

/** The earlier reading was wrong: its right value first, then the new reading, in one transaction. */
export const correctAndSubmit = (
  ctx: Context,
  caseNumber: string,
  meterId: number,
  draft: ReadingDraft & Justified & { earlierValue: string },
): Promise<Submitted> =>
  change(ctx, 'reading.corrected', { justification: justificationOf(draft.justification), unique: 'readOn' }, async (tx) => {
    const file = await lockedHouse(tx, ctx, caseNumber)
    const meter = await managedMeter(tx, ctx, file, meterId)
    refuseIfAny(justificationProblems(draft.justification))
    const earlier = (await lastReadings(tx, meter, { limit: 1 }))[0] ?? refuse.conflict('reading', 'none-earlier')
    await store.deleteReading(tx, meter, earlier.readOn)
    if (parseQuantity(draft.earlierValue) === undefined) return refuse.field('earlierValue', 'value-format')
    const corrected = await storeReading(tx, ctx, meter, {
      ...plain,
      readOn: earlier.readOn,
      value: draft.earlierValue,
      difference: earlier.difference === null ? '' : quantityText(earlier.difference),
    })
    const submitted = await storeReading(tx, ctx, meter, draft)
    const after = { ...readingData(submitted.reading, meter), earlier: readingData(corrected.reading) }
    return { caseId: file.id, subjectId: meterId, before: { earlier: readingData(earlier) }, after, value: submitted }
  })

/** The readings before were estimates: those above the true value go, and consumption counts from the last true one. */
export const supersedeEstimates = (ctx: Context, caseNumber: string, meterId: number, draft: ReadingDraft & Justified): Promise<Submitted> =>
  change(ctx, 'reading.corrected', { justification: justificationOf(draft.justification), unique: 'readOn' }, async (tx) => {
    const file = await lockedHouse(tx, ctx, caseNumber)
    const meter = await managedMeter(tx, ctx, file, meterId)
    refuseIfAny(justificationProblems(draft.justification))
    const estimates = await lastEstimates(tx, meter)
    if (estimates.length === 0) return refuse.conflict('reading', 'none-estimated')
    for (const { readOn } of estimates) await store.deleteReading(tx, meter, readOn)
    const submitted = await storeReading(tx, ctx, meter, draft)
    const before = { estimates: estimates.map((reading) => readingData(reading)) }
    return { caseId: file.id, subjectId: meterId, before, after: readingData(submitted.reading, meter), value: submitted }
  })
