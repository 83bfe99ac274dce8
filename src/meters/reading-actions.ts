// What people do with readings: submit, edit, remove. One rule judges each (see `reading.ts`).
import { isDate, type PlainDate } from '../kernel/date.ts'
import { minus, parseQuantity, quantity, quantityText, type Quantity } from '../kernel/quantity.ts'
import { refuse, refuseIfAny, type Problem } from '../kernel/refusal.ts'
import { change } from '../history/change.ts'
import { justificationOf, justificationProblems } from '../history/justification.ts'
import { personIdOf } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { lockedHouse, lockedMeter, managedMeter, type Justified } from './meter-actions.ts'
import type { Meter } from './meter.ts'
import { judgeEdit, judgeNew, mayRemove, type Counted, type Reading, type Verdict } from './reading.ts'
import { pastFor, pastWith, readingAmong } from './reading-store.ts'
import * as store from './store.ts'

/**
 * A reading as every door writes it. `consumed`: what was used since the last reading, where the counter rolled over;
 * else empty.
 */
export type ReadingDraft = { readOn: string; value: string; difference: string; estimated: boolean; consumed: string }

export type Submitted = { meterId: number; reading: Reading; verdict: Verdict & { verdict: 'accepted' | 'warned' } }

/** A reading as the history shows it: `meter` names its meter. */
export const readingData = ({ readOn, value, difference, rolledOver, estimated }: Reading, meter?: Pick<Meter, 'number'>) => ({
  ...(meter && { meter: meter.number }),
  readOn,
  value: quantityText(value),
  difference: difference === null ? null : quantityText(difference),
  ...(rolledOver > 0 && { rolledOver: quantityText(rolledOver) }),
  ...(estimated && { estimated }),
})

const fieldOf = (code: string) => (code.startsWith('date') || code === 'duplicate' ? 'readOn' : code === 'inactive-meter' ? 'meter' : 'value')

/** What the counter ran past, from what was consumed; undefined where that was no quantity. */
function rolledOverOf({ consumed }: ReadingDraft, value: Quantity | undefined, before: Quantity): Quantity | undefined {
  if (consumed.trim() === '') return quantity(0)
  const used = parseQuantity(consumed)
  return used === undefined || value === undefined ? undefined : minus(used, minus(value, before))
}

function draftProblems(draft: ReadingDraft, rolledOver: Quantity | undefined): Problem[] {
  const problems: Problem[] = []
  if (draft.readOn === '') problems.push({ field: 'readOn', code: 'required' })
  else if (!isDate(draft.readOn)) problems.push({ field: 'readOn', code: 'date-format' })
  if (draft.value.trim() === '') problems.push({ field: 'value', code: 'required' })
  if (draft.difference.trim() !== '' && parseQuantity(draft.difference, { signed: true }) === undefined) problems.push({ field: 'difference', code: 'value-format' })
  if (rolledOver === undefined || rolledOver < 0) problems.push({ field: 'consumed', code: 'value-format' })
  return problems
}

const refuseVerdict = (verdict: Verdict): Submitted['verdict'] =>
  verdict.verdict === 'refused' ? refuse.field(fieldOf(verdict.codes[0]), verdict.codes[0]) : verdict

/** What a draft writes, judged; refuses with all that is wrong with it. */
function judgedReading(draft: ReadingDraft, before: Quantity, judge: (typed: { readOn: string; value: Quantity | undefined; rolledOver: Quantity }) => Verdict) {
  const value = parseQuantity(draft.value)
  const rolledOver = rolledOverOf(draft, value, before)
  refuseIfAny(draftProblems(draft, rolledOver))
  const verdict = refuseVerdict(judge({ readOn: draft.readOn, value, rolledOver: rolledOver! }))
  const difference = parseQuantity(draft.difference, { signed: true }) ?? null
  const reading: Reading = { readOn: draft.readOn as PlainDate, value: value!, difference, rolledOver: rolledOver!, estimated: draft.estimated, warnings: verdict.codes }
  return { reading, verdict }
}

