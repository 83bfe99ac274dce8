import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dateAt, type PlainDate } from '../kernel/date.ts'
import { isSweepDue } from './schedule.ts'

const at = (instant: string) => new Date(instant)
const on = (day: string) => day as PlainDate

test('the sweep is due from its hour in Riga on, in winter and in summer', () => {
  assert.equal(isSweepDue(at('2026-11-23T03:59:59Z'), on('2026-11-22'), 6), false)
  assert.equal(isSweepDue(at('2026-11-23T04:00:00Z'), on('2026-11-22'), 6), true)
  assert.equal(isSweepDue(at('2026-07-23T02:59:59Z'), on('2026-07-22'), 6), false)
  assert.equal(isSweepDue(at('2026-07-23T03:00:00Z'), on('2026-07-22'), 6), true)
})

test('a morning that was swept is not swept again', () => {
  assert.equal(isSweepDue(at('2026-11-23T04:00:00Z'), on('2026-11-23'), 6), false)
  assert.equal(isSweepDue(at('2026-11-23T21:59:59Z'), on('2026-11-23'), 6), false)
})

test('a program that never swept, or not for a week, sweeps as soon as it is up after the hour', () => {
  assert.equal(isSweepDue(at('2026-11-23T20:00:00Z'), undefined, 6), true)
  assert.equal(isSweepDue(at('2026-11-23T20:00:00Z'), on('2026-11-16'), 6), true)
  assert.equal(isSweepDue(at('2026-11-23T00:00:00Z'), on('2026-11-16'), 6), false)
})

test('a clock that goes back brings no second sweep of a morning', () => {
  assert.equal(isSweepDue(at('2026-11-22T10:00:00Z'), on('2026-11-23'), 6), false)
})

test('an hour that the clock leaves out in spring is made up in the next', () => {
  assert.equal(isSweepDue(at('2026-03-29T00:59:59Z'), on('2026-03-28'), 3), false)
  assert.equal(isSweepDue(at('2026-03-29T01:00:00Z'), on('2026-03-28'), 3), true)
})

test('an hour that the clock shows twice in autumn brings one sweep', () => {
  const first = at('2026-10-25T00:10:00Z')
  const second = at('2026-10-25T01:10:00Z')
  assert.equal(isSweepDue(first, on('2026-10-24'), 3), true)
  assert.equal(isSweepDue(second, on('2026-10-25'), 3), false)
})

test('ticking through any days of the year, at any hour, sweeps each of them once', () => {
  const start = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-01T00:00:00Z'), noInvalidDate: true })
  fc.assert(
    fc.property(start, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 50 }), (from, hour, minutes) => {
      const swept: PlainDate[] = []
      const end = from.getTime() + 4 * 86_400_000
      for (let time = from.getTime(); time < end; time += minutes * 60_000)
        if (isSweepDue(new Date(time), swept.at(-1), hour)) swept.push(dateAt(new Date(time)))
      assert.equal(new Set(swept).size, swept.length)
      assert.ok(swept.length >= 4 - (hour === 23 ? 1 : 0))
    }),
    { numRuns: 200 },
  )
})
