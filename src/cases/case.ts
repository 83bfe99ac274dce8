// Cases: the operation case of one building, and the house case of a property with one or more buildings.
import type { Building, Parties } from '../buildings/building.ts'
import type { PropertyKind } from './tables.ts'

/** An operation case with all that its access rules ask for, as it stands on a day. */
export type OperationCase = {
  kind: 'operation'
  id: number
  number: string
  building: Building
  parties: Parties
  /** From the house case where there is one, else by the same rule (DOMAIN 2.5). */
  propertyKind: PropertyKind
  houseCase: { number: string; propertyNumber: string } | null
}

export type HouseCase = {
  kind: 'house'
  id: number
  number: string
  propertyNumber: string
  propertyKind: PropertyKind
  buildings: { building: Building; parties: Parties; caseNumber: string }[]
}

/** A building divided into apartments has rights registered to its premises (DOMAIN 2.5). */
export const propertyKindOf = (parties: Parties): PropertyKind =>
  parties.holders.some((holder) => holder.premises !== '') ? 'apartments' : 'joint'
