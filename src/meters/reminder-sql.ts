// The sweep's statements over meters: the same rules as in `reminder.ts`, for many meters at once (a property test compares).
import { sql, type RawBuilder } from 'kysely'
import { validOn } from '../buildings/building.ts'
import type { PlainDate } from '../kernel/date.ts'
import { addDays, addMonths } from '../kernel/date.ts'
import type { Reminder } from '../kernel/period.ts'
import { tellingSql, type Telling } from '../notifications/notice-sql.ts'
import type { Held, Place } from '../notifications/teller.ts'
import type { Policy } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import type { Addressed } from './reminder.ts'

export type MeterKind = 'READING_DUE' | 'METER_VALIDITY'

/** `on`: the day when the reading is due, or the last day of the validity term. */
export type MeterNotice = {
  kind: MeterKind
  caseNumber: string
  type: string
  number: string
  on: PlainDate
  remindOn: PlainDate
  to: Addressed
  recipients: { kind: 'person' | 'organisation'; code: string }[]
}

export type MeterSweeping = { kind: MeterKind; asOf: PlainDate; lead: Reminder; policy: Policy; telling: Telling | null; withNotices: boolean }

export const chunkSize = 5000

/** The column that each kind goes by, when it is reminded of, and the mark that it was. */
const partsOf = ({ kind, lead }: MeterSweeping) =>
  kind === 'READING_DUE'
    ? { on: sql.ref('reading_due_on'), remindOn: sql`reading_due_on`, mark: sql.ref('reading_notified_on'), known: sql`last_read_on is not null` }
    : { on: sql.ref('valid_until'), remindOn: sql`minus_reminder(valid_until, ${lead.value}::int, ${lead.unit}::text)`, mark: sql.ref('validity_notified_on'), known: sql`valid_until is not null` }

/** A day behind every date that may be due: the index is read up to there. The end of a month may take three days. */
const furthest = ({ kind, asOf, lead }: MeterSweeping): PlainDate =>
  kind === 'READING_DUE' ? asOf : lead.unit === 'DAY' ? addDays(asOf, lead.value) : addDays(addMonths(asOf, lead.value), 3)

const due = (sweeping: MeterSweeping): RawBuilder<unknown> => {
  const { on, remindOn, mark, known } = partsOf(sweeping)
  return sql`from meter where deleted_at is null and status = 'ACTIVE' and ${known} and (${mark} is null or ${mark} < ${on})
    and ${on} <= ${furthest(sweeping)}::date and ${remindOn} <= ${sweeping.asOf}::date and (${mark} is null or ${mark} < ${remindOn})`
}

type Due = { caseId: number; id: number; on: PlainDate }

/** The next due meters, locked until they are told; those that another transaction holds are left out. `place.remindOn` is what the order goes by. */
async function takeDue(tx: Writer, sweeping: MeterSweeping, place: Place | null): Promise<Due[]> {
  const { on } = partsOf(sweeping)
  const behind = place ? sql`(${on}, case_id, id) > (${place.remindOn}::date, ${place.caseId}::bigint, ${place.id}::bigint)` : sql`true`
  const { rows } = await sql<Due>`select case_id as "caseId", id, ${on} as "on" ${due(sweeping)} and ${behind}
    order by ${on}, case_id, id limit ${chunkSize} ${sweeping.telling ? sql`for update skip locked` : sql``}`.execute(tx)
  return rows
}

export async function heldMeter(tx: Writer, sweeping: MeterSweeping): Promise<Held | undefined> {
  const found = sql`select case_id, id ${due(sweeping)}`
  const { rows } = await sql<Held>`
    with due as materialized (${found}), free as materialized (${found} for update skip locked)
    select case_id as "caseId", id from (select * from due except select * from free) held limit 1`.execute(tx)
  return rows[0]
}

export const waitForMeter = (tx: Writer, { caseId, id }: Held) => sql`select from meter where case_id = ${caseId} and id = ${id} for update`.execute(tx)

/** Who may enter the readings of each `due` meter, the first of the three kinds that there is: `whoEnters`. */
const chosen = ({ asOf, policy }: MeterSweeping) => sql`
  asked as materialized (
    select place.*, member.building_id, count(*) over (partition by place.case_id, place.place) as buildings
    from (select distinct case_id, place from due) place,
    lateral (select building_id from house_case_building where case_id = place.case_id and place.place in (0, building_id) offset 0) member),
  held as materialized (
    select asked.*, party_id from asked, lateral (
      select party_id, "right" = 'owner' or not bool_or("right" = 'owner') over () as counts
      from holder where holder.building_id = asked.building_id and ${validOn('holder', asOf)} offset 0) holder
    where counts),
  managing as materialized (
    select asked.*, party_id, 2 as rank from asked, lateral (
      select party_id from manager where manager.building_id = asked.building_id and ${validOn('manager', asOf)} offset 0) manager
    union all
    select asked.*, party_id, 1 from asked, lateral (
      select person_id as party_id from responsible join manager on manager.building_id = responsible.building_id
        and manager.party_id = responsible.manager_id and manager.valid_from = responsible.manager_from
      where responsible.building_id = asked.building_id and ${validOn('responsible', asOf)} and ${validOn('manager', asOf)} offset 0) responsible),
  able as (
    select case_id, place, buildings, building_id, min(party_id) as party_id from held group by 1, 2, 3, 4 having count(distinct party_id) = 1
    ${policy === 'withManager' ? sql`union select case_id, place, buildings, building_id, party_id from managing` : sql``}),
  entering as (
    select case_id, place, party_id from able group by case_id, place, buildings, party_id having count(distinct building_id) = buildings),
  ranked as (
    select case_id, place, party_id, min(rank) as rank
    from entering join (select case_id, place, party_id, 3 as rank from held union all select case_id, place, party_id, rank from managing) named using (case_id, place, party_id),
    lateral (select from party where id = party_id and (kind = 'person' or exists (
      select from representative where organisation_id = party.id and representative.kind = 'sole' and ${validOn('representative', asOf)})) offset 0) bound
    group by 1, 2, 3),
  chosen as (
    select case_id, place, party_id, (array['responsible', 'manager', 'holders'])[rank] as addressed
    from (select *, min(rank) over (partition by case_id, place) as first from ranked) ranked where rank = first)`

