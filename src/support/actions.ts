// Operators announce (BAN-1): drafted, published, changed and cancelled, each with its event.
import type { Updateable } from 'kysely'
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import { installation, type Action } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { PersonContext } from '../people/context.ts'
import type { Tables } from '../platform/database.ts'
import { announcedBy, announcementProblems, endedEarly, isClosed, type Announced, type Announcement, type AnnouncementDraft } from './announcement.ts'
import { tellFollowers, type News } from './following.ts'
import { announcementById, columnsOf, drafts, lockAnnouncement } from './store.ts'
import { lastOccurrence } from './times.ts'

const asOperator = ({ actor }: PersonContext): void => (actor.operator ? undefined : refuse.forbidden())

const eventData = ({ category, audience, isUrgent, title, text, startsOn, fromTime, endsOn, toTime, weekdays, leadHours }: Announced) => ({
  category, audience, isUrgent, titleLv: title.lv, titleEn: title.en, textLv: text.lv, textEn: text.en,
  startsOn, fromTime, endsOn, toTime, weekdays, leadHours,
})

/** Refuses `invalid` with every problem of the draft's fields. */
function understood(draft: AnnouncementDraft, now: Date): { announced: Announced; columns: ReturnType<typeof columnsOf> } {
  refuseIfAny(announcementProblems(draft, now))
  const announced = announcedBy(draft)
  return { announced, columns: columnsOf(announced, lastOccurrence(announced)!.end) }
}

/** A new draft, which nobody but operators sees; answers its number. Refuses `forbidden` whoever is none. */
export async function draftAnnouncement(ctx: PersonContext, draft: AnnouncementDraft): Promise<number> {
  asOperator(ctx)
  const { announced, columns } = understood(draft, ctx.now)
  return change(ctx, 'announcement.drafted', {}, async (tx) => {
    const none = { published_at: null, changed_at: null, cancelled_at: null }
    const { id } = await tx.insertInto('announcement').values({ ...columns, ...none, created_at: ctx.now, revision: 1 }).returning('id').executeTakeFirstOrThrow()
    return { caseId: installation, subjectId: id, after: eventData(announced), value: id }
  })
}

/** `news`: what whoever asked to know is told. */
type Changed = { row: Updateable<Tables['announcement']>; before?: object; after?: object; news?: { what: News; of: Announced } | false } | 'unchanged'

/** Loads one that is neither over nor cancelled: else a `conflict`; none is `missing`. */
async function changing(ctx: PersonContext, action: Action, id: number, work: (announcement: Announcement) => Changed): Promise<null> {
  asOperator(ctx)
  return change(ctx, action, {}, async (tx) => {
    const announcement = (await lockAnnouncement(tx, id)) ?? refuse.missing()
    if (isClosed(announcement, ctx.now)) return refuse.conflict('', 'announcement-closed')
    const changed = work(announcement)
    if (changed === 'unchanged') return { unchanged: true, value: null }
    const { row, before, after, news } = changed
    await tx.updateTable('announcement').set({ ...row, revision: announcement.revision + 1 }).where('id', '=', id).execute()
    if (news) await tellFollowers(tx, ctx, news.what, news.of)
    return { caseId: installation, subjectId: id, ...(before && { before: { ...before } }), ...(after && { after: { ...after } }), value: null }
  })
}

/** From now on its readers see it. Refuses one that would be over already (`endsOn`). Published again, nothing happens. */
export const publishAnnouncement = (ctx: PersonContext, id: number): Promise<null> =>
  changing(ctx, 'announcement.published', id, (announcement) => {
    if (announcement.publishedAt) return 'unchanged'
    if (announcement.overAt <= ctx.now) return refuse.field('endsOn', 'over')
    return { row: { published_at: ctx.now }, after: eventData(announcement), news: { what: 'published', of: announcement } }
  })

/**
 * Whoever put a banner away sees it again. Saved as it was, nothing happens. Refuses as a new draft is refused; a `conflict` where
 * another has changed it since `revision` was looked at.
 */
export async function changeAnnouncement(ctx: PersonContext, id: number, draft: AnnouncementDraft & { revision: number }): Promise<null> {
  asOperator(ctx)
  const { announced, columns } = understood(draft, ctx.now)
  return changing(ctx, 'announcement.changed', id, (before) => {
    if (before.revision !== draft.revision) return refuse.conflict('', 'announcement-changed-meanwhile')
    if (JSON.stringify(eventData(before)) === JSON.stringify(eventData(announced))) return 'unchanged'
    const row = { ...columns, ...(before.publishedAt && { changed_at: ctx.now }) }
    return { row, before: eventData(before), after: eventData(announced), news: before.publishedAt !== null && { what: 'changed', of: announced } }
  })
}

/** It shows no more: an early end, if it goes on now. A draft is thrown away. */
export const cancelAnnouncement = (ctx: PersonContext, id: number): Promise<null> =>
  changing(ctx, 'announcement.cancelled', id, (announcement) => {
    const isEarly = endedEarly({ ...announcement, cancelledAt: ctx.now })
    return { row: { cancelled_at: ctx.now }, before: eventData(announcement), news: announcement.publishedAt !== null && { what: isEarly ? 'ended' : 'cancelled', of: announcement } }
  })

/** Any announcement, for operators; to others it is `missing`. */
export const announcementFor = async (ctx: PersonContext, id: number): Promise<Announcement> =>
  (ctx.actor.operator ? await announcementById(ctx.db, id) : undefined) ?? refuse.missing()

/** Drafts for an operator; nobody else has any. */
export const draftsFor = async (ctx: Pick<PersonContext, 'actor' | 'db'>): Promise<Announcement[]> => (ctx.actor.operator ? drafts(ctx.db) : [])
