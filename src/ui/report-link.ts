// The way from every page to support: the report's form knows by it which page was meant.
import { html, type Html } from './html.ts'
import { teller, type View } from './view.ts'

export const reportPath = '/problems/new'
export const contactPath = '/contact'

export const reportLink = (view: View): Html => {
  const path = view.viewer ? reportPath : contactPath
  const isThere = [reportPath, contactPath].some((own) => view.here.startsWith(own))
  return html`<a href="${isThere ? path : `${path}?page=${encodeURIComponent(view.here)}`}">${teller(view).t('nav.report-problem')}</a>`
}
