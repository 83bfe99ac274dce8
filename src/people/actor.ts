// Who acts: a person in one profile (self, or an organisation that the person represents), or the system.

export type Party = { id: number; kind: 'person' | 'organisation'; code: string; name: string }
export type Representation = 'self' | 'sole' | 'joint'

export type PersonActor = {
  kind: 'person'
  person: Party
  /** The party acted for: the person itself, or an organisation. Rights, lists and notices are per profile. */
  profile: Party
  represents: Representation
  /** Named in the installation's configuration to see how it runs. */
  operator: boolean
  /** Named there to answer those who report problems. */
  support: boolean
}
/** The personal codes of those who work for the installation itself. */
export type Staff = { operators: ReadonlySet<string>; support: ReadonlySet<string> }

export type Actor = PersonActor | { kind: 'system' }

/** `page`, `api`, `command` or `job`: the door that a change came through. */
export type Via = 'page' | 'api' | 'command' | 'job'

/** The person behind the actor; null for the system. */
export const personIdOf = (actor: Actor): number | null => (actor.kind === 'person' ? actor.person.id : null)

/** The organisation that a person acts for; null for oneself and the system. */
export const organisationIdOf = (actor: Actor): number | null =>
  actor.kind === 'person' && actor.represents !== 'self' ? actor.profile.id : null

/** Whether the actor binds its profile alone: oneself, or by sole signature. */
export const actsAlone = (actor: Actor): boolean => actor.kind === 'person' && actor.represents !== 'joint'

