// A building, and the parties that the registers name for it on a day.
import { sql } from 'kysely'
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

/** A party that the registers name for a building. */
type Named = ({ role: 'holder' } & Holder) | { role: 'manager' | 'responsible'; party: Party }

/** Everyone named for a row of `building` on a day, as one column: see `partiesFrom`. */
export function namedColumn(day: PlainDate) {
  const named = sql`
    select 'holder' as role, party_id, "right", premises, valid_from, valid_to from holder where holder.building_id = building.id and ${validOn('holder', day)}
    union all select 'manager', party_id, null, null, null, null from manager where manager.building_id = building.id and ${validOn('manager', day)}
    union all select 'responsible', responsible.person_id, null, null, null, null from responsible join manager on manager.building_id = responsible.building_id
      and manager.party_id = responsible.manager_id and manager.valid_from = responsible.manager_from
      where responsible.building_id = building.id and ${validOn('responsible', day)} and ${validOn('manager', day)}`
  const party = sql`json_build_object('id', party.id, 'kind', party.kind, 'code', party.code, 'name', party.name)`
  return sql<Named[] | null>`(select json_agg(json_build_object('role', role, 'right', "right", 'premises', premises, 'from', valid_from, 'to', valid_to, 'party', ${party}))
    from (${named}) named join party on party.id = named.party_id)`
}

const byPremises = (a: Holder, b: Holder) => (a.premises < b.premises ? -1 : Number(a.premises > b.premises))

/** What `namedColumn` found: holders by premises, managers and responsible persons each once. */
export function partiesFrom(named: readonly Named[] | null): Parties {
  const all = (named ?? []).toSorted((a, b) => a.party.id - b.party.id)
  const [holders, others] = [all.filter((one) => one.role === 'holder'), all.filter((one) => one.role !== 'holder')]
  const inRole = (role: Named['role']) => distinct(others.filter((one) => one.role === role).map(({ party }) => party))
  return { holders: holders.map(({ role: _, ...holder }) => holder).toSorted(byPremises), managers: inRole('manager'), responsible: inRole('responsible') }
}

/** The parties of several buildings on a day, by building id. */
export async function partiesOf(db: Reader, buildingIds: readonly number[], day: PlainDate): Promise<Map<number, Parties>> {
  if (buildingIds.length === 0) return new Map()
  const rows = await db.selectFrom('building').select(['id', namedColumn(day).as('named')]).where('id', 'in', buildingIds).execute()
  return new Map(rows.map(({ id, named }) => [id, partiesFrom(named)]))
}
