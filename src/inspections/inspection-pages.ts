// Pages of inspections done: the list, recording one, and annulling one.
import type { Attachment } from '../attachments/attachment.ts'
import { examineUploads } from '../attachments/examine.ts'
import { attachmentsOfEach } from '../attachments/store.ts'
import { attachmentList, filesInput } from '../attachments/view.ts'
import { mayRecordInspections } from '../cases/access.ts'
import type { OperationCase } from '../cases/case.ts'
import { caseFrame, casePath } from '../cases/frame.ts'
import { operationCase } from '../cases/store.ts'
import type { Page, PageRequest, Values } from '../people/page.ts'
import { button, dateInput, errorSummary, input, radios, textarea } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { typedDate } from '../ui/locale.ts'
import { table } from '../ui/table.ts'
import { teller } from '../ui/view.ts'
import type { PlainDate } from '../kernel/date.ts'
import { refuse, refuseIfAny, type Problem } from '../kernel/refusal.ts'
import { annulInspection, mayConfigure, recordInspection } from './actions.ts'
import { counts, type Inspection } from './inspection.ts'
import { sameName, systemTypes, type InspectionType, type TypeName } from './inspection-type.ts'
import { typeTitle } from './names.ts'
import { inspectionPage, inspectionPath } from './inspection-page.ts'
import { openInspection, seeInspections } from './reading.ts'
import { inspectionTypes } from './store.ts'
import { own, ownNameProblems } from './type-form.ts'
import { everyWords } from './words.ts'

const inspectionsPath = '/cases/:number/inspections'
const listPath = (file: OperationCase) => casePath(file.number, '/inspections')
const caseNumber = (request: PageRequest) => request.params['number']!

const inspectionId = ({ params }: PageRequest): number => (/^\d{1,15}$/.test(params['id'] ?? '') ? Number(params['id']) : refuse.missing())

const framed = (request: PageRequest, file: OperationCase, body: Html, title?: string, hasProblems = false) =>
  caseFrame(request, file, { section: 'inspections', body, hasProblems, mayConfigure: mayConfigure(request.ctx)(request.ctx.actor, file), ...(title && { title }) })

async function listPage(request: PageRequest): Promise<Html> {
  const { ctx, view } = request
  const { t, short } = teller(view)
  const { file, types, inspections } = await seeInspections(ctx, caseNumber(request))
  const mayRecord = mayRecordInspections(ctx.actor, file)
  const files: Map<number, Attachment[]> = await attachmentsOfEach(ctx.db, { kind: 'inspection', caseId: file.id }, inspections.map(({ id }) => id))
  const status = (inspection: Inspection) =>
    html`<span class="status ${inspection.status === 'registered' ? 'ahead' : 'quiet'}">${t(`inspection.status.${inspection.status}`)}</span>${setsNextDate(types, inspection, view.today) && html` <small>${t('inspection.counts')}</small>`}`
  const annul = (inspection: Inspection) =>
    inspection.status !== 'annulled' && html`<a href="${listPath(file)}/${inspection.id}/annul">${t('inspection.annul')}<span class="govuk-visually-hidden">: ${typeTitle(view.locale, inspection)} ${short(inspection.performedOn)}</span></a>`
  const list = table(t('inspections.title'), [
    { head: t('column.performed'), label: '', cell: (inspection) => html`<strong>${short(inspection.performedOn)}</strong>` },
    { head: t('column.type'), label: '', cell: (inspection) => html`<a href="${inspectionPath(file.number, inspection)}">${typeTitle(view.locale, inspection)}</a>${attachmentList(view, files.get(inspection.id) ?? [])}` },
    { head: t('column.number'), label: t('column.number'), cell: (inspection) => inspection.number || t('word.none') },
    { head: t('column.periodic'), label: t('column.periodic'), cell: (inspection) => t(inspection.periodic ? 'word.yes' : 'word.no') },
    { head: t('column.status'), label: '', cell: status },
    ...(mayRecord ? [{ head: html`<span class="govuk-visually-hidden">${t('column.actions')}</span>`, label: '', className: 'act', cell: annul }] : []),
  ], inspections)
  const empty = html`<div class="empty"><p>${t('inspections.none-done')}</p>${mayRecord && html`<p>${t('inspections.none-done-may')}</p>`}</div>`
  const body = html`<h2 class="govuk-heading-m">${t('inspections.title')}</h2>${inspections.length === 0 ? empty : list}
    ${mayRecord && html`<div class="acts"><a class="govuk-button" href="${listPath(file)}/new">${t('types.record')}</a></div>`}`
  return framed(request, file, body)
}

/** What may be chosen: the configured types by number, then the system's others by code. */
const choices = (types: readonly InspectionType[]): { value: string; name: TypeName; type?: InspectionType }[] => [
  ...types.map((type) => ({ value: String(type.id), name: type, type })),
  ...systemTypes
    .map((type) => ({ value: type, name: { type, label: '' } }))
    .filter(({ name }) => !types.some((type) => sameName(type, name))),
]

