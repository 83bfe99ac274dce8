// Who asked to be told of announcements, and the telling (BAN-1).
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import { refuse } from '../kernel/refusal.ts'
import { tell } from '../notifications/tell.ts'
import { actsAlone } from '../people/actor.ts'
import type { PersonContext } from '../people/context.ts'
import type { Reader, Writer } from '../platform/database.ts'
import type { Announced } from './announcement.ts'
import { timesWords } from './words.ts'

/** What is told of an announcement. */
export type News = 'published' | 'changed' | 'cancelled' | 'ended'

const isFollower = async (db: Reader, partyId: number): Promise<boolean> =>
  (await db.selectFrom('announcement_follower').select('party_id').where('party_id', '=', partyId).executeTakeFirst()) !== undefined

/** Whether the active profile is told, and whether the actor may change that: oneself, or who binds an organisation alone. */
export const following = async ({ db, actor }: PersonContext): Promise<{ follows: boolean; mayChange: boolean }> => ({
  follows: await isFollower(db, actor.profile.id),
  mayChange: actsAlone(actor),
})

/** From now on the active profile is told, or no more. Asked again, nothing happens. Refuses `forbidden` who does not bind it alone. */
export const followAnnouncements = (ctx: PersonContext, follows: boolean): Promise<null> =>
  change(ctx, follows ? 'announcements.followed' : 'announcements.unfollowed', {}, async (tx) => {
    if (!actsAlone(ctx.actor)) return refuse.forbidden()
    const { profile } = ctx.actor
    const row = { party_id: profile.id }
    const changed = follows
      ? await tx.insertInto('announcement_follower').values(row).onConflict((there) => there.doNothing()).returning('party_id').execute()
      : await tx.deleteFrom('announcement_follower').where('party_id', '=', profile.id).returning('party_id').execute()
    return changed.length === 0 ? { unchanged: true, value: null } : { caseId: installation, subjectId: profile.id, value: null }
  })

/** Tells everyone who asked, in the transaction of its cause. */
export async function tellFollowers(tx: Writer, ctx: PersonContext, news: News, announced: Announced): Promise<void> {
  const followers = await tx.selectFrom('announcement_follower').select('party_id').execute()
  if (followers.length === 0) return
  const { title, text } = announced
  const data = { news, titleLv: title.lv, titleEn: title.en, textLv: text.lv, textEn: text.en, whenLv: timesWords('lv', announced), whenEn: timesWords('en', announced) }
  await tell(tx, ctx, { kind: 'ANNOUNCEMENT', data, recipients: followers.map(({ party_id }) => party_id) })
}
