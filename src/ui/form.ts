// Accessible form parts (govuk-frontend's markup): each field with its hint, its problem and what was typed.
import type { Problem } from '../kernel/refusal.ts'
import { html, type Html, type Piece } from './html.ts'
import { icon } from './icon.ts'
import { isMessageKey, say, shownDate, type Locale } from './locale.ts'

/** A problem as a sentence: first the field's own, then the general one. */
export function problemText(locale: Locale, { field, code, params }: Problem): string {
  const own = `problem.${field}.${code}`
  const general = `problem.${code}`
  const key = isMessageKey(own) ? own : isMessageKey(general) ? general : 'problem.unknown'
  return say(locale, key, params)
}

export type Problems = { locale: Locale; list: readonly Problem[] }

/** All problems first, each a link to its field; nothing when there is none. */
export function errorSummary({ locale, list }: Problems): Html | null {
  if (list.length === 0) return null
  const item = (problem: Problem) => {
    const text = problemText(locale, problem)
    return html`<li>${problem.field ? html`<a href="#${problem.field}">${text}</a>` : text}</li>`
  }
  return html`<div class="govuk-error-summary" id="problems" tabindex="-1"><div role="alert">
    <h2 class="govuk-error-summary__title">${say(locale, 'problem.title')}</h2>
    <div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${list.map(item)}</ul></div></div></div>`
}

const mine = (problems: Problems, name: string) => problems.list.filter((problem) => problem.field === name)

const message = (problems: Problems, name: string): Html | null => {
  const [first] = mine(problems, name)
  return first
    ? html`<p class="govuk-error-message" id="${name}-error"><span class="govuk-visually-hidden">${say(problems.locale, 'problem.prefix')}</span> ${problemText(problems.locale, first)}</p>`
    : null
}

const describedBy = (problems: Problems, name: string, hint: Piece) => {
  const ids = [hint && `${name}-hint`, mine(problems, name).length > 0 && `${name}-error`].filter(Boolean).join(' ')
  return ids ? html` aria-describedby="${ids}"` : null
}

const hintOf = (name: string, hint: Piece) => (hint ? html`<div class="govuk-hint" id="${name}-hint">${hint}</div>` : null)

const errorClass = (problems: Problems, name: string, part: string) => (mine(problems, name).length > 0 ? ` ${part}--error` : '')

type Field = { name: string; label: string; value: string; hint?: Piece; problems: Problems }

type InputField = Field & { type?: 'text' | 'email'; width?: '4' | '10' | '20'; inputmode?: 'numeric' | 'decimal'; autocomplete?: string; list?: readonly string[] }

export function input({ name, label, value, hint, problems, type = 'text', width, inputmode, autocomplete, list }: InputField): Html {
  return html`<div class="govuk-form-group${errorClass(problems, name, 'govuk-form-group')}">
    <label class="govuk-label govuk-label--s" for="${name}">${label}</label>${hintOf(name, hint)}${message(problems, name)}
    <input class="govuk-input${errorClass(problems, name, 'govuk-input')}${width ? ` govuk-input--width-${width}` : ''}" id="${name}" name="${name}" type="${type}" value="${value}"${
      inputmode && html` inputmode="${inputmode}"`
    }${list && html` list="${name}-list"`} autocomplete="${autocomplete ?? 'off'}"${describedBy(problems, name, hint)}>${
      list && html`<datalist id="${name}-list">${list.map((option) => html`<option value="${option}">`)}</datalist>`
    }
  </div>`
}

/** A date in the reader's own form; with scripts a calendar can be opened to pick it. */
export function dateInput({ name, label, value, hint, problems }: Field): Html {
  const { locale } = problems
  const example = say(locale, 'form.date-hint')
  const below = hint ? `${String(hint)}. ${example}` : example
  return html`<div class="govuk-form-group${errorClass(problems, name, 'govuk-form-group')}">
    <label class="govuk-label govuk-label--s" for="${name}">${label}</label>${hintOf(name, below)}${message(problems, name)}
    <div class="date"><input class="govuk-input govuk-input--width-10${errorClass(problems, name, 'govuk-input')}" id="${name}" name="${name}" value="${shownDate(locale, value)}" inputmode="numeric" autocomplete="off" data-date="${locale}"${describedBy(problems, name, below)}><button type="button" class="pick" hidden>${icon('calendar')}<span class="govuk-visually-hidden">${say(locale, 'form.date-pick')}</span></button></div>
  </div>`
}

