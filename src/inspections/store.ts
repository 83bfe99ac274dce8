// The SQL of inspections: rows in, values out.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Reader, Writer } from '../platform/database.ts'
import type { Inspection } from './inspection.ts'
import { nameKeys, scheduled, type InspectionType, type TypeName, type TypeSetting } from './inspection-type.ts'

const typeColumns = [
  'case_id as caseId',
  'id',
  'type',
  'label',
  'first_on as firstOn',
  'period_value',
  'period_unit',
  'reminder_value',
  'reminder_unit',
  'last_performed_on as lastPerformedOn',
  'next_on as nextOn',
  'remind_on as remindOn',
  'last_notified_on as lastNotifiedOn',
] as const

const selectTypes = (db: Reader, caseId: number) =>
  db.selectFrom('inspection_type').select(typeColumns).where('case_id', '=', caseId).where('deleted_at', 'is', null)

type TypeRow = Awaited<ReturnType<ReturnType<typeof selectTypes>['executeTakeFirstOrThrow']>>

const typeOf = ({ period_value, period_unit, reminder_value, reminder_unit, ...row }: TypeRow): InspectionType => ({
  ...row,
  period: { value: period_value, unit: period_unit },
  reminder: reminder_value === null ? null : { value: reminder_value, unit: reminder_unit! },
})

/** A case's inspection types, next date first, then type. */
export async function inspectionTypes(db: Reader, caseId: number): Promise<InspectionType[]> {
  const order = [sql`next_on`, sql`lv_sort(type) collate "C"`, sql`lv_sort(label) collate "C"`, sql`id`]
  const rows = await selectTypes(db, caseId).orderBy(sql.join(order)).execute()
  return rows.map(typeOf)
}

export async function inspectionType(db: Reader, caseId: number, id: number): Promise<InspectionType | undefined> {
  const row = await selectTypes(db, caseId).where('id', '=', id).executeTakeFirst()
  return row && typeOf(row)
}

const named = (name: TypeName) => {
  const { type_key, label_key } = nameKeys(name)
  return sql<boolean>`type_key = ${type_key} and label_key = ${label_key}`
}

const settingRow = (setting: TypeSetting) => ({
  ...nameKeys(setting),
  first_on: setting.firstOn,
  period_value: setting.period.value,
  period_unit: setting.period.unit,
  reminder_value: setting.reminder?.value ?? null,
  reminder_unit: setting.reminder?.unit ?? null,
})

const scheduleRow = (setting: TypeSetting, last: PlainDate | null) => {
  const { lastPerformedOn, nextOn, remindOn } = scheduled(setting, last)
  return { last_performed_on: lastPerformedOn, next_on: nextOn, remind_on: remindOn }
}

export async function insertType(tx: Writer, caseId: number, setting: TypeSetting, last: PlainDate | null): Promise<InspectionType> {
  const { id } = await tx
    .insertInto('inspection_type')
    .values({ case_id: caseId, ...settingRow(setting), ...scheduleRow(setting, last), last_notified_on: null, deleted_at: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return (await inspectionType(tx, caseId, id))!
}

export async function updateType(tx: Writer, type: InspectionType, setting: TypeSetting, last: PlainDate | null): Promise<InspectionType> {
  await tx
    .updateTable('inspection_type')
    .set({ ...settingRow(setting), ...scheduleRow(setting, last) })
    .where('case_id', '=', type.caseId)
    .where('id', '=', type.id)
    .execute()
  return (await inspectionType(tx, type.caseId, type.id))!
}

/** Hidden, not gone: its history and notices stay. */
export const deleteType = (tx: Writer, type: InspectionType, now: Date) =>
  tx.updateTable('inspection_type').set({ deleted_at: now }).where('case_id', '=', type.caseId).where('id', '=', type.id).execute()

const selectInspections = (db: Reader, caseId: number) =>
  db
    .selectFrom('inspection')
    .select(['case_id as caseId', 'id', 'type', 'label', 'performed_on as performedOn', 'periodic', 'status', 'number'])
    .where('case_id', '=', caseId)

/** A case's inspections done, the newest first. */
export const inspections = (db: Reader, caseId: number): Promise<Inspection[]> =>
  selectInspections(db, caseId).orderBy('performed_on', 'desc').orderBy('id', 'desc').execute()

export const inspectionsNamed = (db: Reader, caseId: number, name: TypeName): Promise<Inspection[]> =>
  selectInspections(db, caseId).where(named(name)).execute()

export const inspection = (db: Reader, caseId: number, id: number): Promise<Inspection | undefined> =>
  selectInspections(db, caseId).where('id', '=', id).executeTakeFirst()

export async function insertInspection(tx: Writer, { type, label, ...values }: Omit<Inspection, 'id'>): Promise<Inspection> {
  const { caseId, performedOn, periodic, status, number } = values
  const row = { case_id: caseId, ...nameKeys({ type, label }), performed_on: performedOn, periodic, status, number }
  const { id } = await tx.insertInto('inspection').values(row).returning('id').executeTakeFirstOrThrow()
  return { id, type, label, ...values }
}

export const annulInspectionRow = (tx: Writer, { caseId, id }: Inspection) =>
  tx.updateTable('inspection').set({ status: 'annulled' }).where('case_id', '=', caseId).where('id', '=', id).execute()

/** A person's own words for a type were corrected: what was done under the old words follows. */
export const renameInspections = (tx: Writer, caseId: number, from: TypeName, to: TypeName) =>
  tx.updateTable('inspection').set(nameKeys(to)).where('case_id', '=', caseId).where(named(from)).execute()

export async function typeNamed(db: Reader, caseId: number, name: TypeName): Promise<InspectionType | undefined> {
  const row = await selectTypes(db, caseId).where(named(name)).executeTakeFirst()
  return row && typeOf(row)
}
