// A person's pages of support access: whether it is open and for how long, opening it knowingly, closing it, and its history.
import type { Problem } from '../kernel/refusal.ts'
import { idOf, type Page, type PageRequest } from '../people/page.ts'
import { button, errorSummary, radios, select } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { layout } from '../ui/layout.ts'
import { pageOf } from '../ui/pager.ts'
import { teller, type View } from '../ui/view.ts'
import { closeAccess, openAccess, openedAccess, prepareAccess } from './actions.ts'
import { clockWords, endsAt, secondsLeft, type Grant } from './grant.ts'
import { pageSize, pagesLookedAt, supportHistory } from './history.ts'
import { historyList, looksPath, pageList } from './history-view.ts'
import type { SeenCase } from './store.ts'

const path = '/profile/support-access'
const openPath = `${path}/open`

const frame = (view: View, title: string, body: Html, { isWithin = false, hasProblems = false } = {}): Html => {
  const { t } = teller(view)
  const crumbs = [{ href: '/profile', text: t('profile.title') }, ...(isWithin ? [{ href: path, text: t('access.title') }] : [])]
  return layout(view, { title, body, crumbs, hasProblems })
}

/** Opening is the natural person's alone: said with the way there, to whoever acts for an organisation. */
function ownProfileOnly({ ctx, view }: PageRequest): Html {
  const { t } = teller(view)
  const { person, profile } = ctx.actor
  return html`<p class="govuk-body">${t('access.own-profile', { profile: profile.name })}</p>
    <form method="post" action="/profile/choose"><input type="hidden" name="to" value="${path}"><div class="acts">${button(t('access.switch', { person: person.name }), { name: 'profile', value: String(person.id) })}</div></form>`
}

function openState({ ctx, view }: PageRequest, grant: Grant): Html {
  const { t, moment } = teller(view)
  const seconds = secondsLeft(grant, ctx.now)
  const covers = grant.caseNumber ? t('access.covers-case', { number: grant.caseNumber }) : t('access.covers-all')
  return html`<div class="access is-open"><p><strong class="status">${icon('eye')}${t('access.open')}</strong></p>
      <p class="access-left">${t('access.left')} <b data-countdown="${seconds}" role="timer">${clockWords(seconds)}</b></p>
      <p class="meta">${t('access.until', { moment: moment(endsAt(grant)) })} · ${covers}</p>
      <form method="post" action="${path}/close">${button(t('access.close'), { warning: true })}</form></div>`
}

function allowing(request: PageRequest, isOpenNow: boolean): Html {
  const { t } = teller(request.view)
  if (request.ctx.actor.represents !== 'self') return ownProfileOnly(request)
  return html`<p class="acts"><a class="govuk-button${isOpenNow && ' govuk-button--secondary'}" href="${openPath}">${t(isOpenNow ? 'access.allow-again' : 'access.allow')}</a></p>`
}

async function showAccess(request: PageRequest): Promise<Html> {
  const { ctx, view, query } = request
  const { t } = teller(view)
  const grant = await openedAccess(ctx)
  const total = (await supportHistory(ctx)).total
  const page = pageOf(query, total, pageSize)
  const { lines } = await supportHistory(ctx, page)
  const state = grant ? openState(request, grant) : html`<p class="access"><strong class="status quiet">${icon('x')}${t('access.closed')}</strong></p>`
  const body = html`<h1>${t('access.title')}</h1><p class="govuk-body-l">${t('access.lead')}</p>
    <p class="govuk-body">${t('access.needs-report')} <a class="govuk-link" href="/problems">${t('problem-report.own')}</a></p>${state}${allowing(request, grant !== undefined)}
    <section class="after" id="history"><h2 class="govuk-heading-m">${t('access.history')}</h2>${historyList(view, lines, { path, page, total })}</section>`
  return frame(view, t('access.title'), body)
}

const caseWords = (view: View, { number, kind, address }: SeenCase) => `${address} · ${teller(view).t(`case.${kind}`, { number })}`

function scopeFields({ view, form = {} }: PageRequest, cases: readonly SeenCase[], list: readonly Problem[]): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const options = [{ value: '', text: t('access.case.choose') }, ...cases.map((one) => ({ value: one.number, text: caseWords(view, one) }))]
  const choice = select({ name: 'case', label: t('access.case'), value: form['case'] ?? '', options, problems })
  const all = { value: 'all', text: t('access.scope.all'), hint: t('access.scope.all.hint') }
  const scopes = cases.length === 0 ? [all] : [all, { value: 'case', text: t('access.scope.case'), hint: t('access.scope.case.hint'), reveals: choice }]
  return radios({ name: 'scope', label: t('access.scope'), value: form['scope'] ?? 'all', options: scopes, problems })
}

async function showOpening(request: PageRequest, list: readonly Problem[]): Promise<Html> {
  const { ctx, view } = request
  const { t } = teller(view)
  const title = t('access.confirm')
  if (ctx.actor.represents !== 'self') return frame(view, title, html`<h1>${title}</h1>${ownProfileOnly(request)}`, { isWithin: true })
  const cases = await prepareAccess(ctx)
  const covers = (['view-only', 'profiles', 'hours', 'codes', 'told', 'end'] as const).map((point) => html`<li>${t(`access.point.${point}`)}</li>`)
  const body = html`${errorSummary({ locale: view.locale, list })}<h1>${title}</h1>
    <ul class="govuk-list govuk-list--bullet govuk-list--spaced access-points">${covers}</ul>
    <form class="form" method="post" action="${openPath}" novalidate>${scopeFields(request, cases, list)}
      <div class="acts">${button(t('access.allow-72'))}<a class="govuk-link cancel" href="${path}">${t('action.cancel')}</a></div></form>`
  return frame(view, title, body, { isWithin: true, hasProblems: list.length > 0 })
}

const accessPage: Page = { path, show: showAccess }

const openingPage: Page = {
  path: openPath,
  show: showOpening,
  submit: async ({ ctx, form }) => {
    await openAccess(ctx, form!['scope'] === 'case' ? (form!['case'] ?? '') : null)
    return { to: path, said: 'access-opened' }
  },
}

const closing: Page = {
  path: `${path}/close`,
  submit: async ({ ctx }) => {
    await closeAccess(ctx)
    return { to: path, said: 'access-closed' }
  },
}

const lookPage: Page = {
  path: `${looksPath}/:id`,
  show: async ({ ctx, view, params, query }) => {
    const { t, moment } = teller(view)
    const id = idOf(params['id'])
    const { total } = await pagesLookedAt(ctx, id)
    const page = pageOf(query, total, pageSize)
    const { staff, report, startedAt, pages } = await pagesLookedAt(ctx, id, page)
    const body = html`<h1>${t('access.pages')}</h1><p class="meta">${staff} · ${t('looking.report', { report })} · ${moment(startedAt)}</p>${pageList(view, pages, { path: `${looksPath}/${id}`, page, total })}`
    return frame(view, t('access.pages'), body, { isWithin: true })
  },
}

export const accessPages: readonly Page[] = [accessPage, openingPage, closing, lookPage]
