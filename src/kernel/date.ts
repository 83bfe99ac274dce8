// Civil dates: plain `YYYY-MM-DD` strings that compare with `<`, and the calendar arithmetic of A-21.
import { refuse } from './refusal.ts'

export type PlainDate = string & { readonly __plainDate: unique symbol }

const zone = 'Europe/Riga'
const from = (date: PlainDate) => Temporal.PlainDate.from(date)
const back = (date: Temporal.PlainDate) => date.toString() as PlainDate

/** Whether the text is a real calendar date written `YYYY-MM-DD`, in the years 1800 to 2199. */
export function isDate(text: string): text is PlainDate {
  if (!/^(1[89]|2[01])\d\d-\d\d-\d\d$/.test(text)) return false
  try {
    Temporal.PlainDate.from(text)
    return true
  } catch {
    return false
  }
}

/** The date that the text writes; refuses anything else. */
export function date(text: string): PlainDate {
  if (isDate(text)) return text
  return refuse.field('date', 'date-format')
}

let lastAsked: { minute: number; date: PlainDate } | undefined

/** The civil date in Europe/Riga at an instant. Every request asks it of the same minute, and no day begins within one. */
export function dateAt(instant: Date): PlainDate {
  const minute = Math.floor(instant.getTime() / 60_000)
  if (lastAsked?.minute !== minute)
    lastAsked = { minute, date: back(Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(zone).toPlainDate()) }
  return lastAsked.date
}

/** The hour of the day in Europe/Riga at an instant, 0 to 23. */
export const hourAt = (instant: Date): number =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).hour

/**
 * The instant when clocks in Europe/Riga show a time, `HH:MM`, on a day. A time that comes twice that night is its `first` or
 * its `last`; one that is left out is the same time after the clocks went on.
 */
export const momentAt = (day: PlainDate, time: string, which: 'first' | 'last'): Date =>
  new Date(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone, { disambiguation: which === 'first' ? 'compatible' : 'later' }).epochMilliseconds)

/** From Monday, 1, to Sunday, 7. */
export const isoWeekday = (day: PlainDate): number => from(day).dayOfWeek

export const addDays = (start: PlainDate, days: number): PlainDate => back(from(start).add({ days }))

/** Adds calendar months, clamped to the end of the month; never chain it, count from the anchor. */
export const addMonths = (start: PlainDate, months: number): PlainDate => back(from(start).add({ months }))

/** Whole days from one date to another; negative when `end` is earlier. By the epoch: an import asks it a million times. */
export const daysBetween = (start: PlainDate, end: PlainDate): number => (Date.parse(end) - Date.parse(start)) / 86_400_000

export const max = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b)
