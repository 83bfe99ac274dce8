// The rows behind the pictures of consumption: the same for the page and for what is exported of it.
import { say, type Locale } from '../ui/locale.ts'
import { firstOf, isWhole, monthsOf, type Comparison, type Month, type Use } from './consumption.ts'
import type { Cell, Sheet } from './export-sheet.ts'
import type { Meter } from './meter.ts'
import { consumptions, type Reading } from './reading.ts'
import type { MeterType } from './tables.ts'

export type MonthRow = { month: Month; now: Use | null; before: Use | null }

/** January to December, each beside the same month of the year before. */
export const monthRows = ({ now, before }: Comparison): MonthRow[] =>
  monthsOf(now.year).map((month, at) => ({ month, now: now.months[at] ?? null, before: before.months[at] ?? null }))

/** What a type used, as it is shown. */
export type TypeUse = { type: MeterType; unit: string; comparison: Comparison }

const amount = (use: Use | null): Cell => (use === null ? null : { quantity: use.consumption })

/** `22 / 30`: the days that are known of a month, where not all are. */
const known = (use: Use | null): Cell => (use === null || isWhole(use) ? null : { text: `${use.days} / ${use.of}` })

/** What the page of a house shows, in its order. */
export function consumptionSheet(locale: Locale, year: number, types: readonly TypeUse[]): Sheet {
  const t = (key: Parameters<typeof say>[1], params?: Parameters<typeof say>[2]) => say(locale, key, params)
  const heads = [t('consumption.column.type'), t('consumption.column.unit'), t('consumption.column.month'), String(year), t('consumption.column.days', { year }), String(year - 1), t('consumption.column.days', { year: year - 1 })]
  const rows = types.flatMap(({ type, unit, comparison }) =>
    monthRows(comparison).map(({ month, now, before }): Cell[] => [
      { text: t(`consumption.type.${type}`) },
      { text: unit },
      { month: firstOf(month) },
      amount(now),
      known(now),
      amount(before),
      known(before),
    ]),
  )
  return { name: t('consumption.title'), heads, rows }
}

/** The readings of a meter as its list shows them: the latest first, each with what was consumed. */
export function readingsSheet(locale: Locale, meter: Pick<Meter, 'initial' | 'unit'>, readings: readonly (Reading & { enteredBy?: string | null })[]): Sheet {
  const t = (key: Parameters<typeof say>[1]) => say(locale, key)
  const heads = [t('reading.readOn'), t('reading.value'), t('reading.consumption'), t('reading.difference'), t('consumption.column.unit'), t('consumption.column.estimated'), t('consumption.column.warnings'), t('consumption.column.by')]
  const rows = consumptions(meter.initial, readings)
    .toReversed()
    .map(({ readOn, value, consumption, difference, estimated, warnings, enteredBy }): Cell[] => [
      { date: readOn },
      { quantity: value },
      { quantity: consumption },
      difference === null ? null : { quantity: difference },
      { text: meter.unit },
      { text: estimated ? t('word.yes') : '' },
      { text: warnings.map((warning) => t(`consumption.warning.${warning}`)).join('; ') },
      { text: enteredBy ?? t('history.system') },
    ])
  return { name: t('readings.title'), heads, rows }
}

/** `ML-00001_44-718205_2026-11-23`: without what a file's name may not hold. */
export const fileName = (parts: readonly string[]): string => parts.map((part) => part.replace(/[^\w.-]+/g, '-')).join('_')
