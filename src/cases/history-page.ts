// The event history of a case: everything that was done in it, the latest first (INS-8).
import { actionsOn, caseEvents } from '../history/store.ts'
import { beforeOf, history } from '../history/views.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { html, type Html } from '../ui/html.ts'
import type { MessageKey } from '../ui/locale.ts'
import { withQuery } from '../ui/pager.ts'
import { teller } from '../ui/view.ts'
import { mayConfigureInspections } from './access.ts'
import { caseFrame, casePath } from './frame.ts'
import { houseFrame } from './house-frame.ts'
import { caseKind, houseCase, operationCase } from './store.ts'

/** What a reader may want to see alone. */
const topics: Record<string, { key: MessageKey; subjects: readonly string[] }> = {
  types: { key: 'history.about.types', subjects: ['inspection-type'] },
  inspections: { key: 'history.about.inspections', subjects: ['inspection'] },
  meters: { key: 'history.about.meters', subjects: ['meter', 'reading', 'round'] },
  told: { key: 'history.about.told', subjects: ['notice', 'report', 'message'] },
  registers: { key: 'history.about.registers', subjects: ['case', 'building', 'holder', 'manager', 'responsible'] },
}

function topicLinks({ view, query }: PageRequest, path: string, shown: readonly string[]): Html {
  const { t } = teller(view)
  const link = (about: string, key: MessageKey) =>
    html`<a href="${withQuery(path, { about })}"${(query['about'] ?? '') === about && html` aria-current="true"`}>${t(key)}</a>`
  return html`<nav class="topics" aria-label="${t('history.about')}">${link('', 'history.about.all')}${shown.map((about) => link(about, topics[about]!.key))}</nav>`
}

/** The events of a case that the address asks for. Whether the case may be seen was asked before. */
async function eventsOf({ ctx, view, query }: PageRequest, caseId: number, path: string): Promise<Html> {
  const topic = topics[query['about'] ?? '']
  const page = await caseEvents(ctx.db, caseId, { before: beforeOf(query), ...(topic && { actions: topic.subjects.flatMap(actionsOn) }) })
  return history(view, page, path, topic ? { about: query['about']!, before: query['before'] ?? '' } : { before: query['before'] ?? '' })
}

const heading = ({ view }: PageRequest) => html`<h2 class="govuk-heading-m">${teller(view).t('case.section.history')}</h2>`

async function houseHistory(request: PageRequest, number: string): Promise<Html> {
  const file = await houseCase(request.ctx, number)
  const path = casePath(number, '/history')
  const body = html`${heading(request)}${topicLinks(request, path, ['meters', 'told', 'registers'])}${await eventsOf(request, file.id, path)}`
  return houseFrame(request, file, { section: 'history', body })
}

async function operationHistory(request: PageRequest, number: string): Promise<Html> {
  const { ctx } = request
  const file = await operationCase(ctx, number)
  const path = casePath(number, '/history')
  const body = html`${heading(request)}${topicLinks(request, path, ['types', 'inspections', 'told', 'registers'])}${await eventsOf(request, file.id, path)}`
  return caseFrame(request, file, { section: 'history', body, mayConfigure: mayConfigureInspections(ctx.actor, file, ctx.settings.inspectionPolicy) })
}

export const historyPage: Page = {
  path: '/cases/:number/history',
  show: async (request) => {
    const number = request.params['number']!
    return (await caseKind(request.ctx.db, number)) === 'house' ? houseHistory(request, number) : operationHistory(request, number)
  },
}
