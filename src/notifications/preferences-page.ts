// The page on which a profile chooses how it is told.
import type { Problem } from '../kernel/refusal.ts'
import type { Page, PageRequest, Values } from '../people/page.ts'
import { contactOf } from '../people/people.ts'
import { button, errorSummary, select, type Option } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { layout } from '../ui/layout.ts'
import { teller, type View } from '../ui/view.ts'
import type { Catalogue } from './notice.ts'
import { categories, type Category } from './notice-types.ts'
import { changePreferences, mandatoryKinds, seePreferences, switchable, switches, type Preferences, type PreferencesDraft, type Switched } from './preferences.ts'

export const preferencesPath = '/profile/notices'

/** A box that is ticked is switched on; its name is `on-deadlines:email`. */
const draftOf = (form: Values): PreferencesDraft => ({
  muted: switches.filter((one) => form[`on-${one}`] !== 'yes'),
  quietFrom: form['quietFrom'] ?? '',
  quietTo: form['quietTo'] ?? '',
  digestHour: form['digestHour'] ?? '',
})

const shownDraft = ({ muted, quietFrom, quietTo, digestHour }: Preferences): PreferencesDraft => ({
  muted: [...muted],
  quietFrom: quietFrom === null ? '' : String(quietFrom),
  quietTo: quietTo === null ? '' : String(quietTo),
  digestHour: digestHour === null ? '' : String(digestHour),
})

const hours = (none: string): Option[] => [{ value: '', text: none }, ...Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), text: `${String(hour).padStart(2, '0')}:00` }))]

function box(muted: readonly string[], one: Switched, label: string, mayChange: boolean): Html {
  return html`<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="on-${one}" name="on-${one}" type="checkbox" value="yes"${!muted.includes(one) && html` checked`}${!mayChange && html` disabled`}>
    <label class="govuk-label govuk-checkboxes__label" for="on-${one}">${label}</label></div>`
}

function categoryRow(catalogue: Catalogue, view: View, category: Category, muted: readonly string[], mayChange: boolean): Html {
  const { t } = teller(view)
  const fixed = mandatoryKinds(category).map((kind) => catalogue[kind].name(view.locale))
  return html`<fieldset class="govuk-fieldset choice"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${t(`category.${category}`)}</legend>
    <p class="govuk-hint">${t(`category.${category}.hint`)}</p>
    <div class="govuk-checkboxes govuk-checkboxes--small choices">${switchable.map((channel) => box(muted, `${category}:${channel}`, t(`channel.${channel}`), mayChange))}</div>
    ${fixed.length > 0 && html`<p class="quiet choice-fixed">${icon('info')} ${t('preferences.mandatory', { kinds: fixed.join(', ') })}</p>`}</fieldset>`
}

/** Where mails and messages to a phone would go, and where that is changed. */
async function waysThere({ ctx, view }: PageRequest): Promise<Html> {
  const { t } = teller(view)
  const { email, emailVerifiedOn, emailFailure } = await contactOf(ctx.db, ctx.actor.profile.id)
  const mail = () => {
    if (email === null) return t('profile.no-email')
    if (emailFailure !== null) return t('address.failure', { answer: emailFailure })
    return t(emailVerifiedOn ? 'preferences.email-to' : 'address.banner-unverified', { address: email })
  }
  return html`<ul class="govuk-list"><li><strong>${t('channel.email')}.</strong> ${mail()} <a href="/profile/email">${t('profile.addresses')}</a></li>
    <li><strong>${t('channel.push')}.</strong> ${t('preferences.push-to')} <a href="/profile/devices">${t('device.link')}</a></li></ul>`
}

const preferencesPage = (catalogue: Catalogue) => async (request: PageRequest, list: readonly Problem[]): Promise<Html> => {
  const { ctx, view, form } = request
  const { t } = teller(view)
  const { mayChange, ...stored } = await seePreferences(ctx)
  const draft = form ? draftOf(form) : shownDraft(stored)
  const problems = { locale: view.locale, list }
  const hour = (name: 'quietFrom' | 'quietTo' | 'digestHour', none: string, hint?: string) =>
    select({ name, label: t(`preferences.${name}`), value: draft[name], options: hours(none), problems, ...(hint && { hint }) })
  const body = html`${errorSummary(problems)}<h1>${t('preferences.title')}</h1><p class="meta">${t('preferences.intro', { profile: ctx.actor.profile.name })}</p>
    ${!mayChange && html`<p class="govuk-body">${t('preferences.not-yours')}</p>`}
    <form class="form" method="post">
      <h2 class="govuk-heading-m">${t('preferences.what')}</h2>${await waysThere(request)}${categories.map((category) => categoryRow(catalogue, view, category, draft.muted, mayChange))}
      <h2 class="govuk-heading-m">${t('preferences.when')}</h2>
      <p class="govuk-body">${t('preferences.quiet-text')}</p>
      <div class="pair">${hour('quietFrom', t('preferences.none'))}${hour('quietTo', t('preferences.none'))}</div>
      ${hour('digestHour', t('preferences.at-once'), t('preferences.digest-hint'))}
      ${mayChange && html`<div class="acts">${button(t('action.save'))}<a class="cancel" href="/profile">${t('action.cancel')}</a></div>`}</form>`
  return layout(view, { title: t('preferences.title'), body, crumbs: [{ href: '/profile', text: t('profile.title') }], hasProblems: list.length > 0 })
}

export const preferencesPages = (catalogue: Catalogue): readonly Page[] => [
  {
    path: preferencesPath,
    show: preferencesPage(catalogue),
    submit: async ({ ctx, form }) => {
      await changePreferences(ctx, draftOf(form!))
      return { to: preferencesPath, said: 'preferences-changed' }
    },
  },
]