export function textarea({ name, label, value, hint, problems, rows = 3 }: Field & { rows?: number }): Html {
  return html`<div class="govuk-form-group${errorClass(problems, name, 'govuk-form-group')}">
    <label class="govuk-label govuk-label--s" for="${name}">${label}</label>${hintOf(name, hint)}${message(problems, name)}
    <textarea class="govuk-textarea${errorClass(problems, name, 'govuk-textarea')}" id="${name}" name="${name}" rows="${rows}"${describedBy(problems, name, hint)}>${value}</textarea>
  </div>`
}

export type Option = { value: string; text: string; hint?: string; reveals?: Html }

/** A choice of one; an option may reveal a field of its own, which stays visible without scripts. */
export function radios({ name, label, value, hint, problems, options }: Field & { options: readonly Option[] }): Html {
  const option = ({ value: own, text, hint: below, reveals }: Option, place: number) => {
    const id = place === 0 ? name : `${name}-${place + 1}`
    return html`<div class="govuk-radios__item">
      <input class="govuk-radios__input" id="${id}" name="${name}" type="radio" value="${own}"${own === value && html` checked`}${below && html` aria-describedby="${id}-hint"`}>
      <label class="govuk-label govuk-radios__label" for="${id}">${text}</label>${below && html`<div class="govuk-hint govuk-radios__hint" id="${id}-hint">${below}</div>`}
    </div>${reveals && html`<div class="revealed">${reveals}</div>`}`
  }
  return html`<div class="govuk-form-group${errorClass(problems, name, 'govuk-form-group')}"><fieldset class="govuk-fieldset"${describedBy(problems, name, hint)}>
    <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${label}</legend>${hintOf(name, hint)}${message(problems, name)}
    <div class="govuk-radios">${options.map(option)}</div></fieldset></div>`
}

/** One thing that is so or is not; the form has `yes` when it is. */
export function checkbox({ name, label, value, hint, problems }: Field): Html {
  return html`<div class="govuk-form-group"><div class="govuk-checkboxes"><div class="govuk-checkboxes__item">
    <input class="govuk-checkboxes__input" id="${name}" name="${name}" type="checkbox" value="yes"${value === 'yes' && html` checked`}${describedBy(problems, name, hint)}>
    <label class="govuk-label govuk-checkboxes__label" for="${name}">${label}</label>${hint && html`<div class="govuk-hint govuk-checkboxes__hint" id="${name}-hint">${hint}</div>`}
  </div></div></div>`
}

export function select({ name, label, value, hint, problems, options }: Field & { options: readonly Option[] }): Html {
  return html`<div class="govuk-form-group${errorClass(problems, name, 'govuk-form-group')}">
    <label class="govuk-label govuk-label--s" for="${name}">${label}</label>${hintOf(name, hint)}${message(problems, name)}
    <select class="govuk-select${errorClass(problems, name, 'govuk-select')}" id="${name}" name="${name}"${describedBy(problems, name, hint)}>${options.map(
      (option) => html`<option value="${option.value}"${option.value === value && html` selected`}>${option.text}</option>`,
    )}</select>
  </div>`
}

/** A number and its unit in one line, as one field: `name` for the number, `name-unit` for the unit. */
export function length({ name, label, value, unit, units, unitLabel, hint, problems }: Field & { unit: string; unitLabel: string; units: readonly Option[] }): Html {
  return html`<div class="govuk-form-group${errorClass(problems, name, 'govuk-form-group')}"><fieldset class="govuk-fieldset"${describedBy(problems, name, hint)}>
    <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${label}</legend>${hintOf(name, hint)}${message(problems, name)}
    <div class="length">
      <input class="govuk-input govuk-input--width-4${errorClass(problems, name, 'govuk-input')}" id="${name}" name="${name}" value="${value}" inputmode="numeric" autocomplete="off" aria-label="${label}">
      <select class="govuk-select" name="${name}-unit" aria-label="${unitLabel}">${units.map(
        (option) => html`<option value="${option.value}"${option.value === unit && html` selected`}>${option.text}</option>`,
      )}</select>
    </div></fieldset></div>`
}

export const button = (text: string, { name, value, secondary, warning }: { name?: string; value?: string; secondary?: boolean; warning?: boolean } = {}): Html =>
  html`<button type="submit" class="govuk-button${secondary ? ' govuk-button--secondary' : ''}${warning ? ' govuk-button--warning' : ''}"${name && html` name="${name}" value="${value}"`}>${text}</button>`

/** A button within a table's row that does one thing to what the row is `about`. */
export const smallForm = (action: string, text: string, about: string): Html =>
  html`<form method="post" action="${action}"><button class="people-small" type="submit">${text}<span class="govuk-visually-hidden"> – ${about}</span></button></form>`
