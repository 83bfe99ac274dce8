import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type PlainDate } from '../kernel/date.ts'
import { quantity } from '../kernel/quantity.ts'
import { consumptions, judgeEdit, judgeNew, mayRemove, pastAfter, pastOf, type Reading } from './reading.ts'

const date = (text: string) => text as PlainDate
const today = date('2026-11-23')
const meter = { installedOn: date('2026-01-01'), initial: quantity(100_000), status: 'ACTIVE' as const, periodMonths: 1 }
const reading = (readOn: string, units: number, rolledOver = 0): Reading => ({
  readOn: date(readOn),
  value: quantity(units * 1000),
  difference: null,
  rolledOver: quantity(rolledOver * 1000),
  estimated: false,
  warnings: [],
})
const typed = (readOn: string, units: number | undefined, rolledOver = 0) => ({
  readOn,
  value: units === undefined ? undefined : quantity(units * 1000),
  rolledOver: quantity(rolledOver * 1000),
})
const known = [reading('2026-02-01', 110), reading('2026-03-01', 120)]

test('a reading after all others and not below the last is accepted, with its consumption', () => {
  assert.deepEqual(judgeNew(meter, known, typed('2026-04-01', 131), today), { verdict: 'accepted', codes: [], consumption: 11_000 })
})

test('the first reason that applies refuses', () => {
  const codes = (input: ReturnType<typeof typed>, of = meter) => judgeNew(of, known, input, today).codes
  assert.deepEqual(codes(typed('2026-04-01', 131), { ...meter, status: 'INACTIVE' } as never), ['inactive-meter'])
  assert.deepEqual(codes(typed('2026-12-24', undefined)), ['value-format'])
  assert.deepEqual(codes(typed('2026-11-24', 1)), ['date-in-future'])
  assert.deepEqual(codes(typed('2025-12-31', 1)), ['date-before-installed'])
  assert.deepEqual(codes(typed('2026-02-01', 110)), ['duplicate'])
  assert.deepEqual(codes(typed('2026-02-01', 111)), ['date-not-after-previous'])
  assert.deepEqual(codes(typed('2026-03-01', 121)), ['date-not-after-previous'])
  assert.deepEqual(codes(typed('2026-04-01', 119)), ['value-below-previous'])
})

test('a counter that rolled over continues the consumption', () => {
  const rolled = judgeNew(meter, known, typed('2026-03-31', 5, 120), today)
  assert.deepEqual(rolled, { verdict: 'accepted', codes: [], consumption: 5_000 })
})

test('the submission period not observed warns, and on its last day does not', () => {
  assert.deepEqual(judgeNew(meter, known, typed('2026-04-01', 131), today).codes, [])
  assert.deepEqual(judgeNew(meter, known, typed('2026-04-02', 131), today).codes, ['period-exceeded'])
})

test('a consumption far outside what the meter used before is questioned, but not before three readings', () => {
  const three = [...known, reading('2026-04-01', 130)]
  assert.deepEqual(judgeNew(meter, known, typed('2026-04-01', 200), today).codes, [])
  const verdict = judgeNew(meter, three, typed('2026-05-01', 200), today)
  assert.deepEqual(verdict.codes, ['consumption-unusual'])
  assert.ok(verdict.verdict === 'warned' && verdict.usual!.now > verdict.usual!.most * 3)
  assert.deepEqual(judgeNew(meter, three, typed('2026-05-01', 141), today).codes, [])
})

test('an edit stays strictly between its neighbours', () => {
  const three = [...known, reading('2026-04-01', 130)]
  const codes = (input: ReturnType<typeof typed>) => judgeEdit(meter, three, 1, input, today).codes
  assert.deepEqual(codes(typed('2026-03-15', 125)), ['period-exceeded'])
  assert.deepEqual(codes(typed('2026-02-01', 125)), ['date-not-after-previous'])
  assert.deepEqual(codes(typed('2026-04-01', 125)), ['date-not-before-next'])
  assert.deepEqual(codes(typed('2026-03-01', 109)), ['value-below-previous'])
  assert.deepEqual(codes(typed('2026-03-01', 131)), ['value-above-next'])
})

type Step = { kind: 'add' | 'edit' | 'delete'; days: number; units: number; rolled: number; at: number }
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('add', 'add', 'add', 'edit', 'delete'),
  days: fc.integer({ min: -5, max: 330 }),
  units: fc.integer({ min: 0, max: 300 }),
  rolled: fc.constantFrom(0, 0, 0, 1000),
  at: fc.nat(20),
})

/** What the rule accepts of a step, as the store would keep it. */
function apply(readings: Reading[], { kind, days, units, rolled, at }: Step): Reading[] {
  const input = typed(addDays(meter.installedOn, days), units, rolled)
  const made = { ...reading(input.readOn, units, rolled) }
  if (kind === 'add') return judgeNew(meter, readings, input, today).verdict === 'refused' ? readings : [...readings, made]
  const place = at % Math.max(readings.length, 1)
  if (readings.length === 0) return readings
  if (kind === 'edit') return judgeEdit(meter, readings, place, input, today).verdict === 'refused' ? readings : readings.with(place, made)
  return mayRemove(meter, readings, place) ? readings.toSpliced(place, 1) : readings
}

test('the consumptions add up to last minus initial plus the roll-overs, whatever was accepted in whatever order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const readings = steps.reduce(apply, [] as Reading[])
      const consumed = consumptions(meter.initial, readings)
      const total = consumed.reduce((all, { consumption }) => all + consumption, 0)
      assert.ok(consumed.every(({ consumption }) => consumption >= 0))
      const rolled = readings.reduce((all, { rolledOver }) => all + rolledOver, 0)
      const last = readings.at(-1)?.value ?? meter.initial
      assert.equal(total, last - meter.initial + rolled)
      assert.ok(readings.every(({ readOn }, at) => at === 0 || readOn > readings[at - 1]!.readOn))
    }),
    { numRuns: 500 },
  )
})

test('the past grown reading by reading is the past that all of them make', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(300)), { maxLength: 40 }), (steps) => {
      let [days, units] = [0, 100]
      const readings = steps.map(([more, used]) => reading(addDays(meter.installedOn, (days += more)), (units += used)))
      assert.deepEqual(readings.reduce((past, one) => pastAfter(meter, past, one), pastOf(meter, [])), pastOf(meter, readings))
      if (readings.length > 24) assert.deepEqual(pastOf(meter, readings.slice(-25)), pastOf(meter, readings))
    }),
  )
})