const addressed = sql`
  addressed as materialized (
    select due.case_id, due.id as subject_id, remind_on, addressed, party_id, jsonb_build_object('caseNumber', house.number, 'address', address,
      'type', due.type, 'number', due.number, 'on', due.on_day, 'lastReadOn', last_read_on) as data
    from due join chosen using (case_id, place),
    lateral (select number from case_file where id = due.case_id offset 0) house,
    lateral (select address
      from (select building_id from house_case_building where case_id = due.case_id and due.place in (0, building_id) offset 0) member,
        lateral (select id, address from building where id = building_id offset 0) building
      order by lv_sort(address) collate "C", id limit 1) place)`

const lines = (kind: MeterKind, isTelling: boolean) => sql`(select coalesce(json_agg(line order by line."remindOn", line."caseNumber", line.type, line.number), '[]') from (
  select ${kind}::text as kind, data->>'caseNumber' as "caseNumber", data->>'type' as type, data->>'number' as number, data->>'on' as "on",
    remind_on as "remindOn", addressed as "to",
    json_agg(json_build_object('kind', party.kind, 'code', party.code) order by party.kind, party.code) as recipients
  from addressed join party on party.id = addressed.party_id ${isTelling ? sql`join told using (case_id, subject_id)` : sql``}
  group by case_id, subject_id, data, remind_on, addressed) line)`

async function tellDue(tx: Writer, taken: readonly Due[], sweeping: MeterSweeping) {
  const { kind, telling, withNotices } = sweeping
  const { on, remindOn } = partsOf(sweeping)
  const { rows } = await sql<{ addressed: Held[]; told: number | null; notices: MeterNotice[] | null }>`
    with due as materialized (
      select meter.case_id, meter.id, coalesce(building_id, 0) as place, type, number, last_read_on, ${on} as on_day, ${remindOn} as remind_on
      from unnest(${taken.map(({ caseId }) => caseId)}::bigint[], ${taken.map(({ id }) => id)}::bigint[]) found (case_id, id),
      lateral (select * from meter where meter.case_id = found.case_id and meter.id = found.id offset 0) meter),
    ${chosen(sweeping)}, ${addressed} ${telling ? sql`, ${tellingSql(telling)}` : sql``}
    select (select coalesce(json_agg(json_build_object('caseId', case_id, 'id', subject_id)), '[]') from (select distinct case_id, subject_id from addressed) done) as addressed,
      ${telling ? sql`(select count(*)::int from told)` : sql`null::int`} as told,
      ${withNotices ? lines(kind, telling !== null) : sql`null`} as notices`.execute(tx)
  return rows[0]!
}

/** That they were told of: the day, on the meters themselves. */
const markTold = (tx: Writer, told: readonly Held[], sweeping: MeterSweeping) => {
  const { mark } = partsOf(sweeping)
  return sql`update meter set ${mark} = greatest(${mark}, ${sweeping.asOf}::date)
    from unnest(${told.map(({ caseId }) => caseId)}::bigint[], ${told.map(({ id }) => id)}::bigint[]) told (case_id, id)
    where meter.case_id = told.case_id and meter.id = told.id`.execute(tx)
}

/** For many short look-ups, as the sweep of inspections has it. */
const planForLookups = (tx: Writer) => sql`select set_config('jit', 'off', true), set_config('random_page_cost', '1.1', true)`.execute(tx)

/**
 * What a chunk finds is joined by hashing where it is not looked up: the planner cannot know how much that will be, takes it for one
 * row and would compare each with each.
 */
const planForJoins = (tx: Writer, isOn: boolean) => sql`select set_config('enable_nestloop', ${isOn ? 'off' : 'on'}, true)`.execute(tx)

/** One chunk of due meters: found, and told in the same transaction unless this is a dry run. */
export async function meterChunk(tx: Writer, sweeping: MeterSweeping, place: Place | null) {
  await planForLookups(tx)
  const taken = await takeDue(tx, sweeping, place)
  const last = taken.at(-1)
  if (!last) return { told: 0, unaddressed: 0, last: null, notices: null }
  await planForJoins(tx, true)
  const { addressed, told, notices } = await tellDue(tx, taken, sweeping)
  await planForJoins(tx, false)
  if (sweeping.telling) await markTold(tx, addressed, sweeping)
  return { told: told ?? addressed.length, unaddressed: taken.length - addressed.length, last: { remindOn: last.on, caseId: last.caseId, id: last.id }, notices }
}
