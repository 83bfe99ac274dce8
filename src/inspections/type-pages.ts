// Pages of the configuration (INS-2, INS-3, INS-6, INS-7): the list, and adding, editing and deleting a type.
import type { OperationCase } from '../cases/case.ts'
import { caseFrame, casePath } from '../cases/frame.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { button, errorSummary, textarea } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { isDeepStrictEqual } from 'node:util'
import { refuse, refuseIfAny, type Problem } from '../kernel/refusal.ts'
import { addInspectionType, editInspectionType, removeInspectionType } from './actions.ts'
import { lastPerformedOn } from './inspection.ts'
import type { InspectionType } from './inspection-type.ts'
import { systemNames, typeTitle } from './names.ts'
import { effectOf, previewWords } from './preview.ts'
import { openConfiguration, openType } from './reading.ts'
import { inspectionsNamed } from './store.ts'
import { draftOf, formOf, ownNameProblems, typeForm } from './type-form.ts'
import { exceededLimit, isFixed, settingOf, settingProblems } from './type-rules.ts'
import { beforeWords, everyWords, statusTag } from './words.ts'

const typesPath = '/cases/:number/inspection-types'
const listPath = (file: OperationCase) => casePath(file.number, '/inspection-types')

const caseNumber = (request: PageRequest) => request.params['number']!
const typeId = ({ params }: PageRequest): number => (/^\d{1,15}$/.test(params['id'] ?? '') ? Number(params['id']) : refuse.missing())

const framed = (request: PageRequest, file: OperationCase, body: Html, title?: string, hasProblems = false) =>
  caseFrame(request, file, { section: 'types', body, hasProblems, mayConfigure: true, ...(title && { title }) })

/** A period that the building's class no longer allows: shown, never changed silently. */
function overLimit(view: View, file: OperationCase, type: InspectionType): Html | null {
  const limit = exceededLimit(type.type, type.period, file.building.isPublic)
  return limit === undefined ? null : html`<br><span class="warn">${icon('triangle-alert')} ${teller(view).t('inspections.over-limit', { years: limit / 12 })}</span>`
}

async function listPage(request: PageRequest): Promise<Html> {
  const { ctx, view } = request
  const { t, short } = teller(view)
  const { file, types } = await openConfiguration(ctx, caseNumber(request))
  const link = (type: InspectionType, path: string) => `${listPath(file)}/${type.id}/${path}`
  const name = (type: InspectionType) => typeTitle(view.locale, type)
  const acts = (type: InspectionType) => html`<a href="${link(type, 'history')}" title="${t('types.history')}">${icon('folder')}<span class="govuk-visually-hidden">${t('types.history')}: ${name(type)}</span></a>
    <a href="${link(type, 'edit')}" title="${t('action.edit')}">${icon('pencil')}<span class="govuk-visually-hidden">${t('action.edit')}: ${name(type)}</span></a>
    <a href="${link(type, 'remove')}" title="${t('action.delete')}">${icon('trash-2')}<span class="govuk-visually-hidden">${t('action.delete')}: ${name(type)}</span></a>`
  const column = (key: Parameters<typeof t>[0], cell: (type: InspectionType) => Html | string) => ({ head: t(key), label: t(key), cell })
  const list = table(t('types.title'), [
    { ...column('column.type', (type) => html`<strong>${name(type)}</strong>`), label: '' },
    column('column.period', (type) => html`${everyWords(view.locale, type.period)}${overLimit(view, file, type)}`),
    column('column.last', (type) => (type.lastPerformedOn ? short(type.lastPerformedOn) : t('word.none'))),
    column('column.next', (type) => html`${short(type.nextOn)}<br>${statusTag(view.locale, type, view.today)}`),
    column('column.first', (type) => short(type.firstOn)),
    column('column.reminder', (type) => beforeWords(view.locale, type.reminder)),
    { head: html`<span class="govuk-visually-hidden">${t('column.actions')}</span>`, label: '', className: 'act', cell: acts },
  ], types)
  const empty = html`<div class="empty"><p>${t('inspections.none-next')}</p><p>${t('inspections.none-next-may')}</p></div>`
  const body = html`<h2 class="govuk-heading-m">${t('types.title')}</h2>${types.length === 0 ? empty : list}
    <div class="acts"><a class="govuk-button" href="${listPath(file)}/new">${t('types.add')}</a></div>
    <p class="govuk-body after"><a href="${listPath(file)}/history">${t('types.list-history')}</a></p>`
  return framed(request, file, body)
}

