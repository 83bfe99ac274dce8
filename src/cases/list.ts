// The lists of cases that an actor may see: filtered, ordered and paged by the database (DOMAIN 2.2 to 2.4).
import { sql } from 'kysely'
import { validOn } from '../buildings/building.ts'
import type { PlainDate } from '../kernel/date.ts'
import type { Context } from '../people/context.ts'
import { contains, containsDigits, containsFolded, listedOf, paged, type Listed, type Paging } from './list-sql.ts'
import type { PropertyKind } from './tables.ts'
import { visibleBuildings } from './visible.ts'

export const caseSorts = ['address', 'number', 'designation', 'mainUse', 'next'] as const
export const houseSorts = ['address', 'number', 'propertyNumber', 'manager', 'responsible'] as const
export type CaseSort = (typeof caseSorts)[number]
export type HouseSort = (typeof houseSorts)[number]

/** Substrings: of the number; of the building's designation, spaces ignored; of the address, case and diacritics ignored. */
export type CaseFilter = Paging<CaseSort> & { number?: string; designation?: string; address?: string }

/** The same, with the property's cadastre number for the designation, and the name of a manager of today. */
export type HouseFilter = Paging<HouseSort> & { number?: string; propertyNumber?: string; address?: string; manager?: string }

export type CaseLine = {
  id: number
  number: string
  designation: string
  address: string
  mainUseCode: string
  mainUse: string
  isPublic: boolean
  /** The number of the house case that the building is in. */
  houseCase: string | null
  /** The earliest next date of its inspection types, in the past when overdue. */
  nextOn: PlainDate | null
}

export type HouseLine = {
  id: number
  number: string
  propertyNumber: string
  propertyKind: PropertyKind
  /** Each once, in Latvian order. */
  addresses: string[]
  managers: string[]
  responsible: string[]
}

type Place = Pick<Context, 'actor' | 'today' | 'db'>
type Keyed = { key: string; numberKey: string }

const caseKeys = {
  address: sql`lv_sort(building.address)`,
  number: sql`lv_sort(file.number)`,
  designation: sql`building.designation`,
  mainUse: sql`lv_sort(building.main_use)`,
  // Cases where nothing is planned come last.
  next: sql`coalesce(to_char(next_on, 'YYYY-MM-DD'), '~')`,
} as const satisfies Record<CaseSort, unknown>

const cases = (place: Place, { number, designation, address, sort = 'address' }: CaseFilter) => sql`
  select file.id, file.number, building.designation, building.address, building.main_use_code as "mainUseCode",
    building.main_use as "mainUse", building.is_public as "isPublic", next_on as "nextOn",
    (select house.number from house_case_building member join case_file house on house.id = member.case_id
      where member.building_id = building.id) as "houseCase",
    ${caseKeys[sort]} as key, lv_sort(file.number) as "numberKey"
  from (${visibleBuildings(place)}) visible
  join building on building.id = visible.building_id
  join case_file file on file.building_id = building.id and file.kind = 'operation'
  left join lateral (select min(next_on) as next_on from inspection_type where case_id = file.id and deleted_at is null) coming on true
  where ${contains(sql`file.number`, number)} and ${containsDigits(sql`building.designation`, designation)}
    and ${containsFolded(sql`building.address`, address)}`

/** The operation cases of the active profile; by address, then number, unless asked otherwise. */
export async function visibleCases(place: Place, filter: CaseFilter = {}): Promise<Listed<CaseLine>> {
  const rows = await place.db.selectFrom(paged(cases(place, filter), filter).$castTo<CaseLine & Keyed>().as('page')).selectAll().execute()
  return listedOf(rows, filter.limit)
}

const houseKeys = {
  address: sql`coalesce(min(lv_sort(building.address) collate "C"), '~')`,
  number: sql`lv_sort(house.number)`,
  propertyNumber: sql`house.property_number`,
  // Houses without one come last.
  manager: sql`coalesce(min(lv_sort(managers.name) collate "C"), '~')`,
  responsible: sql`coalesce(min(lv_sort(persons.name) collate "C"), '~')`,
} as const satisfies Record<HouseSort, unknown>

/** The distinct texts of an aggregate, in Latvian order. */
const names = (column: ReturnType<typeof sql>) => sql`coalesce((select json_agg(name order by lv_sort(name) collate "C", name)
  from (select distinct unnest(array_agg(${column})) as name) one where name is not null), '[]')`

const houses = ({ actor, today }: Place, { number, propertyNumber, address, manager, sort = 'address' }: HouseFilter) => sql`
  select house.id, house.number, house.property_number as "propertyNumber", house.property_kind as "propertyKind",
    ${names(sql`building.address`)} as addresses, ${names(sql`managers.name`)} as managers, ${names(sql`persons.name`)} as responsible,
    ${houseKeys[sort]} as key, lv_sort(house.number) as "numberKey"
  from (select distinct case_id from house_case_building where building_id in (${visibleBuildings({ actor, today })})) visible
  join case_file house on house.id = visible.case_id
  join house_case_building member on member.case_id = house.id
  join building on building.id = member.building_id
  left join manager on manager.building_id = building.id and ${validOn('manager', today)}
  left join party managers on managers.id = manager.party_id
  left join responsible on responsible.building_id = manager.building_id and responsible.manager_id = manager.party_id
    and responsible.manager_from = manager.valid_from and ${validOn('responsible', today)}
  left join party persons on persons.id = responsible.person_id
  where ${contains(sql`house.number`, number)} and ${containsDigits(sql`house.property_number`, propertyNumber)}
  group by house.id
  having bool_or(${containsFolded(sql`building.address`, address)}) and coalesce(bool_or(${containsFolded(sql`managers.name`, manager)}), false)`

/** The house cases with a building that the active profile may see. */
export async function visibleHouseCases(place: Place, filter: HouseFilter = {}): Promise<Listed<HouseLine>> {
  const rows = await place.db.selectFrom(paged(houses(place, filter), filter).$castTo<HouseLine & Keyed>().as('page')).selectAll().execute()
  return listedOf(rows, filter.limit)
}

const count = async (db: Place['db'], listed: ReturnType<typeof sql>) =>
  (await db.selectFrom(sql<object>`(${listed})`.as('listed')).select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()).count

/** How many cases a filter leaves, on all pages. */
export const countVisibleCases = (place: Place, filter: CaseFilter = {}) => count(place.db, cases(place, filter))
export const countVisibleHouseCases = (place: Place, filter: HouseFilter = {}) => count(place.db, houses(place, filter))
