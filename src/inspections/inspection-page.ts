// The page of one inspection done: its facts and its files, which whoever may record inspections adds and takes away.
import { examineUploads } from '../attachments/examine.ts'
import { attachmentsOf } from '../attachments/store.ts'
import { attachmentList, filesInput, removableList, removedIn } from '../attachments/view.ts'
import { mayRecordInspections } from '../cases/access.ts'
import { caseFrame, casePath } from '../cases/frame.ts'
import { refuse } from '../kernel/refusal.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { idOf } from '../people/page.ts'
import { button, errorSummary, textarea, type Problems } from '../ui/form.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { teller } from '../ui/view.ts'
import type { Attachment } from '../attachments/attachment.ts'
import { changeInspectionFiles, fileOwner, mayConfigure } from './actions.ts'
import type { Inspection } from './inspection.ts'
import { typeTitle } from './names.ts'
import { openInspection } from './reading.ts'

export const inspectionPath = (caseNumber: string, { id }: Pick<Inspection, 'id'>, rest = ''): string => casePath(caseNumber, `/inspections/${id}${rest}`)

function facts({ view }: PageRequest, { performedOn, number, periodic, status }: Inspection): Html {
  const { t, long } = teller(view)
  const rows: [string, Piece][] = [
    [t('column.performed'), long(performedOn)],
    [t('column.number'), number || t('word.none')],
    [t('column.periodic'), t(periodic ? 'word.yes' : 'word.no')],
    [t('column.status'), t(`inspection.status.${status}`)],
  ]
  return html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

function filesForm({ ctx, view, form = {} }: PageRequest, files: readonly Attachment[], problems: Problems): Html {
  const { t } = teller(view)
  const why = t(files.length > 0 ? 'inspection.files.why-removed' : 'field.justification.hint')
  return html`<form class="form" method="post" enctype="multipart/form-data" novalidate>${removableList(view, files, form)}${filesInput(problems, ctx.settings)}
    ${textarea({ name: 'justification', label: t('field.justification.optional'), hint: why, value: form['justification'] ?? '', problems })}
    <div class="acts">${button(t('action.save'))}</div></form>`
}

export const inspectionPage: Page = {
  path: '/cases/:number/inspections/:id',
  takesUploads: true,
  show: async (request, list) => {
    const { ctx, view, params } = request
    const { t, short } = teller(view)
    const { file, inspection } = await openInspection(ctx, params['number']!, idOf(params['id']))
    const files = await attachmentsOf(ctx.db, fileOwner(inspection))
    const mayChange = mayRecordInspections(ctx.actor, file) && inspection.status !== 'annulled' && ctx.settings.attachments
    const problems = { locale: view.locale, list }
    const none = html`<div class="empty"><p>${t('inspection.files.none')}</p></div>`
    const body = html`${errorSummary(problems)}<h2 class="govuk-heading-m">${typeTitle(view.locale, inspection)}, ${short(inspection.performedOn)}</h2>${facts(request, inspection)}
      <h3 class="govuk-heading-s">${t('attachment.files')}</h3>${mayChange ? filesForm(request, files, problems) : (attachmentList(view, files) ?? none)}
      <p class="govuk-body after"><a href="${casePath(file.number, '/inspections')}">${t('inspection.back')}</a>${mayChange && html` · <a href="${inspectionPath(file.number, inspection, '/annul')}">${t('inspection.annul')}</a>`}</p>`
    const title = typeTitle(view.locale, inspection)
    return caseFrame(request, file, { section: 'inspections', title, body, hasProblems: list.length > 0, mayConfigure: mayConfigure(ctx)(ctx.actor, file) })
  },
  submit: async ({ ctx, params, form, uploads }) => {
    const number = params['number'] ?? refuse.missing()
    const files = await examineUploads(ctx, uploads)
    const remove = removedIn(form!)
    const inspection = await changeInspectionFiles(ctx, number, idOf(params['id']), { remove, files, justification: form!['justification'] ?? '' })
    return { to: inspectionPath(number, inspection), said: 'inspection-files' }
  },
}
