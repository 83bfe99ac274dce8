// When an announced thing happens: once, or on weekdays until a day, by the clocks of Europe/Riga (BAN-1). Pure.
import { addDays, dateAt, daysBetween, isoWeekday, max, momentAt, type PlainDate } from '../kernel/date.ts'

/** `weekdays` from Monday, 1; without any it is once, from `startsOn` at `fromTime` to `endsOn` at `toTime`. Times are `HH:MM`. */
export type Times = { startsOn: PlainDate; fromTime: string; endsOn: PlainDate; toTime: string; weekdays: readonly number[] }

/** One time that it happens: `start` is within, `end` is not. */
export type Occurrence = { start: Date; end: Date }

export const isRepeated = ({ weekdays }: Pick<Times, 'weekdays'>): boolean => weekdays.length > 0

/**
 * An hour that is twice in the night when clocks go back counts from its first beginning to its last end; one that is
 * left out in spring is the hour after it.
 */
const occurrence = (from: PlainDate, fromTime: string, to: PlainDate, toTime: string): Occurrence => ({
  start: momentAt(from, fromTime, 'first'),
  end: momentAt(to, toTime, 'last'),
})

/** What begins on a day at `fromTime` ends at the next `toTime`, which may be of the day after. */
const onDay = (day: PlainDate, { fromTime, toTime }: Times) => occurrence(day, fromTime, toTime > fromTime ? day : addDays(day, 1), toTime)

const happensOn = (day: PlainDate, { weekdays, endsOn, startsOn }: Times) => day >= startsOn && day <= endsOn && weekdays.includes(isoWeekday(day))

/** Every time that begins on one of the days, both within, the earliest first. */
export function occurrencesBetween(times: Times, from: PlainDate, to: PlainDate): Occurrence[] {
  if (!isRepeated(times)) return times.startsOn >= from && times.startsOn <= to ? [occurrence(times.startsOn, times.fromTime, times.endsOn, times.toTime)] : []
  const first = max(from, times.startsOn)
  const days = Math.max(0, daysBetween(first, to < times.endsOn ? to : times.endsOn) + 1)
  return Array.from({ length: days }, (_none, after) => addDays(first, after)).filter((day) => happensOn(day, times)).map((day) => onDay(day, times))
}

/** The one that goes on at an instant, else the next; undefined when it is over. */
export function nextOccurrence(times: Times, now: Date): Occurrence | undefined {
  const isAhead = ({ end }: Occurrence) => now < end
  if (!isRepeated(times)) return occurrencesBetween(times, times.startsOn, times.startsOn).find(isAhead)
  // What began yesterday may go past midnight; and within a week and a day each weekday comes.
  const from = max(addDays(dateAt(now), -1), times.startsOn)
  return occurrencesBetween(times, from, addDays(from, 9)).find(isAhead)
}

/** The last of all; undefined when no day within is one of the weekdays. */
export const lastOccurrence = (times: Times): Occurrence | undefined =>
  occurrencesBetween(times, isRepeated(times) ? max(times.startsOn, addDays(times.endsOn, -7)) : times.startsOn, times.endsOn).at(-1)
