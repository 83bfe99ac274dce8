// The form of an inspection type: what may be set, and what it will do before it is saved.
import { addMonths, type PlainDate } from '../kernel/date.ts'
import { isoPeriod } from '../kernel/period.ts'
import type { Problem } from '../kernel/refusal.ts'
import type { OperationCase } from '../cases/case.ts'
import { casePath } from '../cases/frame.ts'
import type { Values } from '../people/page.ts'
import { button, dateInput, errorSummary, input, length, radios, textarea, type Problems } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { typedDate, type MessageKey } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import { isSystemType, systemTypes, type InspectionType } from './inspection-type.ts'
import { typeName, typeTitle } from './names.ts'
import { isFixed, type TypeDraft } from './type-rules.ts'

/** The fields as the page has them: a length is a number and a unit. */
export type TypeForm = Values

/** The choice of a name of one's own. */
export const own = 'OWN'

/** A name that was written while another type is chosen: what is meant is asked, not guessed. */
export const ownNameProblems = (form: Values): Problem[] =>
  form['type'] !== own && (form['ownType'] ?? '').trim() !== '' ? [{ field: 'type', code: 'own-unused' }] : []

const lengthText = (form: Values, name: string, unit: string) => {
  const value = (form[name] ?? '').trim()
  return value === '' ? '' : `P${value.replace(/^0+(?=\d)/, '')}${{ DAY: 'D', MONTH: 'M', YEAR: 'Y' }[form[`${name}-unit`] ?? unit] ?? '?'}`
}

/** What a form writes, as every door writes it; where the type is fixed, the stored one. */
export const draftOf = (form: TypeForm, fixed?: InspectionType): TypeDraft & { justification: string } => ({
  type: fixed?.type ?? (form['type'] === own ? (form['ownType'] ?? '') : (form['type'] ?? '')),
  label: fixed?.label ?? form['label'] ?? '',
  firstOn: fixed?.firstOn ?? typedDate(form['firstOn'] ?? ''),
  every: lengthText(form, 'every', 'YEAR'),
  remindBefore: lengthText(form, 'remindBefore', 'MONTH'),
  justification: form['justification'] ?? '',
})

const parts = (text: string) => ({ value: text.slice(1, -1), unit: { D: 'DAY', M: 'MONTH', Y: 'YEAR' }[text.at(-1)!]! })

/** What the form shows at first: of a new type the usual choices (A-13: one month), of a stored one its setting. */
export function formOf(today: PlainDate, type?: InspectionType): TypeForm {
  const every = type ? parts(isoPeriod(type.period)) : { value: '1', unit: 'YEAR' }
  const remind = !type ? { value: '1', unit: 'MONTH' } : type.reminder ? parts(isoPeriod(type.reminder)) : { value: '', unit: 'MONTH' }
  return {
    type: !type ? '' : isSystemType(type.type) ? type.type : own,
    ownType: type && !isSystemType(type.type) ? type.type : '',
    label: type?.label ?? '',
    firstOn: type?.firstOn ?? addMonths(today, 12),
    every: every.value,
    'every-unit': every.unit,
    remindBefore: remind.value,
    'remindBefore-unit': remind.unit,
    justification: '',
  }
}

type Drawing = { file: OperationCase; form: TypeForm; type?: InspectionType | undefined; problems: readonly Problem[]; preview: Html; action: string }

function typeFields(view: View, { form, type }: Drawing, problems: Problems): Html {
  const { t, long } = teller(view)
  const value = (name: string) => form[name] ?? ''
  if (type && isFixed(type, view.today))
    return html`<dl class="facts"><dt>${t('field.type')}</dt><dd>${typeTitle(view.locale, type)}</dd><dt>${t('field.firstOn')}</dt><dd>${long(type.firstOn)}</dd></dl>
      <p class="govuk-hint">${t('field.type.fixed')}</p>`
  const ownName = input({ name: 'ownType', label: t('field.type.own-label'), value: value('ownType'), problems: { ...problems, list: [] } })
  const options = [...systemTypes.map((code) => ({ value: code, text: typeName(view.locale, code) })), { value: own, text: t('field.type.own'), reveals: ownName }]
  return html`${radios({ name: 'type', label: t('field.type'), value: value('type'), options, problems })}
    ${input({ name: 'label', label: t('field.label'), hint: t('field.label.hint'), value: value('label'), width: '20', problems })}
    ${dateInput({ name: 'firstOn', label: t('field.firstOn'), hint: t('field.firstOn.hint'), value: value('firstOn'), problems })}`
}

export function typeForm(view: View, drawing: Drawing): Html {
  const { t } = teller(view)
  const { file, form, type, preview, action } = drawing
  const problems: Problems = { locale: view.locale, list: drawing.problems }
  const units = (...names: ('DAY' | 'MONTH' | 'YEAR')[]) => names.map((unit) => ({ value: unit, text: t(`unit.${unit}`) }))
  const lengthField = (name: 'every' | 'remindBefore', hint: MessageKey | undefined, ...names: ('DAY' | 'MONTH' | 'YEAR')[]) =>
    length({
      name, label: t(`field.${name}`), value: form[name] ?? '', unit: form[`${name}-unit`] ?? names.at(-1)!,
      units: units(...names), unitLabel: t('unit.label'), hint: hint && t(hint), problems,
    })
  return html`${errorSummary(problems)}<h2 class="govuk-heading-m">${t(type ? 'types.edit-title' : 'types.add')}</h2>
    <form class="form" method="post" action="${action}" data-preview novalidate>
    ${typeFields(view, drawing, problems)}
    ${lengthField('every', file.building.isPublic ? 'field.every.public' : undefined, 'MONTH', 'YEAR')}
    ${lengthField('remindBefore', 'field.remindBefore.hint', 'DAY', 'MONTH')}
    <div class="preview" id="preview" aria-live="polite">${preview}</div>
    ${textarea({ name: 'justification', label: t(type ? 'field.justification' : 'field.justification.optional'), hint: t('field.justification.hint'), value: form['justification'] ?? '', problems })}
    <div class="acts">${button(t('action.save'))}${button(t('preview.button'), { name: 'step', value: 'preview', secondary: true })}<a class="govuk-link cancel" href="${casePath(file.number, '/inspection-types')}">${t('action.cancel')}</a></div>
    </form>`
}
