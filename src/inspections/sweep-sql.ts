// The sweep's statements: the same rule as `reminderDue` and `recipientsOf`, over many types at once (INS-9; a property test compares).
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Writer } from '../platform/database.ts'
import { tellingSql, type Telling } from '../notifications/notice-sql.ts'
import type { Place } from '../notifications/teller.ts'
import type { Addressed } from './inspection-type.ts'

export type Notice = {
  building: string
  type: string
  label: string
  nextOn: PlainDate
  remindOn: PlainDate
  to: Addressed
  recipients: { kind: 'person' | 'organisation'; code: string }[]
}

export type Chunk = { told: number; unaddressed: number; last: Place | null; notices: Notice[] | null }

export type Sweeping = {
  asOf: PlainDate
  source: 'kept' | 'literal'
  isPast: boolean
  /** null: nothing is written (a dry run). */
  telling: Telling | null
  withNotices: boolean
}

export const chunkSize = 5000

const reminderDue = (asOf: PlainDate) => sql`remind_on <= ${asOf}::date and (last_notified_on is null or last_notified_on < remind_on)`

/** INS-9 steps 1 to 5 on the dates that the types keep: reads the due index only. */
const keptDates = ({ asOf, isPast }: Sweeping) => sql`
  from inspection_type due where deleted_at is null and ${reminderDue(asOf)}
    and ${isPast ? sql`(last_performed_on is null or last_performed_on <= ${asOf}::date)` : sql`true`}`

/** For a day in the past: the types whose kept dates know of an inspection that was not done yet. */
const literalDates = ({ asOf }: Sweeping) => sql`
  from (
    select type.case_id, type.id, type.last_notified_on, next.next_on, minus_reminder(next.next_on, reminder_value, reminder_unit) as remind_on
    from inspection_type type, lateral (select coalesce(
      plus_period(last_performed(type.case_id, type_key, label_key, ${asOf}::date), period_value, period_unit), first_on) as next_on) next
    where deleted_at is null and reminder_value is not null and last_performed_on > ${asOf}::date) due
  where ${reminderDue(asOf)}`

const dueOn = (sweeping: Sweeping) => (sweeping.source === 'kept' ? keptDates(sweeping) : literalDates(sweeping))

type Due = Place & { nextOn: PlainDate }

/** The next due types, locked until they are told; those that another transaction holds are left out. */
async function takeDue(tx: Writer, sweeping: Sweeping, place: Place | null): Promise<Due[]> {
  const behind = place ? sql`(remind_on, case_id, id) > (${place.remindOn}::date, ${place.caseId}::bigint, ${place.id}::bigint)` : sql`true`
  const { rows } = await sql<Due>`
    select case_id as "caseId", id, next_on as "nextOn", remind_on as "remindOn" ${dueOn(sweeping)} and ${behind}
    order by remind_on, case_id, id limit ${chunkSize} ${sweeping.telling ? sql`for update skip locked` : sql``}`.execute(tx)
  return rows
}

/**
 * A due type that another transaction holds: a change or another sweep. Types without anyone to tell stay due, but nobody holds them.
 * Locks what it asks about: for a short transaction of its own.
 */
export async function heldDue(tx: Writer, sweeping: Sweeping): Promise<Pick<Place, 'caseId' | 'id'> | undefined> {
  const due = sql`select case_id, id ${dueOn(sweeping)}`
  const { rows } = await sql<Pick<Place, 'caseId' | 'id'>>`
    with due as materialized (${due}), free as materialized (${due} for update skip locked)
    select case_id as "caseId", id from (select * from due except select * from free) held limit 1`.execute(tx)
  return rows[0]
}

/** Waits until nobody holds a type. */
export const waitFor = (tx: Writer, { caseId, id }: Pick<Place, 'caseId' | 'id'>) =>
  sql`select from inspection_type where case_id = ${caseId} and id = ${id} for update`.execute(tx)

const valid = (table: string, asOf: PlainDate) =>
  sql`${sql.ref(`${table}.valid_from`)} <= ${asOf}::date and (${sql.ref(`${table}.valid_to`)} is null or ${sql.ref(`${table}.valid_to`)} >= ${asOf}::date)`

