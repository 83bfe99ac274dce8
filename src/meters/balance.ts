// The balance of a house: what its meter measured less what its flats' meters did (DOMAIN 3.4). Pure.
import { daysBetween, type PlainDate } from '../kernel/date.ts'
import { minus, quantity, sum, type Quantity } from '../kernel/quantity.ts'
import { stretches, type Read, type Stretch } from './consumption.ts'

export type Period = { from: PlainDate; to: PlainDate }

/** Readings so many days from the ends of the period are taken for readings at its ends. */
export const tolerance = 3

/**
 * What a meter, with those that stood in its place before, used in a period. `measured`: between readings at its ends;
 * `estimated`: spread by days from readings at other times, `days` of the period being known; `missing`: nothing is known.
 */
export type PeriodUse =
  | { state: 'measured'; consumption: Quantity; days: number; from: PlainDate; to: PlainDate }
  | { state: 'estimated'; consumption: Quantity; days: number; from: PlainDate; to: PlainDate }
  | { state: 'missing' }

const nearest = (days: readonly PlainDate[], to: PlainDate): PlainDate | undefined =>
  days.filter((day) => Math.abs(daysBetween(day, to)) <= tolerance).sort((a, b) => Math.abs(daysBetween(a, to)) - Math.abs(daysBetween(b, to)))[0]

function measured(all: readonly Stretch[], { from, to }: Period): PeriodUse | undefined {
  const [start, end] = [nearest(all.map((stretch) => stretch.from), from), nearest(all.map((stretch) => stretch.to), to)]
  if (!start || !end || start >= end) return undefined
  const within = all.filter((stretch) => stretch.from >= start && stretch.to <= end)
  const days = within.reduce((total, stretch) => total + daysBetween(stretch.from, stretch.to), 0)
  return days === daysBetween(start, end) ? { state: 'measured', consumption: sum(within.map(({ consumption }) => consumption)), days, from: start, to: end } : undefined
}

const later = (a: PlainDate, b: PlainDate) => (a > b ? a : b)
const earlier = (a: PlainDate, b: PlainDate) => (a < b ? a : b)

/** In proportion to the days, rounded down to the thousandth. */
const share = ({ consumption }: Stretch, days: number, of: number) => quantity(Number((BigInt(consumption) * BigInt(days)) / BigInt(of)))

function estimated(all: readonly Stretch[], { from, to }: Period): PeriodUse {
  const parts = all.flatMap((stretch) => {
    const days = daysBetween(later(stretch.from, from), earlier(stretch.to, to))
    return days > 0 ? [{ stretch, days, consumption: share(stretch, days, daysBetween(stretch.from, stretch.to)) }] : []
  })
  if (parts.length === 0) return { state: 'missing' }
  const days = parts.reduce((total, part) => total + part.days, 0)
  return { state: 'estimated', consumption: sum(parts.map(({ consumption }) => consumption)), days, from: parts[0]!.stretch.from, to: parts.at(-1)!.stretch.to }
}

/** `chain`: the meter and those that it replaced, the oldest first. */
export function periodUse(chain: readonly Read[], period: Period): PeriodUse {
  const all = chain.flatMap(stretches)
  return measured(all, period) ?? estimated(all, period)
}

/** The last time between two readings of any of the house's meters; undefined where none was read. */
export function lastPeriod(chains: readonly (readonly Read[])[]): Period | undefined {
  const last = chains.flatMap((chain) => chain.flatMap(stretches)).filter(({ from, to }) => from < to).sort((a, b) => (a.to < b.to ? 1 : -1))[0]
  return last && { from: last.from, to: last.to }
}

/** Whether a meter was there in some part of the period. */
export const isThere = (chain: readonly Read[], { from, to }: Period): boolean => {
  const end = chain.at(-1)?.endedOn ?? null
  return chain.length > 0 && chain[0]!.installedOn < to && (end === null || end > from)
}

export type Balance<M> = {
  period: Period
  /** null: of a house meter nothing is known in the period. */
  house: Quantity | null
  houseUses: readonly PeriodUse[]
  flats: Quantity
  uses: readonly { meter: M; use: PeriodUse }[]
  /** Signed: the house's meters less the flats'. */
  difference: Quantity | null
  /** Whether every meter was read at both ends. */
  isWhole: boolean
}

const known = (use: PeriodUse): Quantity[] => (use.state === 'missing' ? [] : [use.consumption])

/** Meters that were not there in the period do not count. */
export function balanceOf<M>(houseChains: readonly (readonly Read[])[], flats: readonly { meter: M; chain: readonly Read[] }[], period: Period): Balance<M> {
  const houseUses = houseChains.filter((chain) => isThere(chain, period)).map((chain) => periodUse(chain, period))
  const uses = flats.filter(({ chain }) => isThere(chain, period)).map(({ meter, chain }) => ({ meter, use: periodUse(chain, period) }))
  const isKnown = houseUses.length > 0 && houseUses.every(({ state }) => state !== 'missing')
  const house = isKnown ? sum(houseUses.flatMap(known)) : null
  const total = sum(uses.flatMap(({ use }) => known(use)))
  const isWhole = [...houseUses, ...uses.map(({ use }) => use)].every(({ state }) => state === 'measured')
  return { period, house, houseUses, flats: total, uses, difference: house === null ? null : minus(house, total), isWhole }
}
