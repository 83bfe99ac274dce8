// Who holds and who manages, as pages show it: names and registration numbers, never personal codes (DOMAIN 2.5, sections 2 and 3).
import type { Holder } from '../buildings/building.ts'
import { spacedDesignation } from '../kernel/identifier.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import type { ManagerSince } from './parties-store.ts'

type Named = { kind: 'person' | 'organisation'; code: string; name: string }

/** An organisation with its registration number; of a person the name alone. */
export const partyName = (view: View, { kind, code, name }: Named): Html =>
  html`${name}${kind === 'organisation' && html` <span class="quiet">${teller(view).t('basic.registration', { code })}</span>`}`

export function managerFacts(view: View, managers: readonly ManagerSince[]): Html {
  const { t, short } = teller(view)
  const since = (date: ManagerSince['from']) => html`<span class="quiet">${t('basic.since', { date: short(date) })}</span>`
  const responsible = (manager: ManagerSince) =>
    manager.responsible.length === 0 ? t('basic.no-responsible') : manager.responsible.map(({ name, from }) => html`<div>${name}<br>${since(from)}</div>`)
  if (managers.length === 0) return html`<p class="govuk-body none">${t('basic.no-manager')}</p>`
  return html`<dl class="facts">${managers.map(
    (manager) => html`<dt>${t('basic.manager')}</dt><dd>${partyName(view, manager)}<br>${since(manager.from)}</dd>
      <dt>${t('basic.responsible')}</dt><dd>${responsible(manager)}</dd>`,
  )}</dl>`
}

const lines = (all: readonly Piece[]) => html`<ul class="lines">${all.map((one) => html`<li>${one}</li>`)}</ul>`

function holderLines(view: View, holders: readonly Holder[]): Html {
  const asPossessor = html` <span class="quiet">${teller(view).t('basic.as-possessor')}</span>`
  return lines(holders.map(({ party, right }) => html`${partyName(view, party)}${right === 'possessor' && asPossessor}`))
}

const sinceLines = (view: View, holders: readonly Holder[]) => lines(holders.map(({ from }) => teller(view).short(from)))

/** The rights to the whole building first, then flat by flat. */
export function holderTable(view: View, holders: readonly Holder[]): Html {
  const { t, number } = teller(view)
  if (holders.length === 0) return html`<p class="govuk-body none">${t('basic.no-holders')}</p>`
  const groups = [...Map.groupBy(holders, ({ premises }) => premises)].map(([premises, rights]) => ({ premises, rights }))
  const flats = groups.filter(({ premises }) => premises !== '').length
  const what = ({ premises }: { premises: string }) => (premises === '' ? t('basic.whole') : html`<span class="code">${spacedDesignation(premises)}</span>`)
  return html`${flats > 0 && html`<p class="govuk-body">${t('basic.flats', { count: flats, shown: number(flats) })}</p>`}${table(
    t('basic.holders'),
    [
      { head: t('basic.premises'), label: t('basic.premises'), cell: what, className: 'main' },
      { head: t('basic.holders'), label: '', cell: ({ rights }) => holderLines(view, rights) },
      { head: t('basic.from'), label: t('basic.from'), cell: ({ rights }) => sinceLines(view, rights) },
    ],
    groups,
  )}`
}
