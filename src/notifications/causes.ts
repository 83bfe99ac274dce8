// Reminders that stop: at the moment of sending the cause is asked again, and what is no longer due is called off, as the history says.
import { sql } from 'kysely'
import { change } from '../history/change.ts'
import type { Context } from '../people/context.ts'
import type { Delivery } from './delivery-sql.ts'
import type { Catalogue } from './notice.ts'

/** The notices among these whose cause is gone. */
async function gone(ctx: Context, catalogue: Catalogue, deliveries: readonly Delivery[]): Promise<Map<number, Delivery>> {
  const notices = new Map(deliveries.map((delivery) => [delivery.id, delivery]))
  for (const kind of new Set(deliveries.map((delivery) => delivery.kind))) {
    const asked = [...notices.values()].filter((notice) => notice.kind === kind)
    const ended = (await catalogue[kind].gone?.(ctx.db, asked)) ?? new Set()
    for (const { id } of asked) if (!ended.has(id)) notices.delete(id)
  }
  return notices
}

/** Calls off all that is still queued of a notice. */
const cancel = (ctx: Context, { id, caseId, kind, data }: Delivery): Promise<null> =>
  change(ctx, 'notice.cancelled', {}, async (tx) => {
    const { rows } = await sql`update delivery set state = 'cancelled' where case_id = ${caseId} and notice_id = ${id} and state = 'queued' returning party_id`.execute(tx)
    if (rows.length === 0) return { unchanged: true, value: null }
    const { type, label, number, nextOn, on } = data
    return { caseId, subjectId: id, before: { notice: kind, type, label, number, dueOn: nextOn ?? on, deliveries: rows.length }, value: null }
  })

/** Calls off what is no longer due; answers what still is. */
export async function stillDue(ctx: Context, catalogue: Catalogue, deliveries: readonly Delivery[]): Promise<Delivery[]> {
  const ended = await gone(ctx, catalogue, deliveries)
  for (const notice of ended.values()) await cancel(ctx, notice)
  return deliveries.filter(({ id }) => !ended.has(id))
}
