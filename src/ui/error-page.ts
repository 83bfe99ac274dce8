// The page for what cannot be shown: what happened and what to do next, with the request's number for support.
import { html, type Html } from './html.ts'
import { layout } from './layout.ts'
import { reportLink } from './report-link.ts'
import { teller, type View } from './view.ts'

/** What is said to whoever looks for support at what another sees. */
export const lookKinds = ['only-looks', 'kept', 'not-covered', 'look-over'] as const

export type ErrorKind = (typeof lookKinds)[number] | 'missing' | 'forbidden' | 'refused' | 'too-many' | 'busy' | 'fault'

/** Whoever looks at one case alone goes on to it; whose look is over, to where it began. */
function wayOn(view: View, kind: ErrorKind): Html {
  const { t } = teller(view)
  const number = view.looking?.caseNumber
  if (number) return html`<a class="govuk-link" href="/cases/${encodeURIComponent(number)}">${t('error.covered', { number })}</a>`
  return kind === 'look-over' ? html`<a class="govuk-link" href="/support-access">${t('error.look-again')}</a>` : html`<a class="govuk-link" href="/">${t('error.home')}</a>`
}

export function errorPage(view: View, kind: ErrorKind, requestId: string): Html {
  const { t } = teller(view)
  const body = html`<h1 class="govuk-heading-l">${t(`error.${kind}.title`)}</h1>
    <p class="govuk-body">${t(`error.${kind}.text`)}</p>
    <p class="govuk-body">${wayOn(view, kind)}${!view.looking && html` · ${reportLink(view)}`}</p>
    ${kind === 'fault' && html`<p class="govuk-body-s">${t('error.request', { id: requestId })}</p>`}`
  return layout(view, { title: t(`error.${kind}.title`), body })
}
