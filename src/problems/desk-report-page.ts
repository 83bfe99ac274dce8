// A report at the desk: the talk with what support notes between it, the answer, whose it is and what it is linked to.
import { examineUploads } from '../attachments/examine.ts'
import type { Problem } from '../kernel/refusal.ts'
import { history } from '../history/views.ts'
import { onceForForm } from '../history/idempotency.ts'
import { newSecret } from '../platform/secret.ts'
import type { Page, PageRequest, Values } from '../people/page.ts'
import { button, errorSummary, select, textarea } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { supportPath } from '../ui/looking-frame.ts'
import { withQuery } from '../ui/pager.ts'
import { teller, type View } from '../ui/view.ts'
import { answerReport, assignReport, deskReport, finishReport, isAnswer, linkReport, noteReport, type OnDesk } from './desk-actions.ts'
import { dueTag } from './due-words.ts'
import { deskPath, idIn, knownPath, onDeskPath } from './paths.ts'
import { picturesField } from './pictures.ts'
import { isOpen, numberOf } from './problem-report.ts'
import { targetsOf } from './report-actions.ts'
import { facts, stateTag, thread } from './thread.ts'

/** A canned answer is put into what is typed by a button of its own: without scripts too. */
function typedAnswer({ canned, report }: OnDesk, form: Values): string {
  const typed = form['body'] ?? ''
  const chosen = form['step'] === 'insert' ? canned.find(({ id }) => String(id) === form['canned']) : undefined
  return chosen ? [typed.trim(), chosen[report.language]].filter((text) => text !== '').join('\n\n') : typed
}

function answerForm({ view, ctx }: PageRequest, seen: OnDesk, form: Values, list: readonly Problem[]): Html {
  const { t } = teller(view)
  const { report, canned } = seen
  const problems = { locale: view.locale, list }
  const path = onDeskPath(report.id)
  if (!isOpen(report.state)) return html`${report.state === 'RESOLVED' && html`<form method="post" action="${path}"><div class="acts above">${button(t('desk.finish'), { name: 'step', value: 'finish', secondary: true })}</div></form>`}`
  const options = [{ value: '', text: t('desk.canned.none') }, ...canned.map(({ id, name }) => ({ value: String(id), text: name }))]
  const insert = canned.length > 0 && html`<div class="inserted">${select({ name: 'canned', label: t('desk.canned.choose'), value: '', options, problems })}${button(t('desk.insert'), { name: 'step', value: 'insert', secondary: true })}</div>`
  return html`<form class="form" method="post" action="${path}#body" enctype="multipart/form-data" novalidate><input type="hidden" name="key" value="${form['key'] ?? newSecret()}">
    ${insert}${textarea({ name: 'body', label: t('desk.answer'), hint: t('desk.answer.language', { language: report.language }), value: typedAnswer(seen, form), rows: 7, problems })}${report.person && picturesField(view, problems, ctx.settings)}
    <div class="acts">${button(t('desk.send'), { name: 'step', value: 'answer' })}${button(t('desk.ask'), { name: 'step', value: 'ask', secondary: true })}${button(t('desk.resolve'), { name: 'step', value: 'resolve', secondary: true })}</div></form>`
}

function noteForm(view: View, { report }: OnDesk, form: Values, list: readonly Problem[]): Html {
  const { t } = teller(view)
  return html`<form class="form noted" method="post" action="${onDeskPath(report.id)}" novalidate>${textarea({ name: 'note', label: t('desk.note'), hint: t('desk.note.hint'), value: form['note'] ?? '', problems: { locale: view.locale, list } })}
    <div class="acts">${button(t('desk.add-note'), { name: 'step', value: 'note', secondary: true })}</div></form>`
}

