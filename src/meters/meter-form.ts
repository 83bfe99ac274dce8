// The form of a meter (MTR-2): what may be set, and what a form writes.
import type { Problem } from '../kernel/refusal.ts'
import type { HouseCase } from '../cases/case.ts'
import type { Values } from '../people/page.ts'
import { button, dateInput, errorSummary, input, radios, select, textarea, type Problems } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { typedDate, type Locale } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import { metersPath, typedAmount } from './meter-view.ts'
import { meterStatuses, meterTypes, placeTold, units, type Meter, type MeterDraft } from './meter.ts'

const placeIn = (file: HouseCase, form: Values) =>
  placeTold(file.buildings.map(({ building }) => building), { designation: form['designation'] ?? '', premises: form['premises'] ?? '' })

/** What a form writes, as every door writes it; where the type is fixed, the stored one. */
export const draftOf = (file: HouseCase, form: Values, fixed?: Meter): MeterDraft & { justification: string } => ({
  type: fixed?.type ?? form['type'] ?? '',
  number: form['number'] ?? '',
  installedOn: typedDate(form['installedOn'] ?? ''),
  initial: form['initial'] ?? '',
  status: form['status'] ?? '',
  validUntil: typedDate(form['validUntil'] ?? ''),
  periodMonths: (form['periodMonths'] ?? '').trim(),
  ...placeIn(file, form),
  justification: form['justification'] ?? '',
})

const zero = { lv: '0,000', en: '0.000' } as const

/** What the form shows at first: of a new meter the usual choices, of a stored one its setting. */
export function formOf(locale: Locale, file: HouseCase, meter?: Meter): Values {
  if (!meter) return { type: 'WATER', number: '', installedOn: '', initial: zero[locale], status: 'ACTIVE', validUntil: '', periodMonths: '1', designation: '', premises: '', justification: '' }
  return {
    type: meter.type,
    number: meter.number,
    installedOn: meter.installedOn,
    initial: typedAmount(locale, meter.initial),
    status: meter.status,
    validUntil: meter.validUntil ?? '',
    periodMonths: String(meter.periodMonths),
    designation: file.buildings.find(({ building }) => building.id === meter.buildingId)?.building.designation ?? '',
    premises: meter.premises,
    justification: '',
  }
}

type Drawing = {
  file: HouseCase
  form: Values
  /** Edited; undefined for a new one. */
  meter?: Meter | undefined
  hasReadings: boolean
  managed: readonly (number | null)[]
  problems: readonly Problem[]
  action: string
}

/** The unit goes with the type, whichever is chosen (MTR-2, A-33). */
function typeField(view: View, { form, meter, hasReadings }: Drawing, problems: Problems): Html {
  const { t } = teller(view)
  if (meter && hasReadings)
    return html`<dl class="facts"><dt>${t('meter.field.type')}</dt><dd>${t(`meter.type.${meter.type}`)}</dd><dt>${t('meter.field.unit')}</dt><dd>${meter.unit}</dd></dl>
      <p class="govuk-hint">${t('meter.field.type.fixed')}</p>`
  const options = meterTypes.map((type) => ({ value: type, text: t(`meter.type.${type}`), hint: t('meter.field.unit-is', { unit: units[type] }) }))
  return radios({ name: 'type', label: t('meter.field.type'), value: form['type'] ?? '', options, problems })
}

/** Asked only where there is more than one answer: several buildings, or flats. */
function whereFields(view: View, { file, form, managed }: Drawing, problems: Problems): Html {
  const { t } = teller(view)
  const mine = file.buildings.filter(({ building }) => managed.includes(building.id))
  const whole = managed.includes(null) ? [{ value: '', text: t('meter.field.designation.whole') }] : []
  const options = [...whole, ...mine.map(({ building }) => ({ value: building.designation, text: building.address }))]
  const flats = [...new Set(mine.flatMap(({ parties }) => parties.holders.map(({ premises }) => premises)).filter(Boolean))]
  return html`${select({ name: 'designation', label: t('meter.field.designation'), value: form['designation'] ?? '', options, problems })}
    ${input({ name: 'premises', label: t('meter.field.premises'), hint: t('meter.field.premises.hint'), value: form['premises'] ?? '', width: '20', problems, ...(flats.length > 0 && { list: flats }) })}`
}

export function meterForm(view: View, drawing: Drawing): Html {
  const { t } = teller(view)
  const { file, form, meter, action } = drawing
  const problems: Problems = { locale: view.locale, list: drawing.problems }
  const value = (name: string) => form[name] ?? ''
  const statuses = meterStatuses.map((status) => ({ value: status, text: t(`meter.status.${status}`), ...(status === 'INACTIVE' && { hint: t('meter.field.status.inactive') }) }))
  return html`${errorSummary(problems)}<h2 class="govuk-heading-m" id="meter">${t(meter ? 'meters.edit-title' : 'meters.add')}</h2>
    <form class="form" method="post" action="${action}" novalidate>
    ${typeField(view, drawing, problems)}
    ${input({ name: 'number', label: t('meter.field.number'), hint: t('meter.field.number.hint'), value: value('number'), width: '20', problems })}
    ${dateInput({ name: 'installedOn', label: t('meter.field.installedOn'), hint: t('meter.field.installedOn.hint'), value: value('installedOn'), problems })}
    ${input({ name: 'initial', label: t('meter.field.initial'), hint: t('meter.field.initial.hint'), value: value('initial'), width: '10', inputmode: 'decimal', problems })}
    ${radios({ name: 'status', label: t('meter.field.status'), value: value('status'), options: statuses, problems })}
    ${dateInput({ name: 'validUntil', label: t('meter.field.validUntil'), hint: t('meter.field.validUntil.hint'), value: value('validUntil'), problems })}
    ${input({ name: 'periodMonths', label: t('meter.field.periodMonths'), hint: t('meter.field.periodMonths.hint'), value: value('periodMonths'), width: '4', inputmode: 'numeric', problems })}
    ${whereFields(view, drawing, problems)}
    ${textarea({ name: 'justification', label: t(meter ? 'field.justification' : 'field.justification.optional'), hint: t('field.justification.hint'), value: value('justification'), problems })}
    <div class="acts">${button(t('action.save'))}<a class="govuk-link cancel" href="${metersPath(file)}">${t('action.cancel')}</a></div></form>`
}
