import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dateAt, momentAt, type PlainDate } from '../kernel/date.ts'
import { isWorkingDay } from '../kernel/holiday.ts'
import { afterWorking, minutesWorked, type Hours } from './working-time.ts'

const hours = { from: '08:30', to: '17:00' }
const at = (text: string) => new Date(text)

test('a report of Friday afternoon is due on Monday, over a holiday on the day after it', () => {
  assert.equal(afterWorking(at('2026-11-20T14:00:00Z'), 4 * 60, hours).toISOString(), '2026-11-23T09:30:00.000Z')
  // 18 November is a holiday, and reports are told at night too.
  assert.equal(afterWorking(at('2026-11-17T20:00:00Z'), 60, hours).toISOString(), '2026-11-19T07:30:00.000Z')
  assert.equal(afterWorking(at('2026-11-17T14:00:00Z'), 60, hours).toISOString(), '2026-11-17T15:00:00.000Z', 'just at the closing hour')
  assert.equal(afterWorking(at('2026-12-23T13:00:00Z'), 3 * 60, hours).toISOString(), '2026-12-28T07:30:00.000Z')
})

const instant = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z') / 60_000, max: Date.parse('2027-06-01T00:00:00Z') / 60_000 }).map((minutes) => new Date(minutes * 60_000))
const someHours: fc.Arbitrary<Hours> = fc.tuple(fc.integer({ min: 5, max: 12 }), fc.constantFrom('00', '30'), fc.integer({ min: 13, max: 22 })).map(([from, half, to]) => ({ from: `${String(from).padStart(2, '0')}:${half}`, to: `${to}:00` }))

const isWorked = (moment: Date, { from, to }: Hours) => {
  const day = dateAt(moment) as PlainDate
  return isWorkingDay(day) && moment >= momentAt(day, from, 'first') && moment < momentAt(day, to, 'last')
}

test('just so many minutes are worked until a report is due, however one counts, and it is due within working hours', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 600 }), someHours, (start, minutes, own) => {
      const due = afterWorking(start, minutes, own)
      let counted = 0
      for (let moment = start; moment < due; moment = new Date(moment.getTime() + 60_000)) if (isWorked(moment, own)) counted++
      assert.equal(counted, minutes)
      assert.equal(minutesWorked(start, due, own), minutes)
      assert.ok(isWorked(new Date(due.getTime() - 1), own))
    }),
    { numRuns: 60 },
  )
})

test('what is worked in parts is worked in all', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 5000 }), someHours, (start, one, other, own) => {
      assert.equal(+afterWorking(afterWorking(start, one, own), other, own), +afterWorking(start, one + other, own))
    }),
  )
})
