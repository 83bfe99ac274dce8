// The record that each sweep leaves: what an operator reads, and by which the jobs know that a morning is done.
import type { PlainDate } from '../kernel/date.ts'
import type { Reader } from '../platform/database.ts'

/** `finishedAt` null: it still goes on, or was cut off; what it told by then stays told. */
export type SweepRun = {
  id: number
  asOf: PlainDate
  startedAt: Date
  finishedAt: Date | null
  via: string
  found: number
  told: number
  unaddressed: number
}

/** The latest runs, the newest first. */
export const sweepRuns = (db: Reader, limit: number): Promise<SweepRun[]> =>
  db
    .selectFrom('sweep_run')
    .select(['id', 'as_of as asOf', 'started_at as startedAt', 'finished_at as finishedAt', 'via', 'found', 'told', 'unaddressed'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** The latest day whose morning sweep was run to its end by a job; undefined when there was none. */
export async function lastSweptOn(db: Reader): Promise<PlainDate | undefined> {
  const run = await db
    .selectFrom('sweep_run')
    .select('as_of')
    .where('via', '=', 'job')
    .where('finished_at', 'is not', null)
    .orderBy('as_of', 'desc')
    .limit(1)
    .executeTakeFirst()
  return run?.as_of
}
