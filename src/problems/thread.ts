// What was said and done about a report, in the order in which it was, as its readers see it.
import type { Attachment } from '../attachments/attachment.ts'
import { attachmentList } from '../attachments/view.ts'
import type { CaseEvent } from '../history/store.ts'
import { html, type Html } from '../ui/html.ts'
import { isMessageKey } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import type { Note } from './desk-store.ts'
import type { State } from './problem-report.ts'
import type { Message, Report } from './store.ts'

const looks: Record<State, string> = { NEW: 'planned', IN_PROGRESS: 'planned', WAITING_USER: 'soon', RESOLVED: 'quiet', CLOSED: 'quiet' }

export const stateTag = (view: View, state: State): Html => html`<strong class="status ${looks[state]}">${teller(view).t(`problem-report.state.${state}`)}</strong>`

type Item = { at: Date; shown: Html }

const said = (view: View, who: string, at: Date, side: Message['side'], body: string, more: Html | null = null): Html =>
  html`<li class="said-by ${side}"><p class="said-who"><strong>${who}</strong> <time datetime="${at.toISOString()}">${teller(view).moment(at)}</time></p><p class="written">${body}</p>${more}</li>`

function messageItem(view: View, { replyTo }: Report, { author, side, via, body, writtenAt }: Message, more: Html | null): Item {
  const { t } = teller(view)
  const name = author ?? replyTo?.name ?? ''
  const who = side === 'support' ? t('problem-report.by-support', { name }) : via === 'mail' ? t('problem-report.by-mail', { name }) : name
  return { at: writtenAt, shown: said(view, who, writtenAt, side, body, more) }
}

/** What was done without words of its own, or besides them. */
function eventItem(view: View, { at, action, actor }: CaseEvent): Item[] {
  const key = `problem-report.event.${action.split('.')[1]}`
  const { t, moment } = teller(view)
  return isMessageKey(key) ? [{ at, shown: html`<li class="done"><time datetime="${at.toISOString()}">${moment(at)}</time> ${t(key, { name: actor ?? t('history.system') })}</li>` }] : []
}

const noteItem = (view: View, { author, body, writtenAt }: Note): Item => ({
  at: writtenAt,
  shown: html`<li class="said-by note"><p class="said-who"><strong>${teller(view).t('desk.note-by', { name: author })}</strong> <time datetime="${writtenAt.toISOString()}">${teller(view).moment(writtenAt)}</time></p><p class="written">${body}</p></li>`,
})

/** `notes`: for support alone. `files` stand with the words that they came with. */
export function thread(view: View, report: Report, messages: readonly Message[], events: readonly CaseEvent[], { notes = [], files = [] }: { notes?: readonly Note[]; files?: readonly Attachment[] } = {}): Html {
  const placed = new Set<Attachment>()
  /** Those that came at this instant and stand nowhere yet. */
  const filesOf = (at: Date) => {
    const own = files.filter((file) => file.addedAt.getTime() === at.getTime() && !placed.has(file))
    for (const file of own) placed.add(file)
    return attachmentList(view, own)
  }
  const begun = { at: report.createdAt, shown: said(view, report.person?.name ?? report.replyTo!.name, report.createdAt, 'person', report.description, filesOf(report.createdAt)) }
  const items = [begun, ...messages.map((message) => messageItem(view, report, message, filesOf(message.writtenAt))), ...notes.map((note) => noteItem(view, note)), ...events.toReversed().flatMap((event) => eventItem(view, event))]
  return html`<ol class="thread">${items.toSorted((one, other) => one.at.getTime() - other.at.getTime()).map(({ shown }) => shown)}</ol>`
}

/** What was told beside the words, as far as it was. */
export function facts(view: View, { id: _, kind, topic, happenedAt, profile, circumstances }: Report): Html {
  const { t, moment } = teller(view)
  const { page, browser, language, version, requestIds } = circumstances
  const rows: [string, string | null][] = [
    [t('problem-report.kind'), t(`problem-report.kind.${kind}`)],
    [t('problem-report.topic'), t(`problem-report.topic.${topic}`)],
    [t('problem-report.happened'), moment(happenedAt)],
    [t('problem-report.profile'), profile && profile.name],
    [t('problem-report.page'), page],
    [t('problem-report.browser'), browser],
    [t('problem-report.language'), language],
    [t('problem-report.version'), version],
    [t('problem-report.requests'), requestIds.join(', ') || null],
  ]
  return html`<dl class="data">${rows.map(([name, value]) => value !== null && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}
