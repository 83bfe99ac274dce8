// The SQL of the calendar: what comes next over all buildings that the active profile may see.
import { sql, type RawBuilder } from 'kysely'
import { addMonths, type PlainDate } from '../kernel/date.ts'
import { containsFolded } from '../cases/list-sql.ts'
import { visibleBuildings } from '../cases/visible.ts'
import { mostDue, type Asked } from '../feeds/due.ts'
import type { Context } from '../people/context.ts'
import type { InspectionType } from './inspection-type.ts'

/** A type of a building, with where it is. */
export type Planned = InspectionType & { caseNumber: string; address: string }

/** `building`: a part of its address or of its case's number. `type`: the key of a type. What is empty does not filter. */
export type CalendarFilter = { building?: string; type?: string }

/** `overdue`, a month `YYYY-MM`, or `later`: after the twelve months that begin with this one. */
export type CalendarPart = string

type Place = Pick<Context, 'actor' | 'today' | 'db'>

const columns = sql`type.case_id as "caseId", type.id, type.type, type.label, first_on as "firstOn", last_performed_on as "lastPerformedOn",
  next_on as "nextOn", remind_on as "remindOn", last_notified_on as "lastNotifiedOn", file.number as "caseNumber", building.address,
  json_build_object('value', period_value, 'unit', period_unit) as period,
  case when reminder_value is not null then json_build_object('value', reminder_value, 'unit', reminder_unit) end as reminder`

const order = sql`next_on, lv_sort(building.address) collate "C", lv_sort(type.type) collate "C", lv_sort(type.label) collate "C", type.id`

const ofBuildings = (buildings: RawBuilder<unknown>) => sql`inspection_type type join case_file file on file.id = type.case_id
  join building on building.id = file.building_id where type.deleted_at is null and building.id in (${buildings})`

/** The last month of a calendar ends before this day. */
export const calendarEnd = (today: PlainDate): PlainDate => addMonths(`${today.slice(0, 7)}-01` as PlainDate, 12)

const partOf = (today: PlainDate) =>
  sql<CalendarPart>`case when next_on < ${today}::date then 'overdue' when next_on >= ${calendarEnd(today)}::date then 'later' else to_char(next_on, 'YYYY-MM') end`

const filtered = (place: Place, { building, type }: CalendarFilter) => sql`${ofBuildings(visibleBuildings(place))}
  and (${containsFolded(sql`building.address`, building)} or ${containsFolded(sql`file.number`, building)})
  and ${type ? sql`type.type_key = ${type}` : sql`true`}`

/** How much there is in each part of the calendar; parts without anything are absent. */
export async function calendarCounts(place: Place, filter: CalendarFilter): Promise<Map<CalendarPart, number>> {
  const counts = sql<{ part: CalendarPart; count: number }>`(select part, count(*)::int as count from
    (select ${partOf(place.today)} as part from ${filtered(place, filter)}) parts group by part)`
  const rows = await place.db.selectFrom(counts.as('counts')).selectAll().execute()
  return new Map(rows.map(({ part, count }) => [part, count]))
}

const select = (db: Place['db'], rows: RawBuilder<unknown>) => db.selectFrom(rows.$castTo<Planned>().as('planned')).selectAll().execute()

/** What comes next, the earliest first; of one part, or of all. */
export const calendarItems = (place: Place, filter: CalendarFilter, { part, limit, offset = 0 }: { part?: CalendarPart; limit: number; offset?: number }) =>
  select(
    place.db,
    sql`(select ${columns} from ${filtered(place, filter)} and ${part ? sql`${partOf(place.today)} = ${part}` : sql`true`}
      order by ${order} limit ${limit}::int offset ${offset}::int)`,
  )

/** The types that the calendar has, by key, in the words that were used first. */
export async function calendarTypes(place: Place): Promise<{ key: string; type: string }[]> {
  const types = sql<{ key: string; type: string }>`(select type_key as key, min(type.type) as type from ${filtered(place, {})}
    group by type_key order by lv_sort(min(type.type)) collate "C" limit 200)`
  return place.db.selectFrom(types.as('types')).selectAll().execute()
}

/** What comes next in given buildings, the earliest first. For pages that asked already who may see them. */
export const plannedIn = async (db: Place['db'], buildingIds: readonly number[]): Promise<Planned[]> =>
  buildingIds.length === 0 ? [] : select(db, sql`(select ${columns} from ${ofBuildings(sql.join(buildingIds))} order by ${order})`)

/** What comes next between two days in the buildings of a select, the earliest first and not without end. For readers who may see them. */
export const plannedBetween = (db: Place['db'], { buildings, from, to }: Pick<Asked, 'buildings' | 'from' | 'to'>): Promise<Planned[]> =>
  select(db, sql`(select ${columns} from ${ofBuildings(buildings)} and next_on between ${from}::date and ${to}::date order by ${order} limit ${mostDue})`)

/** What comes first in each of some cases. */
export async function firstPlanned(db: Place['db'], caseIds: readonly number[]): Promise<Planned[]> {
  if (caseIds.length === 0) return []
  const buildings = sql`select building_id from case_file where id in (${sql.join([...caseIds])})`
  return select(db, sql`(select distinct on (type.case_id) ${columns} from ${ofBuildings(buildings)} order by type.case_id, ${order})`)
}
