// What is announced above every page: what, when, where there is more, and a way to put it away.
import { html, type Html } from './html.ts'
import { icon } from './icon.ts'
import { teller, type Banner, type View } from './view.ts'

export const dismissPath = '/announcements/dismiss'

function banner(view: View, { title, category, when, path, isUrgent, dismissal }: Banner): Html {
  const { t } = teller(view)
  const away = dismissal && html`<form method="post" action="${dismissPath}"><input type="hidden" name="to" value="${view.here}">
      <button name="banner" value="${dismissal}" title="${t('announcement.dismiss')}">${icon('x')}<span class="govuk-visually-hidden">${t('announcement.dismiss')}: ${title}</span></button></form>`
  return html`<div class="banner${isUrgent && ' is-urgent'}"><div class="wrap">${icon(isUrgent ? 'triangle-alert' : 'megaphone')}
    <p><small>${category}</small><a href="${path}">${title}</a> <span>${when}</span></p>${away}</div></div>`
}

export const banners = (view: View): Html | null =>
  view.banners.length === 0 ? null : html`<aside aria-label="${teller(view).t('announcements.title')}">${view.banners.map((one) => banner(view, one))}</aside>`
