import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, daysBetween, type PlainDate } from '../kernel/date.ts'
import { quantity, sum } from '../kernel/quantity.ts'
import { against, chainOf, daysIn, endOf, endedOn, isWhole, monthsOf, spread, standing, usesOf, yearOf, yearsOf, type Month, type Read } from './consumption.ts'
import { consumptions } from './reading.ts'

const date = (text: string) => text as PlainDate
const month = (text: string) => text as Month
const reading = (readOn: string, units: number, rolledOver = 0) => ({ readOn: date(readOn), value: quantity(units * 1000), rolledOver: quantity(rolledOver * 1000) })
const read = (installedOn: string, initial: number, readings: Read['readings'], ended: string | null = null): Read => ({
  installedOn: date(installedOn),
  initial: quantity(initial * 1000),
  endedOn: ended === null ? null : date(ended),
  readings,
})
const totals = (meters: Read[], year: number) => yearOf(usesOf(meters, endOf(year)), year).months.map((use) => use && use.consumption)

test('an interval within a month is that month’s alone, and a month without data is unknown, not zero', () => {
  const meter = read('2026-01-01', 100, [reading('2026-02-01', 131), reading('2026-03-01', 131)])
  assert.deepEqual(totals([meter], 2026), [31_000, 0, ...Array(10).fill(null)])
})

test('an interval over several months is spread by days, and its thousandths add up', () => {
  const parts = spread({ from: date('2026-01-31'), to: date('2026-03-02'), consumption: quantity(1_000) })
  assert.deepEqual(parts, [
    { month: '2026-01', days: 1, consumption: 34 },
    { month: '2026-02', days: 28, consumption: 933 },
    { month: '2026-03', days: 1, consumption: 33 },
  ])
})

test('a month of which only some days are known is known in part', () => {
  const uses = usesOf([read('2026-01-10', 0, [reading('2026-02-15', 36)])], endOf(2026))
  assert.deepEqual(uses.get(month('2026-01')), { consumption: 22_000, days: 22, of: 22 })
  assert.deepEqual(uses.get(month('2026-02')), { consumption: 14_000, days: 14, of: 28 })
  assert.deepEqual([...uses.values()].map(isWhole), [true, false])
})

test('consumption goes on through a roll-over and over a replacement', () => {
  const old = read('2025-11-01', 9_990, [reading('2026-01-01', 4, 10_000), reading('2026-01-16', 19)], '2026-01-16')
  const fresh = read('2026-01-16', 0, [reading('2026-02-01', 16)])
  assert.deepEqual(totals([old, fresh], 2026).slice(0, 2), [31_000, null])
  assert.equal(yearOf(usesOf([old, fresh], endOf(2026)), 2025).total, 14_000)
  assert.ok(isWhole(usesOf([old, fresh], endOf(2026)).get(month('2026-01'))!))
})

test('between an old meter without a final value and the new one the days are not known', () => {
  const old = read('2026-01-01', 0, [reading('2026-01-11', 10)], '2026-01-21')
  const fresh = read('2026-01-21', 0, [reading('2026-02-01', 11)])
  assert.deepEqual(usesOf([old, fresh], endOf(2026)).get(month('2026-01')), { consumption: 21_000, days: 21, of: 31 })
})

test('a year is held against the one before by the months that are whole in both', () => {
  const meter = read('2025-01-01', 0, [reading('2025-02-01', 10), reading('2025-03-01', 30), reading('2026-01-01', 90), reading('2026-02-01', 105), reading('2026-02-10', 200)])
  const { now, before, same } = against(usesOf([meter], endOf(2026)), 2026)
  assert.deepEqual([now.total, before.total], [110_000, 90_000])
  assert.deepEqual(same, { months: 1, now: 15_000, before: 10_000 })
})

test('a meter tells of the years from its installation to its last reading, and of this year there is always something to say', () => {
  const meter = (installedOn: string, lastReadOn: string | null) => ({ installedOn: date(installedOn), lastReadOn: lastReadOn === null ? null : date(lastReadOn) })
  assert.deepEqual(yearsOf([meter('2023-05-01', '2025-02-01')], date('2027-01-05')), [2027, 2025, 2024, 2023])
  assert.deepEqual(yearsOf([meter('2025-01-01', '2026-01-01'), meter('2020-01-01', null)], date('2026-01-05')), [2026, 2025])
  assert.deepEqual(yearsOf([meter('2024-01-01', '2024-01-01')], date('2026-01-05')), [2026, 2024])
})

