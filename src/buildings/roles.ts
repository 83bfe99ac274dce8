// What parties are to buildings: owners, possessors, managers and managers' responsible persons.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Reader } from '../platform/database.ts'
import { gathered, type Role, type RolesOf } from '../people/role.ts'
import { validOn } from './building.ts'
import type { HolderRight } from './tables.ts'

type Row = { partyId: number; role: Role }
type Held = { right: HolderRight; premises: string; isShared: boolean; address: string }

function holderRole({ right, premises, isShared, address }: Held): Role {
  if (premises !== '') return { kind: isShared ? 'co-flat' : 'flat', of: address, premises: premises.slice(-3) }
  return { kind: right === 'possessor' ? 'possessor' : isShared ? 'co-owner' : 'owner', of: address }
}

async function held(db: Reader, partyIds: readonly number[], today: PlainDate): Promise<Row[]> {
  const isShared = sql<boolean>`exists (select from holder other where other.building_id = holder.building_id
    and other.premises = holder.premises and other."right" = holder."right" and other.party_id <> holder.party_id and ${validOn('other', today)})`
  const rows = await db
    .selectFrom('holder')
    .innerJoin('building', 'building.id', 'holder.building_id')
    .select(['party_id', 'right', 'premises', 'address', isShared.as('isShared')])
    .where('party_id', 'in', partyIds)
    .where(validOn('holder', today))
    .orderBy('holder.premises')
    .orderBy('building.id')
    .execute()
  return rows.map((row) => ({ partyId: row.party_id, role: holderRole(row) }))
}

async function managed(db: Reader, partyIds: readonly number[], today: PlainDate): Promise<Row[]> {
  const rows = await db
    .selectFrom('manager')
    .innerJoin('building', 'building.id', 'manager.building_id')
    .select(['party_id', 'address'])
    .where('party_id', 'in', partyIds)
    .where(validOn('manager', today))
    .orderBy('building.id')
    .execute()
  return rows.map(({ party_id, address }) => ({ partyId: party_id, role: { kind: 'manager', of: address } }))
}

async function answeredFor(db: Reader, partyIds: readonly number[], today: PlainDate): Promise<Row[]> {
  const rows = await db
    .selectFrom('responsible')
    .innerJoin('party', 'party.id', 'responsible.manager_id')
    .select(['person_id', 'party.name'])
    .where('person_id', 'in', partyIds)
    .where(validOn('responsible', today))
    .orderBy('responsible.building_id')
    .execute()
  return rows.map(({ person_id, name }) => ({ partyId: person_id, role: { kind: 'responsible', of: name } }))
}

export const rolesInBuildings: RolesOf = async (db, partyIds, today) => {
  if (partyIds.length === 0) return new Map()
  return gathered([...(await managed(db, partyIds, today)), ...(await answeredFor(db, partyIds, today)), ...(await held(db, partyIds, today))])
}
