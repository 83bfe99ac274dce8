// An announcement and the rules of it (BAN-1): what may be written, how it stands at an instant, and whether it shows then. Pure.
import { addMonths, isDate } from '../kernel/date.ts'
import type { Problem } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'
import { isRepeated, lastOccurrence, nextOccurrence, type Occurrence, type Times } from './times.ts'

export const categories = ['partners', 'deliveries', 'general'] as const
export type Category = (typeof categories)[number]
export const audiences = ['everyone', 'signed-in'] as const
export type Audience = (typeof audiences)[number]

type InBoth = { lv: string; en: string }

/** What is announced; `leadHours`: so long before it begins it shows. */
export type Announced = Times & { category: Category; audience: Audience; isUrgent: boolean; title: InBoth; text: InBoth; leadHours: number }

/** `overAt`: when its last time ends. `revision` grows with each change. */
export type Announcement = Announced & {
  id: number
  overAt: Date
  publishedAt: Date | null
  changedAt: Date | null
  cancelledAt: Date | null
  revision: number
}

/** As typed: dates `YYYY-MM-DD`, times `HH:MM`. */
export type AnnouncementDraft = Record<'category' | 'audience' | 'titleLv' | 'titleEn' | 'textLv' | 'textEn' | 'startsOn' | 'fromTime' | 'endsOn' | 'toTime' | 'leadHours', string> & {
  isUrgent: boolean
  weekdays: readonly number[]
}

export const longest = { title: 120, text: 2000 }
export const mostLeadHours = 336
const mostMonths = 24
const hour = 3_600_000

const isOneOf = <T extends string>(names: readonly T[], text: string): text is T => names.includes(text as T)
const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
const isLead = (text: string) => /^\d{1,3}$/.test(text) && Number(text) <= mostLeadHours

const dateFields = ['startsOn', 'endsOn'] as const
const timeFields = ['fromTime', 'toTime'] as const

function wordProblems(draft: AnnouncementDraft): Problem[] {
  const of = (fields: readonly (keyof typeof draft & `${string}${'Lv' | 'En'}`)[], most: number) =>
    fields.flatMap((field): Problem[] => {
      const text = draft[field].trim()
      if (text === '') return [{ field, code: 'required' }]
      return text.length > most ? [{ field, code: 'too-long', params: { max: most } }] : []
    })
  return [...of(['titleLv', 'titleEn'], longest.title), ...of(['textLv', 'textEn'], longest.text)]
}

function timesProblems(draft: AnnouncementDraft, now: Date): Problem[] {
  const written = [
    ...dateFields.flatMap((field) => (draft[field] === '' ? [{ field, code: 'required' }] : isDate(draft[field]) ? [] : [{ field, code: 'date-format' }])),
    ...timeFields.flatMap((field) => (draft[field] === '' ? [{ field, code: 'required' }] : isTime(draft[field]) ? [] : [{ field, code: 'time-format' }])),
  ]
  const { startsOn, endsOn, fromTime, toTime } = draft
  if (written.length > 0 || !isDate(startsOn) || !isDate(endsOn)) return written
  if (endsOn < startsOn) return [{ field: 'endsOn', code: 'before-start' }]
  if (!isRepeated(draft) && startsOn === endsOn && toTime <= fromTime) return [{ field: 'toTime', code: 'before-start' }]
  if (endsOn > addMonths(startsOn, mostMonths)) return [{ field: 'endsOn', code: 'too-far', params: { months: mostMonths } }]
  const last = lastOccurrence({ ...draft, startsOn, endsOn })
  if (!last) return [{ field: 'weekdays', code: 'none-within' }]
  return last.end <= now ? [{ field: 'endsOn', code: 'over' }] : []
}

/** Everything that is wrong with what was typed. */
export function announcementProblems(draft: AnnouncementDraft, now: Date): Problem[] {
  return [
    ...(isOneOf(categories, draft.category) ? [] : [{ field: 'category', code: 'required' }]),
    ...(isOneOf(audiences, draft.audience) ? [] : [{ field: 'audience', code: 'required' }]),
    ...wordProblems(draft),
    ...timesProblems(draft, now),
    ...(isLead(draft.leadHours) ? [] : [{ field: 'leadHours', code: 'lead-format', params: { max: mostLeadHours } }]),
  ]
}

/** What is announced by a draft without problems. */
export function announcedBy(draft: AnnouncementDraft): Announced {
  const { category, audience, isUrgent, fromTime, toTime, leadHours, startsOn, endsOn, weekdays } = draft
  return {
    category: category as Category,
    audience: audience as Audience,
    isUrgent,
    title: { lv: tidy(draft.titleLv), en: tidy(draft.titleEn) },
    text: { lv: draft.textLv.trim(), en: draft.textEn.trim() },
    startsOn: startsOn as Times['startsOn'],
    endsOn: endsOn as Times['endsOn'],
    fromTime,
    toTime,
    weekdays,
    leadHours: Number(leadHours),
  }
}

export type State = 'draft' | 'planned' | 'now' | 'past' | 'cancelled'

export function stateAt(announcement: Announcement, now: Date): State {
  if (announcement.cancelledAt) return 'cancelled'
  if (!announcement.publishedAt) return 'draft'
  const next = nextOccurrence(announcement, now)
  return next === undefined ? 'past' : next.start <= now ? 'now' : 'planned'
}

/** Those not over by what begins first: what goes on is before what is planned. */
export const soonestFirst = (announcements: readonly Announcement[], now: Date): Announcement[] => {
  const startOf = (announcement: Announcement) => nextOccurrence(announcement, now)?.start.getTime() ?? Infinity
  return announcements.toSorted((one, other) => startOf(one) - startOf(other))
}

/** Whether nothing of it can be changed any more. */
export const isClosed = (announcement: Announcement, now: Date): boolean => {
  const state = stateAt(announcement, now)
  return state === 'past' || state === 'cancelled'
}

/** The time that it shows for at an instant: from `leadHours` before its beginning until its end. Published ones alone show. */
export function shownAt(announcement: Announcement, now: Date): Occurrence | undefined {
  const state = stateAt(announcement, now)
  if (state !== 'planned' && state !== 'now') return undefined
  const next = nextOccurrence(announcement, now)!
  return next.start.getTime() - announcement.leadHours * hour <= now.getTime() ? next : undefined
}

/** Cancelled while it went on: it ended before its time. */
export const endedEarly = ({ cancelledAt, publishedAt, ...times }: Announcement): boolean =>
  cancelledAt !== null && publishedAt !== null && (nextOccurrence(times, cancelledAt)?.start ?? cancelledAt) < cancelledAt
