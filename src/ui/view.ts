// What every page is drawn with: the reader's language, who they are and where they stand.
import type { PlainDate } from '../kernel/date.ts'
import { dateTime, longDate, number, say, shortDate, type Locale, type MessageKey, type Params } from './locale.ts'

export type Viewer = {
  person: string
  profile: string
  represents: 'self' | 'sole' | 'joint'
  unread: number
  operator: boolean
  support: boolean
  /** Acts for an authority, which tells people of what it decided. */
  authority: boolean
  sessionEndsAt: Date
  /** Until then, by the server's clock: the browser's may be wrong. */
  sessionSeconds: number
}

/** What is announced, above every page, in the reader's language. */
export type Banner = {
  title: string
  category: string
  when: string
  path: string
  isUrgent: boolean
  /** What its form sends to put it away; null where it stays. */
  dismissal: string | null
}

/** Support looks at what this viewer sees: for whom, for which report, until when, and whether one case alone. */
export type LookingView = { person: string; report: string; until: Date; caseNumber: string | null }

export type View = {
  /** The sentence of what was just done. */
  said: MessageKey | null
  locale: Locale
  demo: boolean
  /** The path and query of this page, for links that come back to it. */
  here: string
  /** null: nobody is signed in. */
  viewer: Viewer | null
  looking: LookingView | null
  today: PlainDate
  /** The chapter of the manual beside this page. */
  help: string
  banners: readonly Banner[]
}

export const teller = ({ locale }: Pick<View, 'locale'>) => ({
  t: (key: MessageKey, params?: Params) => say(locale, key, params),
  short: (date: PlainDate) => shortDate(locale, date),
  long: (date: PlainDate) => longDate(locale, date),
  moment: (instant: Date) => dateTime(locale, instant),
  number: (value: number) => number(locale, value),
})