/**
 * INS-9 step 6: the first of the three that there is on the day. Follows `due (case_id, id, type, label, next_on, remind_on)`.
 * `offset 0`: looked up for each, since the planner would rather join whole tables when it misjudges how many are due.
 */
export const recipients = (asOf: PlainDate) => {
  const responsible = sql`
    select person_id as party_id from responsible join manager on manager.building_id = responsible.building_id
      and manager.party_id = responsible.manager_id and manager.valid_from = responsible.manager_from
    where responsible.building_id = place.id and ${valid('responsible', asOf)} and ${valid('manager', asOf)}`
  const managers = sql`select party_id from manager where building_id = place.id and ${valid('manager', asOf)}`
  const holders = sql`select party_id from holder where building_id = place.id and ${valid('holder', asOf)}`
  return sql`
  addressed as materialized (
    select due.case_id, due.id as subject_id, remind_on, recipient.*, jsonb_build_object('designation', designation, 'address', address,
      'caseNumber', number, 'type', due.type, 'label', due.label, 'nextOn', due.next_on,
      'lastPerformedOn', (select last_performed_on from inspection_type kept where kept.case_id = due.case_id and kept.id = due.id)) as data
    from due,
    lateral (select building.id, designation, address, number from case_file join building on building.id = building_id
      where case_file.id = due.case_id offset 0) place,
    lateral (
      select 'responsible' as addressed, party_id from (${responsible}) party union
      select 'manager', party_id from (${managers}) party where not exists (${responsible}) union
      select 'holders', party_id from (${holders}) party where not exists (${managers})) recipient)`
}

const marking = (asOf: PlainDate) => sql`
  marked as (
    update inspection_type type set last_notified_on = greatest(last_notified_on, ${asOf}::date)
    from (select distinct case_id, subject_id from addressed) done
    where type.case_id = done.case_id and type.id = done.subject_id)`

const lines = (isTelling: boolean) => sql`(select coalesce(json_agg(line order by line."remindOn", line.building, line.type, line.label), '[]') from (
  select data->>'designation' as building, data->>'type' as type, data->>'label' as label, data->>'nextOn' as "nextOn",
    remind_on as "remindOn", addressed as "to",
    json_agg(json_build_object('kind', party.kind, 'code', party.code) order by party.kind, party.code) as recipients
  from addressed join party on party.id = addressed.party_id ${isTelling ? sql`join told using (case_id, subject_id)` : sql``}
  group by case_id, subject_id, data, remind_on, addressed) line)`

/** The taken types go in as arrays, whose length the planner knows. */
async function tellDue(tx: Writer, due: Due[], { asOf, telling, withNotices }: Sweeping) {
  const { rows } = await sql<{ addressed: number; told: number | null; notices: Notice[] | null }>`
    with due as materialized (
      select found.*, type, label
      from unnest(${due.map((type) => type.caseId)}::bigint[], ${due.map((type) => type.id)}::bigint[],
        ${due.map((type) => type.nextOn)}::date[], ${due.map((type) => type.remindOn)}::date[]) found (case_id, id, next_on, remind_on),
      lateral (select type, label from inspection_type type where type.case_id = found.case_id and type.id = found.id offset 0) named),
    ${recipients(asOf)} ${telling ? sql`, ${tellingSql(telling)}, ${marking(asOf)}` : sql``}
    select (select count(distinct (case_id, subject_id))::int from addressed) as addressed,
      ${telling ? sql`(select count(*)::int from told)` : sql`null::int`} as told,
      ${withNotices ? lines(telling !== null) : sql`null`} as notices`.execute(tx)
  return rows[0]!
}

/** For many short look-ups: compiling them takes longer than running them, and their pages are in memory for the most part. */
const planForLookups = (tx: Writer) => sql`select set_config('jit', 'off', true), set_config('random_page_cost', '1.1', true)`.execute(tx)

/** One chunk of due types: found, and told in the same transaction unless this is a dry run. */
export async function sweepChunk(tx: Writer, sweeping: Sweeping, place: Place | null): Promise<Chunk> {
  await planForLookups(tx)
  const due = await takeDue(tx, sweeping, place)
  const last = due.at(-1)
  if (!last) return { told: 0, unaddressed: 0, last: null, notices: null }
  const { addressed, told, notices } = await tellDue(tx, due, sweeping)
  return { told: told ?? addressed, unaddressed: due.length - addressed, last, notices }
}
