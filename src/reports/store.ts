// The SQL of reports: whom codes mean, who is registered with them, and what an authority has told.
import { sql } from 'kysely'
import { installation } from '../history/actions.ts'
import { recordAll } from '../history/record-all.ts'
import type { NoticeKind } from '../notifications/notice-types.ts'
import type { Notice } from '../notifications/notice.ts'
import type { Party } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Reader, Writer } from '../platform/database.ts'
import { reportKinds, type Wanted } from './report.ts'

const keyOf = ({ kind, code }: Pick<Party, 'kind' | 'code'>) => `${kind} ${code}`

/** The parties that codes mean; answers how to find one's. */
export async function partiesWanted(db: Reader, wanted: readonly Wanted[]): Promise<(one: Wanted) => Party | undefined> {
  if (wanted.length === 0) return () => undefined
  const rows = await db.selectFrom('party').select(['id', 'kind', 'code', 'name']).where('code', 'in', wanted.map(({ code }) => code)).execute()
  const found = new Map(rows.map((party) => [keyOf(party), party]))
  return (one) => found.get(keyOf(one))
}

/** Registers those who are new, each with its event. A person's surname is the last word of the name. */
export async function registerParties(tx: Writer, ctx: Context, fresh: readonly Wanted[]): Promise<void> {
  if (fresh.length === 0) return
  const rows = fresh.map(({ kind, code, name }) => {
    const [given, surname] = kind === 'person' ? [name.slice(0, name.lastIndexOf(' ')), name.slice(name.lastIndexOf(' ') + 1)] : [null, null]
    return sql`(${kind}, ${code}, ${name}, ${given}::text, ${surname}::text, 'lv', ${ctx.now}::timestamptz)`
  })
  await recordAll(
    tx,
    ctx,
    'party.registered',
    sql`insert into party (kind, code, name, given_name, surname, language, created_at) values ${sql.join(rows)} on conflict (kind, code) do nothing
      returning ${sql.lit(installation)}::bigint, id, null::jsonb, jsonb_build_object('name', name)`,
  )
}

/** A report with to how many it went and how many of them have read it. */
export type Report = Notice & { kind: NoticeKind; createdAt: Date; recipients: number; read: number }

const columns = [
  ...(['notice.id', 'notice.case_id as caseId', 'notice.kind', 'notice.remind_on as remindOn', 'notice.addressed'] as const),
  ...(['notice.data', 'notice.created_on as createdOn', 'notice.created_at as createdAt'] as const),
] as const

/** What an authority told, the latest first; `before` a place, or just the one with an `id`. */
export const reportsOf = (db: Reader, authorityId: number, { id, before, limit }: { id?: number; before?: number | undefined; limit: number }): Promise<Report[]> =>
  db
    .selectFrom('notice')
    .innerJoin('inbox_entry as entry', (join) => join.onRef('entry.case_id', '=', 'notice.case_id').onRef('entry.notice_id', '=', 'notice.id'))
    .select(columns)
    .select([sql<number>`count(*)::int`.as('recipients'), sql<number>`count(entry.read_at)::int`.as('read')])
    .where('sender_for_id', '=', authorityId)
    .where('kind', 'in', reportKinds)
    .$if(id !== undefined, (one) => one.where('notice.id', '=', id!))
    .$if(before !== undefined, (some) => some.where('notice.id', '<', before!))
    .groupBy(['notice.case_id', 'notice.id'])
    .orderBy('notice.id', 'desc')
    .limit(limit)
    .execute()
