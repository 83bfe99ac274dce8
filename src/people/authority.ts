// Authorities: organisations that the installation's configuration names; whoever acts for one tells people of what it decided.
import type { Actor, PersonActor } from './actor.ts'
import type { Settings } from './context.ts'

export const actsForAuthority = (actor: Actor, { authorities }: Pick<Settings, 'authorities'>): actor is PersonActor =>
  actor.kind === 'person' && actor.profile.kind === 'organisation' && (authorities?.has(actor.profile.code) ?? false)
