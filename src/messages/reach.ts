// Whom an actor may write to in a house: by name and premises, never by address or code.
import type { HouseCase } from '../cases/case.ts'
import { buildingsManaged } from '../cases/access.ts'
import type { Party, PersonActor } from '../people/actor.ts'
import type { Reach } from './message.ts'

/** `premises`: the last digits of the designations of what the owner holds; none of a share of the whole. */
export type Addressee = { id: number; name: string; premises: string[] }

export type People = { reach: Reach; owners: Addressee[]; management: Party[] }

const premisesOf = (designation: string) => designation.slice(-3).replace(/^0+(?=.)/, '')

function ownersOf(buildings: HouseCase['buildings'], self: number): Addressee[] {
  const found = new Map<number, Addressee>()
  for (const { party, premises } of buildings.flatMap(({ parties }) => parties.holders)) {
    const known = found.get(party.id) ?? { id: party.id, name: party.name, premises: [] }
    if (premises !== '' && !known.premises.includes(premisesOf(premises))) known.premises.push(premisesOf(premises))
    if (party.id !== self) found.set(party.id, known)
  }
  return [...found.values()]
}

/** The manager's side reaches the owners of what it manages; an owner every other owner, the manager and who answers for the house. */
export function peopleOf(actor: PersonActor, file: HouseCase): People {
  const managed = buildingsManaged(actor, file)
  const mayAll = managed.length > 0
  const owners = ownersOf(mayAll ? managed : file.buildings, actor.profile.id)
  const named = file.buildings.flatMap(({ parties }) => [...parties.managers, ...parties.responsible])
  const management = mayAll ? [] : [...new Map(named.filter(({ id }) => id !== actor.profile.id).map((party) => [party.id, party])).values()]
  return { reach: { mayAll, owners: new Set(owners.map(({ id }) => id)), management: new Set(management.map(({ id }) => id)) }, owners, management }
}
