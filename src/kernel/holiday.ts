// Working days in Latvia: Monday to Friday without the public holidays of the law on holidays, commemoration days and celebrations.
import { addDays, type PlainDate } from './date.ts'

const fixed = new Set(['01-01', '05-01', '05-04', '06-23', '06-24', '11-18', '12-24', '12-25', '12-26', '12-31'])
/** Of these the law gives the next Monday off where they fall on a weekend. */
const moving = ['05-04', '11-18']
/** The closing day of the Song and Dance Celebration moves too; it and single days off are declared by the Saeima for their year alone. */
const declared = new Set(['2018-07-09', '2018-09-24', '2023-05-29', '2023-07-10'])

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (date: PlainDate): number => Temporal.PlainDate.from(date).dayOfWeek

/** Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher. */
export function easter(year: number): PlainDate {
  const [moon, century, rest] = [year % 19, Math.floor(year / 100), year % 100]
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * moon + century - Math.floor(century / 4) - correction + 15) % 30
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7
  const late = Math.floor((moon + 11 * epact + 22 * toSunday) / 451)
  const days = epact + toSunday - 7 * late + 114
  return Temporal.PlainDate.from({ year, month: Math.floor(days / 31), day: (days % 31) + 1 }).toString() as PlainDate
}

/** Whether a holiday of the weekend before is kept on this Monday. */
const isMovedTo = (date: PlainDate): boolean =>
  weekdayOf(date) === 1 && moving.some((day) => [-1, -2].some((back) => addDays(date, back).slice(5) === day))

/** Whether offices are closed by law on a day that may be one of the week. Holidays that always are Sundays are not asked about. */
export function isHoliday(date: PlainDate): boolean {
  const sunday = easter(Number(date.slice(0, 4)))
  return fixed.has(date.slice(5)) || declared.has(date) || date === addDays(sunday, -2) || date === addDays(sunday, 1) || isMovedTo(date)
}

/**
 * Whether it is a working day for everyone. The Cabinet's swaps of a Friday or Monday for a Saturday bind state institutions only,
 * and so neither make nor unmake one here.
 */
export const isWorkingDay = (date: PlainDate): boolean => weekdayOf(date) < 6 && !isHoliday(date)

/** The so-many-eth working day after a day, which itself does not count. `count` is at least 1. */
export function addWorkingDays(start: PlainDate, count: number): PlainDate {
  let day = start
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    if (isWorkingDay(day)) left--
  }
  return day
}
