// The page on which a person answers a questioned reading, or tells of a replacement.
import { refuseIfAny } from '../kernel/refusal.ts'
import { houseFrame } from '../cases/house-frame.ts'
import type { Page, PageRequest, SeeOther, Values } from '../people/page.ts'
import { button, errorSummary } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { typedDate } from '../ui/locale.ts'
import { withQuery } from '../ui/pager.ts'
import { teller } from '../ui/view.ts'
import { correctAndSubmit, replaceMeter, supersedeEstimates } from './answer-actions.ts'
import { answerChoices, answerFields, answerOf, lastWords, type Answer, type Questioned } from './answer-form.ts'
import { meterName, meterPath, metersPath } from './meter-view.ts'
import { casePath } from '../cases/frame.ts'
import { submitReading, type Submitted } from './reading-actions.ts'
import { readingDraftOf } from './reading-form.ts'
import { lastEstimates } from './reading-store.ts'
import { openMeter, type SeenMeter } from './seeing.ts'

/** After an answer: to the row of the round that it came from, or to the meter; each tells what was taken. */
function onward({ file }: SeenMeter, form: Values, meterId: number, readOn: string): string {
  const meter = { id: meterId }
  return form['back'] === 'round' ? `${withQuery(casePath(file.number, '/round'), { on: readOn })}#row-${meterId}` : withQuery(meterPath(file, meter), { read: readOn })
}

const taken = (seen: SeenMeter, form: Values, { meterId, reading, verdict }: Submitted): SeeOther => ({
  to: onward(seen, form, meterId, reading.readOn),
  said: verdict.verdict === 'warned' ? 'reading-warned' : 'reading-added',
})

type Give = (request: PageRequest, seen: SeenMeter, form: Values) => Promise<SeeOther>

const rolledOver: Give = async ({ ctx }, seen, form) => {
  const draft = readingDraftOf(form)
  if (draft.consumed.trim() === '') refuseIfAny([{ field: 'consumed', code: 'required' }])
  return taken(seen, form, await submitReading(ctx, seen.file.number, seen.meter.id, draft))
}

const replaced: Give = async ({ ctx }, seen, form) => {
  const text = (name: string) => form[name] ?? ''
  const first = text('value').trim() === '' ? undefined : { ...readingDraftOf(form), consumed: '' }
  const told = { replacedOn: typedDate(text('replacedOn')), finalValue: text('finalValue'), number: text('number'), initial: text('initial'), validUntil: typedDate(text('validUntil')), first, justification: text('justification') }
  const done = await replaceMeter(ctx, seen.file.number, seen.meter.id, told)
  return done.first ? taken(seen, form, done.first) : { to: meterPath(seen.file, done.meter), said: 'meter-replaced' }
}

const earlierWrong: Give = async ({ ctx }, seen, form) =>
  taken(seen, form, await correctAndSubmit(ctx, seen.file.number, seen.meter.id, { ...readingDraftOf(form), consumed: '', earlierValue: form['earlierValue'] ?? '' }))

const estimated: Give = async ({ ctx }, seen, form) =>
  taken(seen, form, await supersedeEstimates(ctx, seen.file.number, seen.meter.id, { ...readingDraftOf(form), consumed: '', estimated: false }))

const give: Record<Answer, Give> = { 'rolled-over': rolledOver, replaced, 'earlier-wrong': earlierWrong, estimated }

function answerBody({ view, query }: PageRequest, seen: Questioned, form: Values, list: Parameters<NonNullable<Page['show']>>[1]): Html {
  const { t } = teller(view)
  const answer = answerOf(form)
  const head = html`<p class="govuk-body">${meterName(view, seen.meter)}. ${lastWords(view, seen)}</p>`
  if (!answer) return html`<h2 class="govuk-heading-m" id="meter">${meterName(view, seen.meter)}</h2>${answerChoices(view, seen, query)}`
  const problems = { locale: view.locale, list }
  return html`${errorSummary(problems)}<h2 class="govuk-heading-m" id="meter">${t(`answer.${answer}`)}</h2>${head}
    <form class="form" method="post" action="${meterPath(seen.file, seen.meter, '/answer')}" novalidate>${answerFields(view, seen, answer, form, problems)}
    <div class="acts">${button(t('action.save'))}<a class="govuk-link cancel" href="${form['back'] === 'round' ? casePath(seen.file.number, '/round') : meterPath(seen.file, seen.meter)}">${t('action.cancel')}</a></div></form>`
}

export const answerPage: Page = {
  path: '/cases/:number/meters/:id/answer',
  show: async (request, problems) => {
    const { ctx, view, params, query } = request
    const opened = await openMeter(ctx, params['number']!, params['id']!)
    const seen = { ...opened, estimates: await lastEstimates(ctx.db, opened.meter) }
    const form = request.form ?? { ...query, replacedOn: query['readOn'] || view.today, readOn: query['readOn'] || view.today }
    const answer = answerOf(form)
    const title = answer ? teller(view).t(`answer.${answer}`) : meterName(view, seen.meter)
    return houseFrame(request, seen.file, { section: 'meters', isWithin: true, title, body: answerBody(request, seen, form, problems), hasProblems: problems.length > 0 })
  },
  submit: async (request) => {
    const seen = await openMeter(request.ctx, request.params['number']!, request.params['id']!)
    const answer = answerOf(request.form!)
    return answer ? give[answer](request, seen, request.form!) : { to: metersPath(seen.file) }
  },
}
