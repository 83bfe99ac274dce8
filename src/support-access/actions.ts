// A person opens what they see to support, and closes it (SUP-3).
import { refuse } from '../kernel/refusal.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { PersonActor } from '../people/actor.ts'
import type { PersonContext } from '../people/context.ts'
import { profilesOf } from '../people/people.ts'
import { endsAt, isOpen, type Grant } from './grant.ts'
import { casesSeen, closeGrant, lockGrants, standingGrant, type SeenCase } from './store.ts'

/** The person in each of their profiles. */
export const actorsOf = async ({ db, actor, today }: Pick<PersonContext, 'db' | 'actor' | 'today'>): Promise<PersonActor[]> =>
  (await profilesOf(db, actor.person.id, today)).map(({ party, represents }) => ({ ...actor, profile: party, represents }))

const isOwnProfile = ({ actor }: PersonContext) => actor.represents === 'self'

/** What the person has opened; undefined when nothing is open now. */
export async function openedAccess({ db, actor, now }: PersonContext): Promise<Grant | undefined> {
  const grant = await standingGrant(db, actor.person.id)
  return grant && isOpen(grant, now) ? grant : undefined
}

/** The cases of which one may be opened alone. Refuses `forbidden` whoever acts for an organisation: a person opens in the own profile. */
export async function prepareAccess(ctx: PersonContext): Promise<SeenCase[]> {
  if (!isOwnProfile(ctx)) return refuse.forbidden('own-profile-only')
  return casesSeen(ctx.db, await actorsOf(ctx), ctx.today)
}

/**
 * Opens everything that the person sees, or one case (`caseNumber`), for 72 hours; what was open before ends.
 * Refuses `forbidden` as `prepareAccess`, `invalid` a case that the person does not see (`case`).
 */
export async function openAccess(ctx: PersonContext, caseNumber: string | null): Promise<null> {
  if (!isOwnProfile(ctx)) return refuse.forbidden('own-profile-only')
  const [file] = caseNumber === null ? [] : await casesSeen(ctx.db, await actorsOf(ctx), ctx.today, caseNumber)
  if (caseNumber !== null && !file) return refuse.field('case', 'unknown-case')
  return change(ctx, 'support-access.opened', {}, async (tx) => {
    const before = await lockGrants(tx, ctx.actor.person.id)
    if (before) await closeGrant(tx, before.id, isOpen(before, ctx.now) ? { at: ctx.now, closing: 'renewed' } : { at: endsAt(before), closing: 'expired' })
    const row = { person_id: ctx.actor.person.id, case_id: file?.id ?? null, opened_at: ctx.now, closed_at: null, closing: null }
    const { id } = await tx.insertInto('support_grant').values(row).returning('id').executeTakeFirstOrThrow()
    return { caseId: installation, subjectId: id, after: { case: caseNumber }, value: null }
  })
}

/** Ends at once what is open, in whichever profile the person acts. Where nothing is, nothing happens. */
export const closeAccess = (ctx: PersonContext): Promise<null> =>
  change(ctx, 'support-access.closed', {}, async (tx) => {
    const grant = await lockGrants(tx, ctx.actor.person.id)
    if (!grant || !isOpen(grant, ctx.now)) return { unchanged: true, value: null }
    await closeGrant(tx, grant.id, { at: ctx.now, closing: 'closed' })
    return { caseId: installation, subjectId: grant.id, before: { case: grant.caseNumber }, value: null }
  })
