// Support looks at what a person sees: for the sake of a report, in a session of their own, and stops (SUP-3).
import { refuse } from '../kernel/refusal.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import { tell } from '../notifications/tell.ts'
import type { PersonActor } from '../people/actor.ts'
import type { PersonContext } from '../people/context.ts'
import { profilesOf, type Profile } from '../people/people.ts'
import type { Session } from '../people/session.ts'
import type { Reader } from '../platform/database.ts'
import { idOfNumber, isOpen as isReportOpen, numberOf } from '../problems/problem-report.ts'
import { reportById } from '../problems/store.ts'
import { isOpen, type Grant } from './grant.ts'
import { casesSeen, isFirstLook, leaveLook, lockGrants, lookOf, type Look } from './store.ts'

const asSupport = ({ actor }: PersonContext): void => (actor.support ? undefined : refuse.forbidden())

/** Whose open report a number means; refuses `report` what is none. */
async function reporterOf({ db }: PersonContext, number: string): Promise<{ id: number; name: string; report: string }> {
  if (number.trim() === '') return refuse.field('report', 'required')
  const id = idOfNumber(number)
  const report = (id === undefined ? undefined : await reportById(db, id)) ?? refuse.field('report', 'unknown-report')
  if (!isReportOpen(report.state)) return refuse.field('report', 'report-closed')
  return report.person ? { ...report.person, report: numberOf(report.id) } : refuse.field('report', 'no-account')
}

/** The profile to begin in: the person's own, or the first that sees the one case. */
async function firstProfile(ctx: PersonContext, person: PersonActor['person'], { caseNumber }: Grant): Promise<Profile> {
  const profiles = await profilesOf(ctx.db, person.id, ctx.today)
  if (caseNumber === null) return profiles[0]!
  for (const profile of profiles) {
    const actor: PersonActor = { kind: 'person', person, profile: profile.party, represents: profile.represents, operator: false, support: false }
    if ((await casesSeen(ctx.db, [actor], ctx.today, caseNumber)).length > 0) return profile
  }
  return refuse.field('report', 'case-not-seen')
}

/**
 * Begins to look, in this session of somebody of support, at what the person of a report sees; who did before in it, stops. The
 * person is told when it is the first time since they opened. Answers the case that it covers alone; null for all.
 * Refuses `forbidden` whoever is not of support; `invalid` a `report` that is none, closed or of nobody with an account, and one
 * whose person has opened nothing.
 */
export async function startLook(ctx: PersonContext, session: Session, number: string): Promise<string | null> {
  asSupport(ctx)
  const { report, ...reporter } = await reporterOf(ctx, number)
  return change(ctx, 'support-look.started', {}, async (tx) => {
    const grant = await lockGrants(tx, reporter.id)
    if (!grant || !isOpen(grant, ctx.now)) return refuse.field('report', 'no-access', { name: reporter.name })
    const { party: profile } = await firstProfile({ ...ctx, db: tx }, { ...reporter, kind: 'person', code: '' }, grant)
    await leaveLook(tx, { sessionId: session.id, at: ctx.now })
    const told = { staff: ctx.actor.person.name, report, case: grant.caseNumber }
    if (await isFirstLook(tx, grant.id)) await tell(tx, ctx, { kind: 'SUPPORT_LOOKS', data: told, recipients: [reporter.id] })
    const row = { grant_id: grant.id, staff_id: ctx.actor.person.id, report, session_id: session.id, profile_id: profile.id, started_at: ctx.now, ended_at: null }
    const { id } = await tx.insertInto('support_look').values(row).returning('id').executeTakeFirstOrThrow()
    await tx.updateTable('session').set({ look_id: id }).where('id', '=', session.id).execute()
    return { caseId: installation, subjectId: id, after: { person: reporter.name, report, case: grant.caseNumber, profile: profile.name }, value: grant.caseNumber }
  })
}

/** What a session looks at, of whoever does. */
const ownLook = async (db: Reader, { actor }: PersonContext, session: Session): Promise<Look | undefined> => {
  const look = session.lookId === null ? undefined : await lookOf(db, session.lookId)
  return look?.staffId === actor.person.id && look.sessionId === session.id ? look : undefined
}

/** The session is its own again, in all of its windows. */
export const endLook = (ctx: PersonContext, session: Session): Promise<null> =>
  change(ctx, 'support-look.ended', {}, async (tx) => {
    const look = await ownLook(tx, ctx, session)
    if (!look || look.endedAt) return { unchanged: true, value: null }
    await leaveLook(tx, { sessionId: session.id, at: ctx.now })
    return { caseId: installation, subjectId: look.id, before: { report: look.report }, value: null }
  })

/** The profiles of the person looked for. `missing` where nobody is. */
export async function profilesLookedAt(ctx: PersonContext, session: Session): Promise<{ profiles: Profile[]; chosenId: number }> {
  const look = (await ownLook(ctx.db, ctx, session)) ?? refuse.missing()
  if (look.endedAt || !isOpen(look.grant, ctx.now)) return refuse.missing()
  return { profiles: await profilesOf(ctx.db, look.grant.personId, ctx.today), chosenId: look.profileId }
}

/** Looks in another profile of the same person. Refuses `profile` one that is not theirs. */
export async function chooseLookedAt(ctx: PersonContext, session: Session, profileId: number): Promise<null> {
  const { profiles } = await profilesLookedAt(ctx, session)
  const profile = profiles.find(({ party }) => party.id === profileId)?.party ?? refuse.field('profile', 'not-represented')
  return change(ctx, 'support-look.turned', {}, async (tx) => {
    await tx.updateTable('support_look').set({ profile_id: profile.id }).where('id', '=', session.lookId!).execute()
    return { caseId: installation, subjectId: session.lookId, after: { profile: profile.name }, value: null }
  })
}
