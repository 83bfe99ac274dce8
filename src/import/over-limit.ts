// Tells whom it concerns that a building has become public and a period that was set earlier is now over the law's limit.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import { recipients } from '../inspections/sweep-sql.ts'
import { statutoryLimits } from '../inspections/type-rules.ts'
import { tellingSql } from '../notifications/notice-sql.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'

const limits = sql.join(
  statutoryLimits
    .filter(({ publicBuilding }) => publicBuilding)
    .map(({ type, months }) => sql`(${sql.lit(type)}, ${sql.lit(months)})`),
)

/** Nothing is changed; the recipients of the cascade are told once for each type. Answers how many notices there were. */
export async function tellOverLimit(tx: Writer, ctx: Context, asOf: PlainDate): Promise<number> {
  const telling = { kind: 'LIMIT_EXCEEDED' as const, createdOn: asOf, now: ctx.now, runId: null }
  const { rows } = await sql<{ told: number }>`
    with due as materialized (
      select type.case_id, type.id, type.type, type.label, type.next_on, null::date as remind_on
      from building_difference d join inspection_type type using (case_id)
      join (values ${limits}) as law (type, months) on law.type = type.type
      where d.becomes_public and type.deleted_at is null
        and type.period_value * case type.period_unit when 'YEAR' then 12 else 1 end > law.months
        and not exists (select from notice where notice.case_id = type.case_id and notice.subject_id = type.id and kind = 'LIMIT_EXCEEDED')),
    ${recipients(asOf)}, ${tellingSql(telling)}
    select count(*)::int as told from told`.execute(tx)
  return rows[0]!.told
}
