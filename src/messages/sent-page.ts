// The section of what a profile wrote in a house: drafts and what was sent, and one of these with who has read it (DOMAIN 2.5 section 17).
import { attachmentList } from '../attachments/view.ts'
import { houseFrame } from '../cases/house-frame.ts'
import type { Recipient } from '../notifications/notice.ts'
import { proofPath } from '../notifications/proof-page.ts'
import type { Page } from '../people/page.ts'
import { html, type Html } from '../ui/html.ts'
import { withQuery } from '../ui/pager.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { messagePath, sentPath, templatePath } from './paths.ts'
import { sentMessages, type sentMessage } from './reading.ts'
import type { Message } from './store.ts'

const readWords = (view: View, { read, recipients }: Message) => teller(view).t('message.read', { read, recipients })

/** Where a place in the address goes on from. */
export const beforeOf = (text = ''): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined)

export const sentPage: Page = {
  path: '/cases/:number/sent',
  show: async (request) => {
    const { ctx, view, params, query } = request
    const { t, moment } = teller(view)
    const { file, messages, next, mayWrite } = await sentMessages(ctx, params['number']!, { before: beforeOf(query['before']) })
    const list = table(t('case.section.sent'), [
      { head: t('message.subject'), label: '', className: 'main', cell: ({ id, subject }) => html`<a href="${messagePath(file, id)}">${subject || t('message.no-subject')}</a>` },
      { head: t('notices.state'), label: t('notices.state'), cell: (one) => (one.sentAt ? t('message.sent') : html`<span class="status soon">${t('message.is-draft')}</span>`) },
      { head: t('message.sent-at'), label: t('message.sent-at'), cell: ({ sentAt }) => (sentAt ? moment(sentAt) : t('word.none')) },
      { head: t('message.readers'), label: t('message.readers'), cell: (one) => (one.sentAt ? readWords(view, one) : t('word.none')) },
    ], messages)
    const acts = mayWrite && html`<div class="acts above"><a class="govuk-button" href="${messagePath(file, 'new')}">${t('message.new')}</a><a class="govuk-button govuk-button--secondary" href="${templatePath(file)}">${t('message.templates')}</a></div>`
    const empty = html`<div class="empty"><p>${t(mayWrite ? 'message.none-sent' : 'message.none-may')}</p></div>`
    const body = html`<h2 class="govuk-heading-m">${t('case.section.sent')}</h2>${acts}${messages.length === 0 ? empty : list}
      ${next !== null && html`<p class="govuk-body after"><a href="${withQuery(sentPath(file), { before: String(next) })}">${t('message.older')}</a></p>`}`
    return houseFrame(request, file, { section: 'sent', body })
  },
}

function recipientItem(view: View, { name, readAt }: Recipient): Html {
  const { t, moment } = teller(view)
  return html`<li>${name} <small>${readAt ? t('notices.read-on', { moment: moment(readAt) }) : t('notices.not-read')}</small></li>`
}

export function messageBody(view: View, { message, to, files }: Awaited<ReturnType<typeof sentMessage>>): Html {
  const { t, moment } = teller(view)
  return html`<h2 class="govuk-heading-m">${message.subject}</h2><p class="meta">${t('message.sent')} ${moment(message.sentAt!)}</p><p class="govuk-body written">${message.body}</p>${attachmentList(view, files)}
    <h3 class="govuk-heading-s">${t('message.to')}</h3><p class="govuk-body">${readWords(view, message)} · <a href="${proofPath({ id: message.noticeId! })}">${t('proof.link')}</a></p>
    <ul class="recipients">${to.map((one) => recipientItem(view, one))}</ul>`
}
