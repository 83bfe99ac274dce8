import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlainDate } from '../kernel/date.ts'
import { shownAt, type Announcement } from './announcement.ts'
import { lastOccurrence, nextOccurrence, occurrencesBetween, type Times } from './times.ts'

const day = (text: string) => text as PlainDate
const times = (changes: Partial<Times> = {}): Times => ({ startsOn: day('2026-06-01'), fromTime: '18:00', endsOn: day('2026-06-30'), toTime: '23:00', weekdays: [2, 4], ...changes })
const shown = (occurrence?: { start: Date; end: Date }) => occurrence && `${occurrence.start.toISOString().slice(0, 16)}/${occurrence.end.toISOString().slice(0, 16)}`
const nextAt = (given: Times, now: string) => shown(nextOccurrence(given, new Date(now)))

test('what repeats happens on its weekdays alone, by the clocks of Riga, from its first day to its last', () => {
  const all = occurrencesBetween(times(), day('2026-01-01'), day('2026-12-31'))
  assert.equal(all.length, 9)
  assert.equal(shown(all[0]), '2026-06-02T15:00/2026-06-02T20:00')
  assert.equal(shown(all.at(-1)), '2026-06-30T15:00/2026-06-30T20:00')
  assert.equal(shown(lastOccurrence(times())), shown(all.at(-1)))
  assert.equal(lastOccurrence(times({ startsOn: day('2026-06-01'), endsOn: day('2026-06-01') })), undefined)
})

test('the next time is the one that goes on until its very end, and after the last there is none', () => {
  assert.equal(nextAt(times(), '2026-06-02T19:59:59Z'), '2026-06-02T15:00/2026-06-02T20:00')
  assert.equal(nextAt(times(), '2026-06-02T20:00:00Z'), '2026-06-04T15:00/2026-06-04T20:00')
  assert.equal(nextAt(times(), '2025-01-01T00:00:00Z'), '2026-06-02T15:00/2026-06-02T20:00')
  assert.equal(nextAt(times(), '2026-06-30T20:00:00Z'), undefined)
  assert.equal(nextAt(times({ weekdays: [7] }), '2026-06-07T20:00:00Z'), '2026-06-14T15:00/2026-06-14T20:00')
})

test('what begins in the evening goes on past midnight, also after its last day', () => {
  const night = times({ fromTime: '22:00', toTime: '02:00', endsOn: day('2026-06-04') })
  assert.equal(nextAt(night, '2026-06-02T22:30:00Z'), '2026-06-02T19:00/2026-06-02T23:00')
  assert.equal(nextAt(night, '2026-06-04T22:59:00Z'), '2026-06-04T19:00/2026-06-04T23:00')
  assert.equal(nextAt(night, '2026-06-04T23:00:00Z'), undefined)
})

test('the same hours on days of 23 and of 25 hours', () => {
  const once = (on: string, fromTime: string, toTime: string) => shown(nextOccurrence(times({ startsOn: day(on), endsOn: day(on), fromTime, toTime, weekdays: [] }), new Date('2026-01-01T00:00:00Z')))
  assert.equal(once('2026-03-28', '01:00', '05:00'), '2026-03-27T23:00/2026-03-28T03:00')
  assert.equal(once('2026-03-29', '01:00', '05:00'), '2026-03-28T23:00/2026-03-29T02:00')
  assert.equal(once('2026-10-25', '01:00', '05:00'), '2026-10-24T22:00/2026-10-25T03:00')
  // 03:30 does not come on the one, and comes twice on the other.
  assert.equal(once('2026-03-29', '03:00', '03:30'), '2026-03-29T01:00/2026-03-29T01:30')
  assert.equal(once('2026-10-25', '03:00', '03:30'), '2026-10-25T00:00/2026-10-25T01:30')
  assert.equal(nextAt(times({ startsOn: day('2026-10-01'), endsOn: day('2026-10-31'), weekdays: [7] }), '2026-10-24T20:00:00Z'), '2026-10-25T16:00/2026-10-25T21:00')
})

test('it shows from its lead, which is of whole hours also over the night when clocks change, to its end', () => {
  const announcement: Announcement = {
    ...times({ startsOn: day('2026-10-25'), endsOn: day('2026-10-25'), fromTime: '20:00', toTime: '22:00', weekdays: [] }),
    ...{ id: 1, category: 'partners', audience: 'everyone', isUrgent: false, title: { lv: 'a', en: 'a' }, text: { lv: 'a', en: 'a' }, leadHours: 24 },
    ...{ overAt: new Date('2026-10-25T20:00:00Z'), publishedAt: new Date('2026-10-01T00:00:00Z'), changedAt: null, cancelledAt: null, revision: 1 },
  }
  const isShown = (now: string, changes: Partial<Announcement> = {}) => shownAt({ ...announcement, ...changes }, new Date(now)) !== undefined
  const instants = ['2026-10-24T17:59:59Z', '2026-10-24T18:00:00Z', '2026-10-25T18:00:00Z', '2026-10-25T19:59:59Z', '2026-10-25T20:00:00Z']
  assert.deepEqual(instants.map((now) => isShown(now)), [false, true, true, true, false])
  assert.deepEqual(instants.map((now) => isShown(now, { leadHours: 0 })), [false, false, true, true, false])
  assert.deepEqual(instants.map((now) => isShown(now, { publishedAt: null })), [false, false, false, false, false])
  assert.deepEqual(instants.map((now) => isShown(now, { cancelledAt: new Date('2026-10-02T00:00:00Z') })), [false, false, false, false, false])
})