/** Whose it is, and what it is linked to. */
function placing({ view, ctx }: PageRequest, { report, colleagues, known }: OnDesk, list: readonly Problem[]): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const path = onDeskPath(report.id)
  const own = ctx.actor.person.id
  const people = [{ value: '', text: t('desk.assignee.nobody') }, ...colleagues.map(({ id, name }) => ({ value: String(id), text: name }))]
  const links = [{ value: '', text: t('desk.known.none') }, ...known.map((one) => ({ value: String(one.id), text: view.locale === 'lv' ? one.titleLv : one.titleEn }))]
  const take = report.assignee?.id !== own && html`<form method="post" action="${path}"><input type="hidden" name="assignee" value="${own}">${button(t('desk.take'), { name: 'step', value: 'assign' })}</form>`
  const look = report.person && isOpen(report.state) && html`<a class="govuk-button govuk-button--secondary" href="${withQuery(supportPath, { report: numberOf(report.id) })}">${t('look.title')}</a>`
  return html`<div class="placing">${take}${look}<form method="post" action="${path}">${select({ name: 'assignee', label: t('desk.assignee'), value: String(report.assignee?.id ?? ''), options: people, problems })}${button(t('desk.assign'), { name: 'step', value: 'assign', secondary: true })}</form>
    <form method="post" action="${path}">${select({ name: 'known', label: t('desk.known.one'), value: String(report.knownProblemId ?? ''), hint: html`<a href="${knownPath}">${t('desk.known')}</a>`, options: links, problems })}${button(t('desk.known.link'), { name: 'step', value: 'link', secondary: true })}</form></div>`
}

async function show(request: PageRequest, list: readonly Problem[]): Promise<Html> {
  const { ctx, view, params, query } = request
  const { t } = teller(view)
  const seen = await deskReport(ctx, idIn(params['number']))
  const { report, messages, notes, events, files } = seen
  const form = request.form ?? {}
  const who = report.person?.name ?? `${report.replyTo!.name} · ${t('desk.no-account', { address: report.replyTo!.address })}`
  const body = html`${errorSummary({ locale: view.locale, list })}<h1>${report.subject}</h1>
    <p class="meta">${numberOf(report.id)} · ${who} ${stateTag(view, report.state)} ${dueTag(view, report, ctx.now, targetsOf(ctx))}</p>
    ${placing(request, seen, list)}${thread(view, report, messages, events.events, { notes, files })}${answerForm(request, seen, form, list)}${noteForm(view, seen, form, list)}
    <section class="after"><h2 class="govuk-heading-m">${t('problem-report.facts')}</h2>${facts(view, report)}</section>
    <details class="filters after"><summary>${t('desk.history')}</summary>${history(view, { ...events, next: null }, onDeskPath(report.id), query)}</details>`
  return layout(view, { title: `${numberOf(report.id)} · ${report.subject}`, section: 'desk', body, crumbs: [{ href: deskPath, text: t('desk.title') }], hasProblems: list.length > 0 })
}

const chosen = (text: string | undefined): number | null => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : null)

export const deskReportPage: Page = {
  path: `${deskPath}/:number`,
  takesUploads: true,
  show,
  submit: async (request) => {
    const { ctx, params, form, uploads } = request
    const id = idIn(params['number'])
    const to = onDeskPath(id)
    const { step = '', body = '', note = '' } = form!
    if (step === 'insert') return show(request, [])
    if (step === 'assign') return assignReport(ctx, id, chosen(form!['assignee'])).then(() => ({ to, said: 'desk-assigned' }))
    if (step === 'link') return linkReport(ctx, id, chosen(form!['known'])).then(() => ({ to, said: 'desk-linked' }))
    if (step === 'note') return noteReport(ctx, id, note).then(() => ({ to, said: 'desk-noted' }))
    if (step === 'finish') return finishReport(ctx, id).then(() => ({ to, said: 'desk-finished' }))
    const files = await examineUploads(ctx, uploads)
    await onceForForm(ctx, form!, (own) => answerReport(own, id, isAnswer(step) ? step : 'answer', body, files))
    return { to, said: 'desk-answered' }
  },
}
