// The form of a reading (DOMAIN 3.2): its fields, and what they write.
import type { Values } from '../people/page.ts'
import { checkbox, dateInput, input, type Problems } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { typedDate } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import type { Justified } from './meter-actions.ts'
import { typedAmount } from './meter-view.ts'
import type { Meter } from './meter.ts'
import type { ReadingDraft } from './reading-actions.ts'
import type { Reading } from './reading.ts'

/** What a form writes, as every door writes it. */
export const readingDraftOf = (form: Values): ReadingDraft & Justified => ({
  readOn: typedDate(form['readOn'] ?? ''),
  value: form['value'] ?? '',
  difference: form['difference'] ?? '',
  estimated: form['estimated'] === 'yes',
  consumed: form['consumed'] ?? '',
  justification: form['justification'] ?? '',
})

/** A stored reading as its form shows it; `consumed` where its counter rolled over. */
export const readingFormOf = ({ locale }: View, reading: Reading, consumed: string): Values => ({
  readOn: reading.readOn,
  value: typedAmount(locale, reading.value),
  difference: reading.difference === null ? '' : typedAmount(locale, reading.difference),
  estimated: reading.estimated ? 'yes' : '',
  consumed,
  justification: '',
})

export const valueField = (view: View, { unit }: Pick<Meter, 'unit'>, form: Values, problems: Problems): Html => {
  const { t } = teller(view)
  return input({ name: 'value', label: t('reading.value-in', { unit }), value: form['value'] ?? '', width: '10', inputmode: 'decimal', problems })
}

export const readOnField = (view: View, form: Values, problems: Problems): Html =>
  dateInput({ name: 'readOn', label: teller(view).t('reading.readOn'), value: form['readOn'] ?? view.today, problems })

/** Value and date, and what is seldom told. */
export function readingFields(view: View, meter: Meter, form: Values, problems: Problems): Html {
  const { t } = teller(view)
  const difference = input({ name: 'difference', label: t('reading.difference.field', { unit: meter.unit }), hint: t('reading.difference.hint'), value: form['difference'] ?? '', width: '10', inputmode: 'decimal', problems })
  return html`${valueField(view, meter, form, problems)}${readOnField(view, form, problems)}${difference}
    ${checkbox({ name: 'estimated', label: t('reading.estimated.field'), hint: t('reading.estimated.hint'), value: form['estimated'] ?? '', problems })}`
}
