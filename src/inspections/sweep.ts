// The morning sweep (INS-9): tells whom a reminder is due to, exactly once for each type and remind-on date.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import { writing, type Reader } from '../platform/database.ts'
import type { Place, Source, Teller, Told } from '../notifications/teller.ts'
import type { Context } from '../people/context.ts'
import { heldDue, sweepChunk, waitFor, type Notice } from './sweep-sql.ts'

export type SweepResult = { asOf: PlainDate; dryRun: boolean; found: number; told: number; unaddressed: number; milliseconds: number }

/** `tellers`: what else is due besides inspections. */
export type SweepOptions = { asOf?: PlainDate; dryRun?: boolean; onNotices?: (notices: Notice[]) => void; tellers?: readonly Teller[] }

type Counts = Pick<SweepResult, 'told' | 'unaddressed'>

const startRun = async (ctx: Context, asOf: PlainDate): Promise<number> =>
  writing(ctx.db, async (tx) => {
    const run = { as_of: asOf, started_at: ctx.now, finished_at: null, via: ctx.via, found: 0, told: 0, unaddressed: 0 }
    const { id } = await tx.insertInto('sweep_run').values(run).returning('id').executeTakeFirstOrThrow()
    return id
  })

/** Told and counted in one transaction, so that a run's record is true wherever it was killed. */
const tellChunk = (db: Reader, source: Source, runId: number | null, place: Place | null): Promise<Told> =>
  writing(db, async (tx) => {
    const chunk = await source.chunk(tx, place)
    if (runId !== null && chunk.told > 0)
      await tx
        .updateTable('sweep_run')
        .set({ told: sql`told + ${chunk.told}` })
        .where('id', '=', runId)
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
async function pass(db: Reader, source: Source, runId: number | null): Promise<Counts> {
  const counts = { told: 0, unaddressed: 0 }
  let place: Place | null = null
  do {
    const chunk: Told = await tellChunk(db, source, runId, place)
    counts.told += chunk.told
    counts.unaddressed += chunk.unaddressed
    chunk.report?.()
    place = chunk.last
  } while (place)
  return counts
}

/**
 * Whether something due was held by another transaction; if so, answers when that one has ended.
 * Holds nothing while it waits, so that nobody can wait for it in turn.
 */
async function waitForHeld(db: Reader, source: Source): Promise<boolean> {
  const held = await writing(db, (tx) => source.held(tx))
  if (held) await writing(db, (tx) => source.waitFor(tx, held))
  return held !== undefined
}

/** Passes are repeated until nothing due is held, so that a type locked by a change at that moment is not left for tomorrow. */
async function tellAll(db: Reader, source: Source, runId: number | null): Promise<Counts> {
  let told = 0
  let last: Counts
  do {
    last = await pass(db, source, runId)
    told += last.told
  } while (runId !== null && (await waitForHeld(db, source)))
  return { told, unaddressed: last.unaddressed }
}

/** Inspections due, by the dates kept and, for a day in the past, by the literal rule too. */
const inspections = (onNotices: SweepOptions['onNotices']): Teller => (ctx, { asOf, runId }) => {
  const isPast = asOf < ctx.today
  const telling = runId === null ? null : { kind: 'INSPECTION_DUE' as const, createdOn: asOf, now: ctx.now, runId }
  const source = (dates: 'kept' | 'literal'): Source => {
    const sweeping = { asOf, source: dates, isPast, telling, withNotices: onNotices !== undefined }
    const chunk: Source['chunk'] = async (tx, place) => {
      const { notices, ...told } = await sweepChunk(tx, sweeping, place)
      return { ...told, ...(notices?.length && { report: () => onNotices?.(notices) }) }
    }
    return { chunk, held: (tx) => heldDue(tx, sweeping), waitFor }
  }
  return isPast ? [source('kept'), source('literal')] : [source('kept')]
}

/** Tells all that is due on a day (`asOf`, today by default). What has nobody to tell stays due. */
export async function sweep(ctx: Context, { asOf = ctx.today, dryRun = false, onNotices, tellers = [] }: SweepOptions = {}): Promise<SweepResult> {
  const started = performance.now()
  const runId = dryRun ? null : await startRun(ctx, asOf)
  const counts = { told: 0, unaddressed: 0 }
  for (const tell of [inspections(onNotices), ...tellers])
    for (const source of tell(ctx, { asOf, runId })) {
      const some = await tellAll(ctx.db, source, runId)
      counts.told += some.told
      counts.unaddressed += some.unaddressed
    }
  const milliseconds = Math.round(performance.now() - started)
  const result = { asOf, dryRun, found: counts.told + counts.unaddressed, ...counts, milliseconds }
  if (runId !== null) await finishRun(ctx, runId, result)
  return result
}
