// A history as pages show it: who, when, for whom, what was done and why, and the values before and after (A-31, INS-5).
import { html, type Html } from '../ui/html.ts'
import { isMessageKey } from '../ui/locale.ts'
import { withQuery } from '../ui/pager.ts'
import { teller, type View } from '../ui/view.ts'
import type { CaseEvent, EventPage } from './store.ts'
import { differences, fieldWords, subjectWords, valueWords, type Difference } from './words.ts'

function who(view: View, { actor, actingFor, via }: CaseEvent): Html {
  const { t } = teller(view)
  const key = `history.via.${via}`
  const rest = [actingFor && t('nav.for', { profile: actingFor }), via !== 'page' && isMessageKey(key) && t(key)].filter(Boolean)
  return html`<span>${actor ?? t('history.system')}</span>${rest.length > 0 && html`<small>${rest.join(' · ')}</small>`}`
}

type Words = (difference: Difference, value: unknown) => string

/** Before beside after, for what an edit changed. */
function edited(view: View, rows: readonly Difference[], words: Words, subject: string): Html {
  const { t } = teller(view)
  const row = (difference: Difference) => html`<tr><th scope="row">${fieldWords(view.locale, difference.field, subject)}</th>
    <td class="was" data-label="${t('history.before')}">${words(difference, difference.before)}</td>
    <td data-label="${t('history.after')}">${words(difference, difference.after)}</td></tr>`
  const heads = [t('history.field'), t('history.before'), t('history.after')]
  return html`<table class="changes"><caption class="govuk-visually-hidden">${t('history.data')}</caption>
    <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map(row)}</tbody></table>`
}

/** The whole data set, of a thing that came or went. */
const dataSet = (view: View, rows: readonly Difference[], words: Words, subject: string) =>
  html`<dl class="data">${rows.map((row) => html`<div><dt>${fieldWords(view.locale, row.field, subject)}</dt><dd>${words(row, row.before ?? row.after)}</dd></div>`)}</dl>`

function changes(view: View, event: CaseEvent): Html | null {
  const rows = differences(event)
  const words: Words = ({ field }, value) => valueWords(view.locale, field, value)
  if (rows.length === 0) return null
  const subject = event.action.split('.')[0]!
  return event.before !== null && event.after !== null ? edited(view, rows, words, subject) : dataSet(view, rows, words, subject)
}

/** Its kind in words; some actions have a word of their own, such as an annulment. */
function kindWords(view: View, { action, kind }: CaseEvent): string {
  const own = `history.kind.${action}`
  return teller(view).t(isMessageKey(own) ? own : `history.kind.${kind}`)
}

function eventItem(view: View, event: CaseEvent): Html {
  const { t, moment } = teller(view)
  return html`<li class="event"><div class="who-when"><time datetime="${event.at.toISOString()}">${moment(event.at)}</time>${who(view, event)}</div>
    <div><h3><strong class="kind ${event.kind.toLowerCase()}">${kindWords(view, event)}</strong> ${subjectWords(view.locale, event)}</h3>
    <p><span class="quiet">${t('history.justification')}:</span> ${event.justification ?? t('word.none')}</p>${changes(view, event)}</div></li>`
}

/** A page of a history with the way to what is older, and back to the latest. */
export function history(view: View, { events, next }: EventPage, path: string, query: Readonly<Record<string, string>>): Html {
  const { t } = teller(view)
  if (events.length === 0) return html`<div class="empty"><p>${t('history.empty')}</p></div>`
  const newest = query['before'] && html`<a href="${withQuery(path, query, { before: '' })}">${t('history.newest')}</a>`
  const older = next !== null && html`<a rel="next" href="${withQuery(path, query, { before: String(next) })}">${t('history.older')}</a>`
  return html`<ol class="events">${events.map((event) => eventItem(view, event))}</ol>
    ${(newest || older) && html`<nav class="older" aria-label="${t('page.pages')}">${newest} ${older}</nav>`}`
}

/** The place that a page's address goes on from; nothing that is not one. */
export const beforeOf = (query: Readonly<Record<string, string>>): number | undefined =>
  /^\d{1,15}$/.test(query['before'] ?? '') ? Number(query['before']) : undefined
