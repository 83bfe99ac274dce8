// Attachments on pages: the field by which files are sent, what is attached, and the same with a choice of what to take away.
import type { Settings } from '../people/context.ts'
import { problemText, type Problems } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { fileSize, say } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import { fileKinds, kinds, type Attachment } from './attachment.ts'
import { attachmentPath } from './page.ts'

/** Also what a phone is asked to turn its own pictures into. */
const accepted = fileKinds.flatMap((kind) => [...kinds[kind].extensions.map((extension) => `.${extension}`), kinds[kind].mediaType]).join(',')

/**
 * The field `files` of a form that is `enctype="multipart/form-data"`, on a page that `takesUploads`; nothing where nothing may be attached.
 * A browser does not keep what was chosen, so a refused form asks to choose again.
 */
export function filesInput(problems: Problems, { attachments }: Settings): Html | null {
  if (!attachments) return null
  const { locale, list } = problems
  const mine = list.filter(({ field }) => field === 'files')
  const size = attachments.largest / 1024 / 1024
  return html`<div class="govuk-form-group${mine.length > 0 && ' govuk-form-group--error'}">
    <label class="govuk-label govuk-label--s" for="files">${say(locale, 'attachment.files')}</label>
    <div class="govuk-hint" id="files-hint">${say(locale, 'attachment.hint', { most: attachments.most, size })}${list.length > 0 && html` <strong>${say(locale, 'attachment.again')}</strong>`}</div>
    ${mine.length > 0 && html`<div id="files-error">${mine.map((problem) => html`<p class="govuk-error-message"><span class="govuk-visually-hidden">${say(locale, 'problem.prefix')}</span> ${problemText(locale, problem)}</p>`)}</div>`}
    <input class="govuk-file-upload" id="files" name="files" type="file" multiple accept="${accepted}" aria-describedby="files-hint${mine.length > 0 && ' files-error'}"></div>`
}

const factsOf = (view: View, { kind, size }: Attachment): string => `${teller(view).t(`attachment.kind.${kind}`)}, ${fileSize(view.locale, size)}`

function contentsOf(view: View, { contents }: Attachment): Html | null {
  if (!contents) return null
  return html`<details><summary>${teller(view).t('attachment.contents', { count: contents.length })}</summary>
    <ul class="govuk-list">${contents.map(({ name, size }) => html`<li>${name} <small>${fileSize(view.locale, size)}</small></li>`)}</ul></details>`
}

const item = (view: View, attachment: Attachment, beside: Html | null): Html =>
  html`<li>${icon('paperclip')}<div><a class="govuk-link" href="${attachmentPath(attachment)}">${attachment.name}</a> <small>${factsOf(view, attachment)}</small>${contentsOf(view, attachment)}${beside}</div></li>`

/** What is attached, each with its link, kind and size; nothing where nothing is. */
export const attachmentList = (view: View, attachments: readonly Attachment[]): Html | null =>
  attachments.length === 0 ? null : html`<ul class="attachments" aria-label="${teller(view).t('attachment.list')}">${attachments.map((one) => item(view, one, null))}</ul>`

/** As `attachmentList`, within a form that may take some away: each ticked one is `remove-ID`. */
export function removableList(view: View, attachments: readonly Attachment[], form: Readonly<Record<string, string>>): Html | null {
  if (attachments.length === 0) return null
  const { t } = teller(view)
  const tick = ({ id, name }: Attachment) => html`<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item">
    <input class="govuk-checkboxes__input" id="remove-${id}" name="remove-${id}" type="checkbox" value="yes"${form[`remove-${id}`] && html` checked`}>
    <label class="govuk-label govuk-checkboxes__label" for="remove-${id}">${t('attachment.remove')}<span class="govuk-visually-hidden">: ${name}</span></label></div></div>`
  return html`<ul class="attachments" aria-label="${t('attachment.list')}">${attachments.map((one) => item(view, one, tick(one)))}</ul>`
}

/** What was ticked in `removableList`. */
export const removedIn = (form: Readonly<Record<string, string>>): number[] => Object.keys(form).flatMap((name) => (/^remove-\d{1,15}$/.test(name) ? [Number(name.slice(7))] : []))
