// The SQL of calendar feeds: the feeds of people, the buildings that one tells of, and when a case was last changed.
import { sql, type RawBuilder } from 'kysely'
import { visibleBuildings } from '../cases/visible.ts'
import type { Party } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Reader } from '../platform/database.ts'
import type { Revision } from './due.ts'
import type { Locale } from '../ui/locale.ts'

export type FeedCase = { number: string; kind: 'operation' | 'house' }

/** `language`: its person's. `file` null: every case that the profile sees. */
export type Feed = {
  id: number
  personId: number
  language: Locale
  profile: Party
  file: (FeedCase & { id: number }) | null
  name: string
  createdAt: Date
  readAt: Date | null
}

const select = (db: Reader) =>
  db
    .selectFrom('calendar_feed as feed')
    .innerJoin('party as profile', 'profile.id', 'feed.profile_id')
    .innerJoin('party as person', 'person.id', 'feed.person_id')
    .leftJoin('case_file as file', 'file.id', 'feed.case_id')
    .select(['feed.id', 'feed.person_id as personId', 'feed.name', 'feed.created_at as createdAt', 'feed.read_at as readAt', 'person.language'])
    .select(['profile.id as profileId', 'profile.kind as profileKind', 'profile.code', 'profile.name as profileName'])
    .select(['file.id as caseId', 'file.number', 'file.kind as caseKind'])
    .where('feed.revoked_at', 'is', null)

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

const feedOf = ({ profileId, profileKind, code, profileName, caseId, number, caseKind, ...row }: Row): Feed => ({
  ...row,
  profile: { id: profileId, kind: profileKind, code, name: profileName },
  file: caseId === null ? null : { id: caseId, number: number!, kind: caseKind! },
})

/** A person's feeds that are not revoked, the newest first. */
export const feedsOf = async (db: Reader, personId: number): Promise<Feed[]> =>
  (await select(db).where('feed.person_id', '=', personId).orderBy('feed.id', 'desc').execute()).map(feedOf)

export async function feedHashed(db: Reader, hash: string): Promise<Feed | undefined> {
  const row = await select(db).where('feed.token_hash', '=', hash).executeTakeFirst()
  return row && feedOf(row)
}

/** A person's own feed, locked until the transaction ends. */
export async function lockFeed(db: Reader, personId: number, id: number): Promise<Feed | undefined> {
  const row = await select(db).where('feed.id', '=', id).where('feed.person_id', '=', personId).forUpdate('feed').executeTakeFirst()
  return row && feedOf(row)
}

type Place = Pick<Context, 'actor' | 'today' | 'db'>

/** A select of `building_id`: what the actor sees, and of a case only its own. */
export const buildingsInSight = (place: Place, caseId: number | null): RawBuilder<{ building_id: number }> =>
  caseId === null
    ? sql`(${visibleBuildings(place)})`
    : sql`(select building_id from (${visibleBuildings(place)}) seen where building_id in (
        select building_id from case_file where id = ${caseId} union all select building_id from house_case_building where case_id = ${caseId}))`

/** The case of a number with its first address, for whoever sees a building of it. */
export async function caseInSight(place: Place, number: string): Promise<(FeedCase & { id: number; address: string }) | undefined> {
  const file = await place.db.selectFrom('case_file').select(['id', 'number', 'kind']).where('number', '=', number).executeTakeFirst()
  if (!file) return undefined
  const first = await place.db
    .selectFrom('building')
    .select('address')
    .where('id', 'in', sql<number>`${buildingsInSight(place, file.id)}`)
    .orderBy(sql`lv_sort(address) collate "C"`)
    .limit(1)
    .executeTakeFirst()
  return first && { ...file, ...first }
}

/** The last event of each case; of one without any, its opening. */
export async function revisions(db: Reader, caseIds: readonly number[]): Promise<Map<number, Revision>> {
  const rows = sql<{ caseId: number } & Revision>`(select file.id as "caseId", coalesce(last.id, 0) as number, coalesce(last.at, file.opened_at) as at
    from case_file file left join lateral (select id, at from event where case_id = file.id order by id desc limit 1) last on true
    where file.id = any(${[...caseIds]}::bigint[]))`
  const found = await db.selectFrom(rows.as('revision')).selectAll().execute()
  return new Map(found.map(({ caseId, ...revision }) => [caseId, revision]))
}
