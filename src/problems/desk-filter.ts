// The filter of the desk's queue, as an address has it and as a form shows it.
import type { Values } from '../people/page.ts'
import { button, checkbox, input, select } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { teller, type View } from '../ui/view.ts'
import type { Place, QueueFilter, Standing } from './desk-queue.ts'
import { deskPath } from './paths.ts'
import { kinds, states, topics } from './problem-report.ts'

const standings: readonly Standing[] = ['ours', ...states, 'all']

const oneOf = <T extends string>(all: readonly T[], text = ''): T | undefined => all.find((one) => one === text)

const longestFind = 200

/** What cannot be understood does not filter. `mine` is whoever asks. */
export const filterOf = (query: Values, own: number): QueueFilter => ({
  find: (query['find'] ?? '').slice(0, longestFind),
  standing: oneOf(standings, query['standing']) ?? 'ours',
  kind: oneOf(kinds, query['kind']),
  topic: oneOf(topics, query['topic']),
  assignee: query['assignee'] === 'mine' ? own : query['assignee'] === 'nobody' ? 0 : /^\d{1,15}$/.test(query['assignee'] ?? '') ? Number(query['assignee']) : undefined,
  overdue: query['overdue'] === 'yes',
})

export const placeOf = (text = ''): Place | undefined => {
  const [, dueAt, id] = /^(\d{1,15})?-(\d{1,15})$/.exec(text) ?? []
  return id === undefined ? undefined : { dueAt: dueAt === undefined ? null : Number(dueAt), id: Number(id) }
}

export const placeText = ({ dueAt, id }: Place): string => `${dueAt ?? ''}-${id}`

export function filterForm(view: View, query: Values, filter: QueueFilter, colleagues: readonly { id: number; name: string }[], own: number): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list: [] }
  const any = { value: '', text: t('desk.any') }
  const standing = standings.map((one) => ({ value: one, text: one === 'ours' || one === 'all' ? t(`desk.standing.${one}`) : t(`problem-report.state.${one}`) }))
  const people = [any, { value: 'mine', text: t('desk.assignee.mine') }, { value: 'nobody', text: t('desk.assignee.nobody') }, ...colleagues.filter(({ id }) => id !== own).map(({ id, name }) => ({ value: String(id), text: name }))]
  const value = (name: string) => query[name] ?? ''
  const isFiltered = Object.keys(query).length > 0
  return html`<form class="filter desk-filter" method="get" action="${deskPath}">
    ${input({ name: 'find', label: t('desk.find'), hint: t('desk.find.hint'), value: filter.find, problems })}
    ${select({ name: 'standing', label: t('desk.standing'), value: filter.standing, options: standing, problems })}
    ${select({ name: 'kind', label: t('problem-report.kind'), value: filter.kind ?? '', options: [any, ...kinds.map((kind) => ({ value: kind, text: t(`problem-report.kind.${kind}`) }))], problems })}
    ${select({ name: 'topic', label: t('problem-report.topic'), value: filter.topic ?? '', options: [any, ...topics.map((topic) => ({ value: topic, text: t(`problem-report.topic.${topic}`) }))], problems })}
    ${select({ name: 'assignee', label: t('desk.assignee'), value: value('assignee'), options: people, problems })}
    ${checkbox({ name: 'overdue', label: t('desk.overdue'), value: value('overdue'), problems })}
    ${button(t('action.filter'), { secondary: true })}${isFiltered && html`<a class="cancel" href="${deskPath}">${t('action.clear')}</a>`}</form>`
}
