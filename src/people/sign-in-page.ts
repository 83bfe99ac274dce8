// The sign-in page: one button that says where it leads and, in a demo, whose eyes there are to look through.
import { input } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { teller, type View } from '../ui/view.ts'
import { demoGroup, demoGroups, mostShown, type DemoGroup, type DemoPerson } from './demo-people.ts'
import type { Role } from './role.ts'

export type SignIn = {
  to: string
  /** A form was sent after its session had ended. */
  isLate: boolean
  providerHost: string | undefined
  demo: { find: string; people: readonly DemoPerson[]; total: number } | undefined
}

function providerPart(view: View, host: string, to: string): Html {
  const { t } = teller(view)
  return html`<p class="govuk-body-l">${t('sign-in.provider', { host })}</p>
    <form method="post" action="/sign-in/start"><input type="hidden" name="to" value="${to}">
      <button class="govuk-button" type="submit">${t('sign-in.start', { host })}</button></form>`
}

const mostRoles = 3

const roleText = (view: View, { kind, of, premises, as }: Role): string =>
  teller(view).t(`role.${kind}`, { of, premises: Number(premises), as: as ?? 'other' })

const initials = (name: string) =>
  name
    .split(' ')
    .map((word) => word[0] ?? '')
    .filter((_letter, place, all) => place === 0 || place === all.length - 1)
    .join('')

function personButton(view: View, { id, name, roles }: DemoPerson): Html {
  const { t } = teller(view)
  const shown = roles.slice(0, mostRoles).map((role) => html`<span>${roleText(view, role)}</span>`)
  const more = roles.length > mostRoles && html`<span>${t('role.more', { count: roles.length - mostRoles })}</span>`
  return html`<li><button name="person" value="${id}"><i aria-hidden="true">${initials(name)}</i>
    <span class="people-who"><strong>${name}</strong>${roles.length === 0 ? html`<span>${t('role.none')}</span>` : shown}${more}</span></button></li>`
}

/** A long group begins with a few; the others open without scripts. */
const firstOfGroup = 6

function groupPart(view: View, group: DemoGroup, people: readonly DemoPerson[]): Html | null {
  const { t } = teller(view)
  if (people.length === 0) return null
  const list = (some: readonly DemoPerson[]) => html`<ul class="people-list">${some.map((person) => personButton(view, person))}</ul>`
  const rest = people.length > firstOfGroup + 2 ? people.slice(firstOfGroup) : []
  const more = rest.length > 0 && html`<details><summary>${t('sign-in.more', { count: rest.length })}</summary>${list(rest)}</details>`
  return html`<section><h2 class="govuk-heading-m">${t(`sign-in.group.${group}`)}</h2>${list(people.slice(0, people.length - rest.length))}${more}</section>`
}

function searchPart(view: View, { find, total, people }: NonNullable<SignIn['demo']>, to: string): Html | null {
  const { t } = teller(view)
  if (find === '' && total <= mostShown) return null
  const shown = total > people.length && html`<p class="meta">${t('sign-in.found', { shown: people.length, total })}</p>`
  return html`<form class="filter" method="get" action="/sign-in"><input type="hidden" name="to" value="${to}">
    ${input({ name: 'find', label: t('sign-in.find'), value: find, problems: { locale: view.locale, list: [] } })}
    <button class="govuk-button govuk-button--secondary" type="submit">${t('sign-in.search')}</button></form>${shown}`
}

function demoPart(view: View, demo: NonNullable<SignIn['demo']>, to: string): Html {
  const { t } = teller(view)
  const { people, find } = demo
  const groups = demoGroups.map((group) => groupPart(view, group, people.filter((person) => demoGroup(person) === group)))
  const empty = html`<div class="empty"><p>${t(find === '' ? 'sign-in.nobody' : 'sign-in.not-found')}</p></div>`
  return html`<p class="govuk-body-l">${t('sign-in.demo')}</p>${searchPart(view, demo, to)}
    ${people.length === 0 ? empty : html`<form method="post" action="/sign-in/demo"><input type="hidden" name="to" value="${to}">${groups}</form>`}`
}

/** What was typed is lost, and is said to be. */
function latePart(view: View): Html {
  const { t } = teller(view)
  return html`<div class="govuk-warning-text" role="alert"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>
    <strong class="govuk-warning-text__text">${t('sign-in.late')}</strong></div>`
}

export function signInPage(view: View, { to, isLate, providerHost, demo }: SignIn): Html {
  const { t } = teller(view)
  const body = html`<h1>${t('sign-in.title')}</h1>
    ${isLate && latePart(view)}
    ${providerHost && providerPart(view, providerHost, to)}
    ${providerHost && demo && html`<h2 class="govuk-heading-l people-or">${t('sign-in.or-demo')}</h2>`}
    ${demo && demoPart(view, demo, to)}`
  return layout(view, { title: t('sign-in.title'), body })
}
