import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, daysBetween, type PlainDate } from '../kernel/date.ts'
import { quantity, zero } from '../kernel/quantity.ts'
import { balanceOf, lastPeriod, periodUse } from './balance.ts'
import type { Read } from './consumption.ts'

const date = (text: string) => text as PlainDate
const read = (installedOn: string, readings: [string, number][], ended: string | null = null): Read => ({
  installedOn: date(installedOn),
  initial: zero,
  endedOn: ended === null ? null : date(ended),
  readings: readings.map(([readOn, units]) => ({ readOn: date(readOn), value: quantity(units * 1000), rolledOver: zero })),
})
const october = { from: date('2026-10-01'), to: date('2026-11-01') }
const house = [read('2026-01-01', [['2026-10-01', 500], ['2026-11-01', 540]])]
const flat = (meter: string, ...readings: [string, number][]) => ({ meter, chain: [read('2026-01-01', readings)] })

test('the house less its flats is the difference, exact where all were read at the ends of the period', () => {
  const balance = balanceOf([house], [flat('1', ['2026-10-01', 90], ['2026-11-01', 110]), flat('2', ['2026-09-29', 80], ['2026-11-03', 97.5])], october)
  assert.deepEqual([balance.house, balance.flats, balance.difference, balance.isWhole], [40_000, 37_500, 2_500, true])
})

test('the difference may be negative', () => {
  assert.equal(balanceOf([house], [flat('1', ['2026-10-01', 90], ['2026-11-01', 130.5])], october).difference, -500)
})

test('a flat read more than three days from the ends is late: what is known of it is spread by days', () => {
  const { uses, flats, isWhole } = balanceOf([house], [flat('1', ['2026-09-11', 0], ['2026-10-11', 30])], october)
  assert.deepEqual(uses[0]!.use, { state: 'estimated', consumption: 10_000, days: 10, from: '2026-09-11', to: '2026-10-11' })
  assert.deepEqual([flats, isWhole], [10_000, false])
  assert.equal(periodUse([read('2026-01-01', [['2026-09-27', 0], ['2026-11-01', 35]])], october).state, 'estimated')
  assert.equal(periodUse([read('2026-01-01', [['2026-09-28', 0], ['2026-11-01', 35]])], october).state, 'measured')
})

test('a flat without a reading in the period is missing, and one that was not there yet does not count', () => {
  const later = { meter: '3', chain: [read('2026-11-05', [['2026-11-20', 4]])] }
  const gone = { meter: '4', chain: [read('2026-01-01', [['2026-09-01', 4]], '2026-09-01')] }
  const { uses, flats } = balanceOf([house], [flat('1', ['2026-09-01', 30]), flat('2'), later, gone], october)
  assert.deepEqual(uses, [{ meter: '1', use: { state: 'missing' } }, { meter: '2', use: { state: 'missing' } }])
  assert.equal(flats, 0)
})

test('a meter replaced within the period goes on; without the old one’s final value it is known in part', () => {
  const fresh = read('2026-10-15', [['2026-11-01', 7]])
  const whole = [read('2026-01-01', [['2026-10-01', 10], ['2026-10-15', 15]], '2026-10-15'), fresh]
  assert.deepEqual(periodUse(whole, october), { state: 'measured', consumption: 12_000, days: 31, from: '2026-10-01', to: '2026-11-01' })
  const part = [read('2026-01-01', [['2026-10-01', 10]], '2026-10-15'), fresh]
  assert.deepEqual(periodUse(part, october), { state: 'estimated', consumption: 7_000, days: 17, from: '2026-10-15', to: '2026-11-01' })
})

test('where the house’s own meter is not known there is no difference', () => {
  const balance = balanceOf([[read('2026-01-01', [])]], [flat('1', ['2026-10-01', 90], ['2026-11-01', 110])], october)
  assert.deepEqual([balance.house, balance.difference, balance.flats], [null, null, 20_000])
})

test('the period is by default the last one between two readings of the house', () => {
  assert.deepEqual(lastPeriod([house, [read('2026-01-01', [['2026-06-01', 3]])]]), october)
  assert.equal(lastPeriod([[read('2026-01-01', [])]]), undefined)
})

test('no period counts more days than it has nor more than was measured, and the whole time counts all', () => {
  const step = fc.record({ days: fc.integer({ min: 1, max: 90 }), used: fc.nat(50_000_000) })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), fc.nat(300), fc.integer({ min: 1, max: 300 }), (steps, after, length) => {
      const start = date('2025-01-01')
      let [day, value] = [start, 0]
      const readings = steps.map(({ days, used }) => ({ readOn: (day = addDays(day, days)), value: quantity((value += used)), rolledOver: zero }))
      const chain = [{ installedOn: start, initial: zero, endedOn: null, readings }]
      assert.deepEqual(periodUse(chain, { from: start, to: day }), { state: 'measured', consumption: value, days: daysBetween(start, day), from: start, to: day })
      const from = addDays(start, after)
      const use = periodUse(chain, { from, to: addDays(from, length) })
      if (use.state === 'missing') return assert.ok(from >= day)
      assert.ok(use.consumption <= value && use.days <= length + (use.state === 'measured' ? 6 : 0))
    }),
  )
})
