// Writes notices for many causes in one statement: the notice, an inbox entry for each recipient, a delivery for each way to reach it.
import { sql, type RawBuilder } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { NoticeKind } from './notice-types.ts'
import { usable, waysTo, type Configured } from './ways.ts'

/** `sender`: the person who tells it and the profile told for; null for the program itself. */
export type Telling = {
  kind: NoticeKind
  createdOn: PlainDate
  now: Date
  runId: number | null
  configured?: Configured | undefined
  sender?: { personId: number; profileId: number } | null
}

/** Silence for as long becomes a failure. */
const patience = 72 * 3_600_000

export const expiryAt = (now: Date): Date => new Date(now.getTime() + patience)

/**
 * Common table expressions that follow `addressed (case_id, subject_id, remind_on, data, addressed, party_id)`, one row for each recipient.
 * `told` is what was new: one notice for each (case, kind, subject, remind-on), whoever asks again (A-18).
 * Where an e-address is tried, the mail waits for what becomes of it.
 */
export function tellingSql({ kind, createdOn, now, runId, configured = ['email', 'push'], sender = null }: Telling): RawBuilder<unknown> {
  const channels = usable(kind, configured)
  const first = channels.includes('eaddress') ? channels.filter((channel) => channel !== 'email') : channels
  return sql`
  told as (
    insert into notice (case_id, kind, subject_id, remind_on, addressed, data, created_on, created_at, run_id, sender_id, sender_for_id)
    select distinct on (case_id, subject_id, remind_on) case_id, ${kind}, subject_id, remind_on, addressed, data,
      ${createdOn}::date, ${now}::timestamptz, ${runId}::bigint, ${sender?.personId ?? null}::bigint, ${sender?.profileId ?? null}::bigint
    from addressed
    on conflict (case_id, kind, subject_id, remind_on) do nothing
    returning case_id, id, subject_id),
  entered as (
    insert into inbox_entry (party_id, notice_id, case_id)
    select addressed.party_id, told.id, told.case_id
    from told join addressed using (case_id, subject_id)),
  queued as (
    insert into delivery (notice_id, case_id, party_id, channel, state, attempts, due_at, ready_at, expires_at)
    select told.id, told.case_id, addressed.party_id, way.channel, 'queued', 0, ${now}::timestamptz, ${now}::timestamptz, ${expiryAt(now)}::timestamptz
    from told join addressed using (case_id, subject_id), lateral ${waysTo(sql`addressed.party_id`, kind, first)} way)`
}
