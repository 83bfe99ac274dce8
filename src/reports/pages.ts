// Pages for those who act for an authority: what it has told, one of these, and the form with its preview.
import { refuse } from '../kernel/refusal.ts'
import { onceForForm } from '../history/idempotency.ts'
import { noticeText, type Catalogue } from '../notifications/notice.ts'
import { proofPath } from '../notifications/proof-page.ts'
import { newSecret } from '../platform/secret.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { button, errorSummary } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { withQuery } from '../ui/pager.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { actsForAuthority } from '../people/authority.ts'
import { prepareReport, report, toldReport, toldReports } from './actions.ts'
import { previewBody, reportDraftOf, reportFields } from './form.ts'
import type { Report } from './store.ts'

const path = '/reports'

const frame = (view: View, title: string, body: Html, { isFront = false, hasProblems = false } = {}) =>
  layout(view, { title, section: 'reports', body, hasProblems, ...(!isFront && { crumbs: [{ href: path, text: teller(view).t('report.title') }] }) })

const readWords = (view: View, { recipients, read }: Report) => teller(view).t('report.read', { read, recipients })

const listPage = (catalogue: Catalogue) => async ({ ctx, view, query }: PageRequest): Promise<Html> => {
  const { t, short } = teller(view)
  const { reports, next } = await toldReports(ctx, { before: /^\d{1,15}$/.test(query['before'] ?? '') ? Number(query['before']) : undefined })
  const words = (one: Report) => noticeText(catalogue, view.locale, one)
  const list = table(t('report.title'), [
    { head: t('notices.created'), label: '', className: 'code', cell: ({ createdOn }) => short(createdOn) },
    { head: t('notices.subject'), label: '', className: 'main', cell: (one) => html`<a href="${path}/${one.id}">${words(one).title}</a>` },
    { head: t('report.about'), label: t('report.about'), cell: (one) => words(one).about },
    { head: t('notices.state'), label: t('notices.state'), cell: (one) => readWords(view, one) },
  ], reports)
  const empty = html`<div class="empty"><p>${t('report.none')}</p></div>`
  const body = html`<h1>${t('report.title')}</h1><p class="meta">${t('report.intro', { authority: ctx.actor.profile.name })}</p>
    <div class="acts above"><a class="govuk-button" href="${path}/new">${t('report.new')}</a></div>${reports.length === 0 ? empty : list}
    ${next !== null && html`<p class="govuk-body after"><a href="${withQuery(path, { before: String(next) })}">${t('notices.older')}</a></p>`}`
  return frame(view, t('report.title'), body, { isFront: true })
}

const formPage: Page = {
  path: `${path}/new`,
  show: async ({ ctx, view, form = {} }, list) => {
    if (!actsForAuthority(ctx.actor, ctx.settings)) return refuse.forbidden()
    const { t } = teller(view)
    const problems = { locale: view.locale, list }
    const body = html`${errorSummary(problems)}<h1>${t('report.new')}</h1><p class="meta">${t('report.new.text', { authority: ctx.actor.profile.name })}</p>
      <form class="form" method="post" action="${path}/new" novalidate>${reportFields(view, form, problems)}
      <div class="acts">${button(t('report.look'), { name: 'step', value: 'look' })}<a class="govuk-link cancel" href="${path}">${t('action.cancel')}</a></div></form>`
    return frame(view, t('report.new'), body, { hasProblems: list.length > 0 })
  },
  submit: async (request) => {
    const { ctx, view } = request
    const form = request.form!
    const draft = reportDraftOf(form)
    if (form['step'] === 'tell') {
      const { id } = await onceForForm(ctx, form, (own) => report(own, draft))
      return { to: `${path}/${id}`, said: 'report-told' }
    }
    if (form['step'] === 'mend') return formPage.show!(request, [])
    return frame(view, teller(view).t('report.preview'), previewBody(view, await prepareReport(ctx, draft), form, newSecret()))
  },
}

const onePage = (catalogue: Catalogue) => async ({ ctx, view, params }: PageRequest): Promise<Html> => {
  const { t, moment } = teller(view)
  const { report: told, recipients } = await toldReport(ctx, Number(params['id']) || 0)
  const { title, about, description } = noticeText(catalogue, view.locale, told)
  const item = (one: (typeof recipients)[number]) =>
    html`<li>${one.name} <small>${one.readAt ? t('notices.read-on', { moment: moment(one.readAt) }) : t('notices.not-read')}</small></li>`
  const body = html`<h1>${title}</h1><p class="meta">${about} · ${moment(told.createdAt)}</p><p class="govuk-body-l written">${description}</p>
    <h2 class="govuk-heading-m">${t('report.told-to')}</h2><p class="govuk-body">${readWords(view, told)} · <a href="${proofPath(told)}">${t('proof.link')}</a></p><ul class="recipients">${recipients.map(item)}</ul>`
  return frame(view, title, body)
}

export const reportPages = (catalogue: Catalogue): readonly Page[] => [{ path, show: listPage(catalogue) }, formPage, { path: `${path}/:id`, show: onePage(catalogue) }]