/** The form with what it would do, for a new type or a stored one. */
async function formPage(request: PageRequest, file: OperationCase, type: InspectionType | undefined, problems: readonly Problem[]): Promise<Html> {
  const { ctx, view } = request
  const form = request.form ?? formOf(view.today, type)
  const draft = draftOf(form, type && isFixed(type, view.today) ? type : undefined)
  const facts = { today: ctx.today, isPublic: file.building.isPublic, systemNames, ...(type && { stored: type }) }
  const isSound = settingProblems(draft, facts).length === 0
  const last = isSound ? lastPerformedOn(draft, await inspectionsNamed(ctx.db, file.id, draft), ctx.today) : null
  const preview = previewWords(view, isSound ? effectOf(settingOf(draft), last, type?.lastNotifiedOn ?? null) : null, file.parties)
  const action = type ? `${listPath(file)}/${type.id}/edit` : `${listPath(file)}/new`
  const title = teller(view).t(type ? 'types.edit-title' : 'types.add')
  return framed(request, file, typeForm(view, { file, form, type, problems, preview, action }), title, problems.length > 0)
}

const addPage: Page = {
  path: `${typesPath}/new`,
  show: async (request, problems) => formPage(request, (await openConfiguration(request.ctx, caseNumber(request))).file, undefined, problems),
  submit: async (request) => {
    if (request.form!['step'] === 'preview') return addPage.show!(request, [])
    refuseIfAny(ownNameProblems(request.form!))
    const { reminder } = await addInspectionType(request.ctx, caseNumber(request), draftOf(request.form!))
    return { to: casePath(caseNumber(request)), said: reminder === null ? 'type-added-quiet' : 'type-added' }
  },
}

const editPage: Page = {
  path: `${typesPath}/:id/edit`,
  show: async (request, problems) => {
    const { file, type } = await openType(request.ctx, caseNumber(request), typeId(request))
    return formPage(request, file, type, problems)
  },
  submit: async (request) => {
    if (request.form!['step'] === 'preview') return editPage.show!(request, [])
    const { file, type } = await openType(request.ctx, caseNumber(request), typeId(request))
    const fixed = isFixed(type, request.ctx.today) ? type : undefined
    refuseIfAny(fixed ? [] : ownNameProblems(request.form!))
    const edited = await editInspectionType(request.ctx, file.number, type.id, draftOf(request.form!, fixed))
    return { to: listPath(file), said: isDeepStrictEqual(edited, type) ? 'type-unchanged' : 'type-edited' }
  },
}

const removePage: Page = {
  path: `${typesPath}/:id/remove`,
  show: async (request, list) => {
    const { view, form } = request
    const { t } = teller(view)
    const { file, type } = await openType(request.ctx, caseNumber(request), typeId(request))
    const problems = { locale: view.locale, list }
    const body = html`${errorSummary(problems)}<h2 class="govuk-heading-m">${t('types.remove-title')}</h2>
      <p class="govuk-body">${t('types.remove-text', { name: typeTitle(view.locale, type) })}</p>
      <form class="form" method="post" novalidate>${textarea({ name: 'justification', label: t('field.justification'), hint: t('field.justification.hint'), value: form?.['justification'] ?? '', problems })}
      <div class="acts">${button(t('types.remove'), { warning: true })}<a class="govuk-link cancel" href="${listPath(file)}">${t('action.cancel')}</a></div></form>`
    return framed(request, file, body, t('types.remove-title'), list.length > 0)
  },
  submit: async (request) => {
    await removeInspectionType(request.ctx, caseNumber(request), typeId(request), request.form!['justification'] ?? '')
    return { to: casePath(caseNumber(request), '/inspection-types'), said: 'type-removed' }
  },
}

export const typePages: readonly Page[] = [{ path: typesPath, show: listPage }, addPage, editPage, removePage]
