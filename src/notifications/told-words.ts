// How notices read that somebody tells: what an authority reports (NTF-2 to NTF-5), and what people of a house write to each other.
import { isDate } from '../kernel/date.ts'
import { longDate, say, shortDate, type Locale } from '../ui/locale.ts'
import { kindsToldBy, type NoticeKind } from './notice-types.ts'
import type { KindTexts, NoticeData } from './notice.ts'

const field = (data: NoticeData, name: string) => data[name] ?? ''

/** In Latvian in figures, which need no case. */
const dateIn = (locale: Locale, text: string) => (isDate(text) ? (locale === 'lv' ? shortDate : longDate)(locale, text) : text)

type ToldKind = Exclude<NoticeKind, 'INSPECTION_DUE' | 'LIMIT_EXCEEDED' | 'READING_DUE' | 'METER_VALIDITY' | 'SUPPORT_LOOKS' | 'PROBLEM_ANSWERED' | 'ANNOUNCEMENT'>
type ReportedKind = Exclude<ToldKind, 'HOUSE_MESSAGE'>

/** `about`, `number`, `authority`, `date` and `note` as the authority gave them. */
const reported = (kind: ReportedKind): KindTexts => ({
  name: (locale) => say(locale, `notice.${kind}.name`),
  text: (locale, { data }) => {
    const words = { number: field(data, 'number'), authority: field(data, 'authority'), about: field(data, 'about'), date: dateIn(locale, field(data, 'date')) }
    const note = field(data, 'note')
    const text = say(locale, `notice.${kind}.text`, words)
    return { title: say(locale, `notice.${kind}.title`, words), about: words.about, description: note === '' ? text : `${text} ${note}` }
  },
})

const message: KindTexts = {
  name: (locale) => say(locale, 'notice.HOUSE_MESSAGE.name'),
  text: (locale, { data }) => ({
    title: field(data, 'subject'),
    about: say(locale, 'notice.HOUSE_MESSAGE.about', { from: field(data, 'from'), address: field(data, 'address') }),
    description: field(data, 'body'),
  }),
  onlyOnPage: (locale, { data }) => {
    const names = field(data, 'files').split('\n').filter(Boolean)
    return names.length === 0 ? null : say(locale, 'notice.HOUSE_MESSAGE.files', { count: names.length, names: names.join(', ') })
  },
  answerAt: ({ id, data }) => `/cases/${encodeURIComponent(field(data, 'caseNumber'))}/messages/new?answer=${id}`,
}

const reportedKinds = kindsToldBy('authority') as ReportedKind[]

export const toldNotices = {
  ...Object.fromEntries(reportedKinds.map((kind) => [kind, reported(kind)])),
  HOUSE_MESSAGE: message,
} as Record<ToldKind, KindTexts>
