import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, addMonths, type PlainDate } from '../kernel/date.ts'
import { minusReminder, plusPeriod } from '../kernel/period.ts'
import { reminderDue, scheduled, type InspectionType, type TypeSetting } from './inspection-type.ts'
import { plannedReminders } from './plan.ts'

const date = (text: string) => text as PlainDate
const today = date('2026-11-23')

const yearly: TypeSetting = {
  type: 'FIRE_SAFETY',
  label: '',
  firstOn: date('2027-03-31'),
  period: { value: 1, unit: 'YEAR' },
  reminder: { value: 1, unit: 'MONTH' },
}

const typeOf = (setting: TypeSetting, last: PlainDate | null = null, lastNotifiedOn: PlainDate | null = null): InspectionType => ({
  ...setting,
  caseId: 1,
  id: 1,
  ...scheduled(setting, last),
  lastNotifiedOn,
})

const planOf = (type: InspectionType) => plannedReminders([type], today).map(({ on, nextOn, ifDoneOn, isDue }) => ({ on, nextOn, ifDoneOn, isDue }))

test('a yearly inspection is reminded of once in a year, a month before', () => {
  assert.deepEqual(planOf(typeOf(yearly)), [{ on: '2027-02-28', nextOn: '2027-03-31', ifDoneOn: null, isDue: false }])
})

test('later reminders suppose that each inspection is done on its planned date', () => {
  const every = { period: { value: 3, unit: 'MONTH' }, reminder: { value: 10, unit: 'DAY' } } as const
  const quarterly = typeOf({ ...yearly, firstOn: date('2026-12-31'), ...every })
  assert.deepEqual(planOf(quarterly), [
    { on: '2026-12-21', nextOn: '2026-12-31', ifDoneOn: null, isDue: false },
    { on: '2027-03-21', nextOn: '2027-03-31', ifDoneOn: '2026-12-31', isDue: false },
    { on: '2027-06-20', nextOn: '2027-06-30', ifDoneOn: '2027-03-31', isDue: false },
    { on: '2027-09-20', nextOn: '2027-09-30', ifDoneOn: '2027-06-30', isDue: false },
  ])
})

test('a reminder whose day has passed unsent goes with the next sweep', () => {
  const late = typeOf({ ...yearly, firstOn: date('2026-12-01') })
  assert.deepEqual(planOf(late)[0], { on: '2026-11-23', nextOn: '2026-12-01', ifDoneOn: null, isDue: true })
})

test('what was told in this cycle is not told again, but the cycle after is', () => {
  const told = typeOf({ ...yearly, firstOn: date('2026-12-01') }, null, date('2026-11-01'))
  assert.deepEqual(planOf(told), [{ on: '2027-11-01', nextOn: '2027-12-01', ifDoneOn: '2026-12-01', isDue: false }])
})

test('an overdue inspection is supposed to be done today', () => {
  const overdue = typeOf({ ...yearly, period: { value: 6, unit: 'MONTH' } }, date('2026-01-10'), date('2026-06-10'))
  assert.deepEqual(planOf(overdue), [
    { on: '2027-04-23', nextOn: '2027-05-23', ifDoneOn: '2026-11-23', isDue: false },
    { on: '2027-10-23', nextOn: '2027-11-23', ifDoneOn: '2027-05-23', isDue: false },
  ])
})

test('without a reminder period nothing is planned', () => {
  assert.deepEqual(planOf(typeOf({ ...yearly, reminder: null })), [])
})

test('an explicit zero is reminded of on the day itself', () => {
  const onTheDay = typeOf({ ...yearly, reminder: { value: 0, unit: 'DAY' } })
  assert.deepEqual(planOf(onTheDay)[0], { on: '2027-03-31', nextOn: '2027-03-31', ifDoneOn: null, isDue: false })
})

test('a reminder that would fall before the inspection it follows is sent the morning after it', () => {
  const monthly = typeOf({ ...yearly, firstOn: date('2026-12-31'), period: { value: 1, unit: 'MONTH' }, reminder: { value: 30, unit: 'DAY' } })
  assert.deepEqual(planOf(monthly).slice(0, 3).map(({ on, nextOn }) => [on, nextOn]), [
    ['2026-12-01', '2026-12-31'],
    ['2027-01-01', '2027-01-31'],
    ['2027-02-01', '2027-02-28'],
  ])
})

/** What mornings would really bring: each day the rule of the sweep, then the inspection if it is planned or overdue. */
function lived(start: InspectionType): { on: PlainDate; nextOn: PlainDate }[] {
  const told: { on: PlainDate; nextOn: PlainDate }[] = []
  let type = start
  for (let day = today; day <= addMonths(today, 12); day = addDays(day, 1)) {
    if (reminderDue(type, day)) {
      told.push({ on: day, nextOn: type.nextOn })
      type = { ...type, lastNotifiedOn: day }
    }
    if (type.nextOn <= day) type = { ...type, ...scheduled(type, day) }
  }
  return told
}

const near = fc.integer({ min: -400, max: 500 }).map((days) => addDays(today, days))
const length = <U extends string>(min: number, max: number, unit: U) => fc.record({ value: fc.integer({ min, max }), unit: fc.constant(unit) })
const setting = fc
  .record({
    firstOn: near,
    period: fc.oneof(length(1, 30, 'MONTH'), length(1, 3, 'YEAR')),
    reminder: fc.option(fc.oneof(length(0, 100, 'DAY'), length(0, 6, 'MONTH'))),
  })
  .map((dates): TypeSetting => ({ type: 'FIRE_SAFETY', label: '', ...dates }))
  .filter(({ firstOn, period, reminder }) => reminder === null || minusReminder(firstOn, reminder) > plusPeriod(firstOn, period, -1))

test('the plan is what mornings bring when every inspection is done on its planned date', () => {
  const past = near.filter((day) => day <= today)
  fc.assert(
    fc.property(setting, fc.option(past), fc.option(past), (given, last, lastNotifiedOn) => {
      const type = typeOf(given, last, lastNotifiedOn)
      assert.deepEqual(plannedReminders([type], today).map(({ on, nextOn }) => ({ on, nextOn })), lived(type))
    }),
    { numRuns: 300 },
  )
})
