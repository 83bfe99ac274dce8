// The list of a meter's readings in pages: by cursor for programs, by whole years for people (DOMAIN 3.2).
import type { PlainDate } from '../kernel/date.ts'
import type { Context } from '../people/context.ts'
import type { Reader } from '../platform/database.ts'
import type { Meter } from './meter.ts'
import { consumptions, enoughPast, type Consumed } from './reading.ts'
import { lastReadings } from './reading-store.ts'
import { seeMeter } from './seeing.ts'
import type { StoredReading } from './store.ts'

/** The latest first, each with what was consumed since the one before; `next`: the `before` of the page that follows, null on the last. */
export type ReadingPage = { readings: Consumed<StoredReading>[]; next: PlainDate | null }

/** A page of a meter's readings, of those before a day. */
export async function listReadings(ctx: Context, caseNumber: string, id: string, { before, limit }: { before?: PlainDate | undefined; limit: number }): Promise<ReadingPage> {
  const { meter } = await seeMeter(ctx, caseNumber, id)
  const rows = await lastReadings(ctx.db, meter, { before, limit: limit + 1 })
  const isMore = rows.length > limit
  const shown = isMore ? rows.slice(1) : rows
  return { readings: consumptions(isMore ? rows[0]!.value : meter.initial, shown).reverse(), next: isMore ? shown[0]!.readOn : null }
}

/** Readings oldest first, of which those from the place `from` on are shown; before it are those that judge the first shown. */
export type ReadingYears = { readings: StoredReading[]; from: number; older: number | null }

const yearOf = ({ readOn }: { readOn: PlainDate }) => Number(readOn.slice(0, 4))

/** A page has whole years: as many as have about so many readings together, and at least one. */
const pageReadings = 100
/** A year has at most 366 readings: so many hold one whole, and what judges its first. */
const longestPage = 366 + enoughPast

/** A meter's last years, or those up to a year; `older`: the last year of the page that follows. */
export async function readingYears(db: Reader, meter: Pick<Meter, 'caseId' | 'id'>, until?: number): Promise<ReadingYears> {
  const before = until === undefined ? undefined : (`${until + 1}-01-01` as PlainDate)
  const readings = await lastReadings(db, meter, { before, limit: longestPage })
  if (readings.length === 0 && until !== undefined) return readingYears(db, meter)
  const beginnings = readings.keys().filter((at) => at === 0 || yearOf(readings[at]!) !== yearOf(readings[at - 1]!)).toArray()
  const isWhole = (at: number) => readings.length < longestPage || at >= enoughPast
  const from = beginnings.find((at) => isWhole(at) && readings.length - at <= pageReadings) ?? beginnings.at(-1) ?? 0
  return { readings, from, older: from > 0 ? yearOf(readings[from - 1]!) : null }
}
