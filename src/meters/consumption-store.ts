// Loads what consumption is counted from: meters of a house case with their readings.
import type { PlainDate } from '../kernel/date.ts'
import type { Reader } from '../platform/database.ts'
import { chainOf, endedOn, endOf, usesOf, type Read, type Uses } from './consumption.ts'
import type { Meter } from './meter.ts'

/** Each meter with its readings, oldest first, by its id. `all`: every meter of the case, among which the links are. */
export async function readsOf(db: Reader, caseId: number, meters: readonly Meter[], all: readonly Meter[]): Promise<Map<number, Read>> {
  const reads = new Map(meters.map((meter) => [meter.id, { installedOn: meter.installedOn, initial: meter.initial, endedOn: endedOn(meter, all), readings: [] as Read['readings'][number][] }]))
  if (meters.length === 0) return reads
  const rows = await db
    .selectFrom('reading')
    .select(['meter_id', 'read_on as readOn', 'value', 'rolled_over as rolledOver'])
    .where('case_id', '=', caseId)
    .where('meter_id', 'in', [...reads.keys()])
    .orderBy('meter_id')
    .orderBy('read_on')
    .execute()
  for (const { meter_id, ...reading } of rows) reads.get(meter_id)!.readings.push(reading)
  return reads
}

/** A meter with those that stood in its place before it, the oldest first. */
export async function chainReads(db: Reader, caseId: number, meter: Meter, all: readonly Meter[]): Promise<Read[]> {
  const chain = chainOf(meter, all)
  const reads = await readsOf(db, caseId, chain, all)
  return chain.map(({ id }) => reads.get(id)!)
}

/** By month, of meters taken together. Meters in use are expected to be read to the end of this year. */
export const usesUntil = (reads: readonly Read[], today: PlainDate): Uses => usesOf(reads, endOf(Number(today.slice(0, 4))))
