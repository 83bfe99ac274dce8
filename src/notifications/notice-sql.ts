// Writes notices for many causes in one statement: the notice, an inbox entry for each recipient, a delivery for each way to reach it.
import { sql, type RawBuilder } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { NoticeKind } from './notice-types.ts'
import { isNotMuted, takesNoMail, usable, waysTo, type Configured } from './ways.ts'

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

/** A reminder to verify an address goes out at most so often. */
const reminderDays = 7

/** Whose address takes no mail now: that is logged, and asks at most once a week to be verified, without a word of the contents (DOMAIN 6.3). */
const unmailedSql = (kind: NoticeKind, now: Date) => sql`,
  unmailed as materialized (
    select told.id, told.case_id, party.id as party_id, party.email, party.email_verified_on is null as is_unverified
    from told join addressed using (case_id, subject_id) join party on party.id = addressed.party_id
    where ${takesNoMail('party')} and ${isNotMuted(sql`party.id`, kind, sql`'email'`)}),
  logged as (
    insert into delivery (notice_id, case_id, party_id, channel, state, attempts, due_at, ready_at, expires_at, answer)
    select id, case_id, party_id, 'email', 'failed', 0, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz,
      case when is_unverified then 'unverified' else 'suppressed' end from unmailed),
  reminded as (
    insert into address_mail (kind, party_id, address, asked_at, state, attempts, due_at)
    select distinct on (lower(email)) 'reminder', party_id, email, ${now}::timestamptz, 'queued', 0, ${now}::timestamptz
    from unmailed where is_unverified order by lower(email), party_id
    on conflict (lower(address)) where kind = 'reminder' do update set party_id = excluded.party_id, address = excluded.address, asked_at = excluded.asked_at,
      state = 'queued', attempts = 0, due_at = excluded.due_at, answer = null
      where address_mail.asked_at <= excluded.asked_at - make_interval(days => ${reminderDays}))`

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
    from told join addressed using (case_id, subject_id), lateral ${waysTo(sql`addressed.party_id`, kind, first)} way)
  ${channels.includes('email') ? unmailedSql(kind, now) : sql``}`
}
