// Who may see a case, and who may do what in it. Each predicate reads as its sentence in DOMAIN.md.
import { rightfulHolders, type Parties } from '../buildings/building.ts'
import { actsAlone, type Actor, type PersonActor } from '../people/actor.ts'
import type { Policy } from '../people/context.ts'
import type { HouseCase, OperationCase } from './case.ts'
import type { PropertyKind } from './tables.ts'

const isProfile = (actor: PersonActor) => (party: { id: number }) => party.id === actor.profile.id

/** Holds the building or a part of it, in the actor's profile (DOMAIN 2.2, groups 1 and 3). */
const isHolder = (actor: PersonActor, parties: Parties) =>
  parties.holders.some(({ party }) => party.id === actor.profile.id)

/** Is, or signs for, the building's manager (groups 5 and 7). */
const isManager = (actor: PersonActor, parties: Parties) => parties.managers.some(isProfile(actor))

/** The manager's responsible person, in the profile of that natural person (group 9). */
const isResponsible = (actor: PersonActor, parties: Parties) =>
  actor.represents === 'self' && parties.responsible.some(isProfile(actor))

/** Natural-person manager, sole signatory of a manager, or the responsible person. */
const isManagerSide = (actor: PersonActor, parties: Parties) =>
  (isManager(actor, parties) && actsAlone(actor)) || isResponsible(actor, parties)

/** The only owner or, where no owner is registered, the only legal possessor (MTR-1, A-2, A-4). */
const isSoleHolder = (actor: PersonActor, parties: Parties) => {
  const holders = rightfulHolders(parties.holders)
  return actsAlone(actor) && holders.length > 0 && holders.every(({ party }) => party.id === actor.profile.id)
}

/** Any co-owner in joint ownership; among apartments, the sole owner of one (DOMAIN 5.6, formula 2). */
const isParticipant = (actor: PersonActor, parties: Parties, kind: PropertyKind) => {
  const holders = rightfulHolders(parties.holders)
  const own = holders.filter(({ party }) => party.id === actor.profile.id)
  const holdsAlone = (premises: string) => holders.every((holder) => holder.premises !== premises || holder.party.id === actor.profile.id)
  return actsAlone(actor) && (kind === 'joint' ? own.length > 0 : own.some(({ premises }) => holdsAlone(premises)))
}

const isPerson = (actor: Actor): actor is PersonActor => actor.kind === 'person'

/** DOMAIN 2.2, the groups that exist. */
export const maySee = (actor: Actor, parties: Parties): boolean =>
  isPerson(actor) && (isHolder(actor, parties) || isManager(actor, parties) || isResponsible(actor, parties))

/** INS-1 under either policy. */
export const mayConfigureInspections = (actor: Actor, { parties }: OperationCase, policy: Policy): boolean =>
  isPerson(actor) && (isSoleHolder(actor, parties) || (policy === 'withManager' && isManagerSide(actor, parties)))

/** Inspections done are recorded and annulled by the participants and the manager's side. */
export const mayRecordInspections = (actor: Actor, { parties, propertyKind }: OperationCase): boolean =>
  isPerson(actor) && (isParticipant(actor, parties, propertyKind) || isManagerSide(actor, parties))

/**
 * MTR-1 under either policy: the sole party of all buildings of the house case, or of the one building
 * that a meter names.
 */
export const mayManageMeters = (actor: Actor, { buildings }: HouseCase, policy: Policy, buildingId: number | null = null): boolean => {
  const asked = buildings.filter(({ building }) => buildingId === null || building.id === buildingId)
  const may = ({ parties }: { parties: Parties }) =>
    isPerson(actor) && (isSoleHolder(actor, parties) || (policy === 'withManager' && isManagerSide(actor, parties)))
  return asked.length > 0 && asked.every(may)
}

/** Drafts are the manager's side's; without a manager they are whoever's may record (DOMAIN 4.2). */
export const maySeeDrafts = (actor: Actor, file: OperationCase): boolean =>
  isPerson(actor) && (isManagerSide(actor, file.parties) || (file.parties.managers.length === 0 && mayRecordInspections(actor, file)))

/** The buildings of a house whose manager's side the actor is: to their owners it writes as it needs (DOMAIN 2.5 section 17). */
export const buildingsManaged = (actor: Actor, { buildings }: HouseCase): HouseCase['buildings'] =>
  buildings.filter(({ parties }) => isPerson(actor) && isManagerSide(actor, parties))

/** The manager's side, and each owner or possessor of a part, to neighbours and the manager. */
export const mayWriteMessages = (actor: Actor, file: HouseCase): boolean =>
  isPerson(actor) && (buildingsManaged(actor, file).length > 0 || (actsAlone(actor) && file.buildings.some(({ parties }) => isHolder(actor, parties))))
