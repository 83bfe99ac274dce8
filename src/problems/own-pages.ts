// A person's own reports: the list, and each with its talk, to be added to, closed and opened again.
import { examineUploads } from '../attachments/examine.ts'
import type { Problem } from '../kernel/refusal.ts'
import { beforeOf } from '../history/views.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { button, errorSummary, textarea } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { withQuery } from '../ui/pager.ts'
import { reportPath } from '../ui/report-link.ts'
import { table } from '../ui/table.ts'
import { teller } from '../ui/view.ts'
import { idIn, problemPath, problemsPath } from './paths.ts'
import { picturesField } from './pictures.ts'
import { isOpen, numberOf } from './problem-report.ts'
import { addToReport, closeReport, ownReport, ownReports, reopenReport, sayItHelped } from './report-actions.ts'
import type { Report } from './store.ts'
import { facts, stateTag, thread } from './thread.ts'

const listPage: Page = {
  path: problemsPath,
  show: async ({ ctx, view, query }) => {
    const { t, moment } = teller(view)
    const { reports, next } = await ownReports(ctx, { before: beforeOf(query) })
    const list = table(t('problem-report.own'), [
      { head: t('problem-report.number'), label: t('problem-report.number'), cell: ({ id }) => numberOf(id) },
      { head: t('problem-report.subject'), label: '', className: 'main', cell: ({ id, subject }) => html`<a href="${problemPath(id)}">${subject}</a>` },
      { head: t('problem-report.told-at'), label: t('problem-report.told-at'), cell: ({ createdAt }) => moment(createdAt) },
      { head: t('problem-report.state'), label: t('problem-report.state'), cell: ({ state }) => stateTag(view, state) },
    ], reports)
    const body = html`<h1>${t('problem-report.own')}</h1><div class="acts above"><a class="govuk-button" href="${reportPath}">${t('nav.report-problem')}</a></div>
      ${reports.length === 0 ? html`<div class="empty"><p>${t('problem-report.none')}</p></div>` : list}
      ${next !== null && html`<p class="govuk-body after"><a rel="next" href="${withQuery(problemsPath, query, { before: String(next) })}">${t('problem-report.older')}</a></p>`}`
    return layout(view, { title: t('problem-report.own'), body })
  },
}

/** What its person can do with a report as it stands. */
function deeds({ view, ctx, form: given }: PageRequest, { id, state }: Report, list: readonly Problem[]): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const words = (label: string) => html`${textarea({ name: 'body', label, value: given?.['body'] ?? '', rows: 5, problems })}${picturesField(view, problems, ctx.settings)}`
  const form = (content: Html) => html`<form class="form" method="post" action="${problemPath(id)}" enctype="multipart/form-data" novalidate>${content}</form>`
  if (isOpen(state)) {
    const close = button(t('problem-report.close'), { name: 'step', value: 'close', secondary: true })
    return form(html`${words(t(state === 'WAITING_USER' ? 'problem-report.answer' : 'problem-report.add'))}<div class="acts">${button(t('problem-report.send'), { name: 'step', value: 'reply' })}${close}</div>`)
  }
  const helped = state === 'RESOLVED' && html`<form method="post" action="${problemPath(id)}"><div class="acts above">${button(t('problem-report.helped'), { name: 'step', value: 'helped' })}</div></form>`
  return html`${state === 'RESOLVED' && html`<h2 class="govuk-heading-m">${t('problem-report.did-it-help')}</h2>`}${helped}
    ${form(html`${words(t('problem-report.not-solved'))}<div class="acts">${button(t('problem-report.reopen'), { name: 'step', value: 'reopen', secondary: true })}</div>`)}`
}

async function show(request: PageRequest, list: readonly Problem[]): Promise<Html> {
  const { ctx, view, params } = request
  const { t } = teller(view)
  const { report, messages, events, files } = await ownReport(ctx, idIn(params['number']))
  const title = `${numberOf(report.id)} · ${report.subject}`
  const body = html`${errorSummary({ locale: view.locale, list })}<h1>${report.subject}</h1><p class="meta">${numberOf(report.id)} ${stateTag(view, report.state)}</p>
    ${thread(view, report, messages, events, { files })}${deeds(request, report, list)}
    <section class="after"><h2 class="govuk-heading-m">${t('problem-report.facts')}</h2>${facts(view, report)}</section>`
  return layout(view, { title, body, crumbs: [{ href: problemsPath, text: t('problem-report.own') }], hasProblems: list.length > 0 })
}

const onePage: Page = {
  path: `${problemsPath}/:number`,
  takesUploads: true,
  show,
  submit: async ({ ctx, params, form, uploads }) => {
    const id = idIn(params['number'])
    const { step, body = '' } = form!
    const files = await examineUploads(ctx, uploads)
    if (step === 'close') await closeReport(ctx, id)
    else if (step === 'helped') await sayItHelped(ctx, id)
    else if (step === 'reopen') await reopenReport(ctx, id, body, files)
    else await addToReport(ctx, id, body, files)
    return { to: problemPath(id), said: step === 'close' ? 'problem-closed' : step === 'helped' ? 'problem-helped' : step === 'reopen' ? 'problem-reopened' : 'problem-added' }
  },
}

export const ownProblemPages: readonly Page[] = [listPage, onePage]
