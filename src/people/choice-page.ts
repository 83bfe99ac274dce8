// The choice of a profile: each profile is one button, in the profile's page and on a page of its own after sign-in.
import type { Problem } from '../kernel/refusal.ts'
import { errorSummary } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { layout } from '../ui/layout.ts'
import { teller, type View } from '../ui/view.ts'
import type { PageRequest } from './page.ts'
import type { Profile } from './people.ts'

/** A profile: whose it is and what the person is in it. */
export function profileWords(view: View, { party, represents }: Profile): Html {
  const { t } = teller(view)
  return html`${icon(represents === 'self' ? 'user' : 'building')}<span class="people-who"><strong>${party.name}</strong><span>${t(`profile.${represents}`)}</span></span>`
}

/** Right after sign-in: `to` is where the person was going. */
export function choicePage({ view }: PageRequest, list: readonly Problem[], { profiles, to }: { profiles: readonly Profile[]; to: string }): Html {
  const { t } = teller(view)
  const choice = (profile: Profile) => html`<li><button name="profile" value="${profile.party.id}">${profileWords(view, profile)}</button></li>`
  const body = html`${errorSummary({ locale: view.locale, list })}<h1>${t('profile.choose')}</h1><p class="govuk-body-l">${t('profile.choose-text')}</p>
    <form method="post" action="/profile/choose"><input type="hidden" name="to" value="${to}">
      <ul class="people-list" id="profiles">${profiles.map(choice)}</ul></form>`
  return layout(view, { title: t('profile.choose'), body, hasProblems: list.length > 0 })
}
