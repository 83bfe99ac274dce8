// A building, and the parties that the registers name for it on a day.
import { sql, type RawBuilder } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Reader } from '../platform/database.ts'
import type { Party } from '../people/actor.ts'
import type { HolderRight } from './tables.ts'

export type Building = {
  id: number
  designation: string
  address: string
  mainUseCode: string
  mainUse: string
  isPublic: boolean
}

/** A right to the whole building (`premises` empty) or to one premise group of it. */
export type Holder = { party: Party; right: HolderRight; premises: string; from: PlainDate; to: PlainDate | null }

/** Everyone named for a building on a day: ended and future rights do not count (A-2, A-26). */
export type Parties = { holders: Holder[]; managers: Party[]; responsible: Party[] }

/** The parties whose consent the source text asks for: the owners or, when none is registered, the possessors (A-2). */
export function rightfulHolders(holders: readonly Holder[]): Holder[] {
  const owners = holders.filter((holder) => holder.right === 'owner')
  return owners.length > 0 ? owners : [...holders]
}

/** The parties of a list, each once. */
export const distinct = (parties: readonly Party[]): Party[] => [...new Map(parties.map((party) => [party.id, party])).values()]

/** Whether a row of a table with `valid_from` and `valid_to` holds on a day. */
export const validOn = (table: string, day: PlainDate) =>
  sql<boolean>`${sql.ref(`${table}.valid_from`)} <= ${day} and coalesce(${sql.ref(`${table}.valid_to`)}, 'infinity') >= ${day}`

const partyObject = sql`json_build_object('id', party.id, 'kind', party.kind, 'code', party.code, 'name', party.name)`

/** An array of objects, also where there is none. */
const arrayOf = (object: RawBuilder<unknown>, from: RawBuilder<unknown>) => sql`coalesce((select json_agg(${object} order by premises, party.id) from ${from}), '[]')`

/** The parties of a row of `building` on a day, as one column. */
export function partiesColumn(day: PlainDate) {
  const holder = sql`json_build_object('party', ${partyObject}, 'right', "right", 'premises', premises, 'from', valid_from, 'to', valid_to)`
  const holders = sql`holder join party on party.id = holder.party_id where holder.building_id = building.id and ${validOn('holder', day)}`
  const managers = sql`(select distinct party_id, '' as premises from manager where manager.building_id = building.id and ${validOn('manager', day)}) manager
    join party on party.id = manager.party_id`
  const responsible = sql`(select distinct responsible.person_id, '' as premises from responsible join manager on manager.building_id = responsible.building_id
      and manager.party_id = responsible.manager_id and manager.valid_from = responsible.manager_from
    where responsible.building_id = building.id and ${validOn('responsible', day)} and ${validOn('manager', day)}) responsible
    join party on party.id = responsible.person_id`
  return sql<Parties>`json_build_object('holders', ${arrayOf(holder, holders)}, 'managers', ${arrayOf(partyObject, managers)}, 'responsible', ${arrayOf(partyObject, responsible)})`
}

/** The parties of several buildings on a day, by building id. */
export async function partiesOf(db: Reader, buildingIds: readonly number[], day: PlainDate): Promise<Map<number, Parties>> {
  if (buildingIds.length === 0) return new Map()
  const rows = await db.selectFrom('building').select(['id', partiesColumn(day).as('parties')]).where('id', 'in', buildingIds).execute()
  return new Map(rows.map(({ id, parties }) => [id, parties]))
}
