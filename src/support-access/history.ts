// The history of support: when a person opened and closed what they see, and who of support looked when at which page.
import { sql } from 'kysely'
import { refuse } from '../kernel/refusal.ts'
import type { PersonContext } from '../people/context.ts'
import { idleMinutes } from '../people/session.ts'
import { openHours } from './grant.ts'

export type What = 'opened' | 'closed' | 'renewed' | 'expired' | 'looked'

/** `looked`: who, for which report, until when (null: still), at how many pages; the others have none of it. */
export type HistoryLine = {
  what: What
  at: Date
  lookId: number | null
  caseNumber: string | null
  staff: string | null
  report: string | null
  endedAt: Date | null
  pages: number | null
}

export const pageSize = 30

const hours = sql.lit(`${openHours} hours`)
const endOfGrant = sql`coalesce(granted.closed_at, granted.opened_at + ${hours}::interval)`
/** A session that nobody ended was over when it had been idle for so long. */
const endOfSession = sql`coalesce(session.ended_at, session.seen_at + ${sql.lit(`${idleMinutes} minutes`)}::interval)`
const endOfLook = sql`coalesce(look.ended_at, least(${endOfGrant}, ${endOfSession}))`

const lines = (personId: number, now: Date) => sql<HistoryLine>`(
  with granted as (
    select support_grant.*, file.number from support_grant left join case_file file on file.id = case_id where person_id = ${personId})
  select 'opened' as what, opened_at as at, null::bigint as "lookId", number as "caseNumber", null as staff, null as report,
    null::timestamptz as "endedAt", null::int as pages, id as grant_id, 1 as place from granted
  union all
  select coalesce(closing, 'expired'), ${endOfGrant}, null, number, null, null, null, null, id, 3 from granted where ${endOfGrant} <= ${now}::timestamptz
  union all
  select 'looked', look.started_at, look.id, granted.number, party.name, look.report,
    case when ${endOfLook} <= ${now}::timestamptz then ${endOfLook} end,
    (select count(*)::int from support_page where look_id = look.id), granted.id, 2
  from support_look look join granted on granted.id = look.grant_id join party on party.id = look.staff_id
  left join session on session.id = look.session_id and session.look_id = look.id)`

/** Of the person in whichever profile, the latest first; `page` from 1. */
export async function supportHistory({ db, actor, now }: PersonContext, page = 1): Promise<{ lines: HistoryLine[]; total: number }> {
  const all = lines(actor.person.id, now)
  const { total } = await db.selectFrom(all.as('line')).select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const shown = db.selectFrom(all.as('line')).select(['what', 'at', 'lookId', 'caseNumber', 'staff', 'report', 'endedAt', 'pages'])
  return { lines: await shown.orderBy(sql`at desc, grant_id desc, place desc, "lookId" desc`).limit(pageSize).offset((page - 1) * pageSize).execute(), total }
}

export type SeenPage = { at: Date; profile: string; path: string; title: string }

export type SeenPages = { staff: string; report: string; startedAt: Date; pages: SeenPage[]; total: number }

/** The pages that somebody looked at, the first first; what was looked at for another person is `missing`. */
export async function pagesLookedAt({ db, actor }: PersonContext, lookId: number, page = 1): Promise<SeenPages> {
  const look = await db
    .selectFrom('support_look as look')
    .innerJoin('support_grant as granted', 'granted.id', 'look.grant_id')
    .innerJoin('party', 'party.id', 'look.staff_id')
    .select(['party.name as staff', 'look.report', 'look.started_at as startedAt'])
    .where('look.id', '=', lookId)
    .where('granted.person_id', '=', actor.person.id)
    .executeTakeFirst()
  if (!look) return refuse.missing()
  const all = db.selectFrom('support_page as seen').where('look_id', '=', lookId)
  const { total } = await all.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const pages = await all
    .innerJoin('party', 'party.id', 'seen.profile_id')
    .select(['seen.at', 'party.name as profile', 'seen.path', 'seen.title'])
    .orderBy('seen.id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { ...look, pages, total }
}
