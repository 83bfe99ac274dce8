// The section of messages that a profile received in a house, filtered by date and status (DOMAIN 2.5 section 16).
import { houseFrame } from '../cases/house-frame.ts'
import { isDate, type PlainDate } from '../kernel/date.ts'
import type { Problem } from '../kernel/refusal.ts'
import { noticePath } from '../notifications/notice.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { button, dateInput, errorSummary, select } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { typedDate } from '../ui/locale.ts'
import { withQuery } from '../ui/pager.ts'
import { table } from '../ui/table.ts'
import { teller } from '../ui/view.ts'
import { messagePath, receivedPath } from './paths.ts'
import { receivedMessages } from './reading.ts'
import { beforeOf } from './sent-page.ts'
import type { Received, ReceivedFilter } from './store.ts'

type Query = PageRequest['query']

/** What the address filters by; a date that is none does not filter, and is a problem. */
function filterOf(query: Query): { filter: ReceivedFilter; problems: Problem[] } {
  const [from, to] = [typedDate(query['from'] ?? ''), typedDate(query['to'] ?? '')]
  const wrong = Object.entries({ from, to }).filter(([, text]) => text !== '' && !isDate(text)).map(([field]) => ({ field, code: 'date-format' }))
  const reversed = wrong.length === 0 && from !== '' && to !== '' && from > to ? [{ field: 'to', code: 'before-from' }] : []
  const problems = [...wrong, ...reversed]
  if (problems.length > 0) return { filter: {}, problems }
  const day = (text: string) => (text === '' ? undefined : (text as PlainDate))
  return { filter: { state: (['unread', 'read'] as const).find((state) => state === query['state']), from: day(from), to: day(to) }, problems }
}

function filterForm({ view, query }: PageRequest, path: string, list: readonly Problem[]): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const states = [{ value: '', text: t('notices.any') }, { value: 'unread', text: t('notices.unread') }, { value: 'read', text: t('notices.read') }]
  const isOpen = ['state', 'from', 'to'].some((name) => query[name])
  return html`${errorSummary(problems)}<details class="filters"${isOpen && html` open`}><summary>${t('notices.filter')}</summary><form class="filter" method="get">
    ${select({ name: 'state', label: t('notices.state'), value: query['state'] ?? '', options: states, problems })}
    ${dateInput({ name: 'from', label: t('notices.from'), value: query['from'] ?? '', problems })}${dateInput({ name: 'to', label: t('notices.to'), value: query['to'] ?? '', problems })}
    ${button(t('action.filter'), { secondary: true })}${isOpen && html`<a class="cancel" href="${path}">${t('action.clear')}</a>`}</form></details>`
}

export const receivedPage: Page = {
  path: '/cases/:number/received',
  show: async (request) => {
    const { ctx, view, params, query } = request
    const { t, moment } = teller(view)
    const { filter, problems } = filterOf(query)
    const { file, messages, next, mayWrite } = await receivedMessages(ctx, params['number']!, { ...filter, before: beforeOf(query['before']) })
    const path = receivedPath(file)
    const unread = ({ readAt }: Received, words: string) => (readAt ? words : html`<strong>${words}</strong>`)
    const list = table(t('case.section.received'), [
      { head: t('message.received-at'), label: '', cell: (one) => unread(one, moment(one.receivedAt)) },
      { head: t('message.subject'), label: '', className: 'main', cell: (one) => html`<a href="${noticePath(one)}">${unread(one, one.subject)}</a>` },
      { head: t('message.from'), label: t('message.from'), cell: ({ from }) => from },
      { head: t('notices.state'), label: t('notices.state'), cell: (one) => unread(one, t(one.readAt ? 'notices.read' : 'notices.unread')) },
    ], messages)
    const isFiltered = Object.values(filter).some((value) => value !== undefined)
    const empty = html`<div class="empty"><p>${t(isFiltered ? 'message.none-found' : 'message.none-received')}</p></div>`
    const body = html`<h2 class="govuk-heading-m">${t('case.section.received')}</h2>
      ${mayWrite && html`<div class="acts above"><a class="govuk-button" href="${messagePath(file, 'new')}">${t('message.new')}</a></div>`}
      ${filterForm(request, path, problems)}${messages.length === 0 ? empty : list}
      ${next !== null && html`<p class="govuk-body after"><a href="${withQuery(path, query, { before: String(next) })}">${t('message.older')}</a></p>`}`
    return houseFrame(request, file, { section: 'received', body, hasProblems: problems.length > 0 })
  },
}
