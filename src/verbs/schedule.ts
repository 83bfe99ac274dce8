// When the morning sweep is due: a rule of the clock in Europe/Riga and of the last morning that was swept.
import { dateAt, hourAt, type PlainDate } from '../kernel/date.ts'

/**
 * Once a day, from `hour` on: by a program that was down at that hour as soon as it is up, and not again when the clock goes back.
 * Days that were missed need no sweep of their own, since the sweep tells all that came due before.
 */
export const isSweepDue = (now: Date, lastSweptOn: PlainDate | undefined, hour: number): boolean =>
  hourAt(now) >= hour && (lastSweptOn === undefined || lastSweptOn < dateAt(now))
