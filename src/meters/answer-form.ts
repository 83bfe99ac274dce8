// What a person may answer where a reading is below the one before (A-38): four answers, each with just its own fields.
import { minus, parseQuantity, plus, quantity, type Quantity } from '../kernel/quantity.ts'
import { withQuery } from '../ui/pager.ts'
import type { Values } from '../people/page.ts'
import { dateInput, input, textarea, type Problems } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { teller, type View } from '../ui/view.ts'
import { amountWords, meterPath } from './meter-view.ts'
import { readOnField, valueField } from './reading-form.ts'
import type { Reading } from './reading.ts'
import type { SeenMeter } from './seeing.ts'

export const answers = ['rolled-over', 'replaced', 'earlier-wrong', 'estimated'] as const
export type Answer = (typeof answers)[number]

export const answerOf = (form: Values): Answer | undefined => answers.find((answer) => answer === form['answer'])

/** `estimates`: what an answer that it was estimated puts away, oldest first (see `lastEstimates`). */
export type Questioned = SeenMeter & { estimates: readonly Reading[] }

/** Without an earlier reading none was wrong, and none was estimated. */
const offered = ({ meter, estimates }: Questioned): Answer[] =>
  answers.filter((answer) => (answer !== 'earlier-wrong' || meter.lastReadOn !== null) && (answer !== 'estimated' || estimates.length > 0))

const carriedNames = ['readOn', 'value', 'difference', 'estimated', 'back'] as const

/** What was typed goes with the person from page to page. */
export const carried = (form: Values): Values => Object.fromEntries(carriedNames.map((name) => [name, form[name] ?? '']))

export function lastWords(view: View, { meter }: Pick<SeenMeter, 'meter'>): string {
  const { t, short } = teller(view)
  return meter.lastReadOn !== null
    ? t('answer.last', { value: amountWords(view, meter.lastValue!, meter), date: short(meter.lastReadOn) })
    : t('answer.initial', { value: amountWords(view, meter.initial, meter), date: short(meter.installedOn) })
}

/** The ways on, each a link that carries what was typed; with no reading yet, the initial one may be wrong instead. */
export function answerChoices(view: View, seen: Questioned, form: Values): Html {
  const { t } = teller(view)
  const path = meterPath(seen.file, seen.meter, '/answer')
  const choice = (href: string, title: string, hint: string) => html`<li><a href="${href}">${title}${icon('chevron-right')}</a><p>${hint}</p></li>`
  return html`<section class="meter-answers" id="answers"><h3 class="govuk-heading-m">${t('answer.title')}</h3><p class="govuk-body">${lastWords(view, seen)} ${t('answer.choose')}</p>
    <ul>${offered(seen).map((answer) => choice(withQuery(path, { ...carried(form), answer }), t(`answer.${answer}`), t(`answer.${answer}.hint`)))}
    ${seen.meter.lastReadOn === null && choice(meterPath(seen.file, seen.meter, '/edit'), t('answer.initial-wrong'), t('answer.initial-wrong.hint'))}</ul></section>`
}

/** What a counter with as many digits as the last value has would have used, were it to begin anew. */
function likelyUse({ meter }: Questioned, value: Quantity | undefined): { full: Quantity; used: Quantity } | undefined {
  const last = meter.lastValue ?? meter.initial
  const turn = 10 ** String(Math.trunc(last / 1000)).length * 1000
  if (value === undefined || value >= last || !Number.isSafeInteger(turn)) return undefined
  return { full: quantity(turn - 1), used: plus(minus(quantity(turn), last), value) }
}

type Fields = (view: View, seen: Questioned, form: Values, problems: Problems) => Html

const rolledOverFields: Fields = (view, seen, form, problems) => {
  const { t } = teller(view)
  const { meter } = seen
  const likely = likelyUse(seen, parseQuantity(form['value'] ?? ''))
  const hint = likely && t('answer.consumed.hint', { full: amountWords(view, likely.full, meter), used: amountWords(view, likely.used, meter) })
  const consumed = input({ name: 'consumed', label: t('answer.consumed', { unit: meter.unit }), hint, value: form['consumed'] ?? '', width: '10', inputmode: 'decimal', problems })
  return html`${valueField(view, meter, form, problems)}${readOnField(view, form, problems)}${consumed}`
}

const replacedFields: Fields = (view, { meter }, form, problems) => {
  const { t } = teller(view)
  const value = (name: string, usual = '') => form[name] ?? usual
  const { unit } = meter
  const number = (name: string, label: string, hint: string, usual = '') => input({ name, label, hint, value: value(name, usual), width: '10', inputmode: 'decimal', problems })
  return html`${dateInput({ name: 'replacedOn', label: t('answer.replacedOn'), value: value('replacedOn'), problems })}
    <fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-fieldset__legend--m">${t('answer.old')}</legend>
    ${number('finalValue', t('answer.finalValue', { unit }), t('answer.finalValue.hint'))}</fieldset>
    <fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-fieldset__legend--m">${t('answer.new')}</legend>
    ${input({ name: 'number', label: t('meter.field.number'), hint: t('meter.field.number.hint'), value: value('number'), width: '20', problems })}
    ${number('initial', t('answer.newInitial', { unit }), t('answer.newInitial.hint'), view.locale === 'lv' ? '0,000' : '0.000')}
    ${dateInput({ name: 'validUntil', label: t('meter.field.validUntil'), hint: t('meter.field.validUntil.hint'), value: value('validUntil'), problems })}
    ${number('value', t('answer.newValue', { unit }), t('answer.newValue.hint'))}${readOnField(view, form, problems)}</fieldset>`
}

const earlierWrongFields: Fields = (view, { meter }, form, problems) => {
  const { t, short } = teller(view)
  const last = { readOn: meter.lastReadOn!, value: meter.lastValue! }
  const hint = t('answer.earlierValue.hint', { value: amountWords(view, last.value, meter) })
  const earlier = input({ name: 'earlierValue', label: t('answer.earlierValue', { date: short(last.readOn), unit: meter.unit }), hint, value: form['earlierValue'] ?? '', width: '10', inputmode: 'decimal', problems })
  return html`${earlier}${valueField(view, meter, form, problems)}${readOnField(view, form, problems)}`
}

const estimatedFields: Fields = (view, { meter, estimates }, form, problems) => {
  const { t, short } = teller(view)
  const list = estimates.map(({ readOn, value }) => html`<li>${short(readOn)}: ${amountWords(view, value, meter)}</li>`)
  return html`<p class="govuk-body">${t('answer.estimated.gone')}</p><ul class="govuk-list govuk-list--bullet">${list}</ul>${valueField(view, meter, form, problems)}${readOnField(view, form, problems)}`
}

const fieldsOf: Record<Answer, Fields> = { 'rolled-over': rolledOverFields, replaced: replacedFields, 'earlier-wrong': earlierWrongFields, estimated: estimatedFields }

/** The answer's own fields with why, and what is only carried along. */
export function answerFields(view: View, seen: Questioned, answer: Answer, form: Values, problems: Problems): Html {
  const { t } = teller(view)
  const hidden = ['answer', 'difference', 'estimated', 'back']
  return html`${hidden.map((name) => html`<input type="hidden" name="${name}" value="${form[name] ?? ''}">`)}${fieldsOf[answer](view, seen, form, problems)}
    ${textarea({ name: 'justification', label: t('field.justification'), hint: t('field.justification.hint'), value: form['justification'] ?? '', problems })}`
}
