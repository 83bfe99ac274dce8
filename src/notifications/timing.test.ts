import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { joinsDigest, readyAt, type Timing } from './timing.ts'

const at = (text: string) => new Date(text)
const always: Timing = { quietFrom: null, quietTo: null, digestHour: null }
const night: Timing = { ...always, quietFrom: 22, quietTo: 7 }
const ready = (timing: Timing, instant: string, channel: 'email' | 'push' | 'eaddress' = 'email') => readyAt(timing, channel, 'READING_DUE', at(instant)).toISOString()

test('without quiet hours a notice goes at once', () => {
  assert.equal(ready(always, '2026-11-23T01:00:00Z'), '2026-11-23T01:00:00.000Z')
})

test('in quiet hours it waits for their end, in Riga in winter and in summer', () => {
  assert.equal(ready(night, '2026-11-23T20:00:00Z'), '2026-11-24T05:00:00.000Z', 'at 22 in winter until 7')
  assert.equal(ready(night, '2026-11-23T19:59:00Z'), '2026-11-23T19:59:00.000Z')
  assert.equal(ready(night, '2026-11-23T04:59:00Z'), '2026-11-23T05:00:00.000Z')
  assert.equal(ready(night, '2026-11-23T05:00:00Z'), '2026-11-23T05:00:00.000Z', 'at 7 they are over')
  assert.equal(ready(night, '2026-07-23T20:00:00Z'), '2026-07-24T04:00:00.000Z', 'at 23 in summer until 7')
  assert.equal(ready(night, '2026-10-24T21:00:00Z'), '2026-10-25T05:00:00.000Z', 'the night with 25 hours')
  assert.equal(ready({ ...always, quietFrom: 12, quietTo: 14 }, '2026-11-23T10:30:00Z'), '2026-11-23T12:00:00.000Z', 'at noon')
})

test('quiet hours hold a push up too, an e-address rings nobody', () => {
  assert.equal(ready(night, '2026-11-23T20:00:00Z', 'push'), '2026-11-24T05:00:00.000Z')
  assert.equal(ready(night, '2026-11-23T20:00:00Z', 'eaddress'), '2026-11-23T20:00:00.000Z')
})

test('a digest comes at its hour, and never in quiet hours', () => {
  const digest = { ...always, digestHour: 18 }
  assert.equal(ready(digest, '2026-11-23T07:00:00Z'), '2026-11-23T16:00:00.000Z')
  assert.equal(ready(digest, '2026-11-23T16:00:00Z'), '2026-11-24T16:00:00.000Z', 'what comes at the hour itself waits for the next')
  assert.equal(ready({ ...night, digestHour: 3 }, '2026-11-23T12:00:00Z'), '2026-11-24T05:00:00.000Z')
})

test('the digest takes mails that may be muted; a push and what is mandatory goes at once', () => {
  const digest = { ...always, digestHour: 18 }
  assert.equal(joinsDigest(digest, 'email', 'READING_DUE'), true)
  assert.equal(joinsDigest(digest, 'push', 'READING_DUE'), false)
  assert.equal(joinsDigest(digest, 'email', 'PERMIT_ISSUED'), false)
  assert.equal(joinsDigest(always, 'email', 'READING_DUE'), false)
})

test('whatever is set, a notice is put off by less than three days and never goes in quiet hours', () => {
  const hour = fc.option(fc.integer({ min: 0, max: 23 }), { nil: null })
  const moment = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z'), noInvalidDate: true })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 23 }), hour, moment, (quietFrom, quietTo, digestHour, now) => {
      fc.pre(quietFrom !== quietTo)
      const timing = { quietFrom, quietTo, digestHour }
      const goes = readyAt(timing, 'email', 'READING_DUE', now)
      assert.ok(goes >= now && goes.getTime() - now.getTime() < 72 * 3_600_000)
      assert.equal(readyAt({ ...timing, digestHour: null }, 'email', 'READING_DUE', goes).getTime(), goes.getTime())
    }),
  )
})
