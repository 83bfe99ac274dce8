// The queue of the desk: what waits for support, the most urgent first; filtered, searched and leafed through.
import type { Page } from '../people/page.ts'
import { html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { withQuery } from '../ui/pager.ts'
import { table } from '../ui/table.ts'
import { teller } from '../ui/view.ts'
import { deskQueue } from './desk-actions.ts'
import { filterForm, filterOf, placeOf, placeText } from './desk-filter.ts'
import { mostCounted } from './desk-queue.ts'
import { dueTag } from './due-words.ts'
import { cannedPath, deskPath, knownPath, onDeskPath } from './paths.ts'
import { numberOf } from './problem-report.ts'
import { targetsOf } from './report-actions.ts'
import type { Report } from './store.ts'
import { stateTag } from './thread.ts'

export const deskPage: Page = {
  path: deskPath,
  show: async ({ ctx, view, query }) => {
    const { t, number, moment } = teller(view)
    const own = ctx.actor.person.id
    const filter = filterOf(query, own)
    const { reports, total, next, ours, overdue, colleagues } = await deskQueue(ctx, filter, placeOf(query['after']))
    const targets = targetsOf(ctx)
    const reporter = ({ person, replyTo }: Report) => person?.name ?? replyTo!.name
    const list = table(t('desk.title'), [
      { head: t('problem-report.subject'), label: '', className: 'main', cell: (one) => html`<a href="${onDeskPath(one.id)}">${one.subject}</a><small>${numberOf(one.id)} · ${reporter(one)} · ${moment(one.createdAt)}</small>` },
      { head: t('problem-report.topic'), label: t('problem-report.topic'), cell: ({ topic, kind }) => html`${t(`problem-report.topic.${topic}`)}${kind !== 'problem' && html`<small>${t(`problem-report.kind.${kind}`)}</small>`}` },
      { head: t('desk.assignee'), label: t('desk.assignee'), cell: ({ assignee }) => assignee?.name ?? t('word.none') },
      { head: t('problem-report.state'), label: t('problem-report.state'), cell: (one) => html`${stateTag(view, one.state)} ${dueTag(view, one, ctx.now, targets)}` },
    ], reports)
    const found = total > mostCounted ? t('desk.found-many', { total: number(mostCounted) }) : t('desk.found', { total })
    const waiting = ours > mostCounted ? t('desk.lead-many', { ours: number(mostCounted), overdue: number(overdue) }) : t('desk.lead', { ours, overdue: number(overdue) })
    const body = html`<h1>${t('desk.title')}</h1><p class="meta">${waiting} <a href="${cannedPath}">${t('desk.canned')}</a> · <a href="${knownPath}">${t('desk.known')}</a></p>
      ${filterForm(view, query, filter, colleagues, own)}<p class="meta" role="status">${found}</p>
      ${reports.length === 0 ? html`<div class="empty"><p>${t('desk.none')}</p></div>` : html`<div class="desk-list">${list}</div>`}
      ${next && html`<p class="govuk-body after"><a rel="next" href="${withQuery(deskPath, query, { after: placeText(next) })}">${t('desk.next')}</a></p>`}`
    return layout(view, { title: t('desk.title'), section: 'desk', body })
  },
}
