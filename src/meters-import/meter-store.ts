// The SQL of an import of meters: house cases with their buildings, what is there already, and many meters written at once.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Quantity } from '../kernel/quantity.ts'
import { numberKey, readingDueOn, units, type MeterSetting } from '../meters/meter.ts'
import { settingRow } from '../meters/store.ts'
import type { Reader, Writer } from '../platform/database.ts'
import { pieces, type MeterName } from './places.ts'

const rowsOf = (rows: readonly unknown[]) => JSON.stringify(rows)

export type KnownCase = { id: number; number: string; buildings: { id: number; designation: string }[]; lastPlace: number }

/** House cases by number, with their buildings and how many places a walk through them has. */
export async function casesNamed(db: Reader, numbers: readonly string[]): Promise<Map<string, KnownCase>> {
  const found = await db
    .selectFrom(
      sql<{ id: number; number: string; buildings: KnownCase['buildings']; lastPlace: number }>`(
        select file.id, file.number, (select coalesce(max(place), 0) from meter where case_id = file.id) as "lastPlace",
          (select json_agg(json_build_object('id', building.id, 'designation', designation))
            from house_case_building member join building on building.id = member.building_id where member.case_id = file.id) as buildings
        from case_file file
        where kind = 'house' and number = any (array(select json_array_elements_text(${rowsOf(numbers)}::text::json))))`.as('file'),
    )
    .selectAll()
    .execute()
  return new Map(found.map((file) => [file.number, { ...file, buildings: file.buildings ?? [] }]))
}

export type StoredMeter = MeterSetting & {
  caseId: number
  id: number
  lastReadOn: PlainDate | null
  firstReading: { readOn: PlainDate; value: Quantity } | undefined
}

/** The meters that rows name, with their first reading, by case and key. */
export async function storedMeters(db: Reader, cases: ReadonlyMap<string, KnownCase>, names: readonly MeterName[]): Promise<Map<string, StoredMeter>> {
  const found = new Map<string, StoredMeter>()
  const known = names.flatMap(({ caseNumber, type, number }) => {
    const file = cases.get(caseNumber)
    return file ? [{ c: file.id, t: type, n: numberKey(number) }] : []
  })
  for (const piece of pieces(known, 10_000)) {
    const rows = await db
      .selectFrom(
        sql<Omit<StoredMeter, 'firstReading'> & { firstOn: PlainDate | null; firstValue: Quantity | null }>`(
          select meter.case_id as "caseId", meter.id, building_id as "buildingId", premises, type, meter.number, installed_on as "installedOn", initial,
            status, valid_until as "validUntil", period_months as "periodMonths", last_read_on as "lastReadOn",
            first.read_on as "firstOn", first.value as "firstValue"
          from (select distinct c, t, n from json_to_recordset(${rowsOf(piece)}::text::json) as named (c bigint, t text, n text)) named
          join meter on case_id = c and type = t and number_key = n and deleted_at is null
          left join lateral (select read_on, value from reading
            where reading.case_id = meter.case_id and meter_id = meter.id order by read_on limit 1) first on true)`.as('stored'),
      )
      .selectAll()
      .execute()
    for (const { firstOn, firstValue, ...meter } of rows)
      found.set(meterKey(meter.caseId, meter.type, meter.number), { ...meter, firstReading: firstOn === null ? undefined : { readOn: firstOn, value: firstValue! } })
  }
  return found
}

export const meterKey = (caseId: number, type: string, number: string): string => `${caseId} ${type} ${numberKey(number)}`

export type NewMeter = { caseId: number; place: number; setting: MeterSetting }
export type ChangedMeter = { stored: StoredMeter; setting: MeterSetting }

const meterRow = (setting: MeterSetting, lastReadOn: PlainDate | null) => ({
  ...settingRow(setting),
  unit: units[setting.type],
  reading_due_on: readingDueOn(setting, lastReadOn),
})

const shape = sql.raw(`case_id bigint, id bigint, place int, building_id bigint, premises text, type text, unit text, number text, number_key text,
  installed_on date, initial bigint, status text, valid_until date, period_months int, reading_due_on date`)

/** Answers the id of each, by its key. */
export async function insertMeters(tx: Writer, meters: readonly NewMeter[]): Promise<Map<string, number>> {
  const rows = rowsOf(meters.map(({ caseId, place, setting }) => ({ case_id: caseId, place, ...meterRow(setting, null) })))
  const { rows: inserted } = await sql<{ case_id: number; id: number; type: string; number: string }>`
    insert into meter (case_id, place, building_id, premises, type, unit, number, number_key, installed_on, initial, status, valid_until, period_months, reading_due_on)
    select case_id, place, building_id, premises, type, unit, number, number_key, installed_on, initial, status, valid_until, period_months, reading_due_on
    from json_to_recordset(${rows}::text::json) as given (${shape})
    returning case_id, id, type, number`.execute(tx)
  return new Map(inserted.map(({ case_id, id, type, number }) => [meterKey(case_id, type, number), id]))
}

/** The unit stays as it was set: the type is a part of what names the meter. */
export async function updateMeters(tx: Writer, meters: readonly ChangedMeter[]): Promise<void> {
  const rows = rowsOf(meters.map(({ stored, setting }) => ({ case_id: stored.caseId, id: stored.id, ...meterRow(setting, stored.lastReadOn) })))
  await sql`
    update meter set building_id = given.building_id, premises = given.premises, number = given.number, installed_on = given.installed_on,
      initial = given.initial, status = given.status, valid_until = given.valid_until, period_months = given.period_months,
      reading_due_on = given.reading_due_on
    from json_to_recordset(${rows}::text::json) as given (${shape})
    where meter.case_id = given.case_id and meter.id = given.id`.execute(tx)
}

export type MeterEvent = { case_id: number; subject_id: number; before: unknown; after: unknown }

/** What `recordAll` is given. */
export const eventRows = (events: readonly MeterEvent[]) =>
  sql`select case_id, subject_id, before, after from json_to_recordset(${rowsOf(events)}::text::json) as given (case_id bigint, subject_id bigint, before jsonb, after jsonb)`
