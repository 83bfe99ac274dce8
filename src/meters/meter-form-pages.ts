// Pages that add, edit and delete a meter (MTR-2, MTR-4, MTR-6).
import { refuse, type Problem } from '../kernel/refusal.ts'
import type { HouseCase } from '../cases/case.ts'
import { houseFrame } from '../cases/house-frame.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { button, errorSummary, textarea } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { teller } from '../ui/view.ts'
import { addMeter, editMeter, removeMeter } from './meter-actions.ts'
import { draftOf, formOf, meterForm } from './meter-form.ts'
import { meterName, meterPath, metersPath } from './meter-view.ts'
import { managed, openMeter, seeMeters, type SeenMeter } from './seeing.ts'

const caseNumber = ({ params }: PageRequest) => params['number']!
const meterId = ({ params }: PageRequest) => params['id']!

const framed = (request: PageRequest, file: HouseCase, title: string, body: Html, hasProblems: boolean) =>
  houseFrame(request, file, { section: 'meters', isWithin: true, title, body, hasProblems })

/** The house case, for whoever may change meters somewhere in it. */
async function openMeters(request: PageRequest) {
  const seen = await seeMeters(request.ctx, caseNumber(request))
  return seen.managed.length > 0 ? seen : refuse.forbidden()
}

const addPage: Page = {
  path: '/cases/:number/meters/new',
  show: async (request, problems) => {
    const { view } = request
    const { file, managed } = await openMeters(request)
    const form = request.form ?? formOf(view.locale, file)
    const body = meterForm(view, { file, form, managed, hasReadings: false, problems, action: metersPath(file, '/new') })
    return framed(request, file, teller(view).t('meters.add'), body, problems.length > 0)
  },
  submit: async (request) => {
    const { file } = await openMeters(request)
    const meter = await addMeter(request.ctx, file.number, draftOf(file, request.form!))
    return { to: meterPath(file, meter), said: 'meter-added' }
  },
}

const editPage: Page = {
  path: '/cases/:number/meters/:id/edit',
  show: async (request, problems) => {
    const { ctx, view } = request
    const { file, meter } = await openMeter(ctx, caseNumber(request), meterId(request))
    const form = request.form ?? formOf(view.locale, file, meter)
    const action = meterPath(file, meter, '/edit')
    const body = meterForm(view, { file, form, meter, managed: managed(ctx, file), hasReadings: meter.lastReadOn !== null, problems, action })
    return framed(request, file, teller(view).t('meters.edit-title'), body, problems.length > 0)
  },
  submit: async (request) => {
    const { file, meter } = await openMeter(request.ctx, caseNumber(request), meterId(request))
    await editMeter(request.ctx, file.number, meter.id, draftOf(file, request.form!, meter.lastReadOn === null ? undefined : meter))
    return { to: meterPath(file, meter), said: 'meter-edited' }
  },
}

function removeBody({ view, form }: PageRequest, { file, meter }: SeenMeter, list: readonly Problem[]): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const name = meterName(view, meter)
  const title = html`${errorSummary(problems)}<h2 class="govuk-heading-m" id="meter">${t('meters.remove-title')}</h2>`
  if (meter.lastReadOn !== null)
    return html`${title}<p class="govuk-body">${t('meters.remove-not', { name })}</p><div class="acts"><a class="govuk-button" href="${meterPath(file, meter, '/edit')}">${t('meters.edit-title')}</a></div>`
  return html`${title}<p class="govuk-body">${t('meters.remove-text', { name })}</p>
    <form class="form" method="post" novalidate>${textarea({ name: 'justification', label: t('field.justification'), hint: t('field.justification.hint'), value: form?.['justification'] ?? '', problems })}
    <div class="acts">${button(t('action.delete'), { warning: true })}<a class="govuk-link cancel" href="${metersPath(file)}">${t('action.cancel')}</a></div></form>`
}

const removePage: Page = {
  path: '/cases/:number/meters/:id/remove',
  show: async (request, problems) => {
    const seen = await openMeter(request.ctx, caseNumber(request), meterId(request))
    return framed(request, seen.file, teller(request.view).t('meters.remove-title'), removeBody(request, seen, problems), problems.length > 0)
  },
  submit: async (request) => {
    const { file, meter } = await openMeter(request.ctx, caseNumber(request), meterId(request))
    await removeMeter(request.ctx, file.number, meter.id, request.form!['justification'] ?? '')
    return { to: metersPath(file), said: 'meter-removed' }
  },
}

export const meterFormPages: readonly Page[] = [addPage, editPage, removePage]
