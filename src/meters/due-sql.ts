// Meters that come due between two days, gathered by their place and day: a person walks through a house once for all of them.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import { mostDue, type Asked } from '../feeds/due.ts'
import type { MeterKind } from './reminder-sql.ts'
import type { MeterType } from './tables.ts'

/** `place`: the building that the meters are of; 0 for the whole property. */
export type MetersDue = {
  caseId: number
  caseNumber: string
  place: number
  on: PlainDate
  address: string
  meters: { type: MeterType; number: string; premises: string }[]
}

const days = { READING_DUE: sql.ref('reading_due_on'), METER_VALIDITY: sql.ref('valid_until') } satisfies Record<MeterKind, unknown>

/** Of meters in use, of the buildings that are asked for and of their whole properties. */
export async function metersDue(kind: MeterKind, { ctx, buildings, from, to }: Asked): Promise<MetersDue[]> {
  const rows = sql<MetersDue>`(with
    asked as materialized (select building_id from ${buildings} asked),
    house as materialized (select distinct case_id from house_case_building where building_id in (select building_id from asked))
    select due.*, file.number as "caseNumber", first.address
    from (select case_id as "caseId", coalesce(building_id, 0) as place, ${days[kind]} as "on",
        json_agg(json_build_object('type', type, 'number', number, 'premises', premises)
          order by array_position(array['WATER','GAS','ELECTRICITY','HEAT'], type), lv_sort(number) collate "C") as meters
      from meter where case_id in (select case_id from house) and deleted_at is null and status = 'ACTIVE'
        and ${days[kind]} between ${from}::date and ${to}::date and (building_id is null or building_id in (select building_id from asked))
      group by 1, 2, 3) due
    join case_file file on file.id = due."caseId",
    lateral (select address from house_case_building member join building on building.id = member.building_id
      where member.case_id = due."caseId" and due.place in (0, building.id) order by lv_sort(address) collate "C", building.id limit 1) first
    order by "on", "caseId", place limit ${mostDue})`
  return ctx.db.selectFrom(rows.as('due')).selectAll().execute()
}
