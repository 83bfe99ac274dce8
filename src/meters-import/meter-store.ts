// The SQL of an import of meters: house cases with their buildings, what is there already, and many meters written at once.
import { sql, type RawBuilder } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Quantity } from '../kernel/quantity.ts'
import { numberKey, readingDueOn, units, type MeterSetting } from '../meters/meter.ts'
import { settingRow } from '../meters/store.ts'
import type { Reader, Writer } from '../platform/database.ts'
import { pieces } from './places.ts'

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

/** Meters of `named`, a subquery that names each by its case, type and number's key or by its id, with their first reading. */
const withFirstReading = (named: RawBuilder<unknown>, on: RawBuilder<unknown>) =>
  sql<Omit<StoredMeter, 'firstReading'> & { firstOn: PlainDate | null; firstValue: Quantity | null }>`(
    select meter.case_id as "caseId", meter.id, building_id as "buildingId", premises, type, meter.number, installed_on as "installedOn", initial,
      status, valid_until as "validUntil", period_months as "periodMonths", last_read_on as "lastReadOn",
      first.read_on as "firstOn", first.value as "firstValue"
    from (${named}) named
    join meter on ${on} and deleted_at is null
    left join lateral (select read_on, value from reading
      where reading.case_id = meter.case_id and meter_id = meter.id order by read_on limit 1) first on true)`.as('stored')

const selectStored = async (db: Reader, named: RawBuilder<unknown>, on: RawBuilder<unknown>): Promise<StoredMeter[]> => {
  const rows = await db.selectFrom(withFirstReading(named, on)).selectAll().execute()
  return rows.map(({ firstOn, firstValue, ...meter }) => ({ ...meter, firstReading: firstOn === null ? undefined : { readOn: firstOn, value: firstValue! } }))
}

/** The meters that are there of these names, by case and key. */
export async function storedMeters(db: Reader, names: readonly { caseId: number; type: string; number: string }[]): Promise<Map<string, StoredMeter>> {
  const keys = names.map(({ caseId, type, number }) => ({ c: caseId, t: type, n: numberKey(number) }))
  const found = new Map<string, StoredMeter>()
  for (const piece of pieces(keys, 10_000)) {
    const named = sql`select distinct c, t, n from json_to_recordset(${rowsOf(piece)}::text::json) as named (c bigint, t text, n text)`
    for (const meter of await selectStored(db, named, sql`case_id = c and type = t and number_key = n`)) found.set(meterKey(meter.caseId, meter.type, meter.number), meter)
  }
  return found
}

/** Those that an import set and that are still there, by id. */
export async function metersOfImport(db: Reader, importId: number): Promise<Map<number, StoredMeter>> {
  const named = sql`select case_id as c, meter_id as i from sheet_import_meter where import_id = ${importId}`
  return new Map((await selectStored(db, named, sql`case_id = c and meter.id = i`)).map((meter) => [meter.id, meter]))
}

export const settingOf = ({ caseId: _, id: __, lastReadOn: ___, firstReading: ____, ...setting }: StoredMeter): MeterSetting => setting

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

/** MTR-6. */
export const deleteMeters = (tx: Writer, meters: readonly Pick<StoredMeter, 'caseId' | 'id'>[], now: Date): Promise<unknown> =>
  sql`update meter set deleted_at = ${now}::timestamptz
    from json_to_recordset(${rowsOf(meters.map(({ caseId, id }) => ({ case_id: caseId, id })))}::text::json) as given (case_id bigint, id bigint)
    where meter.case_id = given.case_id and meter.id = given.id`.execute(tx)

/** `before` null: the import added it. */
export type KeptSetting = { caseId: number; id: number; before: MeterSetting | null; after: MeterSetting }

/** Keeps what an import sets, and what was set before. */
export const keepSettings = (tx: Writer, importId: number, settings: readonly KeptSetting[]): Promise<unknown> =>
  sql`insert into sheet_import_meter (import_id, case_id, meter_id, before, after)
    select ${importId}::bigint, case_id, subject_id, before, after from (${eventRows(settings)}) kept`.execute(tx)

export const keptSettings = async (db: Reader, importId: number): Promise<KeptSetting[]> =>
  db.selectFrom('sheet_import_meter').select(['case_id as caseId', 'meter_id as id', 'before', 'after']).where('import_id', '=', importId).orderBy('meter_id').execute()

type MeterEvent = { caseId: number; id: number; before: unknown; after: unknown }

/** What `recordAll` is given. */
export const eventRows = (events: readonly MeterEvent[]) => {
  const rows = events.map(({ caseId, id, before, after }) => ({ case_id: caseId, subject_id: id, before, after }))
  return sql`select case_id, subject_id, before, after from json_to_recordset(${rowsOf(rows)}::text::json) as given (case_id bigint, subject_id bigint, before jsonb, after jsonb)`
}
