// The page of announcements: what goes on and is planned, and what was; for operators also what is not published yet.
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { layout } from '../ui/layout.ts'
import { locales, type MessageKey } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import { stateAt, type Announcement, type State } from './announcement.ts'
import { atomPath } from './machines.ts'
import { announcementsPath, categoryWords, followPath, managePath, newsWords, nextWords, partOf, timesWords } from './words.ts'

export type Shown = { standing: readonly Announcement[]; past: readonly Announcement[]; drafts: readonly Announcement[] }

const looks: Record<State, string> = { draft: 'quiet', planned: 'planned', now: 'soon', past: 'quiet', cancelled: 'quiet' }

export const stateTag = (view: View, state: State): Html => html`<strong class="status ${looks[state]}">${teller(view).t(`announcement.state.${state}`)}</strong>`

/** One, as its readers see it. */
export function announcementItem(view: View, announcement: Announcement, now: Date, more: Html | null = null): Html {
  const { locale } = view
  const { title, text } = announcement
  const news = [newsWords(locale, announcement), nextWords(locale, announcement, now)].filter((words) => words !== undefined)
  return html`<article class="announcement"><p class="announcement-head">${stateTag(view, stateAt(announcement, now))} <span>${categoryWords(locale, announcement)}</span></p>
    <h3>${title[locale]}</h3><p class="announcement-when">${timesWords(locale, announcement)}${news.map((words) => html`<br>${words}`)}</p>
    <p class="written">${text[locale]}</p>${more}</article>`
}

export function listPage(view: View, { standing, past, drafts }: Shown, now: Date): Html {
  const { t } = teller(view)
  const isOperator = view.viewer?.operator ?? false
  const manage = ({ id, title }: Announcement) =>
    isOperator ? html`<p class="govuk-body-s"><a href="${managePath(id)}">${t('announcement.manage')}<span class="govuk-visually-hidden">: ${title[view.locale]}</span></a></p>` : null
  const part = (heading: MessageKey, empty: MessageKey | null, all: readonly Announcement[]) =>
    all.length === 0 && empty === null
      ? null
      : html`<section><h2 class="govuk-heading-m">${t(heading)}</h2>${all.length > 0 ? all.map((one) => html`<div class="announcement-place" id="${partOf(one.id)}">${announcementItem(view, one, now, manage(one))}</div>`) : html`<div class="empty"><p>${t(empty!)}</p></div>`}</section>`
  const feeds = locales.map((locale) => html` <a href="${atomPath(locale)}" hreflang="${locale}" type="application/atom+xml">${t(`announcements.atom.${locale}`)}</a>`)
  const body = html`<h1>${t('announcements.title')}</h1><p class="meta">${t('announcements.lead')}</p>
    ${isOperator && html`<div class="acts above"><a class="govuk-button" href="${announcementsPath}/new">${t('announcement.new')}</a></div>`}
    ${part('announcements.drafts', null, drafts)}${part('announcements.standing', 'announcements.none', standing)}${part('announcements.past', null, past)}
    ${view.viewer && html`<p class="govuk-body-s"><a href="${followPath}">${t('announcements.follow.link')}</a></p>`}
    <p class="govuk-body-s">${icon('rss')} ${t('announcements.atom')}${feeds} · <a href="/status">${t('announcements.status')}</a></p>`
  return layout(view, { title: t('announcements.title'), body })
}