/** Judges and stores one reading in a transaction that holds the case. */
export async function storeReading(tx: Writer, ctx: Context, meter: Meter, draft: ReadingDraft): Promise<Submitted> {
  const submitted = judgedNew(ctx, meter, await pastFor(tx, meter, draft.readOn), draft)
  await writeReading(tx, ctx, meter, submitted)
  return submitted
}

const judgedNew = (ctx: Context, meter: Meter, past: readonly Counted[], draft: ReadingDraft): Submitted => ({
  meterId: meter.id,
  ...judgedReading(draft, past.at(-1)?.value ?? meter.initial, (typed) => judgeNew(meter, past, typed, ctx.today)),
})

const writeReading = (tx: Writer, ctx: Context, meter: Meter, { reading }: Submitted): Promise<unknown> =>
  store.insertReading(tx, meter, reading, { now: ctx.now, by: personIdOf(ctx.actor) })

/** A roll-over says why. */
export const submitReading = (ctx: Context, caseNumber: string, meterId: number, draft: ReadingDraft & Justified): Promise<Submitted> =>
  change(ctx, 'reading.added', { justification: justificationOf(draft.justification), unique: 'readOn' }, async (tx) => {
    const { file, meter } = await lockedMeter(tx, ctx, caseNumber, meterId)
    refuseIfAny(justificationProblems(draft.justification, { mandatory: draft.consumed.trim() !== '' }))
    const submitted = judgedNew(ctx, meter, await pastWith(tx, meter, draft.readOn, meter.past), draft)
    return { caseId: file.id, subjectId: meterId, after: readingData(submitted.reading, meter), value: submitted, writes: writeReading(tx, ctx, meter, submitted) }
  })

async function storedReading(tx: Writer, ctx: Context, caseNumber: string, meterId: number, readOn: string) {
  const file = await lockedHouse(tx, ctx, caseNumber)
  const meter = await managedMeter(tx, ctx, file, meterId)
  const { readings, at } = (await readingAmong(tx, meter, readOn)) ?? refuse.missing()
  return { file, meter, readings, at, stored: readings[at]!, isLast: at === readings.length - 1 }
}

/** Strictly between its neighbours. */
export const editReading = (ctx: Context, caseNumber: string, meterId: number, readOn: string, draft: ReadingDraft & Justified): Promise<Submitted> =>
  change(ctx, 'reading.edited', { justification: justificationOf(draft.justification), unique: 'readOn' }, async (tx) => {
    const { file, meter, readings, at, stored, isLast } = await storedReading(tx, ctx, caseNumber, meterId, readOn)
    refuseIfAny(justificationProblems(draft.justification))
    const done = judgedReading(draft, readings[at - 1]?.value ?? meter.initial, (typed) => judgeEdit(meter, readings, at, typed, ctx.today))
    await store.updateReading(tx, meter, stored.readOn, done.reading)
    if (isLast) await store.keepLast(tx, meter, done.reading)
    return { caseId: file.id, subjectId: meterId, before: readingData(stored, meter), after: readingData(done.reading, meter), value: { meterId, ...done } }
  })

export const removeReading = (ctx: Context, caseNumber: string, meterId: number, readOn: string, justification: string): Promise<null> =>
  change(ctx, 'reading.removed', { justification: justificationOf(justification) }, async (tx) => {
    const { file, meter, readings, at, stored, isLast } = await storedReading(tx, ctx, caseNumber, meterId, readOn)
    refuseIfAny(justificationProblems(justification))
    if (!mayRemove(meter, readings, at)) return refuse.conflict('reading', 'needed-by-next')
    await store.deleteReading(tx, meter, stored.readOn)
    if (isLast) await store.keepLast(tx, meter, readings[at - 1])
    return { caseId: file.id, subjectId: meterId, before: readingData(stored, meter), value: null }
  })
