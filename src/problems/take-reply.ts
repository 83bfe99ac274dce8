// Takes a mail into the talk that it answers: by the address that it was sent to, which was given to one person for one report.
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { MailDoor } from '../notifications/bounces/listener.ts'
import type { Actor } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Reader, Writer } from '../platform/database.ts'
import { readIncoming, type Incoming } from './incoming.ts'
import { moved } from './moves.ts'
import { numberOf } from './problem-report.ts'
import { repliedTo, type Replies, type ReplyTo } from './reply-address.ts'
import { targetsOf } from './report-actions.ts'
import { addMessage, changeReport, lockReport, type Report } from './store.ts'

/** More mails than these in a day are no talk: two machines write to each other. */
const mostADay = 30

const isTheirs = (report: Report, personId: number) => (report.person?.id ?? 0) === personId

async function mailsOfDay(tx: Writer, reportId: number, now: Date): Promise<number> {
  const since = new Date(now.getTime() - 86_400_000)
  const { total } = await tx.selectFrom('problem_message').select(({ fn }) => fn.countAll<number>().as('total')).where('report_id', '=', reportId).where('via', '=', 'mail').where('written_at', '>', since).executeTakeFirstOrThrow()
  return total
}

/** Whether it was not taken before: a server that heard no answer sends the same mail again. */
async function isNew(tx: Writer, reportId: number, messageId: string | null): Promise<boolean> {
  if (messageId === null) return true
  const taken = await tx.insertInto('problem_mail_taken').values({ report_id: reportId, message_id: messageId.slice(0, 500) }).onConflict((row) => row.doNothing()).returning('report_id').executeTakeFirst()
  return taken !== undefined
}

/** In their own name: the address was told to them alone. */
async function actorOf(db: Reader, personId: number): Promise<Actor> {
  if (personId === 0) return { kind: 'system' }
  const person = await db.selectFrom('party').select(['id', 'kind', 'code', 'name']).where('id', '=', personId).executeTakeFirstOrThrow()
  return { kind: 'person', person, profile: person, represents: 'self', operator: false, support: false }
}

/** What was resolved or closed is taken up again by it. */
export async function takeReply(ctx: Context, { reportId, personId }: ReplyTo, { messageId, body }: Incoming): Promise<void> {
  const actor = await actorOf(ctx.db, personId)
  await change({ ...ctx, actor, via: 'job' }, 'problem-report.replied', {}, async (tx) => {
    const report = await lockReport(tx, reportId)
    if (!report || !isTheirs(report, personId) || (await mailsOfDay(tx, reportId, ctx.now)) >= mostADay || !(await isNew(tx, reportId, messageId))) {
      ctx.log.info({ report: numberOf(reportId) }, 'a mail to a report was not taken')
      return { unchanged: true, value: null }
    }
    const { state, columns } = moved(report, 'reply', ctx.now, targetsOf(ctx))!
    await addMessage(tx, { reportId, side: 'person', authorId: personId || null, via: 'mail', body, now: ctx.now })
    await changeReport(tx, reportId, columns, body)
    return { caseId: installation, subjectId: reportId, before: { state: report.state }, after: { state }, value: null }
  })
}

/** The part of the mail listener that is for support. */
export const replyDoor = (replies: Replies): MailDoor => ({
  takes: (recipient) => repliedTo(replies, recipient) !== undefined,
  receive: async (ctx, recipient, message) => {
    const to = repliedTo(replies, recipient)
    const incoming = to && (await readIncoming(message))
    if (to && incoming) await takeReply(ctx, to, incoming)
    else ctx.log.info({ recipient: to && numberOf(to.reportId) }, 'a mail to a report that nobody wrote')
  },
})
