// The SQL of answers that go to somebody without an account: claimed for a while, then marked.
import { sql } from 'kysely'
import type { MailMark } from '../notifications/mail-round.ts'
import { writing, type Reader } from '../platform/database.ts'
import type { Locale } from '../ui/locale.ts'

export type ProblemMail = { id: number; reportId: number; name: string; address: string; subject: string; body: string; language: Locale; askedAt: Date; attempts: number }

const lease = 10 * 60_000

export const claimProblemMails = (db: Reader, now: Date, limit: number): Promise<ProblemMail[]> =>
  writing(db, async (tx) => {
    const { rows } = await sql<ProblemMail>`
      with due as materialized (
        select id from problem_mail where state = 'queued' and due_at <= ${now}::timestamptz order by due_at limit ${limit} for update skip locked)
      update problem_mail mail set attempts = attempts + 1, due_at = ${new Date(now.getTime() + lease)}::timestamptz
      from due, problem_report report where mail.id = due.id and report.id = mail.report_id
      returning mail.id, mail.report_id as "reportId", report.reply_name as name, mail.address, report.subject, mail.body, report.reply_language as language,
        mail.asked_at as "askedAt", mail.attempts`.execute(tx)
    return rows
  })

/** Nothing is marked where another worker has taken the row up meanwhile. */
export const markProblemMail = (db: Reader, { id, attempts }: ProblemMail, { state, dueAt, answer, attempts: counted = attempts }: MailMark) =>
  writing(db, (tx) => tx.updateTable('problem_mail').set({ state, due_at: dueAt, answer, attempts: counted }).where('id', '=', id).where('attempts', '=', attempts).execute())
