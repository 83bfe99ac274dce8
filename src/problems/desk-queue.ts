// The queue of the desk: what it filters by, how it is sorted and paged, and its SQL.
import { sql } from 'kysely'
import type { Reader } from '../platform/database.ts'
import { idOfNumber, type Kind, type State, type Topic } from './problem-report.ts'
import { marksOf, queryOf } from './search-words.ts'
import { reportOf, selectReports, type Report } from './store.ts'

/** `ours`: it is support's turn. */
export type Standing = 'ours' | 'all' | State

/** `assignee` 0: nobody's. `find`: words, or a report's number. */
export type QueueFilter = { find: string; standing: Standing; kind?: Kind | undefined; topic?: Topic | undefined; assignee?: number | undefined; overdue: boolean; knownProblemId?: number | undefined }

/** `dueAt` in milliseconds; null where the queue is sorted by age. */
export type Place = { dueAt: number | null; id: number }

/** What is support's turn comes by when it is due, the most urgent first; the rest the latest first. */
export const isByDue = ({ standing, overdue }: QueueFilter): boolean => overdue || standing === 'ours' || standing === 'NEW' || standing === 'IN_PROGRESS'

const matching = (db: Reader, { find, standing, kind, topic, assignee, overdue, knownProblemId }: QueueFilter, now: Date) => {
  const number = idOfNumber(find)
  const query = queryOf(number === undefined ? find : '', marksOf(kind, topic))
  return db
    .selectFrom('problem_report as report')
    .$if(standing === 'ours' || overdue, (some) => some.where('due_at', 'is not', null))
    .$if(standing !== 'ours' && standing !== 'all', (some) => some.where('state', '=', standing as State))
    .$if(overdue, (some) => some.where('due_at', '<', now))
    .$if(assignee === 0, (some) => some.where('assignee_id', 'is', null))
    .$if(assignee !== undefined && assignee !== 0, (some) => some.where('assignee_id', '=', assignee!))
    .$if(knownProblemId !== undefined, (some) => some.where('known_problem_id', '=', knownProblemId!))
    .$if(number !== undefined, (some) => some.where('report.id', '=', number!))
    .$if(query !== undefined, (some) => some.where(sql<boolean>`words @@ ${query!}::tsquery`))
}

/** The ids of a page, of which one more than `limit` is asked for. */
export const idsOfQueue = (db: Reader, filter: QueueFilter, { now, after, limit }: { now: Date; after?: Place | undefined; limit: number }) => {
  const some = matching(db, filter, now).select(['report.id', 'due_at']).limit(limit)
  if (isByDue(filter))
    return some
      .$if(after !== undefined, (rest) => rest.where(sql<boolean>`(due_at, report.id) > (${new Date(after!.dueAt ?? 0)}::timestamptz, ${after!.id})`))
      .where('due_at', 'is not', null)
      .orderBy('due_at')
      .orderBy('report.id')
  return some.$if(after !== undefined, (rest) => rest.where('report.id', '<', after!.id)).orderBy('report.id', 'desc')
}

/** More than these are not counted. */
export const mostCounted = 1000

/** How many there are; one more than `mostCounted` where there are more. */
export const countQuery = (db: Reader, filter: QueueFilter, now: Date) =>
  db.selectFrom(matching(db, filter, now).select('report.id').limit(mostCounted + 1).as('some')).select(({ fn }) => fn.countAll<number>().as('total'))

export type Queue = { reports: Report[]; total: number; next: Place | null }

export async function queueOf(db: Reader, filter: QueueFilter, { now, after, limit }: { now: Date; after?: Place | undefined; limit: number }): Promise<Queue> {
  const ids = await idsOfQueue(db, filter, { now, after, limit: limit + 1 }).execute()
  const shown = ids.slice(0, limit)
  const { total } = await countQuery(db, filter, now).executeTakeFirstOrThrow()
  if (shown.length === 0) return { reports: [], total, next: null }
  const rows = await selectReports(db).where('report.id', 'in', shown.map(({ id }) => id)).execute()
  const byId = new Map(rows.map((row) => [row.id, reportOf(row)]))
  const last = shown.at(-1)!
  const next = ids.length > limit ? { dueAt: last.due_at?.getTime() ?? null, id: last.id } : null
  return { reports: shown.map(({ id }) => byId.get(id)!), total, next }
}

/** How much of support's turn there is: in all, and past its time. */
export async function pressure(db: Reader, now: Date): Promise<{ ours: number; overdue: number }> {
  const count = (overdue: boolean) => countQuery(db, { find: '', standing: 'ours', overdue }, now).executeTakeFirstOrThrow()
  return { ours: (await count(false)).total, overdue: (await count(true)).total }
}
