// A problem report: what somebody tells support, a question or a suggestion too, and how it goes on (SUP-1, SUP-2, DOMAIN 7). Pure.
import { isDate, momentAt, type PlainDate } from '../kernel/date.ts'
import type { Problem } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'

export const kinds = ['problem', 'question', 'suggestion'] as const
export type Kind = (typeof kinds)[number]

export const topics = ['sign-in', 'cases', 'inspections', 'meters', 'notices', 'registers', 'profile', 'other'] as const
export type Topic = (typeof topics)[number]

export const states = ['NEW', 'IN_PROGRESS', 'WAITING_USER', 'RESOLVED', 'CLOSED'] as const
export type State = (typeof states)[number]

/** What is done with a report: `reply`, `help`, `close` and `reopen` by the person, the others by support. */
export type Deed = 'take' | 'answer' | 'ask' | 'resolve' | 'finish' | 'reply' | 'help' | 'close' | 'reopen'

const open = ['NEW', 'IN_PROGRESS', 'WAITING_USER'] as const
const from = (those: readonly State[], to: State): Partial<Record<State, State>> => Object.fromEntries(those.map((state) => [state, to]))

const transitions: Record<Deed, Partial<Record<State, State>>> = {
  take: { ...from(open, 'IN_PROGRESS'), WAITING_USER: 'WAITING_USER' },
  answer: from(open, 'IN_PROGRESS'),
  ask: from(open, 'WAITING_USER'),
  resolve: from(open, 'RESOLVED'),
  finish: { RESOLVED: 'CLOSED' },
  reply: { ...from(states, 'IN_PROGRESS'), NEW: 'NEW' },
  help: { RESOLVED: 'CLOSED' },
  close: from([...open, 'RESOLVED'], 'CLOSED'),
  reopen: from(['RESOLVED', 'CLOSED'], 'IN_PROGRESS'),
}

/** How a report stands after a deed; undefined where it cannot be done with one that stands so. */
export const stateAfter = (state: State, deed: Deed): State | undefined => transitions[deed][state]

export const isOpen = (state: State): boolean => open.some((one) => one === state)

/** `PR-000123`. */
export const numberOf = (id: number): string => `PR-${String(id).padStart(6, '0')}`

/** undefined for what is no number of a report. */
export function idOfNumber(number: string): number | undefined {
  const [, digits] = /^PR-0*(\d{1,15})$/i.exec(number.trim()) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** What the program filled in, as far as the person left it in. */
export type Circumstances = { page: string | null; browser: string | null; language: string | null; version: string | null; requestIds: readonly string[] }

/** What was typed. */
export type ReportDraft = { kind: string; topic: string; subject: string; description: string; happenedOn: string; happenedAt: string; circumstances: Circumstances }

export const longest = { subject: 150, text: 10_000, circumstance: 500 } as const

const isKind = (text: string): text is Kind => kinds.some((one) => one === text)
const isTopic = (text: string): text is Topic => topics.some((one) => one === text)

export const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

export function textProblems(field: string, text: string, max: number): Problem[] {
  if (text.trim() === '') return [{ field, code: 'required' }]
  return text.length > max ? [{ field, code: 'too-long', params: { max } }] : []
}

/** Of a clock that comes twice in the night the first is meant. */
const happened = ({ happenedOn, happenedAt }: ReportDraft): Date => momentAt(happenedOn as PlainDate, happenedAt, 'first')

function whenProblems(draft: ReportDraft, now: Date): Problem[] {
  const day = isDate(draft.happenedOn) ? [] : [{ field: 'happenedOn', code: draft.happenedOn === '' ? 'required' : 'date-format' }]
  const time = isTime(draft.happenedAt) ? [] : [{ field: 'happenedAt', code: draft.happenedAt === '' ? 'required' : 'time-format' }]
  if (day.length + time.length > 0) return [...day, ...time]
  return happened(draft) > now ? [{ field: 'happenedOn', code: 'in-future' }] : []
}

export const reportProblems = (draft: ReportDraft, now: Date): Problem[] => [
  ...(isKind(draft.kind) ? [] : [{ field: 'kind', code: 'required' }]),
  ...(isTopic(draft.topic) ? [] : [{ field: 'topic', code: 'required' }]),
  ...textProblems('subject', tidy(draft.subject), longest.subject),
  ...textProblems('description', draft.description, longest.text),
  ...whenProblems(draft, now),
]

export type Told = { kind: Kind; topic: Topic; subject: string; description: string; happenedAt: Date; circumstances: Circumstances }

const short = (text: string | null) => (text === null ? null : tidy(text).slice(0, longest.circumstance) || null)

/** What a draft without problems tells. */
export function toldBy(draft: ReportDraft): Told {
  const { page, browser, language, version, requestIds } = draft.circumstances
  const circumstances = { page: short(page), browser: short(browser), language: short(language), version: short(version), requestIds: requestIds.slice(0, 10).map((id) => id.slice(0, 100)) }
  return { kind: draft.kind as Kind, topic: draft.topic as Topic, subject: tidy(draft.subject), description: draft.description.trim(), happenedAt: happened(draft), circumstances }
}

const topicWords: readonly [RegExp, Topic][] = [
  [/\/(meters|round|readings|consumption)\b/, 'meters'],
  [/\/(inspections?|inspection-types|runs|calendar)\b/, 'inspections'],
  [/^\/(notices|reports)\b|\/(messages|received|sent|templates)\b/, 'notices'],
  [/^\/(cases|buildings)\b/, 'cases'],
  [/^\/profile\b/, 'profile'],
  [/^\/sign-(in|out)\b/, 'sign-in'],
]

/** What a report from a page is probably about. */
export const topicOfPage = (page: string): Topic | undefined => topicWords.find(([pattern]) => pattern.test(page))?.[1]
