// The notice list of an operation case: what was told of it, to whom, and what became of it (DOMAIN 6.1, A-27).
import { caseFrame, casePath } from '../cases/frame.ts'
import { caseNotices, type CaseNotice } from '../cases/notices.ts'
import { operationCase } from '../cases/store.ts'
import { noticePath, noticeText, type Catalogue, type Recipient } from '../notifications/notice.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { html, type Html } from '../ui/html.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { mayConfigure } from './actions.ts'

function mailWords(view: View, email: Recipient['email']): string {
  const { t, moment } = teller(view)
  if (!email) return t('notices.mail.none')
  return email.sentAt ? t('notices.mail.sent', { moment: moment(email.sentAt) }) : t(`notices.mail.${email.state}`)
}

function recipientItem(view: View, { name, readAt, email }: Recipient): Html {
  const { t, moment } = teller(view)
  const read = readAt ? t('notices.read-on', { moment: moment(readAt) }) : t('notices.not-read')
  return html`<li>${name} <small>${read} · ${mailWords(view, email)}</small></li>`
}

const readState = (view: View, { own, recipients }: CaseNotice): Html | string => {
  const { t, moment } = teller(view)
  if (recipients) return html`<ul class="recipients">${recipients.map((recipient) => recipientItem(view, recipient))}</ul>`
  return own?.readAt ? t('notices.read-on', { moment: moment(own.readAt) }) : t('notices.not-read')
}

const listPage = (catalogue: Catalogue) => async (request: PageRequest): Promise<Html> => {
  const { ctx, view, params, query } = request
  const { t, short } = teller(view)
  const file = await operationCase(ctx, params['number']!)
  const after = /^\d{1,15}$/.test(query['after'] ?? '') ? Number(query['after']) : undefined
  const { notices, next } = await caseNotices(ctx, file.number, { after })
  const words = (notice: CaseNotice) => noticeText(catalogue, view.locale, notice)
  const subject = (notice: CaseNotice) => {
    const { title, description } = words(notice)
    if (notice.own) return html`<a href="${noticePath(notice)}">${notice.own.readAt ? title : html`<strong>${title}</strong>`}</a>`
    return html`<details><summary>${title}</summary><p>${description}</p></details>`
  }
  const list = table(t('case.section.notices'), [
    { head: t('notices.created'), label: '', className: 'code', cell: (notice) => short(notice.createdOn) },
    { head: t('notices.kind'), label: t('notices.kind'), cell: (notice) => catalogue[notice.kind].name(view.locale) },
    { head: t('notices.subject'), label: '', cell: subject },
    { head: t('notices.state'), label: '', cell: (notice) => readState(view, notice) },
  ], notices)
  const empty = html`<div class="empty"><p>${t('notices.none-case')}</p></div>`
  const body = html`<h2 class="govuk-heading-m">${t('case.section.notices')}</h2>${notices.length === 0 ? empty : list}
    ${next !== null && html`<p class="govuk-body after"><a href="${casePath(file.number, `/notices?after=${next}`)}">${t('notices.older')}</a></p>`}`
  return caseFrame(request, file, { section: 'notices', body, mayConfigure: mayConfigure(ctx)(ctx.actor, file) })
}

export const caseNoticePages = (catalogue: Catalogue): readonly Page[] => [{ path: '/cases/:number/notices', show: listPage(catalogue) }]
