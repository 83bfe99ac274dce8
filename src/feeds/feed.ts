// A calendar feed: what one profile sees come due, at an address that only its person knows and may revoke.
import { addMonths } from '../kernel/date.ts'
import { icalendar, type CalendarEvent } from '../kernel/icalendar.ts'
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { PersonContext } from '../people/context.ts'
import { nameProblems } from '../people/token.ts'
import { writing } from '../platform/database.ts'
import { hashOf, newSecret } from '../platform/secret.ts'
import { say } from '../ui/locale.ts'
import type { Due, DueSource, Revision } from './due.ts'
import { buildingsInSight, caseInSight, lockFeed, revisions, type Feed } from './store.ts'

/** So far back and ahead of the day a feed goes, in months. */
const window = { back: 3, ahead: 13 }
const refreshHours = 6
/** That it was read is written down at most this often. */
const readEvery = 3_600_000

/**
 * A new feed of the active profile: over one case, or over all that it sees where `caseNumber` is empty. Answers its secret,
 * which is kept nowhere. Refuses `invalid` a name that is empty or too long (`name`), `missing` a case that the actor does not see.
 */
export async function createFeed(ctx: PersonContext, { name, caseNumber }: { name: string; caseNumber: string }): Promise<string> {
  const { person, profile } = ctx.actor
  const file = caseNumber === '' ? null : ((await caseInSight(ctx, caseNumber)) ?? refuse.missing())
  refuseIfAny(nameProblems(name))
  const secret = newSecret()
  await change(ctx, 'calendar-feed.created', {}, async (tx) => {
    const given = { person_id: person.id, profile_id: profile.id, case_id: file?.id ?? null, name: tidy(name), created_at: ctx.now }
    const { id } = await tx
      .insertInto('calendar_feed')
      .values({ ...given, token_hash: hashOf(secret), read_at: null, revoked_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { caseId: installation, subjectId: id, after: { name: given.name, profile: profile.name, case: file?.number ?? null }, value: id }
  })
  return secret
}

/** Ends a feed at once. `missing` when there is none, it is revoked already or is another person's. */
export const revokeFeed = (ctx: PersonContext, id: number): Promise<null> =>
  change(ctx, 'calendar-feed.revoked', {}, async (tx) => {
    const feed = (await lockFeed(tx, ctx.actor.person.id, id)) ?? refuse.missing()
    await tx.updateTable('calendar_feed').set({ revoked_at: ctx.now }).where('id', '=', id).execute()
    return { caseId: installation, subjectId: id, before: { name: feed.name, profile: feed.profile.name, case: feed.file?.number ?? null }, value: null }
  })

/** Writes down that a calendar program was here. */
export async function markRead({ db, now }: PersonContext, { id, readAt }: Feed): Promise<void> {
  if (readAt && now.getTime() - readAt.getTime() < readEvery) return
  await writing(db, (tx) => tx.updateTable('calendar_feed').set({ read_at: now }).where('id', '=', id).execute())
}

const eventOf = ({ key, on, remindOn, title, address, lines, path }: Due, revision: Revision, origin: string): CalendarEvent => ({
  uid: `${key}@${new URL(origin).hostname}`,
  sequence: revision.number,
  revisedAt: revision.at,
  on,
  remindOn,
  title,
  location: address,
  text: [...lines, origin + path].join('\n'),
  url: origin + path,
})

/**
 * The text of a feed as its actor may read it today, in the language of `ctx`. An event is as old as the last change in its
 * case, so the same state gives the same text. `missing` once the actor no longer sees the feed's case.
 */
export async function calendarOf(ctx: PersonContext, { file, profile }: Pick<Feed, 'file' | 'profile'>, sources: readonly DueSource[], origin: string): Promise<string> {
  const seen = file && ((await caseInSight(ctx, file.number)) ?? refuse.missing())
  const asked = { ctx, buildings: buildingsInSight(ctx, file?.id ?? null), ofCase: file !== null, from: addMonths(ctx.today, -window.back), to: addMonths(ctx.today, window.ahead) }
  const dues: Due[] = []
  for (const source of sources) dues.push(...(await source(asked)))
  const changed = await revisions(ctx.db, [...new Set(dues.flatMap(({ caseId }) => caseId ?? []))])
  const own = ctx.actor.represents === 'self' ? 'Nams' : `Nams: ${profile.name}`
  return icalendar({
    name: seen ? `Nams: ${seen.address}` : own,
    text: say(ctx.locale, 'feed.about'),
    color: 'seagreen',
    refreshHours,
    events: dues.map((due) => eventOf(due, due.caseId === null ? due.revision : changed.get(due.caseId)!, origin)),
  })
}
