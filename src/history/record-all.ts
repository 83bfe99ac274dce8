// Writes the events of many like changes in one statement, for work inside `change`.
import { sql, type RawBuilder } from 'kysely'
import { organisationIdOf, personIdOf } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { actions, type Action } from './actions.ts'

/**
 * Runs a statement that answers `(case_id, subject_id, before, after)`, a row for each change (an insert or update with
 * `returning`, or a select of what was changed just before), and writes the event of each. Answers how many there were.
 */
export async function recordAll(tx: Writer, ctx: Context, action: Action, changed: RawBuilder<unknown>, justification: string | null = null): Promise<number> {
  const { numAffectedRows } = await sql`
    with changed (case_id, subject_id, before, after) as (${changed})
    insert into event (case_id, at, action, kind, subject_id, actor_id, acting_for_id, via, justification, before, after)
    select case_id, ${ctx.now}::timestamptz, ${action}, ${actions[action]}, subject_id, ${personIdOf(ctx.actor)}::bigint,
      ${organisationIdOf(ctx.actor)}::bigint, ${ctx.via}, ${justification}::text, before, after
    from changed`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}
