// The SQL of meters and readings: rows in, values out.
import { sql, type RawBuilder } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Quantity } from '../kernel/quantity.ts'
import type { Reader, Writer } from '../platform/database.ts'
import { statement } from '../platform/statement.ts'
import { numberKey, readingDueOn, type Meter, type MeterSetting } from './meter.ts'
import type { Reading } from './reading.ts'
import type { MeterType, Warning } from './tables.ts'

const meterColumns = [
  'case_id as caseId',
  'id',
  'building_id as buildingId',
  'premises',
  'type',
  'unit',
  'number',
  'installed_on as installedOn',
  'initial',
  'status',
  'valid_until as validUntil',
  'period_months as periodMonths',
  'place',
  'replaces_id as replacesId',
  'last_read_on as lastReadOn',
  'last_value as lastValue',
  'reading_due_on as readingDueOn',
] as const

export const houseNumbered = (caseNumber: string) => sql<number>`(select id from case_file where number = ${caseNumber} and kind = 'house')`

export const selectMeters = (db: Reader, caseId: number | RawBuilder<number>) =>
  db.selectFrom('meter').select(meterColumns).where('case_id', '=', caseId).where('deleted_at', 'is', null)

export const meterOrders = {
  status: sql`status, array_position(array['WATER','GAS','ELECTRICITY','HEAT'], type), lv_sort(number) collate "C"`,
  type: sql`array_position(array['WATER','GAS','ELECTRICITY','HEAT'], type), lv_sort(number) collate "C", status`,
  number: sql`lv_sort(number) collate "C", array_position(array['WATER','GAS','ELECTRICITY','HEAT'], type)`,
  walk: sql`place, id`,
} as const
export type MeterOrder = keyof typeof meterOrders

/** A case's meters; by default active first, then type in the source's order, then number. */
export const meters = (db: Reader, caseId: number, order: MeterOrder = 'status'): Promise<Meter[]> => metersIn[order](db, { caseId })

/** As `meters`, by the number of the house case: to be asked beside the case itself. */
export const metersNumbered = (db: Reader, caseNumber: string, order: MeterOrder): Promise<Meter[]> => metersOfNumber[order](db, { caseNumber })

const inEachOrder = <A>(make: (order: MeterOrder) => A): Record<MeterOrder, A> => ({ status: make('status'), type: make('type'), number: make('number'), walk: make('walk') })
const metersIn = inEachOrder((order) => statement((db: Reader, { caseId }: { caseId: number }) => selectMeters(db, caseId).orderBy(meterOrders[order])))
const metersOfNumber = inEachOrder((order) =>
  statement((db: Reader, { caseNumber }: { caseNumber: string }) =>
    selectMeters(db, houseNumbered(caseNumber)).orderBy(meterOrders[order]),
  ),
)

export const meter = async (db: Reader, caseId: number, id: number): Promise<Meter | undefined> => (await meterKept(db, { caseId, id }))[0]

const meterKept = statement((db: Reader, { caseId, id }: { caseId: number; id: number }) => selectMeters(db, caseId).where('id', '=', id))

export const meterNumbered = (db: Reader, caseId: number, type: MeterType, number: string): Promise<Meter | undefined> =>
  selectMeters(db, caseId).where('type', '=', type).where('number_key', '=', numberKey(number)).executeTakeFirst()

export type StoredReading = Reading & { id: number; enteredAt: Date; enteredBy: string | null }

export const readingColumns = [
  'read_on as readOn',
  'reading.id',
  'value',
  'difference',
  'rolled_over as rolledOver',
  'estimated',
  'warnings',
  'entered_at as enteredAt',
  'party.name as enteredBy',
] as const

/** A meter's readings, with who entered each. */
export const selectReadings = (db: Reader, { caseId, id }: Pick<Meter, 'caseId' | 'id'>) =>
  db
    .selectFrom('reading')
    .leftJoin('party', 'party.id', 'reading.entered_by')
    .select(readingColumns)
    .where('case_id', '=', caseId)
    .where('meter_id', '=', id)

/** All of them, oldest first: for a file of them. Rules and pages ask for as many as they need (see `reading-store.ts`). */
export const readings = (db: Reader, meter: Pick<Meter, 'caseId' | 'id'>): Promise<StoredReading[]> => selectReadings(db, meter).orderBy('read_on').execute()

/** The imports that readings of a meter came by. */
export const importsOf = async (db: Reader, { caseId, id }: Pick<Meter, 'caseId' | 'id'>): Promise<number[]> => {
  const rows = await db.selectFrom('reading').select('import_id').distinct().where('case_id', '=', caseId).where('meter_id', '=', id).where('import_id', 'is not', null).execute()
  return rows.map(({ import_id }) => import_id!)
}

