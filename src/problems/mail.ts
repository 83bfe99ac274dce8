// The mail that answers somebody without an account.
import { oneLine } from '../notifications/email.ts'
import { bodyOf } from '../notifications/mail-body.ts'
import { sendRound } from '../notifications/mail-round.ts'
import type { Mail, MailTransport } from '../notifications/mail.ts'
import type { Context } from '../people/context.ts'
import { contactPath } from '../ui/report-link.ts'
import { say, type MessageKey, type Params } from '../ui/locale.ts'
import { claimProblemMails, markProblemMail, type ProblemMail } from './mail-queue.ts'
import { numberOf } from './problem-report.ts'
import { replyAddress } from './reply-address.ts'

/** `replyDomain`: where answers are taken; without it they are written on the contact page. */
export type ProblemOffice = { transport: MailTransport; publicUrl: string; secret: string; replyDomain?: string | undefined }

export function problemMailOf({ id, reportId, name, address, subject, body, language, askedAt }: ProblemMail, { publicUrl, secret, replyDomain }: ProblemOffice, now: Date): Mail {
  const t = (key: MessageKey, params?: Params) => say(language, key, params)
  const host = new URL(publicUrl).hostname
  const number = numberOf(reportId)
  const title = t('notice.PROBLEM_ANSWERED.title', { number })
  const small = [t('problem-mail.about', { subject }), t(replyDomain ? 'problem-mail.reply' : 'problem-mail.no-reply')]
  return {
    messageId: `<problem.${id}.${askedAt.getTime().toString(36)}@${host}>`,
    to: { name: oneLine(name), address },
    subject: oneLine(`${title} – ${subject}`),
    ...bodyOf({ language, title, description: body, button: { text: t('contact.title'), url: `${publicUrl}${contactPath}` }, small, isAnswered: replyDomain !== undefined }),
    language,
    date: now,
    host,
    ...(replyDomain && { replyTo: replyAddress({ secret, domain: replyDomain }, { reportId, personId: 0 }) }),
  }
}

/** One round; answers how many were sent. */
export const sendProblemMails = (ctx: Context, office: ProblemOffice, { random = Math.random } = {}): Promise<number> =>
  sendRound(ctx, office.transport, { claim: claimProblemMails, mark: markProblemMail, mailOf: (mail, now) => problemMailOf(mail, office, now) }, { random })
