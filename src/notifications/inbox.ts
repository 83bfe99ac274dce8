// What people do with the notices addressed to their profile: list them, open one, set it aside as unread (DOMAIN 6.1).
import { isDate } from '../kernel/date.ts'
import { refuse, refuseIfAny, type Problem } from '../kernel/refusal.ts'
import type { Context } from '../people/context.ts'
import { profilesOf, type Profile } from '../people/people.ts'
import { onlyLooks, writing } from '../platform/database.ts'
import { noticeKinds } from './notice-types.ts'
import type { InboxNotice } from './notice.ts'
import * as store from './store.ts'

/** `next`: the `after` of the page that follows; null on the last one. */
export type Page<T> = { notices: T[]; next: number | null }

/** One page of rows, of which one more than `limit` was asked for. */
export function pageOf<T extends { id: number }>(rows: T[], limit: number): Page<T> {
  const notices = rows.slice(0, limit)
  return { notices, next: rows.length > limit ? notices.at(-1)!.id : null }
}

/**
 * A filter as every door writes it: `state` `unread` or `read`, a `kind`, the day of creation `from` and `to`, `after` a place.
 * What is empty does not filter. Refuses with all problems together.
 */
export function inboxFilterOf(values: Record<string, string | undefined>): store.InboxFilter {
  const problems: Problem[] = []
  const known = <T>(field: string, read: (text: string) => T | undefined, code = 'unknown'): T | undefined => {
    const text = values[field] ?? ''
    const value = text === '' ? undefined : read(text)
    if (text !== '' && value === undefined) problems.push({ field, code })
    return value
  }
  const day = (text: string) => (isDate(text) ? text : undefined)
  const filter = {
    state: known('state', (text) => (['unread', 'read'] as const).find((state) => state === text)),
    kind: known('kind', (text) => noticeKinds.find((kind) => kind === text)),
    from: known('from', day, 'date-format'),
    to: known('to', day, 'date-format'),
    after: known('after', (text) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined)),
  }
  if (filter.from && filter.to && filter.from > filter.to) problems.push({ field: 'to', code: 'before-from' })
  refuseIfAny(problems)
  return filter
}

const actorOf = ({ actor }: Context) => (actor.kind === 'person' ? actor : refuse.missing())

/** The notices of the active profile, the latest told first, and how many of all are unread. */
export async function inbox(ctx: Context, filter: store.InboxFilter = {}, limit = 30): Promise<Page<InboxNotice> & { unread: number }> {
  const { profile } = actorOf(ctx)
  const rows = await store.inboxNotices(ctx.db, profile.id, filter, limit + 1)
  return { ...pageOf(rows, limit), unread: await store.unreadCount(ctx.db, profile.id) }
}

/** One notice of the active profile, left as it is; another profile's is `missing`. */
export const inboxNotice = async (ctx: Context, id: number): Promise<InboxNotice> =>
  (await store.inboxNotice(ctx.db, actorOf(ctx).profile.id, id)) ?? refuse.missing()

/** Opening marks it read, with who and when: of an organisation's notice, which of its representatives. Support that looks leaves it as it is. */
export async function openNotice(ctx: Context, id: number): Promise<InboxNotice> {
  const { person, profile } = actorOf(ctx)
  if (!onlyLooks(ctx.db)) await writing(ctx.db, (tx) => store.markEntryRead(tx, profile.id, id, { at: ctx.now, by: person.id }))
  return inboxNotice(ctx, id)
}

export async function markUnread(ctx: Context, id: number): Promise<InboxNotice> {
  const { profile } = actorOf(ctx)
  await writing(ctx.db, (tx) => store.markEntryUnread(tx, profile.id, id))
  return inboxNotice(ctx, id)
}

/**
 * The one of the person's profiles that a notice is addressed to, so that a link in a mail can ask to switch to it.
 * `missing` where it is addressed to none of them.
 */
export async function profileOfNotice(ctx: Context, id: number): Promise<Profile> {
  const profiles = await profilesOf(ctx.db, actorOf(ctx).person.id, ctx.today)
  const addressed = await store.partiesWithNotice(ctx.db, profiles.map(({ party }) => party.id), id)
  return profiles.find(({ party }) => addressed.has(party.id)) ?? refuse.missing()
}
