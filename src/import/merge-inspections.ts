// Brings staged inspections and inspection types in, and keeps the dates that the types hold true (A-14, A-21).
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import { recordAll } from '../history/record-all.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { createDifference } from './staging.ts'

/**
 * Locks the cases that the folder's inspections and types belong to, as changes by people do (`lockCase`), and remembers
 * them for the merges. The weaker lock lets a sweep write its notices meanwhile.
 */
export async function lockCases(tx: Writer): Promise<void> {
  await sql`create temp table touched_case on commit drop as
    select file.id as case_id, building.designation
    from (select designation from staged_type union select designation from staged_inspection) named
    join building using (designation) join case_file file on file.building_id = building.id`.execute(tx)
  await sql`analyze touched_case`.execute(tx)
  await sql`with locked as materialized (
    select id from case_file where id in (select case_id from touched_case) order by id for no key update)
    select count(*) from locked`.execute(tx)
}

/** As `inspectionData` has it. */
const inspectionData = (row: string, said: string) => sql`jsonb_build_object('type', ${sql.ref(`${row}.type`)}, 'label', ${sql.ref(`${row}.label`)},
  'performedOn', ${sql.ref(`${row}.performed_on`)}, 'periodic', ${sql.ref(`${said}.periodic`)}, 'status', ${sql.ref(`${said}.status`)},
  'number', ${sql.ref(`${row}.number`)})`

/** Of several rows with one key only one is not annulled: that one is meant. */
const storedInspections = sql`
  select distinct on (case_id, type_key, label_key, performed_on, number) inspection.* from inspection join touched_case using (case_id)
  where performed_on in (select performed_on from staged_inspection)
  order by case_id, type_key, label_key, performed_on, number, status = 'annulled', id`

/** Inspections are known by case, type, label, date and document number. */
export async function mergeInspections(tx: Writer, ctx: Context): Promise<string[]> {
  await createDifference(
    tx,
    'inspection_difference',
    sql`select touched_case.case_id, staged.*, stored.id is null as is_new, stored.id,
        ${inspectionData('stored', 'stored')} as before, ${inspectionData('stored', 'staged')} as after
      from staged_inspection staged join touched_case using (designation)
      left join (${storedInspections}) stored using (case_id, type_key, label_key, performed_on, number)
      where stored.id is null or (stored.periodic, stored.status) is distinct from (staged.periodic, staged.status)`,
  )
  await recordAll(
    tx,
    ctx,
    'inspection.recorded',
    sql`insert into inspection (case_id, type, type_key, label, label_key, performed_on, periodic, status, number)
      select case_id, type, type_key, label, label_key, performed_on, periodic, status, number from inspection_difference where is_new order by line
      returning case_id, id, null::jsonb, ${inspectionData('inspection', 'inspection')}`,
  )
  for (const action of ['inspection.changed', 'inspection.annulled'] as const)
    await recordAll(
      tx,
      ctx,
      action,
      sql`update inspection stored set periodic = d.periodic, status = d.status from inspection_difference d
        where not d.is_new and stored.case_id = d.case_id and stored.id = d.id
          and ${action === 'inspection.annulled'} = (d.status = 'annulled' and d.before->>'status' <> 'annulled')
        returning d.case_id, d.id, d.before, d.after`,
    )
  return ['inspection_difference']
}

/** As `settingData` has it. */
const settingData = (row: string) => {
  const column = (name: string) => sql.ref(`${row}.${name}`)
  return sql`jsonb_build_object('type', ${column('type')}, 'label', ${column('label')}, 'firstOn', ${column('first_on')},
    'every', 'P' || ${column('period_value')} || left(${column('period_unit')}, 1),
    'remindBefore', 'P' || ${column('reminder_value')} || left(${column('reminder_unit')}, 1))`
}

const settingColumns = ['type', 'label', 'first_on', 'period_value', 'period_unit', 'reminder_value', 'reminder_unit']
const setting = (row: string) => sql.join(settingColumns.map((name) => sql.ref(`${row}.${name}`)))

/** INS-9 steps 2 to 4 for the setting of a row, as `scheduled` has them: `last_on`, `next_on`, `remind_on`. */
const dates = (row: string, asOf: PlainDate) => {
  const column = (name: string) => sql.ref(`${row}.${name}`)
  return sql`
    lateral (select last_performed(${column('case_id')}, ${column('type_key')}, ${column('label_key')}, ${asOf}::date) as on_day offset 0) last,
    lateral (select coalesce(plus_period(last.on_day, ${column('period_value')}, ${column('period_unit')}), ${column('first_on')}) as on_day offset 0) next,
    lateral (select minus_reminder(next.on_day, ${column('reminder_value')}, ${column('reminder_unit')}) as on_day) remind`
}

/** Types whose inspections this import changed, and that it does not change themselves. */
const reschedule = (tx: Writer, asOf: PlainDate) => sql`
  update inspection_type stored set last_performed_on = last.on_day, next_on = next.on_day, remind_on = remind.on_day
  from (select distinct type.* from inspection_difference d join inspection_type type using (case_id, type_key, label_key)
    where type.deleted_at is null) type, ${dates('type', asOf)}
  where stored.case_id = type.case_id and stored.id = type.id
    and (stored.last_performed_on, stored.next_on, stored.remind_on) is distinct from (last.on_day, next.on_day, remind.on_day)`.execute(tx)

/** Types are known by case, type and label; after `mergeInspections`, whose changes move their dates. */
export async function mergeTypes(tx: Writer, ctx: Context, asOf: PlainDate): Promise<string[]> {
  await createDifference(
    tx,
    'type_difference',
    sql`select touched_case.case_id, staged.*, stored.id is null as is_new, stored.id,
        ${settingData('stored')} as before, ${settingData('staged')} as after
      from staged_type staged join touched_case using (designation)
      left join (select inspection_type.* from inspection_type join touched_case using (case_id) where deleted_at is null) stored
        using (case_id, type_key, label_key)
      where stored.id is null or (${setting('stored')}) is distinct from (${setting('staged')})`,
  )
  await recordAll(
    tx,
    ctx,
    'inspection-type.added',
    sql`insert into inspection_type (case_id, type, type_key, label, label_key, first_on, period_value, period_unit, reminder_value, reminder_unit,
        last_performed_on, next_on, remind_on, last_notified_on, deleted_at)
      select case_id, type, type_key, label, label_key, first_on, period_value, period_unit, reminder_value, reminder_unit,
        last.on_day, next.on_day, remind.on_day, null, null
      from type_difference d, ${dates('d', asOf)} where is_new order by line
      returning case_id, id, null::jsonb, ${settingData('inspection_type')}`,
  )
  await recordAll(
    tx,
    ctx,
    'inspection-type.edited',
    sql`update inspection_type stored set type = d.type, label = d.label, first_on = d.first_on, period_value = d.period_value,
        period_unit = d.period_unit, reminder_value = d.reminder_value, reminder_unit = d.reminder_unit,
        last_performed_on = last.on_day, next_on = next.on_day, remind_on = remind.on_day
      from type_difference d, ${dates('d', asOf)}
      where not d.is_new and stored.case_id = d.case_id and stored.id = d.id
      returning d.case_id, d.id, d.before, d.after`,
  )
  await reschedule(tx, asOf)
  return ['type_difference']
}
