// The frame of every page: who is signed in and for whom, where one can go, and what was just done.
import { assetPath } from '../platform/assets.ts'
import { banners } from './banner.ts'
import { html, textIn, type Html, type Piece } from './html.ts'
import { icon } from './icon.ts'
import { lookingFrame } from './looking-frame.ts'
import { timeOfDay, type MessageKey } from './locale.ts'
import { reportLink } from './report-link.ts'
import { said } from './said.ts'
import { teller, type View } from './view.ts'
import { manifestPath } from './web-app.ts'

export type Section = 'cases' | 'calendar' | 'notices' | 'reports' | 'desk'
export type Crumb = { href: string; text: string }

export type Frame = {
  title: string
  body: Piece
  section?: Section
  crumbs?: readonly Crumb[]
  /** Problems on the page: the title says so first. */
  hasProblems?: boolean
}

const sections: { section: Section; href: string; key: MessageKey }[] = [
  { section: 'cases', href: '/cases', key: 'nav.cases' },
  { section: 'calendar', href: '/calendar', key: 'nav.calendar' },
  { section: 'notices', href: '/notices', key: 'nav.notices' },
  { section: 'reports', href: '/reports', key: 'nav.reports' },
  { section: 'desk', href: '/desk', key: 'nav.desk' },
]

/** This page in the other language. */
function otherLanguage(view: View): Html {
  const other = view.locale === 'lv' ? 'en' : 'lv'
  const name = other === 'en' ? 'English' : 'Latviešu'
  return html`<form class="language" method="post" action="/language">
    <input type="hidden" name="to" value="${view.here}"><button name="language" value="${other}" lang="${other}" aria-label="${name}">${other.toUpperCase()}</button>
  </form>`
}

/** What only some work with is no way for the others. */
function isTheirs({ viewer }: View, section: Section): boolean {
  if (section === 'reports') return viewer?.authority ?? false
  return section !== 'desk' || (viewer?.support ?? false)
}

function navigation(view: View, current: Section | undefined): Html {
  const { t } = teller(view)
  const unread = view.viewer?.unread ?? 0
  const covered = view.looking?.caseNumber
  if (covered) return html`<nav aria-label="${t('nav.label')}"><a href="/cases/${encodeURIComponent(covered)}" aria-current="page">${covered}</a></nav>`
  return html`<nav aria-label="${t('nav.label')}">${sections.filter(({ section }) => isTheirs(view, section)).map(
    ({ section, href, key }) => html`<a href="${href}"${section === current && html` aria-current="page"`}>${t(key)}${
      section === 'notices' && html` <span class="count"${!view.looking && html` id="unread"`} aria-label="${t('nav.unread', { count: unread })}"${unread === 0 && html` hidden`}>${unread > 0 && unread}</span>`
    }</a>`,
  )}</nav>`
}

function identity(view: View): Html | null {
  const { t } = teller(view)
  if (!view.viewer || view.looking) return null
  const { person, profile, represents } = view.viewer
  return html`<a class="who" href="/profile#profiles"><span>${person}<small>${represents === 'self' ? t('nav.for-self') : t('nav.for', { profile })} · <u>${t('nav.switch')}</u></small></span></a>
    <form class="leave" method="post" action="/sign-out"><button title="${t('nav.sign-out')}">${icon('log-out')}<span class="govuk-visually-hidden">${t('nav.sign-out')}</span></button></form>`
}

const helpLink = (view: View): Html => {
  const { t } = teller(view)
  return html`<a class="help-link" href="${view.help}" title="${t('help.link')}">${icon('circle-question-mark')}<span>${t('help.title')}</span></a>`
}

const crumbTrail = (view: View, crumbs: readonly Crumb[]): Html =>
  html`<nav class="crumbs" aria-label="${teller(view).t('nav.crumbs')}"><ol>${crumbs.map(({ href, text }) => html`<li><a href="${href}">${text}</a></li>`)}</ol></nav>`

function footer(view: View): Html {
  const { t } = teller(view)
  const ends = view.viewer && timeOfDay(view.locale, view.viewer.sessionEndsAt)
  return html`<footer class="foot"><div class="wrap">
    ${ends && html`<p id="session" data-seconds="${view.viewer!.sessionSeconds}">${t('session.ends', { time: ends })}</p>`}
    <p>${reportLink(view)} · <a href="/announcements">${t('announcements.title')}</a> · <a href="/help">${t('help.title')}</a> · <a href="/accessibility">${t('help.accessibility')}</a> · <a href="/api">${t('nav.api')}</a>${view.viewer?.operator && html` · <a href="/runs">${t('nav.runs')}</a> · <a href="/deliveries">${t('deliveries.title')}</a>`}${view.demo && html` · <a href="/demo/mail">${t('nav.demo-mail')}</a>`}</p>
  </div></footer>`
}

const sessionDialog = (view: View): Html => {
  const { t } = teller(view)
  return html`<dialog id="session-warning" aria-labelledby="session-title">
    <h2 class="govuk-heading-m" id="session-title">${t('session.warning-title')}</h2>
    <p class="govuk-body">${t('session.warning')}</p>
    <button class="govuk-button" id="session-stay" type="button">${t('session.stay')}</button>
  </dialog>`
}

const ending = ' – Nams'

/** What a page is called, without the words that end every title. */
export const titleIn = (page: Html): string => (textIn(page, 'title') ?? '').replace(ending, '')

/** A whole page. */
export function layout(view: View, { title, body, section, crumbs, hasProblems }: Frame): Html {
  const { t } = teller(view)
  return html`<!doctype html>
<html lang="${view.locale}" class="govuk-template--rebranded">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#12463a">
<title>${hasProblems && `${t('problem.prefix')} `}${title}${ending}</title>
<link rel="icon" href="${assetPath('icon.svg')}" type="image/svg+xml">
<link rel="apple-touch-icon" href="${assetPath('icon-192.png')}">
<link rel="manifest" href="${manifestPath(view.locale)}">
<link rel="stylesheet" href="${assetPath('nams.css')}">
<script type="module" src="${assetPath('nams.js')}"></script>
</head>
<body>
<a class="govuk-skip-link" href="#main">${t('nav.skip')}</a>
<header class="top"><div class="wrap"><a class="brand" href="/">${icon('house')}Nams</a>${view.viewer && navigation(view, section)}${identity(view)}${helpLink(view)}${otherLanguage(view)}</div></header>
${lookingFrame(view)}${view.demo && html`<aside class="announce" aria-label="${t('demo.label')}"><div class="wrap">${icon('triangle-alert')}<p>${t('demo.line')}</p></div></aside>`}
${banners(view)}<div class="wrap page">${crumbs && crumbTrail(view, crumbs)}<main id="main" tabindex="-1">${said(view)}${body}</main></div>
${footer(view)}${view.viewer && sessionDialog(view)}
</body>
</html>`
}
