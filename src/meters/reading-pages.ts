// Pages that edit and delete a reading (DOMAIN 3.2, A-37).
import { refuse, type Problem } from '../kernel/refusal.ts'
import { houseFrame } from '../cases/house-frame.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { button, errorSummary, input, textarea } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { withQuery } from '../ui/pager.ts'
import { teller } from '../ui/view.ts'
import { amountWords, meterName, meterPath, typedAmount } from './meter-view.ts'
import { consumptions } from './reading.ts'
import { editReading, removeReading } from './reading-actions.ts'
import { readingAmong } from './reading-store.ts'
import { readingDraftOf, readingFields, readingFormOf } from './reading-form.ts'
import { openMeter, type SeenMeter } from './seeing.ts'

async function openReading({ ctx, params }: PageRequest) {
  const seen = await openMeter(ctx, params['number']!, params['id']!)
  const { readings, at } = (await readingAmong(ctx.db, seen.meter, params['readOn']!)) ?? refuse.missing()
  return { seen, reading: consumptions(seen.meter.initial, readings)[at]! }
}
type Opened = Awaited<ReturnType<typeof openReading>>

const framed = (request: PageRequest, { seen }: Opened, title: string, body: Html, problems: readonly Problem[]) =>
  houseFrame(request, seen.file, { section: 'meters', isWithin: true, title, body, hasProblems: problems.length > 0 })

const back = ({ file, meter }: SeenMeter, text: string) => html`<a class="govuk-link cancel" href="${meterPath(file, meter)}">${text}</a>`

function editBody({ view, form: typed }: PageRequest, { seen, reading }: Opened, list: readonly Problem[]): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const form = typed ?? readingFormOf(view, reading, reading.rolledOver > 0 ? typedAmount(view.locale, reading.consumption) : '')
  const isRolledOver = reading.rolledOver > 0 || list.some(({ code, field }) => code === 'value-below-previous' || field === 'consumed')
  const consumed = isRolledOver && input({ name: 'consumed', label: t('answer.consumed', { unit: seen.meter.unit }), hint: t('reading.consumed.hint'), value: form['consumed'] ?? '', width: '10', inputmode: 'decimal', problems })
  return html`${errorSummary(problems)}<h2 class="govuk-heading-m" id="meter">${t('reading.edit')}</h2><p class="govuk-body">${meterName(view, seen.meter)}</p>
    <form class="form" method="post" id="reading" novalidate>${readingFields(view, seen.meter, form, problems)}${consumed}
    ${textarea({ name: 'justification', label: t('field.justification'), hint: t('field.justification.hint'), value: form['justification'] ?? '', problems })}
    <div class="acts">${button(t('action.save'))}${back(seen, t('action.cancel'))}</div></form>`
}

const editPage: Page = {
  path: '/cases/:number/meters/:id/readings/:readOn/edit',
  show: async (request, problems) => {
    const opened = await openReading(request)
    return framed(request, opened, teller(request.view).t('reading.edit'), editBody(request, opened, problems), problems)
  },
  submit: async (request) => {
    const { seen, reading } = await openReading(request)
    const done = await editReading(request.ctx, seen.file.number, seen.meter.id, reading.readOn, readingDraftOf(request.form!))
    return { to: withQuery(meterPath(seen.file, seen.meter), { read: done.reading.readOn }), said: 'reading-edited' }
  },
}

const removePage: Page = {
  path: '/cases/:number/meters/:id/readings/:readOn/remove',
  show: async (request, list) => {
    const { view, form } = request
    const { t, long } = teller(view)
    const opened = await openReading(request)
    const { seen, reading } = opened
    const problems = { locale: view.locale, list }
    const text = t('reading.remove-text', { name: meterName(view, seen.meter), date: long(reading.readOn), value: amountWords(view, reading.value, seen.meter) })
    const body = html`${errorSummary(problems)}<h2 class="govuk-heading-m" id="reading">${t('reading.remove')}</h2><p class="govuk-body">${text}</p>
      <form class="form" method="post" novalidate>${textarea({ name: 'justification', label: t('field.justification'), hint: t('field.justification.hint'), value: form?.['justification'] ?? '', problems })}
      <div class="acts">${button(t('action.delete'), { warning: true })}${back(seen, t('action.cancel'))}</div></form>`
    return framed(request, opened, t('reading.remove'), body, list)
  },
  submit: async (request) => {
    const { seen, reading } = await openReading(request)
    await removeReading(request.ctx, seen.file.number, seen.meter.id, reading.readOn, request.form!['justification'] ?? '')
    return { to: meterPath(seen.file, seen.meter), said: 'reading-removed' }
  },
}

export const readingPages: readonly Page[] = [editPage, removePage]
