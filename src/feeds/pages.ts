// Pages of calendar feeds: a person's addresses with the form of a new one, and the page that shows an address this once.
import { refuse, type Problem } from '../kernel/refusal.ts'
import { casePath } from '../cases/frame.ts'
import { idOf, type Page, type PageRequest } from '../people/page.ts'
import { button, errorSummary, input, smallForm } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { createFeed, revokeFeed } from './feed.ts'
import { madePage, madePath } from './made-page.ts'
import { feedAddress } from './door.ts'
import { feedsPath } from './link.ts'
import { caseInSight, feedsOf, type Feed, type FeedCase } from './store.ts'

const crumbs = (view: View) => [{ href: '/calendar', text: teller(view).t('calendar.title') }]

const caseWords = (view: View, { kind, number }: FeedCase) => teller(view).t(`case.${kind}`, { number })

function feedTable(view: View, feeds: readonly Feed[]): Html {
  const { t, moment } = teller(view)
  if (feeds.length === 0) return html`<div class="empty"><p>${t('feed.none')}</p></div>`
  const column = (label: string, cell: (feed: Feed) => Html | string) => ({ head: label, label, cell })
  const scope = ({ file, profile }: Feed) =>
    html`${file ? html`<a href="${casePath(file.number)}">${caseWords(view, file)}</a>` : t('feed.all-cases')}<br><small>${profile.name}</small>`
  return html`<p class="meta">${t('feed.list-text')}</p>${table(t('feed.list'), [
    column(t('feed.name'), ({ name }) => html`<strong>${name}</strong>`),
    column(t('feed.scope'), scope),
    column(t('feed.created'), ({ createdAt }) => moment(createdAt)),
    column(t('feed.read'), ({ readAt }) => (readAt ? moment(readAt) : t('feed.never'))),
    {
      head: html`<span class="govuk-visually-hidden">${t('feed.revoke')}</span>`,
      label: '',
      className: 'act',
      cell: ({ id, name }) => smallForm(`${feedsPath()}/${id}/revoke`, t('feed.revoke'), name),
    },
  ], feeds)}`
}

/** The form keeps the case that it was opened for. */
async function newFeed({ ctx, view, query, form }: PageRequest, list: readonly Problem[]): Promise<Html> {
  const { t } = teller(view)
  const profile = ctx.actor.profile.name
  const number = (form ?? query)['case'] ?? ''
  const file = number === '' ? null : ((await caseInSight(ctx, number)) ?? refuse.missing())
  const scope = file ? t('feed.of-case', { file: caseWords(view, file), address: file.address, profile }) : t('feed.of-all', { profile })
  return html`<p class="govuk-body">${scope}${file && html` <br><a href="${feedsPath()}">${t('feed.all-instead')}</a>`}</p>
    <form class="form" method="post" action="${feedsPath()}" novalidate><input type="hidden" name="case" value="${number}">
      ${input({ name: 'name', label: t('feed.name'), hint: t('feed.name-hint'), value: form?.['name'] ?? '', width: '20', problems: { locale: view.locale, list } })}
      <div class="acts">${button(t('feed.create'))}</div></form>`
}

async function showFeeds(request: PageRequest, list: readonly Problem[]): Promise<Html> {
  const { ctx, view } = request
  const { t } = teller(view)
  const body = html`${errorSummary({ locale: view.locale, list })}<h1>${t('feed.title')}</h1><p class="meta">${t('feed.lead')}</p>
    <section><h2 class="govuk-heading-m">${t('feed.new')}</h2>${await newFeed(request, list)}</section>
    <section><h2 class="govuk-heading-m">${t('feed.list')}</h2>${feedTable(view, await feedsOf(ctx.db, ctx.actor.person.id))}</section>`
  return layout(view, { title: t('feed.title'), section: 'calendar', body, crumbs: crumbs(view), hasProblems: list.length > 0 })
}

const feeds: Page = {
  path: feedsPath(),
  isPrivate: true,
  show: showFeeds,
  submit: async ({ ctx, form, origin }) => {
    const secret = await createFeed(ctx, { name: form?.['name'] ?? '', caseNumber: form?.['case'] ?? '' })
    return { to: madePath, once: feedAddress(origin, secret) }
  },
}

const endOfFeed: Page = {
  path: `${feedsPath()}/:id/revoke`,
  submit: async ({ ctx, params }) => {
    await revokeFeed(ctx, idOf(params['id']))
    return { to: feedsPath(), said: 'feed-revoked' }
  },
}

export const feedPages: readonly Page[] = [feeds, { path: madePath, isPrivate: true, show: async (request) => madePage(request) }, endOfFeed]
