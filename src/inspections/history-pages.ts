// The history of the inspection types, and of one of them, also after it was removed: behind the folder icon (INS-5, A-28).
import { refuse } from '../kernel/refusal.ts'
import type { OperationCase } from '../cases/case.ts'
import { caseFrame, casePath } from '../cases/frame.ts'
import { operationCase } from '../cases/store.ts'
import { actionsOn, caseEvents, type CaseEvent } from '../history/store.ts'
import { beforeOf, history } from '../history/views.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { html, type Html } from '../ui/html.ts'
import { teller, type View } from '../ui/view.ts'
import { mayConfigure } from './actions.ts'
import { typeTitle } from './names.ts'

const listPath = '/inspection-types'

/** Who sees a case reads its history; the way back to the list is for whoever may open it (INS-1). */
function framed(request: PageRequest, file: OperationCase, title: string, body: Html): Promise<Html> {
  const { t } = teller(request.view)
  const configures = mayConfigure(request.ctx)(request.ctx.actor, file)
  const back = configures && html`<p class="govuk-body after"><a href="${casePath(file.number, listPath)}">${t('history.back-to-types')}</a></p>`
  return caseFrame(request, file, { section: configures ? 'types' : 'history', title, mayConfigure: configures, body: html`<h2 class="govuk-heading-m">${title}</h2>${body}${back}` })
}

/** What a type was called last. */
function nameIn(view: View, { before, after }: CaseEvent): string {
  const { type, label } = { type: '', label: '', ...before, ...after }
  return typeTitle(view.locale, { type, label })
}

const listHistory: Page = {
  path: '/cases/:number/inspection-types/history',
  show: async (request) => {
    const { ctx, view, params, query } = request
    const file = await operationCase(ctx, params['number']!)
    const page = await caseEvents(ctx.db, file.id, { actions: actionsOn('inspection-type'), before: beforeOf(query) })
    const events = history(view, page, casePath(file.number, `${listPath}/history`), { before: query['before'] ?? '' })
    return framed(request, file, teller(view).t('history.of-types'), events)
  },
}

const typeHistory: Page = {
  path: '/cases/:number/inspection-types/:id/history',
  show: async (request) => {
    const { ctx, view, params, query } = request
    const file = await operationCase(ctx, params['number']!)
    const subjectId = /^\d{1,15}$/.test(params['id']!) ? Number(params['id']) : refuse.missing()
    const page = await caseEvents(ctx.db, file.id, { actions: actionsOn('inspection-type'), subjectId, before: beforeOf(query) })
    const [latest] = page.events
    if (!latest) return refuse.missing()
    const events = history(view, page, casePath(file.number, `${listPath}/${subjectId}/history`), { before: query['before'] ?? '' })
    return framed(request, file, teller(view).t('history.of-type', { name: nameIn(view, latest) }), events)
  },
}

export const typeHistoryPages: readonly Page[] = [listHistory, typeHistory]
