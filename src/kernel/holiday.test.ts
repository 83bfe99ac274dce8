import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, type PlainDate } from './date.ts'
import { addWorkingDays, easter, isHoliday, isWorkingDay, weekdayOf } from './holiday.ts'

const day = (text: string) => text as PlainDate

/** The days from Monday to Friday of a year on which offices are closed. */
const closedIn = (year: number): string[] => {
  const closed: string[] = []
  for (let date = day(`${year}-01-01`); date.startsWith(String(year)); date = addDays(date, 1))
    if (weekdayOf(date) < 6 && isHoliday(date)) closed.push(date.slice(5))
  return closed
}

test('Easter falls as the church tables print it', () => {
  for (const sunday of ['1818-03-22', '1943-04-25', '1961-04-02', '2000-04-23', '2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2038-04-25', '2049-04-18'])
    assert.equal(easter(Number(sunday.slice(0, 4))), sunday)
})

test('the public holidays of a year are those of the printed calendar', () => {
  assert.deepEqual(closedIn(2026), ['01-01', '04-03', '04-06', '05-01', '05-04', '06-23', '06-24', '11-18', '12-24', '12-25', '12-31'])
  assert.deepEqual(closedIn(2027), ['01-01', '03-26', '03-29', '05-04', '06-23', '06-24', '11-18', '12-24', '12-31'])
})

test('4 May and 18 November on a weekend are kept on the Monday after; other holidays are not', () => {
  assert.deepEqual(closedIn(2024).filter((date) => /^(05|06|11)/.test(date)), ['05-01', '05-06', '06-24', '11-18'])
  assert.deepEqual(closedIn(2025).filter((date) => /^(05|06|11)/.test(date)), ['05-01', '05-05', '06-23', '06-24', '11-18'])
  assert.deepEqual(closedIn(2028).filter((date) => /^(05|06|11)/.test(date)), ['05-01', '05-04', '06-23', '11-20'])
  assert.deepEqual(closedIn(2029).filter((date) => date.startsWith('11')), ['11-19'])
})

test('days off that were declared once are kept in their year alone', () => {
  for (const date of ['2018-07-09', '2018-09-24', '2023-05-29', '2023-07-10']) assert.equal(isWorkingDay(day(date)), false)
  assert.equal(isWorkingDay(day('2024-09-24')), true)
})

test('working days are counted over weekends and holidays, and the first day does not count', () => {
  assert.equal(addWorkingDays(day('2026-11-23'), 1), '2026-11-24')
  assert.equal(addWorkingDays(day('2026-11-27'), 1), '2026-11-30')
  assert.equal(addWorkingDays(day('2026-12-23'), 1), '2026-12-28')
  assert.equal(addWorkingDays(day('2026-12-30'), 3), '2027-01-06')
})
