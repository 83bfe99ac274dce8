// The page on which a profile asks to be told of announcements, or no more.
import type { Page } from '../people/page.ts'
import { button, errorSummary } from '../ui/form.ts'
import { html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { teller } from '../ui/view.ts'
import { following, followAnnouncements } from './following.ts'
import { announcementsPath, followPath } from './words.ts'

export const followPage: Page = {
  path: followPath,
  show: async ({ ctx, view }, list) => {
    const { t } = teller(view)
    const { follows, mayChange } = await following(ctx)
    const step = follows ? button(t('announcements.unfollow'), { name: 'step', value: 'unfollow', secondary: true }) : button(t('announcements.follow'), { name: 'step', value: 'follow' })
    const body = html`${errorSummary({ locale: view.locale, list })}<h1>${t('announcements.following')}</h1>
      <p class="govuk-body">${t('announcements.following.text', { profile: ctx.actor.profile.name })} <a href="/profile/notices">${t('announcements.following.ways')}</a></p>
      <p class="govuk-body"><strong>${t(follows ? 'announcements.follows' : 'announcements.follows-not')}</strong></p>
      ${mayChange ? html`<form method="post" action="${followPath}">${step}</form>` : html`<p class="govuk-body">${t('preferences.not-yours')}</p>`}`
    return layout(view, { title: t('announcements.following'), body, crumbs: [{ href: announcementsPath, text: t('announcements.title') }], hasProblems: list.length > 0 })
  },
  submit: async ({ ctx, form }) => {
    const follows = form!['step'] === 'follow'
    await followAnnouncements(ctx, follows)
    return { to: followPath, said: follows ? 'announcements-followed' : 'announcements-unfollowed' }
  },
}
