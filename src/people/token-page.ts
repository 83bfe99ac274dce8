// A new token: the form, and the page that shows its secret this once.
import { z } from 'zod'
import type { Problem } from '../kernel/refusal.ts'
import { button, errorSummary, input, radios } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { teller, type View } from '../ui/view.ts'
import type { PageRequest } from './page.ts'
import type { Profile } from './people.ts'

const crumbs = (view: View) => [{ href: '/profile', text: teller(view).t('profile.title') }]

export function tokenFormPage({ ctx, view, form }: PageRequest, list: readonly Problem[], profiles: readonly Profile[]): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const options = profiles.map(({ party, represents }) => ({ value: String(party.id), text: party.name, hint: t(`profile.${represents}`) }))
  const body = html`${errorSummary(problems)}<h1>${t('token.new')}</h1><p class="meta">${t('token.text')}</p>
    <form class="form" method="post" action="/profile/tokens">
      ${input({ name: 'name', label: t('token.name'), hint: t('token.name-hint'), value: form?.['name'] ?? '', problems })}
      ${radios({ name: 'profile', label: t('token.profile'), value: form?.['profile'] ?? String(ctx.actor.profile.id), options, problems })}
      <div class="acts">${button(t('token.issue'))}<a class="cancel" href="/profile#tokens">${t('action.cancel')}</a></div></form>`
  return layout(view, { title: t('token.new'), body, crumbs: crumbs(view), hasProblems: list.length > 0 })
}

const issued = z.object({ name: z.string(), profile: z.string(), secret: z.string() })
type Issued = z.output<typeof issued>

/** What the page of an issued token is told once. */
export const tokenTold = (token: Issued): string => JSON.stringify(token)

const back = (view: View): Html => html`<p class="acts"><a class="govuk-button" href="/profile#tokens">${teller(view).t('token.back')}</a></p>`

/** Opened again, the page has nothing to show: the secret is kept nowhere. */
function tokenGonePage(view: View): Html {
  const { t } = teller(view)
  const body = html`<h1>${t('token.gone')}</h1><p class="govuk-body">${t('token.gone-text')}</p>${back(view)}`
  return layout(view, { title: t('token.gone'), body, crumbs: crumbs(view) })
}

export function tokenIssuedPage({ view, once }: PageRequest): Html {
  const { t } = teller(view)
  if (once === undefined) return tokenGonePage(view)
  const { name, profile, secret } = issued.parse(JSON.parse(once))
  const body = html`<h1>${t('token.issued')}</h1><p class="meta">${name} · ${profile}</p>
    <div class="govuk-form-group"><label class="govuk-label govuk-label--s" for="secret">${t('token.secret')}</label>
      <div class="govuk-hint" id="secret-hint">${t('token.once')}</div>
      <textarea class="govuk-textarea people-secret" id="secret" rows="2" readonly spellcheck="false" aria-describedby="secret-hint">${secret}</textarea></div>
    <p class="govuk-body">${t('token.how')} <code>Authorization: Bearer nams_…</code></p>
    ${back(view)}`
  return layout(view, { title: t('token.issued'), body, crumbs: crumbs(view) })
}