/** What a person sets, as its row has it. */
export const settingRow = (setting: MeterSetting) => ({
  building_id: setting.buildingId,
  premises: setting.premises,
  type: setting.type,
  number: setting.number,
  number_key: numberKey(setting.number),
  installed_on: setting.installedOn,
  initial: setting.initial,
  status: setting.status,
  valid_until: setting.validUntil,
  period_months: setting.periodMonths,
})

export async function insertMeter(tx: Writer, caseId: number, setting: MeterSetting, unit: string, replacesId: number | null = null, place?: number): Promise<Meter> {
  const at = place ?? sql<number>`(select coalesce(max(place), 0) + 1 from meter where case_id = ${caseId})`
  const kept = { last_read_on: null, last_value: null, reading_due_on: readingDueOn(setting, null), reading_notified_on: null, validity_notified_on: null }
  const { id } = await tx
    .insertInto('meter')
    .values({ case_id: caseId, ...settingRow(setting), unit, place: at, replaces_id: replacesId, ...kept, deleted_at: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return (await meter(tx, caseId, id))!
}

type Last = { caseId: number; id: number; readOn: PlainDate | null; value: Quantity | null; dueOn: PlainDate }

const updatingLast = (tx: Pick<Writer, 'updateTable'>, { caseId, id, readOn, value, dueOn }: Last) =>
  tx.updateTable('meter').set({ last_read_on: readOn, last_value: value, reading_due_on: dueOn }).where('case_id', '=', caseId).where('id', '=', id)

const updateLast = statement((tx: Writer, last: Last) => updatingLast(tx, last))

const update = (tx: Writer, { caseId, id }: Pick<Meter, 'caseId' | 'id'>, set: object) =>
  tx.updateTable('meter').set(set).where('case_id', '=', caseId).where('id', '=', id).execute()

export async function updateMeter(tx: Writer, stored: Meter, setting: MeterSetting, unit: string): Promise<Meter> {
  await update(tx, stored, { ...settingRow(setting), unit, reading_due_on: readingDueOn(setting, stored.lastReadOn) })
  return (await meter(tx, stored.caseId, stored.id))!
}

export const deleteMeter = (tx: Writer, stored: Meter, now: Date) => update(tx, stored, { deleted_at: now })

export const placeMeter = (tx: Writer, stored: Meter, place: number) => update(tx, stored, { place })

/** The last reading and the next due date, as the readings now stand. */
export const keepLast = (tx: Writer, stored: Meter, last: Pick<Reading, 'readOn' | 'value'> | undefined) =>
  updateLast(tx, { caseId: stored.caseId, id: stored.id, readOn: last?.readOn ?? null, value: last?.value ?? null, dueOn: readingDueOn(stored, last?.readOn ?? null) })

export type Entry = { now: Date; by: number | null; importId?: number | null }

type Inserted = Last & { value: Quantity; readOn: PlainDate; warned: Warning[] } & Omit<Reading, 'warnings'> & Required<Entry>

const insertLast = statement((tx: Writer, inserted: Inserted) => {
  const { caseId, id, readOn, value, difference, rolledOver, estimated, warned, now, by, importId } = inserted
  return tx
    .with('kept', (also) => updatingLast(also, inserted))
    .insertInto('reading')
    .values({ case_id: caseId, meter_id: id, read_on: readOn, value, difference, rolled_over: rolledOver, estimated, warnings: warned, entered_at: now, entered_by: by, import_id: importId })
})

/** A reading after all others, which is the meter's last from now on. */
export const insertReading = (tx: Writer, meter: Meter, { warnings, ...reading }: Reading, { now, by, importId = null }: Entry): Promise<unknown> =>
  insertLast(tx, { ...reading, caseId: meter.caseId, id: meter.id, dueOn: readingDueOn(meter, reading.readOn), warned: [...warnings], now, by, importId })

export const updateReading = (tx: Writer, { caseId, id }: Meter, readOn: PlainDate, to: Reading) =>
  tx
    .updateTable('reading')
    .set({ read_on: to.readOn, value: to.value, difference: to.difference, rolled_over: to.rolledOver, estimated: to.estimated, warnings: [...to.warnings] })
    .where('case_id', '=', caseId)
    .where('meter_id', '=', id)
    .where('read_on', '=', readOn)
    .execute()

export const deleteReading = (tx: Writer, { caseId, id }: Meter, readOn: PlainDate) =>
  tx.deleteFrom('reading').where('case_id', '=', caseId).where('meter_id', '=', id).where('read_on', '=', readOn).execute()
