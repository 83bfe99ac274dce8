import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Parties } from '../buildings/building.ts'
import type { PlainDate } from '../kernel/date.ts'
import { parsePeriod, parseReminder } from '../kernel/period.ts'
import type { Party } from '../people/actor.ts'
import { counts, lastPerformedOn, type Inspection } from './inspection.ts'
import { recipientsOf, reminderDue, sameName, scheduled, statusOf, type TypeSetting } from './inspection-type.ts'

const date = (text: string) => text as PlainDate
const on = (text: string | null) => (text === null ? null : date(text))

const setting = (firstOn: string, every: string, remindBefore: string): TypeSetting => ({
  type: 'FIRE_SAFETY',
  label: '',
  firstOn: date(firstOn),
  period: parsePeriod(every)!,
  reminder: parseReminder(remindBefore) ?? null,
})

/** What the rule says on a day of a type, its last inspection and the day of its last notice. */
function told(type: TypeSetting, { last = null, notified = null, today }: { last?: string | null; notified?: string | null; today: string }) {
  const dates = scheduled(type, on(last))
  return { nextOn: dates.nextOn, remindOn: dates.remindOn, isDue: reminderDue({ ...dates, lastNotifiedOn: on(notified) }, date(today)) }
}

const halfYear = setting('2026-08-31', 'P6M', 'P1M')

// The examples of DOMAIN 13.2, in its order.

test('nothing is due the day before the reminder', () => {
  assert.deepEqual(told(halfYear, { today: '2026-07-30' }), { nextOn: '2026-08-31', remindOn: '2026-07-31', isDue: false })
})

test('a notice is due on the day of the reminder', () => {
  assert.equal(told(halfYear, { today: '2026-07-31' }).isDue, true)
})

test('a notice made on the day of the reminder is not repeated the day after, or ever', () => {
  for (const today of ['2026-08-01', '2026-08-31', '2027-08-31']) assert.equal(told(halfYear, { notified: '2026-07-31', today }).isDue, false)
})

test('an inspection on the last day of August is next due on the last day of February', () => {
  const dates = { nextOn: '2027-02-28', remindOn: '2027-01-28' }
  assert.deepEqual(told(halfYear, { last: '2026-08-31', notified: '2026-07-31', today: '2027-01-27' }), { ...dates, isDue: false })
  assert.deepEqual(told(halfYear, { last: '2026-08-31', notified: '2026-07-31', today: '2027-01-28' }), { ...dates, isDue: true })
})

test('a month before the last day of March is the last day of February', () => {
  assert.deepEqual(told(setting('2026-03-31', 'P1Y', 'P1M'), { today: '2026-02-28' }), { nextOn: '2026-03-31', remindOn: '2026-02-28', isDue: true })
  assert.equal(told(setting('2028-03-31', 'P1Y', 'P1M'), { today: '2028-02-28' }).remindOn, '2028-02-29')
})

test('a year after a leap day is the last day of February, and days before it are plain days', () => {
  const dates = told(setting('2027-01-01', 'P1Y', 'P10D'), { last: '2028-02-29', today: '2028-03-01' })
  assert.deepEqual(dates, { nextOn: '2029-02-28', remindOn: '2029-02-18', isDue: false })
  assert.equal(told(setting('2027-01-01', 'P4Y', 'P10D'), { last: '2028-02-29', today: '2028-03-01' }).nextOn, '2032-02-29')
})

test('without a reminder nothing is ever due, and the status still is told', () => {
  const type = setting('2026-08-31', 'P6M', '')
  for (const today of ['2026-08-31', '2026-09-01', '2036-09-01']) assert.equal(told(type, { today }).isDue, false)
  const dates = scheduled(type, null)
  assert.deepEqual(['2026-07-31', '2026-08-01', '2026-08-31', '2026-09-01'].map((today) => statusOf(dates, date(today))), ['ahead', 'soon', 'soon', 'overdue'])
})

test('a reminder made earlier after its notice is not made again', () => {
  assert.equal(told(setting('2026-08-31', 'P6M', 'P10D'), { today: '2026-08-21' }).isDue, true)
  for (const today of ['2026-08-21', '2026-08-31', '2026-12-31'])
    assert.equal(told(setting('2026-08-31', 'P6M', 'P30D'), { notified: '2026-08-21', today }).isDue, false)
})

test('a reminder made later after its notice is made again on the later day', () => {
  const later = setting('2026-08-31', 'P6M', 'P10D')
  assert.equal(told(later, { notified: '2026-08-01', today: '2026-08-20' }).isDue, false)
  assert.equal(told(later, { notified: '2026-08-01', today: '2026-08-21' }).isDue, true)
})

// What the examples leave open.

