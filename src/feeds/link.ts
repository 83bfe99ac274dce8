// The way to subscribe: to everything, or to one case.
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { withQuery } from '../ui/pager.ts'
import { teller, type View } from '../ui/view.ts'

export const feedsPath = (caseNumber = ''): string => withQuery('/calendar/feeds', { case: caseNumber })

export const feedsLink = (view: View, caseNumber = ''): Html =>
  html`<p class="govuk-body"><a class="subscribe" href="${feedsPath(caseNumber)}">${icon('calendar')}${teller(view).t('feed.subscribe')}</a></p>`
