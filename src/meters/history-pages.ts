// The history of one meter with its readings (MTR-4, MTR-5), and of the list of meters (MTR-8); also after a meter was removed.
import { refuse } from '../kernel/refusal.ts'
import { houseFrame } from '../cases/house-frame.ts'
import { houseCase } from '../cases/store.ts'
import { installation } from '../history/actions.ts'
import { actionsOn, caseEvents, type EventsOn } from '../history/store.ts'
import { beforeOf, history } from '../history/views.ts'
import type { Context } from '../people/context.ts'
import type { Page } from '../people/page.ts'
import { html } from '../ui/html.ts'
import { teller } from '../ui/view.ts'
import { meterName, metersPath } from './meter-view.ts'
import type { Meter } from './meter.ts'
import * as store from './store.ts'

const listHistory: Page = {
  path: '/cases/:number/meters/history',
  show: async (request) => {
    const { ctx, view, params, query } = request
    const title = teller(view).t('meters.history')
    const file = await houseCase(ctx, params['number']!)
    const page = await caseEvents(ctx.db, file.id, { actions: actionsOn('meter'), before: beforeOf(query) })
    const body = html`<h2 class="govuk-heading-m">${title}</h2>${history(view, page, metersPath(file, '/history'), { before: query['before'] ?? '' })}`
    return houseFrame(request, file, { section: 'meters', isWithin: true, title, body })
  },
}

/** What tells of a meter besides its own events: the replacement by which it came, and the imports that its readings came by. */
async function besides({ db }: Context, meter: Meter | undefined): Promise<EventsOn[]> {
  if (!meter) return []
  const imports = { actions: actionsOn('readings'), subjectIds: await store.importsOf(db, meter) }
  const replacement = { actions: ['meter.replaced' as const], subjectIds: meter.replacesId === null ? [] : [meter.replacesId] }
  return [replacement, imports, { ...imports, caseId: installation }]
}

const meterHistory: Page = {
  path: '/cases/:number/meters/:id/history',
  show: async (request) => {
    const { ctx, view, params, query } = request
    const { t } = teller(view)
    const file = await houseCase(ctx, params['number']!)
    const subjectId = /^\d{1,15}$/.test(params['id']!) ? Number(params['id']) : refuse.missing()
    const meter = await store.meter(ctx.db, file.id, subjectId)
    const page = await caseEvents(ctx.db, file.id, { actions: [...actionsOn('meter'), ...actionsOn('reading')], subjectId, also: await besides(ctx, meter), before: beforeOf(query) })
    if (!meter && page.events.length === 0) return refuse.missing()
    const title = meter ? t('history.of-type', { name: meterName(view, meter) }) : t('case.section.history')
    const back = meter && html`<p class="govuk-body after"><a href="${metersPath(file, `/${subjectId}`)}">${t('meters.back-to-meter')}</a></p>`
    const body = html`<h2 class="govuk-heading-m">${title}</h2>${history(view, page, metersPath(file, `/${subjectId}/history`), { before: query['before'] ?? '' })}${back}`
    return houseFrame(request, file, { section: 'meters', isWithin: true, title, body })
  },
}

export const meterHistoryPages: readonly Page[] = [listHistory, meterHistory]
