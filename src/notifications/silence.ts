// Silence becomes a failure that people see: what nobody could try for 72 hours, and what an e-address has not confirmed (INTERFACES 0).
import { sql } from 'kysely'
import { writing } from '../platform/database.ts'
import type { Context } from '../people/context.ts'
import type { Delivery } from './delivery-sql.ts'
import { followedSql } from './delivery-sql.ts'
import { configuredOf, type Post } from './delivery.ts'

const most = 1000

/** Fails what has been silent for too long, and lets the next channel take over; answers how many. What is being tried ends by its own plan. */
export async function failSilent(ctx: Context, post: Post): Promise<number> {
  const silent = await writing(ctx.db, async (tx) => {
    const { rows } = await sql<Pick<Delivery, 'id' | 'kind' | 'channel'>>`
      select distinct notice.id, notice.kind, delivery.channel from delivery join notice on notice.case_id = delivery.case_id and notice.id = delivery.notice_id
      where expires_at <= ${ctx.now}::timestamptz and ((state = 'queued' and attempts = 0) or (state = 'sent' and channel = 'eaddress')) limit ${most}`.execute(tx)
    return rows
  })
  let failed = 0
  for (const { id, kind, channel } of silent)
    failed += await writing(ctx.db, async (tx) => {
      const { rows } = await sql`
        with marked as (
          update delivery set state = 'failed', answer = 'silence', due_at = ${ctx.now}::timestamptz
          where notice_id = ${id} and channel = ${channel} and expires_at <= ${ctx.now}::timestamptz
            and ((state = 'queued' and attempts = 0) or (state = 'sent' and channel = 'eaddress'))
          returning notice_id, case_id, party_id, channel)
        ${followedSql({ kind, channel }, 'failed', ctx.now, configuredOf(post))}
        select from marked`.execute(tx)
      return rows.length
    })
  if (failed > 0) ctx.log.error({ failed }, 'deliveries were silent for 72 hours and count as failed')
  return failed
}
