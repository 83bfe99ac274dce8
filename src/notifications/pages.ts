// Pages of the inbox: what the active profile was told, and one notice opened.
import { attachmentList } from '../attachments/view.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { contactOf } from '../people/people.ts'
import { Refusal, type Problem } from '../kernel/refusal.ts'
import { button, dateInput, errorSummary, select } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { layout } from '../ui/layout.ts'
import { typedDate } from '../ui/locale.ts'
import { teller } from '../ui/view.ts'
import { inbox, inboxFilterOf, markUnread, openNotice } from './inbox.ts'
import { deliveriesPages } from './deliveries-page.ts'
import { preferencesPages, preferencesPath } from './preferences-page.ts'
import { proofPages, proofPath } from './proof-page.ts'
import { noticeKinds } from './notice-types.ts'
import { noticePath, noticeText, type Catalogue, type InboxNotice } from './notice.ts'

const noFilter = { state: undefined, kind: undefined, from: undefined, to: undefined, after: undefined }

/** The filter of the address, or none with what is wrong with it. */
function filterOf(query: PageRequest['query']): { filter: ReturnType<typeof inboxFilterOf>; problems: readonly Problem[] } {
  try {
    const dates = { from: typedDate(query['from'] ?? ''), to: typedDate(query['to'] ?? '') }
    return { filter: inboxFilterOf({ ...query, ...dates }), problems: [] }
  } catch (error) {
    if (error instanceof Refusal) return { filter: noFilter, problems: error.problems }
    throw error
  }
}

function filterForm(catalogue: Catalogue, { view, query }: PageRequest, list: readonly Problem[]): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const value = (name: string) => query[name] ?? ''
  const any = { value: '', text: t('notices.any') }
  const states = [any, { value: 'unread', text: t('notices.unread') }, { value: 'read', text: t('notices.read') }]
  const kinds = [any, ...noticeKinds.map((kind) => ({ value: kind, text: catalogue[kind].name(view.locale) }))]
  const isOpen = Object.values(query).some((one) => one !== '')
  return html`${errorSummary(problems)}<details class="filters"${isOpen && html` open`}><summary>${t('notices.filter')}</summary><form class="filter" method="get">
    ${select({ name: 'state', label: t('notices.state'), value: value('state'), options: states, problems })}
    ${select({ name: 'kind', label: t('notices.kind'), value: value('kind'), options: kinds, problems })}
    ${dateInput({ name: 'from', label: t('notices.from'), value: value('from'), problems })}
    ${dateInput({ name: 'to', label: t('notices.to'), value: value('to'), problems })}
    ${button(t('action.filter'), { secondary: true })}${Object.keys(query).length > 0 && html`<a class="cancel" href="/notices">${t('action.clear')}</a>`}</form></details>`
}

function listItem(catalogue: Catalogue, { view }: PageRequest, notice: InboxNotice): Html {
  const { t, short } = teller(view)
  const { title, about } = noticeText(catalogue, view.locale, notice)
  const isUnread = notice.readAt === null
  return html`<li${isUnread && html` class="is-unread"`}><a href="${noticePath(notice)}">${isUnread && html`<span class="govuk-visually-hidden">${t('notices.unread')}: </span>`}${title}</a>
    <p>${about} · ${short(notice.createdOn)}</p></li>`
}

const older = (query: PageRequest['query'], next: number | null, text: string): Html | null =>
  next === null ? null : html`<p class="govuk-body"><a href="/notices?${new URLSearchParams({ ...query, after: String(next) }).toString()}">${text}</a></p>`

/** Said above the notices while the profile has an address that takes no mail. */
async function noMail({ ctx, view }: PageRequest): Promise<Html | null> {
  const { t } = teller(view)
  const { email, emailVerifiedOn, emailFailure } = await contactOf(ctx.db, ctx.actor.profile.id)
  if (email === null || (emailVerifiedOn !== null && emailFailure === null)) return null
  const words = t(emailFailure === null ? 'address.banner-unverified' : 'address.banner', { address: email })
  return html`<div class="alarm">${icon('triangle-alert')}<p>${words} <a href="/profile/email">${t('address.banner-link')}</a></p></div>`
}

const listPage = (catalogue: Catalogue) => async (request: PageRequest): Promise<Html> => {
  const { ctx, view, query } = request
  const { t } = teller(view)
  const { filter, problems } = filterOf(query)
  const { notices, next, unread } = await inbox(ctx, filter)
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  const empty = html`<div class="empty"><p>${t(isFiltered ? 'notices.none-found' : 'notices.none')}</p>${!isFiltered && html`<p>${t('notices.none-why')}</p>`}</div>`
  const body = html`<h1>${t('nav.notices')}</h1><p class="meta">${t('notices.unread-count', { count: unread })} · <a href="${preferencesPath}">${t('preferences.link')}</a></p>
    ${await noMail(request)}${filterForm(catalogue, request, problems)}
    ${notices.length === 0 ? empty : html`<ul class="inbox">${notices.map((notice) => listItem(catalogue, request, notice))}</ul>`}
    ${older(query, next, t('notices.older'))}`
  return layout(view, { title: t('nav.notices'), section: 'notices', body, hasProblems: problems.length > 0 })
}

const noticePage = (catalogue: Catalogue): Page => ({
  path: '/notices/:id',
  show: async ({ ctx, view, params }) => {
    const { t, long, moment } = teller(view)
    const notice = await openNotice(ctx, Number(params['id']))
    const { title, about, description } = noticeText(catalogue, view.locale, notice)
    const caseNumber = notice.data['caseNumber']
    const { answerAt, files } = catalogue[notice.kind]
    const attached = (await files?.(ctx.db, notice)) ?? []
    const read = notice.readAt && html`${icon('check')} ${t('notices.read-by', { name: notice.readBy ?? '', moment: moment(notice.readAt) })} · `
    const body = html`<h1>${title}</h1><p class="meta">${about} · ${long(notice.createdOn)}</p><p class="govuk-body-l written">${description}</p>${attachmentList(view, attached)}
      <div class="acts">${answerAt && html`<a class="govuk-button" href="${answerAt(notice)}">${t('notices.answer')}</a>`}${caseNumber && html`<a class="govuk-button${answerAt && ' govuk-button--secondary'}" href="/cases/${encodeURIComponent(caseNumber)}">${t('notices.open-case')}</a>`}
      <form method="post">${button(t('notices.mark-unread'), { secondary: true })}</form></div>
      <p class="govuk-body-s after">${read}<a href="${proofPath(notice)}">${t('proof.link')}</a></p>`
    return layout(view, { title, section: 'notices', body, crumbs: [{ href: '/notices', text: t('nav.notices') }] })
  },
  submit: async ({ ctx, params }) => {
    await markUnread(ctx, Number(params['id']))
    return { to: '/notices', said: 'marked-unread' }
  },
})

export const inboxPages = (catalogue: Catalogue): readonly Page[] => [
  { path: '/notices', show: listPage(catalogue) },
  noticePage(catalogue),
  ...proofPages(catalogue),
  ...preferencesPages(catalogue),
  ...deliveriesPages(catalogue),
]
