// Says something to whoever reported: in the talk and by a notice or, without an account, by mail.
import { tell } from '../notifications/tell.ts'
import type { PersonContext } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { numberOf } from './problem-report.ts'
import { addMessage, type Report } from './store.ts'

export async function sayToReporter(tx: Writer, ctx: PersonContext, { id, subject, person, replyTo }: Report, body: string): Promise<void> {
  await addMessage(tx, { reportId: id, side: 'support', authorId: ctx.actor.person.id, via: 'page', body, now: ctx.now })
  if (person) {
    await tell(tx, ctx, { kind: 'PROBLEM_ANSWERED', data: { number: numberOf(id), subject, body }, recipients: [person.id] })
    return
  }
  const mail = { report_id: id, address: replyTo!.address, body, asked_at: ctx.now, state: 'queued' as const, attempts: 0, due_at: ctx.now, answer: null }
  await tx.insertInto('problem_mail').values(mail).execute()
}
