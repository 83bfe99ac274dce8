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

const partyColumns = ['party.id', 'party.kind', 'party.code', 'party.name'] as const

/** Whether a row of a table with `valid_from` and `valid_to` holds on a day. */
export const validOn = (table: string, day: PlainDate) =>
  sql<boolean>`${sql.ref(`${table}.valid_from`)} <= ${day} and coalesce(${sql.ref(`${table}.valid_to`)}, 'infinity') >= ${day}`

const holdersOf = (db: Reader, buildingIds: readonly number[], day: PlainDate) =>
  db
    .selectFrom('holder')
    .innerJoin('party', 'party.id', 'holder.party_id')
    .select([...partyColumns, 'building_id', 'right', 'premises', 'valid_from', 'valid_to'])
    .where('building_id', 'in', buildingIds)
    .where(validOn('holder', day))
    .orderBy('premises')
    .orderBy('party.id')
    .execute()

const managersOf = (db: Reader, buildingIds: readonly number[], day: PlainDate) =>
  db
    .selectFrom('manager')
    .innerJoin('party', 'party.id', 'manager.party_id')
    .select([...partyColumns, 'building_id'])
    .where('building_id', 'in', buildingIds)
    .where(validOn('manager', day))
    .orderBy('party.id')
    .execute()

const responsibleOf = (db: Reader, buildingIds: readonly number[], day: PlainDate) =>
  db
    .selectFrom('responsible')
    .innerJoin('party', 'party.id', 'responsible.person_id')
    .innerJoin('manager', (join) =>
      join
        .onRef('manager.building_id', '=', 'responsible.building_id')
        .onRef('manager.party_id', '=', 'responsible.manager_id')
        .onRef('manager.valid_from', '=', 'responsible.manager_from'),
    )
    .select([...partyColumns, 'responsible.building_id'])
    .where('responsible.building_id', 'in', buildingIds)
    .where(validOn('responsible', day))
    .where(validOn('manager', day))
    .orderBy('party.id')
    .execute()

const partyOf = ({ id, kind, code, name }: Party): Party => ({ id, kind, code, name })

/** The parties of several buildings on a day, by building id. */
export async function partiesOf(db: Reader, buildingIds: readonly number[], day: PlainDate): Promise<Map<number, Parties>> {
  const found = new Map(buildingIds.map((id): [number, Parties] => [id, { holders: [], managers: [], responsible: [] }]))
  if (buildingIds.length === 0) return found
  for (const row of await holdersOf(db, buildingIds, day)) {
    const { right, premises, valid_from: from, valid_to: to } = row
    found.get(row.building_id)!.holders.push({ party: partyOf(row), right, premises, from, to })
  }
  for (const row of await managersOf(db, buildingIds, day)) found.get(row.building_id)!.managers.push(partyOf(row))
  for (const row of await responsibleOf(db, buildingIds, day)) found.get(row.building_id)!.responsible.push(partyOf(row))
  for (const parties of found.values()) {
    parties.managers = distinct(parties.managers)
    parties.responsible = distinct(parties.responsible)
  }
  return found
}
