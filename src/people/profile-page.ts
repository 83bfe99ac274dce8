// One's profile, drawn: who one is, in which profile one acts, the language, the address, open sessions and tokens.
import { maskedCode } from '../kernel/identifier.ts'
import type { Problem } from '../kernel/refusal.ts'
import { errorSummary, smallForm } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { layout } from '../ui/layout.ts'
import { locales } from '../ui/locale.ts'
import { table, type Column } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { profileWords } from './choice-page.ts'
import { deviceName } from './device.ts'
import type { PageRequest } from './page.ts'
import type { Contact, Profile } from './people.ts'
import type { Session } from './session.ts'
import type { Token } from './token.ts'

export type Kept = { profiles: readonly Profile[]; contact: Contact; sessions: readonly Session[]; tokens: readonly Token[] }

const section = (id: string, title: string, body: Html): Html =>
  html`<section id="${id}"><h2 class="govuk-heading-m">${title}</h2>${body}</section>`

/** Each profile is one button: choosing is one press. */
function profileChoice({ ctx, view }: PageRequest, profiles: readonly Profile[]): Html {
  const { t } = teller(view)
  const choice = (profile: Profile) => {
    const { party } = profile
    const words = profileWords(view, profile)
    return party.id === ctx.actor.profile.id
      ? html`<li class="people-current" aria-current="true">${words}<em>${icon('check')}${t('profile.current')}</em></li>`
      : html`<li><button name="profile" value="${party.id}">${words}</button></li>`
  }
  return html`<p class="meta">${t(profiles.length > 1 ? 'profile.profiles-text' : 'profile.no-other')}</p>
    <form method="post" action="/profile/choose"><ul class="people-list">${profiles.map(choice)}</ul></form>`
}

function languageChoice(view: View): Html {
  const { t } = teller(view)
  const choice = (locale: (typeof locales)[number]) =>
    html`<button name="language" value="${locale}" lang="${locale}"${locale === view.locale && html` aria-pressed="true"`}>${t(`profile.language.${locale}`)}</button>`
  return html`<p class="meta">${t('profile.language-text')}</p>
    <form class="people-pick" method="post" action="/language"><input type="hidden" name="to" value="/profile">${locales.map(choice)}</form>`
}

const emailState = (view: View, { emailVerifiedOn, emailFailure }: Contact): Html => {
  const { t, short } = teller(view)
  if (emailFailure !== null) return html`<span class="status overdue">${icon('triangle-alert')}${t('address.undeliverable')}</span>`
  return emailVerifiedOn
    ? html`<span class="status">${icon('check')}${t('profile.verified', { date: short(emailVerifiedOn) })}</span>`
    : html`<span class="status soon">${icon('triangle-alert')}${t('profile.unverified')}</span>`
}

function emailText({ ctx, view }: PageRequest, { emailVerifiedOn, emailFailure }: Contact): string {
  const { t } = teller(view)
  if (emailFailure !== null) return t('address.failure', { answer: emailFailure })
  return emailVerifiedOn ? t('profile.email-text', { profile: ctx.actor.profile.name }) : t('profile.unverified-text')
}

/** The address of the profile in which one acts. */
function emailWords(request: PageRequest, contact: Contact): Html {
  const { t } = teller(request.view)
  const words = contact.email
    ? html`<p class="govuk-body people-email"><strong>${contact.email}</strong> ${emailState(request.view, contact)}</p><p class="meta">${emailText(request, contact)}</p>`
    : html`<p class="govuk-body">${t('profile.no-email')}</p>`
  return html`${words}<p class="acts"><a class="govuk-button govuk-button--secondary" href="/profile/email">${t('profile.addresses')}</a></p>`
}

function sessionTable({ view, session: own }: PageRequest, sessions: readonly Session[]): Html {
  const { t, moment } = teller(view)
  const device = ({ device }: Session) => deviceName(device) ?? t('profile.unknown-device')
  const columns: Column<Session>[] = [
    { head: t('profile.device'), label: t('profile.device'), cell: (row) => html`<strong>${device(row)}</strong>` },
    { head: t('profile.since'), label: t('profile.since'), cell: (row) => moment(row.startedAt) },
    { head: t('profile.seen'), label: t('profile.seen'), cell: (row) => moment(row.seenAt) },
    {
      head: html`<span class="govuk-visually-hidden">${t('profile.end')}</span>`,
      label: '',
      className: 'act',
      cell: (row) =>
        row.id === own.id
          ? html`<span class="status">${icon('check')}${t('profile.this-session')}</span>`
          : smallForm(`/profile/sessions/${row.id}/end`, t('profile.end'), `${device(row)}, ${moment(row.startedAt)}`),
    },
  ]
  return table(t('profile.sessions'), columns, sessions)
}

function tokenTable(view: View, tokens: readonly Token[]): Html {
  const { t, moment } = teller(view)
  const columns: Column<Token>[] = [
    { head: t('token.name'), label: t('token.name'), cell: ({ name }) => html`<strong>${name}</strong>` },
    { head: t('token.profile'), label: t('token.profile'), cell: ({ profile }) => profile.name },
    { head: t('token.created'), label: t('token.created'), cell: ({ createdAt }) => moment(createdAt) },
    { head: t('token.used'), label: t('token.used'), cell: ({ usedAt }) => (usedAt ? moment(usedAt) : t('token.never')) },
    {
      head: html`<span class="govuk-visually-hidden">${t('token.revoke')}</span>`,
      label: '',
      className: 'act',
      cell: ({ id, name }) => smallForm(`/profile/tokens/${id}/revoke`, t('token.revoke'), name),
    },
  ]
  const list = tokens.length > 0 ? table(t('token.title'), columns, tokens) : html`<div class="empty"><p>${t('token.none')}</p></div>`
  return html`<p class="meta">${t('token.text')}</p>${list}
    <p class="acts"><a class="govuk-button govuk-button--secondary" href="/profile/tokens">${t('token.new')}</a></p>`
}

export function profilePage(request: PageRequest, list: readonly Problem[], { profiles, contact, sessions, tokens }: Kept): Html {
  const { ctx, view } = request
  const { t } = teller(view)
  const body = html`${errorSummary({ locale: view.locale, list })}<h1>${ctx.actor.person.name}</h1>
    <p class="meta">${t('profile.code', { code: maskedCode(ctx.actor.person.code) })}</p>
    ${section('profiles', t('profile.profiles'), profileChoice(request, profiles))}
    ${section('language', t('profile.language'), languageChoice(view))}
    ${section('email', t('profile.email'), emailWords(request, contact))}
    ${section('notices', t('preferences.title'), html`<p class="meta">${t('preferences.profile-text')}</p><p class="acts"><a class="govuk-button govuk-button--secondary" href="/profile/notices">${t('preferences.link')}</a>
      <a class="govuk-button govuk-button--secondary" href="/profile/devices">${t('device.link')}</a></p>`)}
    ${section('support', t('access.link'), html`<p class="meta">${t('access.profile-text')}</p><p class="acts"><a class="govuk-button govuk-button--secondary" href="/profile/support-access">${t('access.title')}</a></p>`)}
    ${section('sessions', t('profile.sessions'), html`<p class="meta">${t('profile.sessions-text')}</p>${sessionTable(request, sessions)}`)}
    ${section('tokens', t('token.title'), tokenTable(view, tokens))}`
  return layout(view, { title: t('profile.title'), body, hasProblems: list.length > 0 })
}
