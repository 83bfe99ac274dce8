// Pages on which a message is written: a new one, from a template or as an answer, and a draft taken up again.
import type { Attachment } from '../attachments/attachment.ts'
import { examineUploads } from '../attachments/examine.ts'
import { filesInput, removableList, removedIn } from '../attachments/view.ts'
import { houseFrame } from '../cases/house-frame.ts'
import { onceForForm } from '../history/idempotency.ts'
import type { Problem } from '../kernel/refusal.ts'
import { newSecret } from '../platform/secret.ts'
import type { Page, PageRequest, SeeOther, Values } from '../people/page.ts'
import { button, errorSummary } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { teller } from '../ui/view.ts'
import { formOf, messageDraftOf, messageFields } from './form.ts'
import { openWriting, removeDraft, saveDraft, sendMessage, type Writing } from './message-actions.ts'
import { daily } from './message.ts'
import { idOf, messagePath, sentPath } from './paths.ts'
import { answered, sentMessage } from './reading.ts'
import { messageBody } from './sent-page.ts'
import { ownTemplate } from './template-actions.ts'

/** What an answer begins with: its writer as the one addressee, where the house still knows them. */
async function answerForm({ ctx, view }: PageRequest, { shelf, people }: Writing, id: number): Promise<Values> {
  const message = await answered(ctx, shelf, id)
  if (!message) return {}
  const { fromId, subject } = message
  const isOwner = people.reach.owners.has(fromId)
  const re = teller(view).t('message.answer-to', { subject: subject.replace(/^(Atb\.|Re): /, '') })
  return formOf({ subject: re, body: '', all: false, manager: !isOwner && people.reach.management.has(fromId), parties: isOwner ? [fromId] : [] })
}

async function begun(request: PageRequest, writing: Writing): Promise<Values> {
  const { ctx, query, params } = request
  if (query['answer']) return answerForm(request, writing, idOf(query['answer']))
  if (!query['template']) return {}
  const { subject, body } = await ownTemplate(ctx, params['number']!, idOf(query['template']))
  return { subject, body }
}

/** A draft that is taken up again. */
type Begun = { id: number; files: readonly Attachment[] }

function writingBody({ ctx, view }: PageRequest, { file, people }: Writing, form: Values, list: readonly Problem[], draft: Begun | null): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const action = messagePath(file, draft?.id ?? 'new')
  const remove = draft && html`<a class="govuk-link cancel" href="${messagePath(file, draft.id, '/remove')}">${t('message.remove')}</a>`
  return html`${errorSummary(problems)}<h2 class="govuk-heading-m">${t(draft ? 'message.draft' : 'message.new')}</h2>
    ${!people.reach.mayAll && html`<p class="govuk-body">${t('message.limits', daily)}</p>`}
    <form class="form" method="post" action="${action}" enctype="multipart/form-data" novalidate><input type="hidden" name="key" value="${form['key'] ?? newSecret()}">${messageFields(view, form, people, problems)}${removableList(view, draft?.files ?? [], form)}${filesInput(problems, ctx.settings)}
    <div class="acts">${button(t('message.send'), { name: 'step', value: 'send' })}${button(t('message.save'), { name: 'step', value: 'draft', secondary: true })}
    <a class="govuk-link cancel" href="${sentPath(file)}">${t('action.cancel')}</a>${remove}</div></form>`
}

async function submitted({ ctx, params, form, uploads }: PageRequest, id: number | null): Promise<SeeOther> {
  const number = params['number']!
  const draft = messageDraftOf(form!)
  const files = { remove: removedIn(form!), files: await examineUploads(ctx, uploads) }
  if (form!['step'] === 'draft') {
    await onceForForm(ctx, form!, (own) => saveDraft(own, number, draft, id, files))
    return { to: sentPath({ number }), said: 'draft-saved' }
  }
  const sent = await onceForForm(ctx, form!, (own) => sendMessage(own, number, draft, id, files))
  return { to: messagePath({ number }, sent.id), said: 'message-sent' }
}

export const newPage: Page = {
  path: '/cases/:number/messages/new',
  takesUploads: true,
  show: async (request, problems) => {
    const writing = await openWriting(request.ctx, request.params['number']!)
    const form = request.form ?? (await begun(request, writing))
    const body = writingBody(request, writing, form, problems, null)
    return houseFrame(request, writing.file, { section: 'sent', isWithin: true, title: teller(request.view).t('message.new'), body, hasProblems: problems.length > 0 })
  },
  submit: (request) => submitted(request, null),
}

/** A draft to go on with, or what was sent with who has read it. */
export const draftPage: Page = {
  path: '/cases/:number/messages/:id',
  takesUploads: true,
  show: async (request, problems) => {
    const { ctx, params } = request
    const seen = await sentMessage(ctx, params['number']!, idOf(params['id']))
    const { file, message } = seen
    if (message.sentAt !== null) return houseFrame(request, file, { section: 'sent', isWithin: true, title: message.subject, body: messageBody(request.view, seen) })
    const writing = await openWriting(ctx, file.number)
    const form = request.form ?? formOf({ ...message.addressees, subject: message.subject, body: message.body })
    const body = writingBody(request, writing, form, problems, { id: message.id, files: seen.files })
    return houseFrame(request, file, { section: 'sent', isWithin: true, title: teller(request.view).t('message.draft'), body, hasProblems: problems.length > 0 })
  },
  submit: (request) => submitted(request, idOf(request.params['id'])),
}

export const removalPage: Page = {
  path: '/cases/:number/messages/:id/remove',
  show: async (request) => {
    const { view, ctx, params } = request
    const { t } = teller(view)
    const { file, message } = await sentMessage(ctx, params['number']!, idOf(params['id']))
    const body = html`<h2 class="govuk-heading-m">${t('message.remove')}</h2><p class="govuk-body">${t('message.remove.text', { subject: message.subject || t('message.no-subject') })}</p>
      <form class="acts" method="post">${button(t('action.delete'), { warning: true })}<a class="govuk-link cancel" href="${messagePath(file, message.id)}">${t('action.cancel')}</a></form>`
    return houseFrame(request, file, { section: 'sent', isWithin: true, title: t('message.remove'), body })
  },
  submit: async ({ ctx, params }) => {
    const number = params['number']!
    await removeDraft(ctx, number, idOf(params['id']))
    return { to: sentPath({ number }), said: 'draft-removed' }
  },
}
