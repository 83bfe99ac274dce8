// The e-mail addresses of a profile, drawn: each with how it stands and what may be done with it.
import type { Problem } from '../../kernel/refusal.ts'
import type { PageRequest } from '../../people/page.ts'
import { button, errorSummary, input } from '../../ui/form.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icon.ts'
import { layout } from '../../ui/layout.ts'
import { teller, type View } from '../../ui/view.ts'
import { isInUse, mainId, type Address, type Addresses } from './address.ts'
import { addressesPath } from './mail.ts'

const stateOf = (view: View, { verifiedOn, failure }: Address): Html => {
  const { t, short } = teller(view)
  if (failure !== null) return html`<span class="status overdue">${icon('triangle-alert')}${t('address.undeliverable')}</span>`
  if (verifiedOn) return html`<span class="status">${icon('check')}${t('profile.verified', { date: short(verifiedOn) })}</span>`
  return html`<span class="status soon">${icon('triangle-alert')}${t('profile.unverified')}</span>`
}

/** What became of the last mail to it. */
function detailOf(view: View, { verifiedOn, failure, link }: Address): string | null {
  const { t, moment } = teller(view)
  if (link?.state === 'queued') return t('address.link.queued')
  if (failure !== null) return t('address.failure', { answer: failure })
  if (verifiedOn || !link) return null
  if (link.state === 'failed') return t('address.link.failed', { answer: link.answer ?? '' })
  return t('address.link.sent', { moment: moment(link.askedAt) })
}

const deed = (name: string, id: number, text: string, about: string): Html =>
  html`<form method="post" action="${addressesPath}"><input type="hidden" name="do" value="${name}">
    <button class="people-small address-deed" name="id" value="${id}">${text}<span class="govuk-visually-hidden"> – ${about}</span></button></form>`

function removal({ id, address, verifiedOn }: Address, text: string): Html {
  if (!verifiedOn) return html`<form method="post" action="${addressesPath}"><input type="hidden" name="do" value="remove">
    <button class="people-small" name="id" value="${id}">${text}<span class="govuk-visually-hidden"> – ${address}</span></button></form>`
  return html`<a class="people-small" href="${addressesPath}/${id}/remove">${text}<span class="govuk-visually-hidden"> – ${address}</span></a>`
}

function addressItem(view: View, address: Address, { others }: Addresses, mayChange: boolean): Html {
  const { t } = teller(view)
  const isMain = address.id === mainId
  const detail = detailOf(view, address)
  const deeds = [
    !isInUse(address) && deed('verify', address.id, t(address.link || address.verifiedOn ? 'address.verify-again' : 'address.verify'), address.address),
    !isMain && isInUse(address) && deed('choose', address.id, t('address.choose'), address.address),
    !(isMain && others.length > 0) && removal(address, t('address.remove')),
  ]
  return html`<li><p class="people-email"><strong>${address.address}</strong> ${isMain && html`<span class="status quiet">${t('address.main')}</span>`} ${stateOf(view, address)}</p>
    ${detail && html`<p class="meta">${detail}</p>`}${mayChange && html`<div class="acts">${deeds}</div>`}</li>`
}

/** A new main address where none is verified, one of the others where it is. */
function addressForm({ view, form }: PageRequest, { main }: Addresses, list: readonly Problem[]): Html {
  const { t } = teller(view)
  const kind = main?.verifiedOn ? 'add' : main ? 'replace' : 'set'
  return html`<form class="form" method="post" action="${addressesPath}" novalidate><h2 class="govuk-heading-m">${t(`address.${kind}`)}</h2>
    <input type="hidden" name="do" value="${kind === 'add' ? 'add' : 'set'}">
    ${input({ name: 'address', label: t('address.address'), hint: t('address.hint'), value: form?.['address'] ?? '', type: 'email', autocomplete: 'email', problems: { locale: view.locale, list } })}
    <div class="acts">${button(t('address.send'))}</div></form>`
}

const crumbs = (view: View) => [{ href: '/profile', text: teller(view).t('profile.title') }]

export function addressesPage(request: PageRequest, list: readonly Problem[], all: Addresses, mayChange: boolean): Html {
  const { ctx, view } = request
  const { t } = teller(view)
  const items = [all.main, ...all.others].filter((address) => address !== null).map((address) => addressItem(view, address, all, mayChange))
  const body = html`${errorSummary({ locale: view.locale, list })}<h1>${t('address.title')}</h1>
    <p class="meta">${t('address.text', { profile: ctx.actor.profile.name })}</p>
    ${items.length > 0 ? html`<ul class="addresses">${items}</ul>` : html`<div class="empty"><p>${t('profile.no-email')}</p></div>`}
    ${mayChange ? addressForm(request, all, list) : html`<p class="govuk-body after">${t('address.jointly')}</p>`}`
  return layout(view, { title: t('address.title'), body, crumbs: crumbs(view), hasProblems: list.length > 0 })
}

export function removalPage({ view }: PageRequest, list: readonly Problem[], { id, address }: Address): Html {
  const { t } = teller(view)
  const body = html`${errorSummary({ locale: view.locale, list })}<h1>${t('address.remove-title', { address })}</h1>
    <p class="govuk-body-l">${t(id === mainId ? 'address.remove-main' : 'address.remove-other')}</p>
    <form method="post" class="acts">${button(t('address.remove'), { warning: true })}<a class="cancel" href="${addressesPath}">${t('action.cancel')}</a></form>`
  return layout(view, { title: t('address.remove-title', { address }), body, crumbs: [...crumbs(view), { href: addressesPath, text: t('address.title') }], hasProblems: list.length > 0 })
}
