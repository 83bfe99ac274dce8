// What was consumed in each calendar month: each interval between readings spread over its days, to the thousandth.
import { addDays, addMonths, daysBetween, max, type PlainDate } from '../kernel/date.ts'
import { quantity, sum, zero, type Quantity } from '../kernel/quantity.ts'
import type { Meter } from './meter.ts'
import { consumptions, type Reading } from './reading.ts'

/** `2026-01`. */
export type Month = string & { readonly __month: unique symbol }

/** What is known of a month: `days` of the `of` days on which there was a meter. */
export type Use = { consumption: Quantity; days: number; of: number }

type Value = Pick<Reading, 'readOn' | 'value' | 'rolledOver'>

/** A meter with its readings, oldest first. `endedOn`: when it was replaced or taken out of use; null while it is in use. */
export type Read = Pick<Meter, 'installedOn' | 'initial'> & { endedOn: PlainDate | null; readings: readonly Value[] }

/** What was consumed from one reading to the next; `to` is the day of the later one and belongs to the next stretch. */
export type Stretch = { from: PlainDate; to: PlainDate; consumption: Quantity }

export const monthOf = (date: PlainDate): Month => date.slice(0, 7) as Month
export const firstOf = (month: Month): PlainDate => `${month}-01` as PlainDate
export const following = (month: Month): Month => monthOf(addMonths(firstOf(month), 1))
export const daysIn = (month: Month): number => daysBetween(firstOf(month), firstOf(following(month)))
export const monthsOf = (year: number): Month[] => Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}` as Month)

/** Consecutive stretches of a meter, from its installation. */
export function stretches({ installedOn, initial, readings }: Read): Stretch[] {
  return consumptions(initial, readings).map(({ readOn, consumption }, at) => ({ from: readings[at - 1]?.readOn ?? installedOn, to: readOn, consumption }))
}

const earlier = (a: PlainDate, b: PlainDate) => (a < b ? a : b)

/** How many days of each month a time has; the day `to` is not in it. */
function daysByMonth(from: PlainDate, to: PlainDate): [Month, number][] {
  const parts: [Month, number][] = []
  for (let start = from; start < to; ) {
    const end = earlier(firstOf(following(monthOf(start))), to)
    parts.push([monthOf(start), daysBetween(start, end)])
    start = end
  }
  return parts
}

export type Part = { month: Month; days: number; consumption: Quantity }

/**
 * A stretch's consumption by month, in proportion to the days. Whole thousandths: what rounding down leaves goes to the parts
 * with the largest remainders, so that they add up to the stretch's consumption exactly.
 */
export function spread({ from, to, consumption }: Stretch): Part[] {
  const days = daysBetween(from, to)
  if (days === 0) return [{ month: monthOf(from), days: 0, consumption }]
  const [daily, rest] = [Math.floor(consumption / days), consumption % days]
  const parts = daysByMonth(from, to).map(([month, own]) => ({ month, days: own, whole: daily * own + Math.floor((rest * own) / days), remainder: (rest * own) % days }))
  const left = consumption - parts.reduce((total, { whole }) => total + whole, 0)
  const favoured = new Set(parts.toSorted((a, b) => b.remainder - a.remainder).slice(0, left))
  return parts.map((part) => ({ month: part.month, days: part.days, consumption: quantity(part.whole + (favoured.has(part) ? 1 : 0)) }))
}

/** Consumption by month; a month that is not there has no data. */
export type Uses = ReadonlyMap<Month, Use>

function add(uses: Map<Month, Use>, month: Month, { consumption = zero, days = 0, of = 0 }: Partial<Use>): void {
  const known = uses.get(month) ?? { consumption: zero, days: 0, of: 0 }
  uses.set(month, { consumption: quantity(known.consumption + consumption), days: known.days + days, of: known.of + of })
}

/**
 * Consumption by month of meters taken together: one meter and those that stood in its place before, or all of a house.
 * `until`: the day up to which meters in use are expected to be read, for telling a month that is known in part.
 */
export function usesOf(meters: readonly Read[], until: PlainDate): Uses {
  const uses = new Map<Month, Use>()
  const known = new Set<Month>()
  for (const meter of meters) {
    for (const [month, of] of daysByMonth(meter.installedOn, meter.endedOn ?? until)) add(uses, month, { of })
    for (const { month, days, consumption } of stretches(meter).flatMap(spread)) {
      known.add(month)
      add(uses, month, { days, consumption })
    }
  }
  return new Map([...uses].filter(([month]) => known.has(month)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Whether every day is known on which there was a meter. */
export const isWhole = ({ days, of }: Use): boolean => days >= of

export type YearUse = {
  year: number
  /** January to December; null: no data. */
  months: readonly (Use | null)[]
  /** null: no data in the whole year. */
  total: Quantity | null
}

export function yearOf(uses: Uses, year: number): YearUse {
  const months = monthsOf(year).map((month) => uses.get(month) ?? null)
  const known = months.filter((use) => use !== null)
  return { year, months, total: known.length === 0 ? null : sum(known.map(({ consumption }) => consumption)) }
}

export type Comparison = { now: YearUse; before: YearUse; same: { months: number; now: Quantity; before: Quantity } | null }

/** A year against the one before; `same`: only the months that are known wholly in both. */
export function against(uses: Uses, year: number): Comparison {
  const [now, before] = [yearOf(uses, year), yearOf(uses, year - 1)]
  const pairs = now.months.flatMap((use, at) => {
    const earlier = before.months[at]
    return use && earlier && isWhole(use) && isWhole(earlier) ? [[use.consumption, earlier.consumption] as const] : []
  })
  const same = pairs.length === 0 ? null : { months: pairs.length, now: sum(pairs.map(([use]) => use)), before: sum(pairs.map(([, use]) => use)) }
  return { now, before, same }
}

const yearAt = (date: PlainDate) => Number(date.slice(0, 4))

/** The years of which meters tell something, the latest first, and always the one of `today`: from installation to the day before the last reading. */
export function yearsOf(meters: readonly Pick<Meter, 'installedOn' | 'lastReadOn'>[], today: PlainDate): number[] {
  const known = meters.flatMap(({ installedOn, lastReadOn }) => {
    if (lastReadOn === null) return []
    const [first, last] = [yearAt(installedOn), yearAt(max(installedOn, addDays(lastReadOn, -1)))]
    return Array.from({ length: last - first + 1 }, (_, at) => first + at)
  })
  return [...new Set([yearAt(today), ...known])].sort((a, b) => b - a)
}

/** Days of which something is asked. */
export type Span = { from: PlainDate; to: PlainDate }

/** All that is compared with a year: it and the one before. */
export const comparedWith = (year: number): Span => ({ from: `${year - 1}-01-01` as PlainDate, to: endOf(year) })

/** The end of a year: as far as meters are expected to be read for a picture of it. */
export const endOf = (year: number): PlainDate => `${year + 1}-01-01` as PlainDate

type Linked = Pick<Meter, 'id' | 'replacesId'>

/** The meter and those that stood in its place before, the oldest first. */
export function chainOf<M extends Linked>(meter: M, all: readonly M[]): M[] {
  const earlier = all.find(({ id }) => id === meter.replacesId)
  return earlier ? [...chainOf(earlier, all), meter] : [meter]
}

/** The meters that were not replaced by another; each stands for its chain. */
export const standing = <M extends Linked>(all: readonly M[]): M[] => all.filter(({ id }) => !all.some(({ replacesId }) => replacesId === id))

/** A replaced meter ended on the day of the replacement, one out of use with its last reading. */
export function endedOn(meter: Linked & Pick<Meter, 'installedOn' | 'status' | 'lastReadOn'>, all: readonly (Linked & Pick<Meter, 'installedOn'>)[]): PlainDate | null {
  const successor = all.find(({ replacesId }) => replacesId === meter.id)
  if (successor) return successor.installedOn
  return meter.status === 'ACTIVE' ? null : (meter.lastReadOn ?? meter.installedOn)
}
