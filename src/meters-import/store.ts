// The SQL of imports of readings: what is known of many meters at once, and many readings written at once.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import { quantity } from '../kernel/quantity.ts'
import type { Reading } from '../meters/reading.ts'
import type { Reader, Writer } from '../platform/database.ts'
import type { Taken } from './judge.ts'

/** A column of values as one text that the server reads as an array: the quickest way in on either engine. */
const column = (values: readonly (string | number | null)[]) => `{${values.map((value) => value ?? 'null').join(',')}}`

type Asked = { caseId: number; id: number; from: string }
type Stored = { caseId: number; meterId: number; readOn: PlainDate; value: number; rolledOver: number }

/**
 * Of each meter its last 25 readings and all since a day, oldest first, by the meter's id: what the rule asks for. Of a long past no
 * more is read, whatever the planner believes of it.
 */
export async function pastReadings(db: Reader, meters: readonly Asked[]): Promise<Map<number, Reading[]>> {
  const [cases, ids, days] = [column(meters.map(({ caseId }) => caseId)), column(meters.map(({ id }) => id)), column(meters.map(({ from }) => from))]
  const rows = await db
    .selectFrom(
      sql<Stored>`(select reading.case_id as "caseId", reading.meter_id as "meterId", reading.read_on as "readOn", value, rolled_over as "rolledOver"
        from (select case_id, meter_id, since, (select read_on from reading
            where reading.case_id = named.case_id and reading.meter_id = named.meter_id order by read_on desc offset 25 limit 1) as edge
          from unnest(${cases}::text::bigint[], ${ids}::text::bigint[], ${days}::text::date[]) as named (case_id, meter_id, since) offset 0) asked
        join lateral (select * from reading where reading.case_id = asked.case_id and reading.meter_id = asked.meter_id
          and reading.read_on >= least(coalesce(asked.edge, '-infinity'), asked.since) offset 0) reading on true)`.as('stored'),
    )
    .selectAll()
    .orderBy('caseId')
    .orderBy('meterId')
    .orderBy('readOn')
    .execute()
  const reading = ({ readOn, value, rolledOver }: Stored): Reading => ({ readOn, value: quantity(value), difference: null, rolledOver: quantity(rolledOver), estimated: false, warnings: [] })
  const found = new Map<number, Reading[]>()
  for (const row of rows) {
    const list = found.get(row.meterId)
    if (list) list.push(reading(row))
    else found.set(row.meterId, [reading(row)])
  }
  return found
}

export type Entry = { now: Date; by: number | null; importId: number }

export async function insertReadings(tx: Writer, taken: readonly Taken[], { now, by, importId }: Entry): Promise<void> {
  const of = (pick: (taken: Taken) => string | number | null) => column(taken.map(pick))
  const warned = of(({ reading: { warnings } }) => (warnings.includes('period-exceeded') ? 1 : 0) + (warnings.includes('consumption-unusual') ? 2 : 0))
  await sql`
    insert into reading (case_id, meter_id, read_on, value, difference, rolled_over, estimated, warnings, entered_at, entered_by, import_id)
    select case_id, meter_id, read_on, value, difference, 0, false,
      case warned when 1 then '{period-exceeded}' when 2 then '{consumption-unusual}' when 3 then '{period-exceeded,consumption-unusual}' else '{}' end::text[],
      ${now}::timestamptz, ${by}::bigint, ${importId}::bigint
    from unnest(${of(({ meter }) => meter.caseId)}::text::bigint[], ${of(({ meter }) => meter.id)}::text::bigint[],
      ${of(({ reading }) => reading.readOn)}::text::date[], ${of(({ reading }) => reading.value)}::text::bigint[],
      ${of(({ reading }) => reading.difference)}::text::bigint[], ${warned}::text::int[])
      as taken (case_id, meter_id, read_on, value, difference, warned)`.execute(tx)
}

/** The last of `taken` of each meter is its last reading now. */
export async function keepLasts(tx: Writer, taken: readonly Taken[]): Promise<void> {
  const lasts = [...new Map(taken.map((one) => [one.meter.id, one])).values()]
  const of = (pick: (taken: Taken) => string | number) => column(lasts.map(pick))
  await sql`
    update meter set last_read_on = read_on, last_value = value, reading_due_on = plus_period(read_on, period_months, 'MONTH')
    from unnest(${of(({ meter }) => meter.caseId)}::text::bigint[], ${of(({ meter }) => meter.id)}::text::bigint[],
      ${of(({ reading }) => reading.readOn)}::text::date[], ${of(({ reading }) => reading.value)}::text::bigint[]) as taken (case_id, meter_id, read_on, value)
    where meter.case_id = taken.case_id and meter.id = taken.meter_id`.execute(tx)
}
