// Time as support works it: on working days of Latvia, between two hours of the day. Pure.
import { addDays, dateAt, momentAt, type PlainDate } from '../kernel/date.ts'
import { isWorkingDay } from '../kernel/holiday.ts'

/** `HH:MM` by the clocks of Europe/Riga; `from` is before `to`. */
export type Hours = { from: string; to: string }

const minute = 60_000

/** A day's opening and closing; undefined where nobody works. */
function worked(day: PlainDate, { from, to }: Hours): { start: number; end: number } | undefined {
  return isWorkingDay(day) ? { start: momentAt(day, from, 'first').getTime(), end: momentAt(day, to, 'last').getTime() } : undefined
}

/** The instant by which so many minutes are worked; without any it is `start` itself. */
export function afterWorking(start: Date, minutes: number, hours: Hours): Date {
  let left = minutes * minute
  if (left <= 0) return start
  for (let day = dateAt(start); ; day = addDays(day, 1)) {
    const open = worked(day, hours)
    if (!open) continue
    const begin = Math.max(open.start, start.getTime())
    if (open.end - begin >= left) return new Date(begin + left)
    left -= Math.max(0, open.end - begin)
  }
}

/** Whole minutes that are worked from one instant to a later one. */
export function minutesWorked(start: Date, end: Date, hours: Hours): number {
  let sum = 0
  for (let day = dateAt(start); day <= dateAt(end); day = addDays(day, 1)) {
    const open = worked(day, hours)
    if (open) sum += Math.max(0, Math.min(open.end, end.getTime()) - Math.max(open.start, start.getTime()))
  }
  return Math.floor(sum / minute)
}
