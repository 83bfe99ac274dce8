// Whoever looks at a page is told how many notices are unread, when that changes: one question to the database for all of them.
import { sql } from 'kysely'
import { idleSince } from '../people/session.ts'
import type { Reader } from '../platform/database.ts'

/** Somebody who looks: a session, and the profile in which it acts. */
export type Watcher = {
  sessionId: number
  /** As the session has it; another one chosen meanwhile ends the watching. */
  chosenId: number
  profileId: number
}

/** `gone`: the session has ended, acts in another profile, or looks for support at what another sees. */
export type Listener = { changed: (unread: number) => void; gone: () => void }

/** How many are unread for each; undefined where the session has ended, acts in another profile, or looks for support at what another sees. */
export async function unreadOf(db: Reader, watchers: readonly Watcher[], now: Date): Promise<(number | undefined)[]> {
  const column = (name: keyof Watcher) => watchers.map((watcher) => watcher[name])
  const counted = sql<{ place: number; unread: number }>`(
    select watched.place, count(entry.notice_id)::int as unread
    from unnest(${column('sessionId')}::bigint[], ${column('chosenId')}::bigint[], ${column('profileId')}::bigint[])
      with ordinality as watched (session_id, chosen_id, profile_id, place)
    join session on session.id = watched.session_id and session.profile_id = watched.chosen_id
      and session.ended_at is null and session.look_id is null and session.seen_at > ${idleSince(now)}::timestamptz
    left join inbox_entry entry on entry.party_id = watched.profile_id and entry.read_at is null
    group by watched.place)`
  const rows = await db.selectFrom(counted.as('counted')).select(['place', 'unread']).execute()
  const byPlace = new Map(rows.map(({ place, unread }) => [place, unread]))
  return watchers.map((_watcher, at) => byPlace.get(at + 1))
}

/** `told`: null, nothing yet. */
type Watching = { watcher: Watcher; listener: Listener; told: number | null }

/** `every`: milliseconds between two looks. Nothing is asked while nobody watches. */
export type WatchSettings = { db: Reader; clock: () => Date; every: number; failed: (error: unknown) => void }

export type Watch = { add: (watcher: Watcher, listener: Listener) => () => void; close: () => void }

export function openWatch({ db, clock, every, failed }: WatchSettings): Watch {
  const all = new Set<Watching>()
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const look = async () => {
    const asked = [...all]
    const unread = await unreadOf(db, asked.map(({ watcher }) => watcher), clock())
    for (const [at, one] of asked.entries()) {
      const count = unread[at]
      if (!all.has(one) || count === one.told) continue
      if (count === undefined) one.listener.gone()
      else one.listener.changed((one.told = count))
    }
  }
  const lookIn = (wait: number) => {
    timer = setTimeout(() => void look().catch(failed).finally(() => (all.size > 0 ? lookIn(every) : (timer = undefined))), wait).unref()
  }
  return {
    add: (watcher, listener) => {
      if (isClosed) {
        listener.gone()
        return () => {}
      }
      const one: Watching = { watcher, listener, told: null }
      all.add(one)
      if (!timer) lookIn(0)
      return () => void all.delete(one)
    },
    close: () => {
      isClosed = true
      clearTimeout(timer)
      for (const { listener } of all) listener.gone()
      all.clear()
    },
  }
}
