// The form of a report: what was typed, as a draft and as fields, and what would be told, in both languages.
import { tidy } from '../kernel/text.ts'
import { noticeText } from '../notifications/notice.ts'
import { toldNotices } from '../notifications/told-words.ts'
import type { Values } from '../people/page.ts'
import { button, dateInput, input, select, textarea, type Problems } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { locales, typedDate } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import type { Addressee, Prepared } from './actions.ts'
import { mostRecipients, reportKinds, shownCode, type RecipientDraft, type ReportDraft } from './report.ts'

export const fieldNames = ['kind', 'number', 'date', 'about', 'note', 'caseNumber', 'recipients'] as const

/** One recipient a line: the code and, after it, the name where nobody is registered with that code yet. */
const recipientIn = (line: string): RecipientDraft => {
  const [, code = '', name = ''] = /^(\S+)[\s,;]*(.*)$/.exec(tidy(line)) ?? []
  return { code: code.replace(/[,;]$/, ''), name }
}

export const reportDraftOf = (form: Values): ReportDraft => ({
  kind: form['kind'] ?? '',
  number: form['number'] ?? '',
  about: form['about'] ?? '',
  date: typedDate(form['date'] ?? ''),
  note: form['note'] ?? '',
  caseNumber: form['caseNumber'] ?? '',
  recipients: (form['recipients'] ?? '').split('\n').filter((line) => tidy(line) !== '').map(recipientIn),
})

export function reportFields(view: View, form: Values, problems: Problems): Html {
  const { t } = teller(view)
  const value = (name: (typeof fieldNames)[number]) => form[name] ?? ''
  const kinds = [{ value: '', text: t('report.choose') }, ...reportKinds.map((kind) => ({ value: kind, text: toldNotices[kind as keyof typeof toldNotices].name(view.locale) }))]
  return html`${select({ name: 'kind', label: t('report.kind'), value: value('kind'), options: kinds, problems })}
    ${input({ name: 'number', label: t('report.number'), hint: t('report.number.hint'), value: value('number'), width: '20', problems })}
    ${dateInput({ name: 'date', label: t('report.date'), hint: t('report.date.hint'), value: value('date'), problems })}
    ${input({ name: 'caseNumber', label: t('report.caseNumber'), hint: t('report.caseNumber.hint'), value: value('caseNumber'), width: '20', problems })}
    ${input({ name: 'about', label: t('report.about'), hint: t('report.about.hint'), value: value('about'), problems })}
    ${textarea({ name: 'recipients', label: t('report.recipients'), hint: t('report.recipients.hint', { max: mostRecipients }), value: value('recipients'), problems })}
    ${textarea({ name: 'note', label: t('report.note'), hint: t('report.note.hint'), value: value('note'), problems })}`
}

export function addresseeItem(view: View, { name, party, wanted }: Addressee): Html {
  const { t } = teller(view)
  const more = [wanted && shownCode(wanted), party === null && t('report.new-party')].filter(Boolean).join(' · ')
  return html`<li>${name}${more !== '' && html` <small>${more}</small>`}</li>`
}

/** The notice as each language tells it. */
const told = (view: View, { kind, data }: Prepared): Html[] =>
  locales.map((locale) => {
    const { title, description } = noticeText(toldNotices, locale, { kind: kind as keyof typeof toldNotices, data, createdOn: view.today })
    return html`<section class="told-text" lang="${locale}"><h3>${title}</h3><p>${description}</p></section>`
  })

/** What will be told and to whom, to be confirmed or mended. `key`: confirmed twice, it is told once. */
export function previewBody(view: View, prepared: Prepared, form: Values, key: string): Html {
  const { t } = teller(view)
  const kept = fieldNames.map((name) => html`<input type="hidden" name="${name}" value="${form[name] ?? ''}">`)
  return html`<h1>${t('report.preview')}</h1><p class="meta">${t('report.preview.text')}</p>${told(view, prepared)}
    <h2 class="govuk-heading-m">${t('report.to', { count: prepared.addressees.length })}</h2><ul class="recipients">${prepared.addressees.map((one) => addresseeItem(view, one))}</ul>
    <form method="post" action="/reports/new">${kept}<input type="hidden" name="key" value="${key}">
    <div class="acts">${button(t('report.tell'), { name: 'step', value: 'tell' })}${button(t('report.mend'), { name: 'step', value: 'mend', secondary: true })}</div></form>`
}
