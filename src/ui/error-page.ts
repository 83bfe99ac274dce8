// The page for what cannot be shown: what happened and what to do next, with the request's number for support.
import { html, type Html } from './html.ts'
import { layout } from './layout.ts'
import { reportLink } from './report-link.ts'
import { teller, type View } from './view.ts'

export type ErrorKind = 'missing' | 'forbidden' | 'refused' | 'too-many' | 'busy' | 'fault'

export function errorPage(view: View, kind: ErrorKind, requestId: string): Html {
  const { t } = teller(view)
  const body = html`<h1 class="govuk-heading-l">${t(`error.${kind}.title`)}</h1>
    <p class="govuk-body">${t(`error.${kind}.text`)}</p>
    <p class="govuk-body"><a class="govuk-link" href="/">${t('error.home')}</a> · ${reportLink(view)}</p>
    ${kind === 'fault' && html`<p class="govuk-body-s">${t('error.request', { id: requestId })}</p>`}`
  return layout(view, { title: t(`error.${kind}.title`), body })
}
