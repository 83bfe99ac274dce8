// The page of a new feed: its address, shown this once, and where calendar programs take it.
import type { PageRequest } from '../people/page.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { teller } from '../ui/view.ts'
import { feedsPath } from './link.ts'

export const madePath = `${feedsPath()}/made`

/** The scheme by which a telephone or a computer knows its calendar program. */
const webcal = (address: string) => address.replace(/^https?:/, 'webcal:')

/** Opened again, the page has nothing to show: the address is kept nowhere. */
export function madePage({ view, once: address }: PageRequest): Html {
  const { t } = teller(view)
  const crumbs = [{ href: '/calendar', text: t('calendar.title') }, { href: feedsPath(), text: t('feed.title') }]
  const back = html`<p class="govuk-body"><a href="${feedsPath()}">${t('feed.back')}</a></p>`
  if (address === undefined) {
    const body = html`<h1>${t('feed.gone')}</h1><p class="govuk-body">${t('feed.gone-text')}</p>${back}`
    return layout(view, { title: t('feed.gone'), section: 'calendar', body, crumbs })
  }
  const ways = (['phone', 'google', 'outlook'] as const).map((way) => html`<li>${t(`feed.how.${way}`)}</li>`)
  const body = html`<h1>${t('feed.made')}</h1>
    <div class="govuk-form-group"><label class="govuk-label govuk-label--s" for="address">${t('feed.address')}</label>
      <div class="govuk-hint" id="address-hint">${t('feed.once')}</div>
      <textarea class="govuk-textarea people-secret" id="address" rows="3" readonly spellcheck="false" aria-describedby="address-hint">${address}</textarea></div>
    <div class="acts"><a class="govuk-button" href="${webcal(address)}">${t('feed.open')}</a>
      <button type="button" class="govuk-button govuk-button--secondary" data-copy="address" data-says="copied" data-done="${t('feed.copied')}" hidden>${t('feed.copy')}</button></div>
    <p class="govuk-body" id="copied" role="status"></p>
    <section><h2 class="govuk-heading-m">${t('feed.how')}</h2><ul class="govuk-list govuk-list--bullet">${ways}</ul>
      <p class="govuk-body">${t('feed.secret')}</p>${back}</section>`
  return layout(view, { title: t('feed.made'), section: 'calendar', body, crumbs })
}