test('a reminder of no days is due on the day itself (A-13)', () => {
  assert.deepEqual(told(setting('2026-08-31', 'P6M', 'P0D'), { today: '2026-08-31' }), { nextOn: '2026-08-31', remindOn: '2026-08-31', isDue: true })
})

test('a missed day is made up, and a next date in the past stays as it is (A-16, A-23)', () => {
  assert.deepEqual(told(halfYear, { today: '2027-12-01' }), { nextOn: '2026-08-31', remindOn: '2026-07-31', isDue: true })
})

test('an inspection older than the first date moves the next date all the same (A-15)', () => {
  assert.equal(told(setting('2027-08-31', 'P1Y', 'P1M'), { last: '2020-05-05', today: '2026-11-23' }).nextOn, '2021-05-05')
})

test('occurrences count from the inspection, so that a clamped month does not shorten the next one (A-21)', () => {
  assert.deepEqual(
    ['P1M', 'P2M', 'P3M', 'P1Y'].map((every) => told(setting('2026-01-01', every, ''), { last: '2026-01-31', today: '2026-02-01' }).nextOn),
    ['2026-02-28', '2026-03-31', '2026-04-30', '2027-01-31'],
  )
})

const inspection = (change: Partial<Inspection>): Inspection => ({
  caseId: 1,
  id: 1,
  type: 'FIRE_SAFETY',
  label: '',
  performedOn: date('2026-05-05'),
  periodic: false,
  status: 'registered',
  number: '',
  ...change,
})

test('the last inspection is the latest registered one of that type and label, not after today (A-14)', () => {
  const lift = { type: 'DANGEROUS_EQUIPMENT', label: 'Lifts 1' }
  const done = [
    inspection({ ...lift, performedOn: date('2025-05-05') }),
    inspection({ ...lift, performedOn: date('2026-05-05'), label: ' lifts  1' }),
    inspection({ ...lift, performedOn: date('2026-06-01'), status: 'draft' }),
    inspection({ ...lift, performedOn: date('2026-06-02'), status: 'annulled' }),
    inspection({ ...lift, performedOn: date('2026-06-03'), label: 'Lifts 2' }),
    inspection({ performedOn: date('2026-06-04') }),
    inspection({ ...lift, performedOn: date('2026-11-24') }),
  ]
  assert.equal(lastPerformedOn(lift, done, date('2026-11-23')), '2026-05-05')
  assert.equal(lastPerformedOn(lift, done, date('2026-11-24')), '2026-11-24')
  assert.equal(lastPerformedOn(lift, done.slice(2, 6), date('2026-11-23')), null)
})

test('of technical surveys only the periodic ones count, of other types all (A-14)', () => {
  const survey = { type: 'PERIODIC_TECHNICAL_SURVEY', label: '' }
  const today = date('2026-11-23')
  assert.deepEqual([true, false].map((periodic) => counts(survey, inspection({ ...survey, periodic }), today)), [true, false])
  assert.deepEqual([true, false].map((periodic) => counts({ type: 'FIRE_SAFETY', label: '' }, inspection({ periodic }), today)), [true, true])
})

test('own words are the same however they are written, system types only as they are (A-7, A-29)', () => {
  assert.ok(sameName({ type: 'Skursteņu  tīrīšana', label: 'Ēka A' }, { type: 'skurstenu tirisana ', label: 'eka a' }))
  assert.ok(!sameName({ type: 'Skursteņu tīrīšana', label: 'A' }, { type: 'Skursteņu tīrīšana', label: 'B' }))
  assert.ok(!sameName({ type: 'FIRE_SAFETY', label: '' }, { type: 'fire_safety', label: '' }))
})

const party = (id: number): Party => ({ id, kind: 'person', code: String(32000000000 + id), name: `Persona ${id}` })
const holding = (id: number, premises = '') => ({ party: party(id), right: 'owner' as const, premises, from: date('2020-01-01'), to: null })
const parties: Parties = { holders: [holding(1, 'a'), holding(2, 'b'), holding(1, 'c')], managers: [party(3)], responsible: [party(4), party(5)] }

test('the responsible persons are told; where there is none, the managers; where there is none, each holder once (A-24, A-25)', () => {
  const ids = (of: Parties) => [recipientsOf(of).to, ...recipientsOf(of).recipients.map(({ id }) => id)]
  assert.deepEqual(ids(parties), ['responsible', 4, 5])
  assert.deepEqual(ids({ ...parties, responsible: [] }), ['manager', 3])
  assert.deepEqual(ids({ ...parties, responsible: [], managers: [] }), ['holders', 1, 2])
  assert.deepEqual(ids({ responsible: [], managers: [], holders: [] }), ['holders'])
})
