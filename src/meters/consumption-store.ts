// Loads what consumption is counted from: meters of a house case with their readings, as many as the time asked for needs.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import { sum, type Quantity } from '../kernel/quantity.ts'
import type { Reader } from '../platform/database.ts'
import { endedOn, endOf, usesOf, type Read, type Span, type Uses } from './consumption.ts'
import type { Meter } from './meter.ts'

type Row = { meterId: number } & Read['readings'][number]

/** Of each meter those within a span, with the one before and the one after it. */
const readingsAround = (db: Reader, caseId: number, ids: readonly number[], { from, to }: Span): Promise<Row[]> =>
  db
    .selectFrom(
      sql<Row>`(select meter.id as "meterId", reading.read_on as "readOn", value, rolled_over as "rolledOver"
        from meter
        left join lateral (select read_on from reading where reading.case_id = meter.case_id and reading.meter_id = meter.id
          and read_on <= ${from}::date order by read_on desc limit 1) earlier on true
        left join lateral (select read_on from reading where reading.case_id = meter.case_id and reading.meter_id = meter.id
          and read_on >= ${to}::date order by read_on limit 1) later on true
        join reading on reading.case_id = meter.case_id and reading.meter_id = meter.id
          and reading.read_on between coalesce(earlier.read_on, '-infinity') and coalesce(later.read_on, 'infinity')
        where meter.case_id = ${caseId} and meter.id in (${sql.join(ids)}))`.as('around'),
    )
    .selectAll()
    .orderBy('meterId')
    .orderBy('readOn')
    .execute()

/** What is known before a span is one reading: the meter as if it began there. */
const beginning = (read: Read, { from }: Span): Read => {
  const [first, ...readings] = read.readings
  return first && first.readOn <= from ? { ...read, installedOn: first.readOn, initial: first.value, readings } : read
}

/** Each meter with its readings, oldest first, by its id: all that tells of a span. `all`: every meter of the case, among which the links are. */
export async function readsOf(db: Reader, caseId: number, meters: readonly Meter[], all: readonly Meter[], span: Span): Promise<Map<number, Read>> {
  if (meters.length === 0) return new Map()
  const rows = Map.groupBy(await readingsAround(db, caseId, meters.map(({ id }) => id), span), ({ meterId }) => meterId)
  const readOf = (meter: Meter): Read => ({ installedOn: meter.installedOn, initial: meter.initial, endedOn: endedOn(meter, all), readings: rows.get(meter.id) ?? [] })
  return new Map(meters.map((meter) => [meter.id, beginning(readOf(meter), span)]))
}

/** What was typed as the difference with readings of some meters after the beginning of a span, up to its end; null where nothing was. */
export async function typedDifference(db: Reader, caseId: number, meters: readonly Meter[], { from, to }: Span): Promise<Quantity | null> {
  if (meters.length === 0) return null
  const rows = await db
    .selectFrom('reading')
    .select('difference')
    .where('case_id', '=', caseId)
    .where('meter_id', 'in', meters.map(({ id }) => id))
    .where('read_on', '>', from)
    .where('read_on', '<=', to)
    .where('difference', 'is not', null)
    .execute()
  return rows.length === 0 ? null : sum(rows.map(({ difference }) => difference!))
}

/** By month, of meters taken together. Meters in use are expected to be read to the end of this year. */
export const usesUntil = (reads: readonly Read[], today: PlainDate): Uses => usesOf(reads, endOf(Number(today.slice(0, 4))))
