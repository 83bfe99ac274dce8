// Recomputes the literal rule (INS-9 steps 1 to 4) for all inspection types and finds where the dates they keep differ.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Reader } from '../platform/database.ts'

type Dates = { lastPerformedOn: PlainDate | null; nextOn: PlainDate; remindOn: PlainDate | null }

export type Difference = { building: string; type: string; label: string; kept: Dates; literal: Dates }

type Place = { caseId: number; id: number }
type Chunk = { compared: number; last: Place | null; differences: Difference[] }

const chunkSize = 20_000

const chunkSql = (asOf: PlainDate, { caseId, id }: Place) => sql<Chunk>`(
  with type as materialized (
    select * from inspection_type where deleted_at is null and (case_id, id) > (${caseId}::bigint, ${id}::bigint)
    order by case_id, id limit ${chunkSize}),
  literal as (
    select type.*, last_on, due_on, told_on from type,
    lateral (select last_performed(type.case_id, type_key, label_key, ${asOf}::date) as last_on offset 0) done,
    lateral (select coalesce(plus_period(last_on, period_value, period_unit), first_on) as due_on) due,
    lateral (select minus_reminder(due_on, reminder_value, reminder_unit) as told_on) told),
  different as (
    select designation as building, type, label,
      json_build_object('lastPerformedOn', last_performed_on, 'nextOn', next_on, 'remindOn', remind_on) as kept,
      json_build_object('lastPerformedOn', last_on, 'nextOn', due_on, 'remindOn', told_on) as literal
    from literal join case_file on case_file.id = case_id join building on building.id = building_id
    where (last_performed_on, next_on, remind_on) is distinct from (last_on, due_on, told_on)
      and (last_performed_on is null or last_performed_on <= ${asOf}::date)
    order by case_id, literal.id)
  select (select count(*)::int from type) as compared,
    (select json_build_object('caseId', case_id, 'id', id) from type order by case_id desc, id desc limit 1) as last,
    (select coalesce(json_agg(different), '[]') from different) as differences)`

/**
 * Compares all inspection types that are not deleted, a chunk at a time, and answers how many there were. Writes nothing.
 * As of a day in the past, the dates that rightly know of an inspection done later are left out.
 */
export async function differences(db: Reader, asOf: PlainDate, onDifference: (difference: Difference) => void): Promise<number> {
  let compared = 0
  let place: Place | null = { caseId: 0, id: 0 }
  while (place) {
    const chunk: Chunk = await db.selectFrom(chunkSql(asOf, place).as('chunk')).selectAll().executeTakeFirstOrThrow()
    compared += chunk.compared
    chunk.differences.forEach(onDifference)
    place = chunk.last
  }
  return compared
}
