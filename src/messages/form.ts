// The form of a message: to whom, what about, and the text; as fields and as a draft.
import { inOrder } from '../kernel/text.ts'
import type { Values } from '../people/page.ts'
import { checkbox, input, radios, textarea, type Problems } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { teller, type View } from '../ui/view.ts'
import { longest, type MessageDraft } from './message.ts'
import type { Addressee, People } from './reach.ts'

export const messageDraftOf = (form: Values): MessageDraft => ({
  subject: form['subject'] ?? '',
  body: form['body'] ?? '',
  all: form['to'] === 'all',
  manager: form['manager'] === 'yes',
  parties: Object.keys(form).flatMap((name) => (/^to-\d{1,15}$/.test(name) ? [Number(name.slice(3))] : [])),
})

/** The draft as the form has it. */
export const formOf = ({ subject, body, all, manager, parties }: MessageDraft): Values => ({
  subject,
  body,
  ...(all ? { to: 'all' } : parties.length > 0 && { to: 'chosen' }),
  ...(manager && { manager: 'yes' }),
  ...Object.fromEntries(parties.map((id) => [`to-${id}`, 'yes'])),
})

/** `Dace Jansone · telpu grupa 7`. */
export const addresseeWords = (view: View, { name, premises }: Addressee): string =>
  premises.length === 0 ? name : `${name} · ${teller(view).t('message.premises', { premises: premises.join(', '), count: premises.length })}`

const tick = (view: View, form: Values, one: Addressee): Html =>
  html`<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="to-${one.id}" name="to-${one.id}" type="checkbox" value="yes"${form[`to-${one.id}`] && html` checked`}>
    <label class="govuk-label govuk-checkboxes__label" for="to-${one.id}">${addresseeWords(view, one)}</label></div>`

/** So many are shown at once; more when asked for, or once some are ticked. */
const fewOwners = 6

function owners(view: View, form: Values, { owners: all, reach }: People, problems: Problems): Html | null {
  const { t } = teller(view)
  if (all.length === 0) return null
  const sorted = all.toSorted((one, other) => inOrder(addresseeKey(one), addresseeKey(other)))
  const name = t(reach.mayAll ? 'message.chosen' : 'message.neighbours', { count: all.length })
  const isOpen = all.length <= fewOwners || all.some(({ id }) => form[`to-${id}`]) || problems.list.some(({ field }) => field === 'to')
  return html`<details class="filters message-to"${isOpen && html` open`}><summary>${name}</summary><fieldset class="govuk-fieldset"><legend class="govuk-visually-hidden">${name}</legend>
    <div class="govuk-checkboxes govuk-checkboxes--small">${sorted.map((one) => tick(view, form, one))}</div></fieldset></details>`
}

const addresseeKey = ({ premises, name }: Addressee) => `${premises[0] ?? ''} ${name}`

/** Of the manager's side all or chosen owners; of an owner the manager and chosen neighbours. */
function to(view: View, form: Values, people: People, problems: Problems): Html {
  const { t } = teller(view)
  if (people.reach.mayAll) {
    const options = [{ value: 'all', text: t('message.all', { count: people.owners.length }) }, { value: 'chosen', text: t('message.only-chosen') }]
    return html`${radios({ name: 'to', label: t('message.to'), value: form['to'] ?? '', options, problems })}${owners(view, form, people, problems)}`
  }
  const problem = problems.list.some(({ field }) => field === 'to')
  const manager = people.management.length > 0 && checkbox({ name: 'manager', label: t('message.manager', { names: people.management.map(({ name }) => name).join(', ') }), value: form['manager'] ?? '', problems })
  return html`<div class="govuk-form-group${problem && ' govuk-form-group--error'}" id="to"><h3 class="govuk-heading-s">${t('message.to')}</h3>${problemLine(view, problems)}${manager}${owners(view, form, people, problems)}</div>`
}

const problemLine = (view: View, { list }: Problems): Html | null => {
  const { t } = teller(view)
  const mine = list.find(({ field }) => field === 'to')
  return mine ? html`<p class="govuk-error-message" id="to-error">${t(`problem.to.${mine.code}` as 'problem.to.required')}</p>` : null
}

export const messageFields = (view: View, form: Values, people: People, problems: Problems): Html => {
  const { t } = teller(view)
  return html`${to(view, form, people, problems)}
    ${input({ name: 'subject', label: t('message.subject'), value: form['subject'] ?? '', problems })}
    ${textarea({ name: 'body', label: t('message.body'), hint: t('message.body.hint', { max: longest.body }), value: form['body'] ?? '', rows: 10, problems })}`
}
