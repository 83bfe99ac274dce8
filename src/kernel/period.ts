// Lengths of calendar time: an inspection period and a reminder period (INS-3), written in ISO 8601.
import { addDays, addMonths, type PlainDate } from './date.ts'

export const periodUnits = ['MONTH', 'YEAR'] as const
export const reminderUnits = ['DAY', 'MONTH'] as const

export type Period = { value: number; unit: (typeof periodUnits)[number] }
export type Reminder = { value: number; unit: (typeof reminderUnits)[number] }

/** A year is 12 months. */
export const months = (period: Period): number => period.value * (period.unit === 'YEAR' ? 12 : 1)

export const plusPeriod = (anchor: PlainDate, period: Period, times = 1): PlainDate =>
  addMonths(anchor, months(period) * times)

export const minusReminder = (anchor: PlainDate, reminder: Reminder): PlainDate =>
  reminder.unit === 'DAY' ? addDays(anchor, -reminder.value) : addMonths(anchor, -reminder.value)

const letters = { MONTH: 'M', YEAR: 'Y', DAY: 'D' } as const

export const isoPeriod = (length: Period | Reminder): string => `P${length.value}${letters[length.unit]}`

function parse<U extends keyof typeof letters>(text: string, units: readonly U[]): { value: number; unit: U } | undefined {
  const match = /^P(\d{1,15})([DMY])$/.exec(text)
  const unit = units.find((known) => letters[known] === match?.[2])
  return match && unit ? { value: Number(match[1]), unit } : undefined
}

/** `P6M`, `P10Y`; undefined for anything else. */
export const parsePeriod = (text: string): Period | undefined => parse(text, periodUnits)

/** `P10D`, `P1M`, `P0D`; undefined for anything else. */
export const parseReminder = (text: string): Reminder | undefined => parse(text, reminderUnits)
