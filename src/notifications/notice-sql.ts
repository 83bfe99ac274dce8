// Writes notices for many causes in one statement: the notice, an inbox entry for each recipient, a delivery where there is an address.
import { sql, type RawBuilder } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { NoticeKind } from './tables.ts'

export type Telling = { kind: NoticeKind; createdOn: PlainDate; now: Date; runId: number | null }

/**
 * Common table expressions that follow `addressed (case_id, subject_id, remind_on, data, addressed, party_id)`, one row for each recipient.
 * `told` is what was new: one notice for each (case, kind, subject, remind-on), whoever asks again.
 * E-mail goes to verified addresses only (DOMAIN 6.3).
 */
export const tellingSql = ({ kind, createdOn, now, runId }: Telling): RawBuilder<unknown> => sql`
  told as (
    insert into notice (case_id, kind, subject_id, remind_on, addressed, data, created_on, created_at, run_id)
    select distinct on (case_id, subject_id, remind_on) case_id, ${kind}, subject_id, remind_on, addressed, data,
      ${createdOn}::date, ${now}::timestamptz, ${runId}::bigint
    from addressed
    on conflict (case_id, kind, subject_id, remind_on) do nothing
    returning case_id, id, subject_id),
  entered as (
    insert into inbox_entry (party_id, notice_id, case_id)
    select addressed.party_id, told.id, told.case_id
    from told join addressed using (case_id, subject_id)),
  queued as (
    insert into delivery (notice_id, case_id, party_id, channel, address, state, attempts, due_at)
    select told.id, told.case_id, addressed.party_id, 'email', party.email, 'queued', 0, ${now}::timestamptz
    from told join addressed using (case_id, subject_id),
    lateral (select email from party where party.id = addressed.party_id and email_verified_on is not null offset 0) party)`
