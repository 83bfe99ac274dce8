// A row of the round: the meter, its last value, one large field, and what became of what was typed.
import type { PlainDate } from '../kernel/date.ts'
import type { Problem } from '../kernel/refusal.ts'
import type { HouseCase } from '../cases/case.ts'
import { casePath } from '../cases/frame.ts'
import type { Values } from '../people/page.ts'
import { problemText } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { withQuery } from '../ui/pager.ts'
import { teller, type View } from '../ui/view.ts'
import { amountWords, meterName, meterPath, tag, valueWords, whereWords } from './meter-view.ts'
import type { Meter } from './meter.ts'
import { consumptions } from './reading.ts'
import { warningLines, warningWords } from './reading-view.ts'
import type { StoredReading } from './store.ts'

export const roundPath = (file: Pick<HouseCase, 'number'>, rest = ''): string => casePath(file.number, `/round${rest}`)

export type Row = {
  meter: Meter
  /** Its place in the walk, from 1. */
  turn: number
  /** Its last ones, oldest first, that judge the last; empty where none was taken in this round. */
  readings: readonly StoredReading[]
  mayChange: boolean
  problems: readonly Problem[]
  /** What was typed into this row and refused. */
  typed?: Values | undefined
}

export type Round = { file: HouseCase; on: PlainDate; rows: readonly Row[] }

/** A reading of the round's day or a later one is there. */
export const isDone = ({ meter }: Pick<Row, 'meter'>, on: PlainDate): boolean => meter.lastReadOn !== null && meter.lastReadOn >= on

function lastWords(view: View, { meter, readings }: Row, isRead: boolean): Html {
  const { t, short } = teller(view)
  const before = isRead ? readings.at(-2) : meter.lastReadOn === null ? undefined : { value: meter.lastValue!, readOn: meter.lastReadOn }
  const [value, on] = before ? [before.value, before.readOn] : [meter.initial, meter.installedOn]
  return html`<p class="round-last">${t(before ? 'round.last' : 'round.initial')} <strong>${valueWords(view, value)}</strong> ${meter.unit}, ${short(on)}</p>`
}

/** What was taken, what was used, and what it warns of. */
function takenWords(view: View, { file }: Round, { meter, readings, mayChange }: Row): Html {
  const { t, short } = teller(view)
  const at = readings.length - 1
  const { value, consumption, readOn } = consumptions(meter.initial, readings)[at]!
  const edit = mayChange && html` <a href="${meterPath(file, meter, `/readings/${readOn}/edit`)}">${t('action.edit')}<span class="govuk-visually-hidden">: ${meterName(view, meter)}</span></a>`
  return html`<p class="round-taken"><strong>${amountWords(view, value, meter)}</strong> ${short(readOn)}, ${t('round.used', { amount: amountWords(view, consumption, meter) })}${edit}</p>
    ${warningLines(warningWords(view, meter, readings, at))}`
}

/** Why it is not saved, and where to answer (A-38). */
function refusedWords(view: View, { file, on }: Round, { meter, problems, typed }: Row): Html | null {
  const { t } = teller(view)
  if (problems.length === 0) return null
  const isQuestioned = problems.some(({ code }) => code === 'value-below-previous')
  const answer = withQuery(meterPath(file, meter, '/answer'), { readOn: on, value: typed?.['value'] ?? '', back: 'round' })
  return html`<div class="round-refused" id="refused-${meter.id}" role="alert">${problems.map((problem) => html`<p><strong>${t('round.not-saved')}</strong> ${problemText(view.locale, problem)}.</p>`)}
    ${isQuestioned && html`<p><a href="${answer}">${t('round.answer')}<span class="govuk-visually-hidden">: ${meterName(view, meter)}</span></a></p>`}</div>`
}

function rowForm(view: View, { file, on }: Round, { meter, typed, problems }: Row): Html {
  const { t } = teller(view)
  const isRefused = problems.length > 0
  return html`<form class="round-form" method="post" action="${roundPath(file)}#row-${meter.id}" data-round novalidate>
    <input type="hidden" name="meter" value="${meter.id}"><input type="hidden" name="readOn" value="${on}">
    <label class="govuk-visually-hidden" for="value-${meter.id}">${t('reading.value-in', { unit: meter.unit })}: ${meterName(view, meter)}</label>
    <input class="govuk-input round-value${isRefused && ' govuk-input--error'}" id="value-${meter.id}" name="value" value="${typed?.['value'] ?? ''}" inputmode="decimal" autocomplete="off" enterkeyhint="next"${isRefused && html` aria-describedby="refused-${meter.id}" aria-invalid="true" autofocus`}>
    <span class="round-unit" aria-hidden="true">${meter.unit}</span><button class="govuk-button round-save">${t('action.save')}<span class="govuk-visually-hidden">: ${meterName(view, meter)}</span></button></form>
    <p class="round-offline" role="alert" hidden>${t('round.offline')}</p>`
}

export function roundRow(view: View, round: Round, row: Row): Html {
  const { t } = teller(view)
  const { meter, turn, mayChange } = row
  const isRead = isDone(row, round.on)
  const where = whereWords(view, round.file, meter)
  const state = isRead ? tag('ahead', t('round.done')) : row.problems.length > 0 ? tag('overdue', t('round.questioned')) : html`<span class="status quiet">${t('round.missing')}</span>`
  return html`<li class="round-row${isRead && ' is-done'}" id="row-${meter.id}"><div class="round-head"><b class="round-turn">${turn}</b>
    <div><h3><a href="${meterPath(round.file, meter)}">${meterName(view, meter)}</a></h3>${where && html`<p>${where}</p>`}</div>${state}</div>
    ${lastWords(view, row, isRead)}${isRead ? takenWords(view, round, row) : html`${mayChange && rowForm(view, round, row)}${refusedWords(view, round, row)}`}</li>`
}

/** `5 no 11`, and the way to the first that is missing. */
export function roundProgress(view: View, { rows, on }: Round): Html {
  const { t } = teller(view)
  const missing = rows.filter((row) => !isDone(row, on))
  const [done, all] = [rows.length - missing.length, rows.length]
  const rest = missing[0] ? html`<a href="#row-${missing[0].meter.id}">${t('round.rest', { count: missing.length })}</a>` : html`<span>${t('round.complete')}</span>`
  return html`<div class="round-progress" id="round-progress" role="status"><p><strong>${t('round.progress', { done, all })}</strong> ${rest}</p>
    <progress max="${all}" value="${done}" aria-label="${t('round.progress', { done, all })}"></progress></div>`
}
