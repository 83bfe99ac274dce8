// Tells named recipients of something, in the transaction of its cause.
import { sql } from 'kysely'
import { organisationIdOf, personIdOf } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { noCase, type NoticeData } from './notice.ts'
import type { NoticeKind } from './notice-types.ts'
import { tellingSql } from './notice-sql.ts'

/** `caseId`: the case that it is about, or none. `recipients`: the ids of parties, each told once. */
export type ToTell = { kind: NoticeKind; caseId?: number; data: NoticeData; recipients: readonly number[] }

/** Writes the notice, its inbox entries and deliveries; answers the notice's id. The sender is whoever acts. */
export async function tell(tx: Writer, ctx: Context, { kind, caseId = noCase, data, recipients }: ToTell): Promise<number> {
  const personId = personIdOf(ctx.actor)
  const sender = personId === null ? null : { personId, profileId: organisationIdOf(ctx.actor) ?? personId }
  const telling = { kind, createdOn: ctx.today, now: ctx.now, runId: null, configured: ctx.settings.channels, sender }
  const { rows } = await sql<{ id: number }>`
    with addressed as materialized (
      select ${caseId}::bigint as case_id, 0::bigint as subject_id, null::date as remind_on, ${JSON.stringify(data)}::jsonb as data, 'named' as addressed, party_id
      from (select distinct unnest(${[...recipients]}::bigint[]) as party_id) named),
    ${tellingSql(telling)}
    select id from told`.execute(tx)
  return rows[0]!.id
}
