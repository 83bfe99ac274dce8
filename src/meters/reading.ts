// A reading, and the one rule that judges every reading, whichever door it came through.
import { daysBetween, isDate, type PlainDate } from '../kernel/date.ts'
import { minus, plus, quantity, type Quantity } from '../kernel/quantity.ts'
import { readingDueOn, type Meter } from './meter.ts'
import type { Warning } from './tables.ts'

export type Reading = {
  readOn: PlainDate
  value: Quantity
  difference: Quantity | null
  /** What the counter ran past before it began anew; 0 as a rule. */
  rolledOver: Quantity
  estimated: boolean
  warnings: readonly Warning[]
}

/** As much of a reading as what comes after it is judged by. */
export type Counted = Pick<Reading, 'readOn' | 'value' | 'rolledOver'>

export const refusals = [
  'unknown-meter',
  'inactive-meter',
  'value-format',
  'date-in-future',
  'date-before-installed',
  'duplicate',
  'date-not-after-previous',
  'date-not-before-next',
  'value-below-previous',
  'value-above-next',
] as const
export type RefusalCode = (typeof refusals)[number]

/** What a value is compared with where its consumption is unusual, in thousandths a day. */
export type Usual = { least: number; most: number; now: number }

export type Verdict =
  | { verdict: 'refused'; codes: readonly [RefusalCode] }
  | { verdict: 'accepted' | 'warned'; codes: readonly Warning[]; consumption: Quantity; usual?: Usual }

type Measured = Pick<Meter, 'installedOn' | 'initial' | 'status' | 'periodMonths'>
type Point = { readOn: PlainDate; value: Quantity }
/** A reading as typed; `value` undefined where the text was no quantity. `rolledOver` answers a value below the previous one. */
export type Typed = { readOn: string; value: Quantity | undefined; rolledOver?: Quantity }

/** Consumption since the reading before (or the initial value), through a roll-over where there was one. */
export const consumption = (before: Quantity, { value, rolledOver }: Pick<Reading, 'value' | 'rolledOver'>): Quantity =>
  plus(minus(value, before), rolledOver)

export type Consumed<R> = R & { consumption: Quantity }

/**
 * Consecutive readings in the order of dates, each with what was consumed since the one before; `before`: the value before the
 * first of them. Never stored.
 */
export const consumptions = <R extends Pick<Reading, 'value' | 'rolledOver'>>(before: Quantity, readings: readonly R[]): Consumed<R>[] =>
  readings.map((reading, at) => ({ ...reading, consumption: consumption(at === 0 ? before : readings[at - 1]!.value, reading) }))

const leastKnown = 3
const remembered = 24
const far = 3
/** How many readings behind one suffice to judge it: `remembered` intervals, each from the one before. */
export const enoughPast = remembered + 1

/** What lies behind a new reading: the last one, and thousandths a day of the last intervals, oldest first. */
export type Past = { last: Point | undefined; rates: readonly number[] }

function rate({ installedOn, initial }: Measured, previous: Point | undefined, reading: Counted): number {
  const days = daysBetween(previous?.readOn ?? installedOn, reading.readOn)
  return consumption(previous?.value ?? initial, reading) / Math.max(days, 1)
}

/** The past that a meter's readings make, oldest first; of a long past its last 25 are enough. */
export function pastOf(meter: Measured, readings: readonly Counted[]): Past {
  const first = Math.max(readings.length - remembered, 0)
  return { last: readings.at(-1), rates: readings.slice(first).map((reading, at) => rate(meter, readings[first + at - 1], reading)) }
}

/** The past once a reading was taken. */
export const pastAfter = (meter: Measured, { last, rates }: Past, reading: Counted): Past => ({
  last: reading,
  rates: [...rates, rate(meter, last, reading)].slice(-remembered),
})

/** Far outside what this meter used before: three times its most, or a third of its least; nothing is unusual before three readings. */
function unusual(known: readonly number[], now: number): Usual | undefined {
  if (known.length < leastKnown) return undefined
  const [least, most] = [Math.min(...known), Math.max(...known)]
  return now > most * far || now < least / far ? { least, most, now } : undefined
}

type Between = { previous: Point | undefined; next?: Counted | undefined }

function refusalOf(meter: Measured, { previous, next }: Between, typed: Typed, today: PlainDate, isEdit: boolean): RefusalCode | undefined {
  const { readOn, value, rolledOver = 0 } = typed
  if (!isEdit && meter.status === 'INACTIVE') return 'inactive-meter'
  if (value === undefined || !isDate(readOn)) return 'value-format'
  if (readOn > today) return 'date-in-future'
  if (readOn < meter.installedOn) return 'date-before-installed'
  if (previous && readOn <= previous.readOn) return 'date-not-after-previous'
  if (next && readOn >= next.readOn) return 'date-not-before-next'
  if (value + rolledOver < (previous?.value ?? meter.initial)) return 'value-below-previous'
  if (next && value > next.value + next.rolledOver) return 'value-above-next'
  return undefined
}

function judged(meter: Measured, { last, rates }: Past, { readOn: on, value, rolledOver = quantity(0) }: Typed): Verdict {
  const reading = { readOn: on as PlainDate, value: value!, rolledOver }
  const codes: Warning[] = reading.readOn > readingDueOn(meter, last?.readOn ?? null) ? ['period-exceeded'] : []
  const usual = unusual(rates, rate(meter, last, reading))
  if (usual) codes.push('consumption-unusual')
  const consumed = consumption(last?.value ?? meter.initial, reading)
  return { verdict: codes.length > 0 ? 'warned' : 'accepted', codes, consumption: consumed, ...(usual && { usual }) }
}

/**
 * A new reading: after all others. `isThere` says whether the meter has a reading of that date and value.
 * The first reason that applies refuses; warnings only warn.
 */
export function judgeAfter(meter: Measured, past: Past, isThere: boolean, typed: Typed, today: PlainDate): Verdict {
  const code = refusalOf(meter, { previous: past.last }, typed, today, false)
  if (isThere && code === 'date-not-after-previous') return { verdict: 'refused', codes: ['duplicate'] }
  return code ? { verdict: 'refused', codes: [code] } : judged(meter, past, typed)
}

/** As `judgeAfter`; `readings` of the meter, oldest first: at least its last 25, and the one of the typed day if there is one. */
export function judgeNew(meter: Measured, readings: readonly Counted[], typed: Typed, today: PlainDate): Verdict {
  const isThere = readings.some(({ readOn, value }) => readOn === typed.readOn && value === typed.value)
  return judgeAfter(meter, pastOf(meter, readings), isThere, typed, today)
}

/** An edit: strictly between its neighbours. `at` is the place of the edited reading among at least 25 before it and the next. */
export function judgeEdit(meter: Measured, readings: readonly Counted[], at: number, typed: Typed, today: PlainDate): Verdict {
  const before = readings.slice(0, at)
  const code = refusalOf(meter, { previous: before.at(-1), next: readings[at + 1] }, typed, today, true)
  return code ? { verdict: 'refused', codes: [code] } : judged(meter, pastOf(meter, before), typed)
}

/** A reading may go unless the next one counts from it: a counter that rolled over after it. */
export function mayRemove(meter: Pick<Measured, 'initial'>, readings: readonly Counted[], at: number): boolean {
  const next = readings[at + 1]
  return !next || consumption(readings[at - 1]?.value ?? meter.initial, next) >= 0
}
