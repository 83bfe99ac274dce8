// The morning sweep (INS-9): tells whom a reminder is due to, exactly once for each type and remind-on date.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import { writing, type Reader } from '../platform/database.ts'
import type { Context } from '../people/context.ts'
import { heldDue, sweepChunk, waitFor, type Chunk, type Notice, type Place, type Sweeping } from './sweep-sql.ts'

export type SweepResult = { asOf: PlainDate; dryRun: boolean; found: number; told: number; unaddressed: number; milliseconds: number }

export type SweepOptions = { asOf?: PlainDate; dryRun?: boolean; onNotices?: (notices: Notice[]) => void }

type Counts = Pick<SweepResult, 'told' | 'unaddressed'>

const startRun = async (ctx: Context, asOf: PlainDate): Promise<number> =>
  writing(ctx.db, async (tx) => {
    const run = { as_of: asOf, started_at: ctx.now, finished_at: null, via: ctx.via, found: 0, told: 0, unaddressed: 0 }
    const { id } = await tx.insertInto('sweep_run').values(run).returning('id').executeTakeFirstOrThrow()
    return id
  })

/** Told and counted in one transaction, so that a run's record is true wherever it was killed. */
const tellChunk = (db: Reader, sweeping: Sweeping, place: Place | null): Promise<Chunk> =>
  writing(db, async (tx) => {
    const chunk = await sweepChunk(tx, sweeping, place)
    if (sweeping.telling && chunk.told > 0)
      await tx
        .updateTable('sweep_run')
        .set({ told: sql`told + ${chunk.told}` })
        .where('id', '=', sweeping.telling.runId)
        .execute()
    return chunk
  })

const finishRun = (ctx: Context, runId: number, { found, unaddressed, milliseconds }: SweepResult) =>
  writing(ctx.db, (tx) =>
    tx
      .updateTable('sweep_run')
      .set({ found, unaddressed, finished_at: new Date(ctx.now.getTime() + milliseconds) })
      .where('id', '=', runId)
      .execute(),
  )

/** Goes once over what is due, chunk by chunk, a transaction each. */
async function pass(db: Reader, sweeping: Sweeping, onNotices: SweepOptions['onNotices']): Promise<Counts> {
  const counts = { told: 0, unaddressed: 0 }
  let place: Place | null = null
  do {
    const chunk: Chunk = await tellChunk(db, sweeping, place)
    counts.told += chunk.told
    counts.unaddressed += chunk.unaddressed
    if (chunk.notices?.length) onNotices?.(chunk.notices)
    place = chunk.last
  } while (place)
  return counts
}

/**
 * Whether something due was held by another transaction; if so, answers when that one has ended.
 * Holds nothing while it waits, so that nobody can wait for it in turn.
 */
async function waitForHeld(db: Reader, sweeping: Sweeping): Promise<boolean> {
  const held = await writing(db, (tx) => heldDue(tx, sweeping))
  if (held) await writing(db, (tx) => waitFor(tx, held))
  return held !== undefined
}

/** Passes are repeated until nothing due is held, so that a type locked by a change at that moment is not left for tomorrow. */
async function tellAll(db: Reader, sweeping: Sweeping, onNotices: SweepOptions['onNotices']): Promise<Counts> {
  let told = 0
  let last: Counts
  do {
    last = await pass(db, sweeping, onNotices)
    told += last.told
  } while (sweeping.telling && (await waitForHeld(db, sweeping)))
  return { told, unaddressed: last.unaddressed }
}

/** Tells all that is due on a day (`asOf`, today by default). Types without anyone to tell stay due. */
export async function sweep(ctx: Context, { asOf = ctx.today, dryRun = false, onNotices }: SweepOptions = {}): Promise<SweepResult> {
  const started = performance.now()
  const isPast = asOf < ctx.today
  const runId = dryRun ? null : await startRun(ctx, asOf)
  const telling = runId === null ? null : { kind: 'INSPECTION_DUE' as const, createdOn: asOf, now: ctx.now, runId }
  const counts = { told: 0, unaddressed: 0 }
  for (const source of isPast ? (['kept', 'literal'] as const) : (['kept'] as const)) {
    const some = await tellAll(ctx.db, { asOf, source, isPast, telling, withNotices: onNotices !== undefined }, onNotices)
    counts.told += some.told
    counts.unaddressed += some.unaddressed
  }
  const milliseconds = Math.round(performance.now() - started)
  const result = { asOf, dryRun, found: counts.told + counts.unaddressed, ...counts, milliseconds }
  if (runId !== null) await finishRun(ctx, runId, result)
  return result
}