test('without any reading there is nothing: no year has a total', () => {
  const uses = usesOf([read('2026-01-01', 5, [])], endOf(2026))
  assert.deepEqual([uses.size, yearOf(uses, 2026).total, against(uses, 2026).same], [0, null, null])
})

test('a meter stands for the ones it replaced', () => {
  const base = { installedOn: date('2026-01-01'), status: 'INACTIVE' as const, lastReadOn: null }
  const all = [
    { ...base, id: 1, replacesId: null },
    { ...base, id: 2, replacesId: 1, installedOn: date('2026-03-01') },
    { ...base, id: 3, replacesId: null, status: 'ACTIVE' as const },
  ]
  assert.deepEqual(standing(all).map((meter) => chainOf(meter, all).map(({ id }) => id)), [[1, 2], [3]])
  assert.deepEqual(all.map((meter) => endedOn(meter, all)), ['2026-03-01', '2026-03-01', null])
})

type Step = { days: number; thousandths: number; rolled: number }
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ days: fc.integer({ min: 1, max: 500 }), thousandths: fc.oneof(fc.nat(5), fc.nat(90_000_000), fc.nat(900_000_000_000)), rolled: fc.constantFrom(0, 0, 1_000_000_000_000) }),
  { maxLength: 20 },
)

/** A meter from a day on; `rolled`: the counter began anew. */
function meterOf(installedOn: PlainDate, all: Step[]): Read {
  let [readOn, value] = [installedOn, 2_000_000_000_000]
  const readings = all.map(({ days, thousandths, rolled }) => {
    readOn = addDays(readOn, days)
    value += thousandths - rolled
    return { readOn, value: quantity(value), rolledOver: quantity(rolled) }
  })
  return { installedOn, initial: quantity(2_000_000_000_000), endedOn: null, readings }
}

test('the months add up to the consumptions exactly, over any readings, roll-overs and replacements', () => {
  const start = fc.integer({ min: 0, max: 3000 }).map((days) => addDays(date('2020-01-01'), days))
  fc.assert(
    fc.property(start, steps, steps, fc.nat(60), (from, first, second, gap) => {
      const old = meterOf(from, first)
      const fresh = meterOf(addDays(old.readings.at(-1)?.readOn ?? from, gap), second)
      const chain = [{ ...old, endedOn: fresh.installedOn }, fresh]
      const uses = usesOf(chain, addDays(fresh.readings.at(-1)?.readOn ?? fresh.installedOn, 1))
      const expected = sum(chain.flatMap(({ initial, readings }) => consumptions(initial, readings).map(({ consumption }) => consumption)))
      assert.equal(sum([...uses.values()].map(({ consumption }) => consumption)), expected)
      const days = chain.reduce((total, { installedOn, readings }) => total + daysBetween(installedOn, readings.at(-1)?.readOn ?? installedOn), 0)
      assert.equal([...uses.values()].reduce((total, use) => total + use.days, 0), days)
      assert.ok([...uses].every(([month, use]) => use.consumption >= 0 && use.days <= use.of && use.of <= daysIn(month)))
      const years = new Set([...uses.keys()].map((known) => Number(known.slice(0, 4))))
      const told = chain.map(({ installedOn, readings }) => ({ installedOn, lastReadOn: readings.at(-1)?.readOn ?? null }))
      assert.ok([...years].every((year) => yearsOf(told, date('2020-01-01')).includes(year)))
      assert.equal(sum([...years].map((year) => yearOf(uses, year).total!)), expected)
      assert.ok([...uses.keys()].every((known) => monthsOf(Number(known.slice(0, 4))).includes(known)))
    }),
    { numRuns: 500 },
  )
})

test('each part of an interval is its share by days, to the thousandth', () => {
  fc.assert(
    fc.property(fc.nat(4000), fc.integer({ min: 1, max: 800 }), fc.nat(999_999_999), (start, days, consumption) => {
      const from = addDays(date('2020-01-01'), start)
      const parts = spread({ from, to: addDays(from, days), consumption: quantity(consumption) })
      assert.ok(parts.every((part) => Math.abs(part.consumption - (consumption * part.days) / days) < 1))
    }),
  )
})
