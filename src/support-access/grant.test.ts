import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clockWords, isOpen, secondsLeft } from './grant.ts'

const openedAt = new Date('2026-11-23T07:00:00Z')
const after = (seconds: number) => new Date(openedAt.getTime() + seconds * 1000)
const whole = 72 * 3600

test('it is open for 72 hours to the second, and closed from the second when its person closes it', () => {
  const grant = { openedAt, closedAt: null }
  const shown = [-1, 0, 1, whole - 1, whole, whole + 1].map((at) => isOpen(grant, after(at)))
  assert.deepEqual(shown, [false, true, true, true, false, false])
  const closed = { openedAt, closedAt: after(100) }
  assert.deepEqual([99, 100, 101].map((at) => isOpen(closed, after(at))), [true, false, false])
})

test('the time that is left runs from 72:00:00 to 00:00:00, a second at a time, also while clocks change', () => {
  const summer = new Date('2026-10-24T12:00:00Z')
  assert.deepEqual([0, 1, 3600, whole - 1, whole].map((at) => clockWords(secondsLeft({ openedAt: summer, closedAt: null }, new Date(summer.getTime() + at * 1000)))), ['72:00:00', '71:59:59', '71:00:00', '00:00:01', '00:00:00'])
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole }), (at) => {
      const [hours, minutes, seconds] = clockWords(secondsLeft({ openedAt, closedAt: null }, after(at))).split(':').map(Number)
      assert.equal(hours! * 3600 + minutes! * 60 + seconds!, whole - at)
    }),
  )
})