function draftOf(form: Values, types: readonly InspectionType[]) {
  const written = { type: form['ownType'] ?? '', label: form['label'] ?? '' }
  const { type, label } = form['type'] === own ? written : (choices(types).find(({ value }) => value === form['type'])?.name ?? { type: '', label: '' })
  return { type, label, performedOn: typedDate(form['performedOn'] ?? ''), periodic: form['periodic'] === 'yes', number: form['number'] ?? '', justification: form['justification'] ?? '' }
}

/** Whether this inspection is the one from which its type's next date is counted. */
const setsNextDate = (types: readonly InspectionType[], inspection: Inspection, today: PlainDate) =>
  types.some((type) => type.lastPerformedOn === inspection.performedOn && counts(type, inspection, today))

const recordPage: Page = {
  path: `${inspectionsPath}/new`,
  takesUploads: true,
  show: async (request, list) => {
    const { ctx, view } = request
    const { t } = teller(view)
    const file = await operationCase(ctx, caseNumber(request), mayRecordInspections)
    const types = await inspectionTypes(ctx.db, file.id)
    const form: Values = request.form ?? { type: request.query['type'] ?? '', performedOn: view.today, periodic: 'yes' }
    const problems = { locale: view.locale, list: list as readonly Problem[] }
    const value = (name: string) => form[name] ?? ''
    const quiet = { ...problems, list: [] }
    const ownFields = html`${input({ name: 'ownType', label: t('field.type.own-label'), value: value('ownType'), problems: quiet })}${input({ name: 'label', label: t('field.label'), hint: t('field.label.hint'), value: value('label'), problems })}`
    const options = choices(types).map(({ value, name, type }) => ({ value, text: typeTitle(view.locale, name), ...(type && { hint: everyWords(view.locale, type.period) }) }))
    const body = html`${errorSummary(problems)}<h2 class="govuk-heading-m">${t('types.record')}</h2><form class="form" method="post" action="${listPath(file)}/new" enctype="multipart/form-data" novalidate>
      ${radios({ name: 'type', label: t('field.type'), value: value('type'), options: [...options, { value: own, text: t('field.type.own'), reveals: ownFields }], problems })}
      ${dateInput({ name: 'performedOn', label: t('field.performedOn'), value: value('performedOn'), problems })}
      ${radios({ name: 'periodic', label: t('field.periodic'), hint: t('field.periodic.hint'), value: value('periodic'), options: [{ value: 'yes', text: t('word.yes') }, { value: 'no', text: t('word.no') }], problems })}
      ${input({ name: 'number', label: t('field.number'), hint: t('field.number.hint'), value: value('number'), width: '20', problems })}
      ${filesInput(problems, ctx.settings)}
      ${textarea({ name: 'justification', label: t('field.justification.optional'), hint: t('field.justification.hint'), value: value('justification'), problems })}
      <div class="acts">${button(t('action.save'))}<a class="govuk-link cancel" href="${listPath(file)}">${t('action.cancel')}</a></div></form>`
    return framed(request, file, body, t('types.record'), list.length > 0)
  },
  submit: async (request) => {
    const { ctx, form, uploads } = request
    const file = await operationCase(ctx, caseNumber(request), mayRecordInspections)
    refuseIfAny(ownNameProblems(form!))
    const files = await examineUploads(ctx, uploads)
    const inspection = await recordInspection(ctx, file.number, draftOf(form!, await inspectionTypes(ctx.db, file.id)), files)
    const isMoved = setsNextDate(await inspectionTypes(ctx.db, file.id), inspection, ctx.today)
    return { to: casePath(file.number), said: isMoved ? 'inspection-moved' : 'inspection-recorded' }
  },
}

const annulPage: Page = {
  path: `${inspectionsPath}/:id/annul`,
  show: async (request, list) => {
    const { ctx, view, form } = request
    const { t, short } = teller(view)
    const { file, inspection } = await openInspection(ctx, caseNumber(request), inspectionId(request))
    if (!mayRecordInspections(ctx.actor, file)) return refuse.forbidden()
    const problems = { locale: view.locale, list }
    const body = html`${errorSummary(problems)}<h2 class="govuk-heading-m">${t('inspection.annul-title')}</h2>
      <p class="govuk-body">${t('inspection.annul-text', { name: typeTitle(view.locale, inspection), date: short(inspection.performedOn) })}</p>
      <form class="form" method="post" novalidate>${textarea({ name: 'justification', label: t('field.justification'), hint: t('field.justification.hint'), value: form?.['justification'] ?? '', problems })}
      <div class="acts">${button(t('inspection.annul'), { warning: true })}<a class="govuk-link cancel" href="${listPath(file)}">${t('action.cancel')}</a></div></form>`
    return framed(request, file, body, t('inspection.annul-title'), list.length > 0)
  },
  submit: async (request) => {
    const { ctx } = request
    const { file, inspection } = await openInspection(ctx, caseNumber(request), inspectionId(request))
    const isMoving = setsNextDate(await inspectionTypes(ctx.db, file.id), inspection, ctx.today)
    await annulInspection(ctx, file.number, inspection.id, request.form!['justification'] ?? '')
    return { to: listPath(file), said: isMoving ? 'inspection-moved-back' : 'inspection-annulled' }
  },
}

export const inspectionPages: readonly Page[] = [{ path: inspectionsPath, show: listPage }, recordPage, inspectionPage, annulPage]
