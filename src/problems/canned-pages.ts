// Pages of canned answers: the list, a new one, and one to be edited or deleted.
import type { Problem } from '../kernel/refusal.ts'
import { idOf, type Page, type PageRequest, type Values } from '../people/page.ts'
import { button, errorSummary, input, textarea } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { teller } from '../ui/view.ts'
import { addCanned, cannedForDesk, cannedForDeskById, editCanned, removeCanned, type CannedDraft } from './canned-actions.ts'
import { asSupport } from './desk-actions.ts'
import { cannedPath, deskPath } from './paths.ts'

const draftOf = (form: Values): CannedDraft => ({ name: form['name'] ?? '', lv: form['textLv'] ?? '', en: form['textEn'] ?? '' })

function formPage({ view }: PageRequest, title: string, form: Values, list: readonly Problem[], action: string, remove: Html | null = null): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const value = (name: string) => form[name] ?? ''
  const body = html`${errorSummary(problems)}<h1>${title}</h1><form class="form" method="post" action="${action}" novalidate>
    ${input({ name: 'name', label: t('desk.canned.name'), value: value('name'), problems })}${textarea({ name: 'textLv', label: t('desk.canned.textLv'), value: value('textLv'), rows: 6, problems })}
    ${textarea({ name: 'textEn', label: t('desk.canned.textEn'), value: value('textEn'), rows: 6, problems })}
    <div class="acts">${button(t('action.save'), { name: 'step', value: 'save' })}${remove}<a class="govuk-link cancel" href="${cannedPath}">${t('action.cancel')}</a></div></form>`
  const crumbs = [{ href: deskPath, text: t('desk.title') }, { href: cannedPath, text: t('desk.canned') }]
  return layout(view, { title, section: 'desk', body, crumbs, hasProblems: list.length > 0 })
}

const listPage: Page = {
  path: cannedPath,
  show: async ({ ctx, view }) => {
    const { t } = teller(view)
    const all = await cannedForDesk(ctx)
    const items = all.map((one) => html`<li><a href="${cannedPath}/${one.id}">${one.name}</a><p>${one[view.locale]}</p></li>`)
    const body = html`<h1>${t('desk.canned')}</h1><div class="acts above"><a class="govuk-button" href="${cannedPath}/new">${t('desk.canned.new')}</a></div>
      ${all.length === 0 ? html`<div class="empty"><p>${t('desk.canned.empty')}</p></div>` : html`<ul class="inbox">${items}</ul>`}`
    return layout(view, { title: t('desk.canned'), section: 'desk', body, crumbs: [{ href: deskPath, text: t('desk.title') }] })
  },
}

const newPage: Page = {
  path: `${cannedPath}/new`,
  show: async (request, list) => {
    asSupport(request.ctx)
    return formPage(request, teller(request.view).t('desk.canned.new'), request.form ?? {}, list, `${cannedPath}/new`)
  },
  submit: async ({ ctx, form }) => {
    await addCanned(ctx, draftOf(form!))
    return { to: cannedPath, said: 'canned-saved' }
  },
}

const onePage: Page = {
  path: `${cannedPath}/:id`,
  show: async (request, list) => {
    const { t } = teller(request.view)
    const { id, name, lv, en } = await cannedForDeskById(request.ctx, idOf(request.params['id']))
    return formPage(request, t('desk.canned.edit'), request.form ?? { name, textLv: lv, textEn: en }, list, `${cannedPath}/${id}`, button(t('action.delete'), { name: 'step', value: 'remove', warning: true }))
  },
  submit: async ({ ctx, params, form }) => {
    const id = idOf(params['id'])
    if (form!['step'] === 'remove') return removeCanned(ctx, id).then(() => ({ to: cannedPath, said: 'canned-removed' }))
    await editCanned(ctx, id, draftOf(form!))
    return { to: cannedPath, said: 'canned-saved' }
  },
}

export const cannedPages: readonly Page[] = [listPage, newPage, onePage]
