// The form of a problem report: what was typed, and what the program fills in, each shown and each to be left out.
import type { Profile } from '../people/people.ts'
import type { Values } from '../people/page.ts'
import { dateInput, input, radios, select, textarea, type Problems } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { typedDate, typedTime } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import { kinds, longest, topics, type Circumstances, type ReportDraft } from './problem-report.ts'

export const circumstances = ['page', 'browser', 'language', 'version', 'requests'] as const
export type Circumstance = (typeof circumstances)[number]

/** What is ticked is sent along. */
const left = (form: Values, name: Circumstance): string | null => (form[`with-${name}`] === 'yes' ? (form[name] ?? null) : null)

export const circumstancesOf = (form: Values): Circumstances => ({
  page: left(form, 'page'),
  browser: left(form, 'browser'),
  language: left(form, 'language'),
  version: left(form, 'version'),
  requestIds: (left(form, 'requests') ?? '').split(/[\s,]+/).filter(Boolean),
})

export const reportDraftOf = (form: Values): ReportDraft => ({
  kind: form['kind'] ?? '',
  topic: form['topic'] ?? '',
  subject: form['subject'] ?? '',
  description: form['description'] ?? '',
  happenedOn: typedDate(form['happenedOn'] ?? ''),
  happenedAt: typedTime(form['happenedAt'] ?? ''),
  circumstances: circumstancesOf(form),
})

/** A form filled in with what the program knows, all of it ticked. */
export const filledIn = (known: Partial<Record<Circumstance, string>>): Values =>
  Object.fromEntries(Object.entries(known).flatMap(([name, value]) => (value === '' ? [] : [[name, value], [`with-${name}`, 'yes']])))

function circumstanceRow(view: View, form: Values, name: Circumstance): Html | null {
  const value = form[name] ?? ''
  if (value === '') return null
  const id = `with-${name}`
  return html`<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="${id}" name="${id}" type="checkbox" value="yes"${form[id] === 'yes' && html` checked`} aria-describedby="${id}-hint">
    <label class="govuk-label govuk-checkboxes__label" for="${id}">${teller(view).t(`problem-report.${name}`)}</label>
    <div class="govuk-hint govuk-checkboxes__hint told-value" id="${id}-hint">${value}</div><input type="hidden" name="${name}" value="${value}"></div>`
}

/** Nothing where the program knows nothing. */
export function circumstanceFields(view: View, form: Values): Html | null {
  const { t } = teller(view)
  const rows = circumstances.map((name) => circumstanceRow(view, form, name)).filter((row) => row !== null)
  if (rows.length === 0) return null
  return html`<div class="govuk-form-group"><fieldset class="govuk-fieldset" aria-describedby="circumstances-hint"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${t('problem-report.circumstances')}</legend>
    <div class="govuk-hint" id="circumstances-hint">${t('problem-report.circumstances.hint')}</div><div class="govuk-checkboxes govuk-checkboxes--small">${rows}</div></fieldset></div>`
}

/** Kind, topic, subject and description: what a report without an account has too. */
export function whatFields(view: View, form: Values, problems: Problems): Html {
  const { t } = teller(view)
  const value = (name: string) => form[name] ?? ''
  const options = [{ value: '', text: t('problem-report.choose') }, ...topics.map((topic) => ({ value: topic, text: t(`problem-report.topic.${topic}`) }))]
  return html`${radios({ name: 'kind', label: t('problem-report.kind'), value: value('kind'), options: kinds.map((kind) => ({ value: kind, text: t(`problem-report.kind.${kind}`) })), problems })}
    ${select({ name: 'topic', label: t('problem-report.topic'), value: value('topic'), options, problems })}
    ${input({ name: 'subject', label: t('problem-report.subject'), hint: t('problem-report.subject.hint', { max: longest.subject }), value: value('subject'), problems })}
    ${textarea({ name: 'description', label: t('problem-report.description'), hint: t('problem-report.description.hint'), value: value('description'), rows: 6, problems })}`
}

export function whenFields(view: View, form: Values, problems: Problems): Html {
  const { t } = teller(view)
  return html`<div class="pair">${dateInput({ name: 'happenedOn', label: t('problem-report.happenedOn'), value: form['happenedOn'] ?? '', problems })}
    ${input({ name: 'happenedAt', label: t('problem-report.happenedAt'), hint: t('problem-report.happenedAt.hint'), value: form['happenedAt'] ?? '', width: '4', problems })}</div>`
}

export function profileField(view: View, form: Values, profiles: readonly Profile[], problems: Problems): Html {
  const { t } = teller(view)
  const options = profiles.map(({ party, represents }) => ({ value: String(party.id), text: represents === 'self' ? t('problem-report.own-profile', { name: party.name }) : party.name }))
  return select({ name: 'profile', label: t('problem-report.profile'), value: form['profile'] ?? '', options, problems })
}
