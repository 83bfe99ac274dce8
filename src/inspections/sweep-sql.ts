// The sweep's statement: the same rule as `reminderDue` and `recipientsOf`, over many types at once (INS-9; a property test compares).
import { sql, type RawBuilder } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Writer } from '../platform/database.ts'
import { tellingSql, type Telling } from '../notifications/notice-sql.ts'
import type { Addressed } from './inspection-type.ts'

/** The last row of a chunk; the next one starts behind it. */
export type Place = { remindOn: PlainDate; caseId: number; id: number }

export type Notice = {
  building: string
  type: string
  label: string
  nextOn: PlainDate
  remindOn: PlainDate
  to: Addressed
  recipients: { kind: 'person' | 'organisation'; code: string }[]
}

export type Chunk = { found: number; told: number; unaddressed: number; last: Place | null; notices: Notice[] | null }

export const chunkSize = 5000

const behind = (place: Place | null) =>
  place ? sql`(remind_on, case_id, id) > (${place.remindOn}::date, ${place.caseId}::bigint, ${place.id}::bigint)` : sql`true`

/** INS-9 steps 1 to 5 on the dates that the types keep: reads the due index only. */
const keptDates = (asOf: PlainDate, isPast: boolean, place: Place | null) => sql`
  select case_id, id, type, label, next_on, remind_on from inspection_type
  where deleted_at is null and remind_on <= ${asOf}::date and (last_notified_on is null or last_notified_on < remind_on)
    and ${behind(place)} and ${isPast ? sql`(last_performed_on is null or last_performed_on <= ${asOf}::date)` : sql`true`}
  order by remind_on, case_id, id limit ${chunkSize}`

/** For a day in the past: the types whose kept dates know of an inspection that was not done yet. */
const literalDates = (asOf: PlainDate, place: Place | null) => sql`
  select case_id, id, type, label, next_on, remind_on from (
    select type.case_id, type.id, type.type, type.label, type.last_notified_on, due.next_on,
      minus_reminder(due.next_on, reminder_value, reminder_unit) as remind_on
    from inspection_type type, lateral (select coalesce(
      plus_period(last_performed(type.case_id, type_key, label_key, ${asOf}::date), period_value, period_unit), first_on) as next_on) due
    where deleted_at is null and reminder_value is not null and last_performed_on > ${asOf}::date) literal
  where remind_on <= ${asOf}::date and (last_notified_on is null or last_notified_on < remind_on) and ${behind(place)}
  order by remind_on, case_id, id limit ${chunkSize}`

const valid = (table: string, asOf: PlainDate) =>
  sql`${sql.ref(`${table}.valid_from`)} <= ${asOf}::date and (${sql.ref(`${table}.valid_to`)} is null or ${sql.ref(`${table}.valid_to`)} >= ${asOf}::date)`

/** INS-9 step 6: the first of the three that there is on the day. */
const recipients = (asOf: PlainDate) => sql`
  place as materialized (
    select due.*, building.id as building_id, jsonb_build_object('designation', building.designation, 'address', building.address,
      'caseNumber', case_file.number, 'type', due.type, 'label', due.label, 'nextOn', due.next_on) as data
    from due join case_file on case_file.id = due.case_id join building on building.id = case_file.building_id),
  by_responsible as materialized (
    select distinct case_id, id, person_id as party_id from place
    join responsible on responsible.building_id = place.building_id and ${valid('responsible', asOf)}
    join manager on manager.building_id = responsible.building_id and manager.party_id = responsible.manager_id
      and manager.valid_from = responsible.manager_from and ${valid('manager', asOf)}),
  by_manager as materialized (
    select distinct case_id, id, party_id from place
    join manager on manager.building_id = place.building_id and ${valid('manager', asOf)}
    where not exists (select from by_responsible r where r.case_id = place.case_id and r.id = place.id)),
  by_holder as materialized (
    select distinct case_id, id, party_id from place
    join holder on holder.building_id = place.building_id and ${valid('holder', asOf)}
    where not exists (select from by_responsible r where r.case_id = place.case_id and r.id = place.id)
      and not exists (select from by_manager m where m.case_id = place.case_id and m.id = place.id)),
  addressed as materialized (
    select place.case_id, place.id as subject_id, remind_on, data, addressed, party_id from place join (
      select *, 'responsible' as addressed from by_responsible union all
      select *, 'manager' from by_manager union all
      select *, 'holders' from by_holder) recipient using (case_id, id))`

const marking = (asOf: PlainDate) => sql`
  marked as (
    update inspection_type type set last_notified_on = ${asOf}::date
    from (select distinct case_id, subject_id from addressed) done
    where type.case_id = done.case_id and type.id = done.subject_id)`

const lines = (isTelling: boolean) => sql`(select coalesce(json_agg(line order by line."remindOn", line.building, line.type, line.label), '[]') from (
  select data->>'designation' as building, data->>'type' as type, data->>'label' as label, data->>'nextOn' as "nextOn",
    remind_on as "remindOn", addressed as "to",
    json_agg(json_build_object('kind', party.kind, 'code', party.code) order by party.kind, party.code) as recipients
  from addressed join party on party.id = addressed.party_id ${isTelling ? sql`join told using (case_id, subject_id)` : sql``}
  group by case_id, subject_id, data, remind_on, addressed) line)`

export type Sweeping = {
  asOf: PlainDate
  source: 'kept' | 'literal'
  isPast: boolean
  /** null: nothing is written (a dry run). */
  telling: Telling | null
  withNotices: boolean
}

/** One chunk of due types: found, and told in the same statement unless this is a dry run. */
export async function sweepChunk(tx: Writer, { asOf, source, isPast, telling, withNotices }: Sweeping, place: Place | null): Promise<Chunk> {
  const due = source === 'kept' ? keptDates(asOf, isPast, place) : literalDates(asOf, place)
  const written: RawBuilder<unknown> = telling ? sql`, ${tellingSql(telling)}, ${marking(asOf)}` : sql``
  const { rows } = await sql<Omit<Chunk, 'told' | 'unaddressed'> & { addressed: number; told: number | null }>`
    with due as materialized (${due} ${telling && source === 'kept' ? sql`for update skip locked` : sql``}),
    ${recipients(asOf)} ${written}
    select (select count(*)::int from due) as found,
      (select count(*)::int from (select distinct case_id, subject_id from addressed) a) as addressed,
      ${telling ? sql`(select count(*)::int from told)` : sql`null::int`} as told,
      (select json_build_object('remindOn', remind_on, 'caseId', case_id, 'id', id) from due order by remind_on desc, case_id desc, id desc limit 1) as last,
      ${withNotices ? lines(telling !== null) : sql`null`} as notices`.execute(tx)
  const { found, addressed, told, last, notices } = rows[0]!
  return { found, told: told ?? addressed, unaddressed: found - addressed, last, notices }
}
