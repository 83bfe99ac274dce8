// Pages of a profile's templates: the list, from which a message begins, and the form of one.
import { houseFrame } from '../cases/house-frame.ts'
import type { Problem } from '../kernel/refusal.ts'
import type { Page, PageRequest, Values } from '../people/page.ts'
import { button, errorSummary, input, textarea } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { withQuery } from '../ui/pager.ts'
import { table } from '../ui/table.ts'
import { teller } from '../ui/view.ts'
import { openWriting } from './message-actions.ts'
import { longest, type TemplateDraft } from './message.ts'
import { idOf, messagePath, sentPath, templatePath } from './paths.ts'
import { ownTemplate, ownTemplates, removeTemplate, saveTemplate } from './template-actions.ts'
import type { Template } from './store.ts'

const numberOf = ({ params }: PageRequest) => params['number']!

const draftOf = (form: Values): TemplateDraft => ({ name: form['name'] ?? '', subject: form['subject'] ?? '', body: form['body'] ?? '' })

async function frame(request: PageRequest, title: string, body: Html, hasProblems = false): Promise<Html> {
  const { file } = await openWriting(request.ctx, numberOf(request))
  return houseFrame(request, file, { section: 'sent', isWithin: true, title, body, hasProblems })
}

const listPage: Page = {
  path: '/cases/:number/templates',
  show: async (request) => {
    const { t } = teller(request.view)
    const house = { number: numberOf(request) }
    const own = await ownTemplates(request.ctx, house.number)
    const list = table(t('message.templates'), [
      { head: t('template.name'), label: '', className: 'main', cell: ({ id, name }) => html`<a href="${templatePath(house, `/${id}`)}">${name}</a>` },
      { head: t('message.subject'), label: t('message.subject'), cell: ({ subject }) => subject || t('word.none') },
      { head: html`<span class="govuk-visually-hidden">${t('column.actions')}</span>`, label: '', cell: ({ id, name }: Template) => html`<a href="${withQuery(messagePath(house, 'new'), { template: String(id) })}">${t('template.use')}<span class="govuk-visually-hidden">: ${name}</span></a>` },
    ], own)
    const body = html`<h2 class="govuk-heading-m">${t('message.templates')}</h2><p class="govuk-body">${t('template.text')}</p>
      <div class="acts above"><a class="govuk-button" href="${templatePath(house, '/new')}">${t('template.new')}</a><a class="govuk-link cancel" href="${sentPath(house)}">${t('template.back')}</a></div>
      ${own.length === 0 ? html`<div class="empty"><p>${t('template.none')}</p></div>` : list}`
    return frame(request, t('message.templates'), body)
  },
}

async function formBody(request: PageRequest, list: readonly Problem[], kept: Template | null): Promise<Html> {
  const { view } = request
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const house = { number: numberOf(request) }
  const value: Values = request.form ?? { name: kept?.name ?? '', subject: kept?.subject ?? '', body: kept?.body ?? '' }
  const title = t(kept ? 'template.edit' : 'template.new')
  const body = html`${errorSummary(problems)}<h2 class="govuk-heading-m">${title}</h2><form class="form" method="post" action="${templatePath(house, kept ? `/${kept.id}` : '/new')}" novalidate>
    ${input({ name: 'name', label: t('template.name'), hint: t('template.name.hint'), value: value['name'] ?? '', problems })}
    ${input({ name: 'subject', label: t('message.subject'), value: value['subject'] ?? '', problems })}
    ${textarea({ name: 'body', label: t('message.body'), hint: t('message.body.hint', { max: longest.body }), value: value['body'] ?? '', rows: 10, problems })}
    <div class="acts">${button(t('action.save'))}${kept && button(t('action.delete'), { name: 'step', value: 'remove', secondary: true })}<a class="govuk-link cancel" href="${templatePath(house)}">${t('action.cancel')}</a></div></form>`
  return frame(request, title, body, list.length > 0)
}

const newPage: Page = {
  path: '/cases/:number/templates/new',
  show: (request, problems) => formBody(request, problems, null),
  submit: async (request) => {
    await saveTemplate(request.ctx, numberOf(request), draftOf(request.form!))
    return { to: templatePath({ number: numberOf(request) }), said: 'template-saved' }
  },
}

const onePage: Page = {
  path: '/cases/:number/templates/:id',
  show: async (request, problems) => formBody(request, problems, await ownTemplate(request.ctx, numberOf(request), idOf(request.params['id']))),
  submit: async (request) => {
    const id = idOf(request.params['id'])
    const to = templatePath({ number: numberOf(request) })
    if (request.form!['step'] === 'remove') {
      await removeTemplate(request.ctx, numberOf(request), id)
      return { to, said: 'template-removed' }
    }
    await saveTemplate(request.ctx, numberOf(request), draftOf(request.form!), id)
    return { to, said: 'template-saved' }
  },
}

export const templatePages: readonly Page[] = [listPage, newPage, onePage]
