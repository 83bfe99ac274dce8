// Reads as many of a meter's readings as a rule or a page asks for: what it costs does not grow with what is stored.
import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { isDate, type PlainDate } from '../kernel/date.ts'
import type { Reader } from '../platform/database.ts'
import { statement } from '../platform/statement.ts'
import type { Meter } from './meter.ts'
import { enoughPast, type Counted } from './reading.ts'
import { houseNumbered, readingColumns, selectMeters, selectReadings, type StoredReading } from './store.ts'

type Which = Pick<Meter, 'caseId' | 'id'>

/** The last readings of a meter, or the last before a day, oldest first. */
export async function lastReadings(db: Reader, meter: Which, { before, limit }: { before?: PlainDate | undefined; limit: number }): Promise<StoredReading[]> {
  const some = selectReadings(db, meter).$if(before !== undefined, (all) => all.where('read_on', '<', before!))
  return (await some.orderBy('read_on', 'desc').limit(limit).execute()).reverse()
}

export const firstReading = (db: Reader, meter: Which): Promise<StoredReading | undefined> => selectReadings(db, meter).orderBy('read_on').limit(1).executeTakeFirst()

/** The latest first. */
const selectPast = (db: Reader) =>
  db.selectFrom('reading').select(['read_on as readOn', 'value', 'rolled_over as rolledOver']).orderBy('read_on', 'desc').limit(enoughPast)

const pastOf = statement((db: Reader, { caseId, id }: Which) => selectPast(db).where('case_id', '=', caseId).where('meter_id', '=', id))

const meterWithPastIn = statement((db: Reader, { caseNumber, id }: { caseNumber: string; id: number }) => {
  const past = selectPast(db).where('reading.case_id', '=', sql<number>`meter.case_id`).where('meter_id', '=', sql<number>`meter.id`)
  return selectMeters(db, houseNumbered(caseNumber)).where('id', '=', id).select(jsonArrayFrom(past).as('past'))
})

/** A meter by the number of its house case, with its last 25 readings, the latest first: to be asked beside the case itself. */
export const meterWithPast = async (db: Reader, caseNumber: string, id: number): Promise<(Meter & { past: Counted[] }) | undefined> => (await meterWithPastIn(db, { caseNumber, id }))[0]

/** What a new reading of a day is judged by, oldest first: the last 25, and the one of that day if there is one (see `judgeNew`). */
export const pastFor = async (db: Reader, meter: Which, readOn: string): Promise<Counted[]> => pastWith(db, meter, readOn, await pastOf(db, meter))

/** As `pastFor`, of the last 25, the latest first. */
export async function pastWith(db: Reader, meter: Which, readOn: string, latest: readonly Counted[]): Promise<Counted[]> {
  const past = latest.toReversed()
  if (past.length < enoughPast || !isDate(readOn) || readOn >= past[0]!.readOn) return past
  return [...(await selectReadings(db, meter).where('read_on', '=', readOn).execute()), ...past]
}

/** A reading, at its place among what judges it: at most 25 before it, and the next one. */
export type Among = { readings: StoredReading[]; at: number }

/** undefined where the meter has no reading of that day. */
export async function readingAmong(db: Reader, meter: Which, readOn: string): Promise<Among | undefined> {
  if (!isDate(readOn)) return undefined
  const until = (await selectReadings(db, meter).where('read_on', '<=', readOn).orderBy('read_on', 'desc').limit(enoughPast + 1).execute()).reverse()
  if (until.at(-1)?.readOn !== readOn) return undefined
  const next = await selectReadings(db, meter).where('read_on', '>', readOn).orderBy('read_on').limit(1).execute()
  return { readings: [...until, ...next], at: until.length - 1 }
}

const markedEstimates = (db: Reader, meter: Which): Promise<StoredReading[]> =>
  selectReadings(db, meter)
    .where(
      sql<boolean>`read_on > coalesce((select read_on from reading true_one where true_one.case_id = ${meter.caseId} and true_one.meter_id = ${meter.id}
        and not true_one.estimated order by read_on desc limit 1), '-infinity')`,
    )
    .orderBy('read_on')
    .execute()

/**
 * What gives way where a person says that it was estimated: the estimates since the last true reading, oldest first; where
 * none is marked, as in what was imported, the last reading.
 */
export async function lastEstimates(db: Reader, meter: Which): Promise<StoredReading[]> {
  const marked = await markedEstimates(db, meter)
  return marked.length > 0 ? marked : lastReadings(db, meter, { limit: 1 })
}

/** Of each meter its last reading with what judges it, oldest first, by the meter's id. */
export async function lastOfEach(db: Reader, meters: readonly Which[]): Promise<Map<number, StoredReading[]>> {
  const found = new Map(meters.map(({ id }): [number, StoredReading[]] => [id, []]))
  if (meters.length === 0) return found
  const rows = await db
    .selectFrom('meter')
    .innerJoinLateral(
      (from) =>
        from
          .selectFrom('reading')
          .leftJoin('party', 'party.id', 'reading.entered_by')
          .select(readingColumns)
          .whereRef('reading.case_id', '=', 'meter.case_id')
          .whereRef('reading.meter_id', '=', 'meter.id')
          .orderBy('read_on', 'desc')
          .limit(enoughPast + 1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .selectAll('last')
    .select('meter.id as meterId')
    .where('meter.case_id', '=', meters[0]!.caseId)
    .where('meter.id', 'in', [...found.keys()])
    .orderBy('meter.id')
    .orderBy('last.readOn')
    .execute()
  for (const { meterId, ...reading } of rows) found.get(meterId)!.push(reading)
  return found
}
