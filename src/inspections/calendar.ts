// The calendar: what comes next over all buildings of the active profile, overdue first, then month by month.
import { feedsLink } from '../feeds/link.ts'
import type { Page, PageRequest, Values } from '../people/page.ts'
import { button, input, select } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { pageOf, pager, withQuery } from '../ui/pager.ts'
import { teller, type View } from '../ui/view.ts'
import { tidy } from '../kernel/text.ts'
import { calendarCounts, calendarItems, calendarTypes, type CalendarPart, type Planned } from './calendar-store.ts'
import { monthStrip, partHeading, partId, partsOf } from './calendar-strip.ts'
import { typeName } from './names.ts'
import { planPage } from './plan-page.ts'
import { plannedItem } from './planned-item.ts'

const path = '/calendar'
/** As much as one page shows with all its months; a longer calendar is read part by part. */
const mostTogether = 150
const pageSize = 100

type Asked = { building: string; type: string }

const askedOf = (query: Values): Asked => ({ building: tidy(query['building'] ?? '').slice(0, 200), type: (query['type'] ?? '').slice(0, 200) })

const partSection = (view: View, part: CalendarPart, count: number, items: readonly Planned[]) =>
  html`<section class="part"><div><h2 class="govuk-heading-m" id="${partId(part)}" tabindex="-1">${partHeading(view, part)}</h2>
    <p>${teller(view).t('calendar.count', { count })}</p></div>
    <ul class="next">${items.map((planned) => plannedItem(view, planned))}</ul></section>`

async function filterForm({ ctx, view }: PageRequest, asked: Asked): Promise<Html> {
  const { t } = teller(view)
  const problems = { locale: view.locale, list: [] }
  const types = (await calendarTypes(ctx)).map(({ key, type }) => ({ value: key, text: typeName(view.locale, type) }))
  const options = [{ value: '', text: t('calendar.all-types') }, ...types]
  return html`<form class="filter" method="get" action="${path}" role="search">
    ${input({ name: 'building', label: t('calendar.building'), value: asked.building, problems, width: '20' })}
    ${select({ name: 'type', label: t('column.type'), value: asked.type, options, problems })}${button(t('action.filter'))}
    ${(asked.building || asked.type) && html`<a class="clear" href="${path}">${t('action.clear')}</a>`}</form>`
}

/** All parts on one page, each under its heading. */
async function wholeAgenda({ ctx, view }: PageRequest, asked: Asked, counts: Map<CalendarPart, number>): Promise<Html[]> {
  const items = Map.groupBy(await calendarItems(ctx, asked, { limit: mostTogether }), (planned) => partOf(view, planned))
  return partsOf(view.today).flatMap((part) => (items.has(part) ? [partSection(view, part, counts.get(part) ?? 0, items.get(part)!)] : []))
}

const partOf = (view: View, { nextOn }: Planned): CalendarPart =>
  nextOn < view.today ? 'overdue' : partsOf(view.today).includes(nextOn.slice(0, 7)) ? nextOn.slice(0, 7) : 'later'

/** One part of a long calendar, by pages. */
async function partAgenda({ ctx, view, query }: PageRequest, asked: Asked, part: CalendarPart, count: number): Promise<Html> {
  const page = pageOf(query, count, pageSize)
  const items = await calendarItems(ctx, asked, { part, limit: pageSize, offset: (page - 1) * pageSize })
  const href = (to: number) => withQuery(path, { ...asked, show: part, page: to === 1 ? '' : String(to) })
  return html`${partSection(view, part, count, items)}${pager(view, { page, total: count, size: pageSize, href })}`
}

function emptyCalendar(view: View, asked: Asked): Html {
  const { t } = teller(view)
  if (asked.building || asked.type) return html`<div class="empty"><p>${t('calendar.no-match')}</p><p><a href="${path}">${t('calendar.show-all')}</a></p></div>`
  return html`<div class="empty"><p><strong>${t('calendar.empty')}</strong></p><p>${t('calendar.empty-why')}</p><p><a href="/cases">${t('calendar.to-cases')}</a></p></div>`
}

async function calendarPage(request: PageRequest): Promise<Html> {
  const { ctx, view, query } = request
  const { t } = teller(view)
  const asked = askedOf(query)
  const counts = await calendarCounts(ctx, asked)
  const total = counts.values().reduce((sum, count) => sum + count, 0)
  const isWhole = total <= mostTogether
  const known = partsOf(view.today).filter((part) => counts.has(part))
  const shown = known.find((part) => part === query['show']) ?? known[0]
  const href = (part: CalendarPart) => `${isWhole ? '' : withQuery(path, { ...asked, show: part })}#${partId(part)}`
  const agenda = isWhole ? await wholeAgenda(request, asked, counts) : await partAgenda(request, asked, shown!, counts.get(shown!)!)
  const canFilter = total > 10 || asked.building !== '' || asked.type !== ''
  const profile = view.viewer!.represents === 'self' ? t('calendar.of-self') : t('calendar.of-profile', { profile: view.viewer!.profile })
  const body = html`<h1>${t('calendar.title')}</h1><p class="meta">${profile}</p>
    ${canFilter && (await filterForm(request, asked))}
    ${feedsLink(view)}
    ${total > 0 ? [monthStrip(view, counts, { href, current: isWhole ? null : shown! }), agenda] : emptyCalendar(view, asked)}`
  return layout(view, { title: t('calendar.title'), section: 'calendar', body })
}

export const calendarPages: readonly Page[] = [{ path, show: calendarPage }, planPage]
