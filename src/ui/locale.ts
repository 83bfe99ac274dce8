// The languages that people read, and how each writes dates, numbers and plurals.
import { IntlMessageFormat } from 'intl-messageformat'
import { isDate, type PlainDate } from '../kernel/date.ts'
import { en } from '../../locales/en.ts'
import { lv, type MessageKey } from '../../locales/lv.ts'

export const locales = ['lv', 'en'] as const
export type Locale = (typeof locales)[number]
export type { MessageKey }
export type Params = Record<string, string | number>

const messages: Record<Locale, Record<MessageKey, string>> = { lv, en }
const tags: Record<Locale, string> = { lv: 'lv-LV', en: 'en-GB' }
const compiled = new Map<string, IntlMessageFormat>()

export const isLocale = (text: unknown): text is Locale => locales.includes(text as Locale)

/** The sentence of a key in a language, with its parameters put in (ICU MessageFormat). */
export function say(locale: Locale, key: MessageKey, params?: Params): string {
  const text = messages[locale][key]
  if (!params) return text
  const id = `${locale} ${key}`
  const format = compiled.get(id) ?? new IntlMessageFormat(text, tags[locale], undefined, { ignoreTag: true })
  compiled.set(id, format)
  return String(format.format(params))
}

export const isMessageKey = (key: string): key is MessageKey => key in lv

const asDate = (date: PlainDate) => new Date(`${date}T12:00:00Z`)

function dateFormat(options: Intl.DateTimeFormatOptions, zone: string) {
  const formats = Object.fromEntries(locales.map((locale) => [locale, new Intl.DateTimeFormat(tags[locale], { ...options, timeZone: zone })]))
  return (locale: Locale, instant: Date) => formats[locale]!.format(instant)
}

const short = dateFormat({ day: '2-digit', month: '2-digit', year: 'numeric' }, 'UTC')
const long = dateFormat({ day: 'numeric', month: 'long', year: 'numeric' }, 'UTC')
const monthYear = dateFormat({ month: 'long', year: 'numeric' }, 'UTC')
const monthLong = dateFormat({ month: 'long' }, 'UTC')
const monthShort = dateFormat({ month: 'short' }, 'UTC')
const moment = dateFormat({ day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' }, 'Europe/Riga')
const clock = dateFormat({ hour: '2-digit', minute: '2-digit' }, 'Europe/Riga')

/** `31.12.2026` and `31/12/2026`, as tables show a date and fields take it. */
export const shortDate = (locale: Locale, date: PlainDate): string => short(locale, asDate(date))
/**
 * What a person typed as a date, as `YYYY-MM-DD`: day, month and year in this order with dots, slashes or spaces,
 * or ISO 8601. Anything else stays as it was typed.
 */
export function typedDate(text: string): string {
  const [, day, month, year] = /^\s*(\d{1,2})[./\s]\s*(\d{1,2})[./\s]\s*(\d{4})\.?\s*$/.exec(text) ?? []
  return day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text.trim()
}

/** `9.30` and `9:30` are half past nine; anything else stays as it was typed. */
export const typedTime = (text: string): string => {
  const [, hours, minutes] = /^\s*(\d{1,2})[.:](\d{2})\s*$/.exec(text) ?? []
  return hours && minutes ? `${hours.padStart(2, '0')}:${minutes}` : text.trim()
}

/** A date as its field shows it: a real one in the reader's form, else what was typed. */
export function shownDate(locale: Locale, text: string): string {
  const date = typedDate(text)
  return isDate(date) ? shortDate(locale, date) : text
}

/** `2026. gada 31. decembris` and `31 December 2026`. */
export const longDate = (locale: Locale, date: PlainDate): string => long(locale, asDate(date))
export const monthOf = (locale: Locale, date: PlainDate): string => monthYear(locale, asDate(date))
/** `Novembris`, `November`, as a heading over its days writes it. */
export const longMonth = (locale: Locale, date: PlainDate): string => monthLong(locale, asDate(date)).replace(/^./, (first) => first.toLocaleUpperCase(tags[locale]))
export const shortMonth = (locale: Locale, date: PlainDate): string => monthShort(locale, asDate(date))
/** Day and time in Europe/Riga. */
export const dateTime = (locale: Locale, instant: Date): string => moment(locale, instant)
export const timeOfDay = (locale: Locale, instant: Date): string => clock(locale, instant)

export const number = (locale: Locale, value: number): string => value.toLocaleString(tags[locale])

const decimals = Object.fromEntries(
  locales.map((locale) => [locale, new Intl.NumberFormat(tags[locale], { minimumFractionDigits: 3, maximumFractionDigits: 3 })]),
)

/** `1 234,567` and `1,234.567`: an exact amount, given as its own text, as a reader writes it. */
export const decimal = (locale: Locale, text: string): string => decimals[locale]!.format(text as Intl.StringNumericLiteral)

const sizes = Object.fromEntries(
  locales.map((locale) => [locale, (['byte', 'kilobyte', 'megabyte'] as const).map((unit) => new Intl.NumberFormat(tags[locale], { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: unit === 'megabyte' ? 1 : 0 }))]),
)

/** `850 baiti`, `340 kB`, `1,2 MB`: in binary thousands, as limits are. */
export function fileSize(locale: Locale, bytes: number): string {
  const [inBytes, kilobytes, megabytes] = sizes[locale]!
  if (bytes < 1024) return inBytes!.format(bytes)
  return bytes < 1024 * 1023.5 ? kilobytes!.format(bytes / 1024) : megabytes!.format(bytes / 1024 / 1024)
}

const lists = Object.fromEntries(locales.map((locale) => [locale, new Intl.ListFormat(tags[locale], { type: 'conjunction' })]))

/** `viens, divi un trīs`. */
export const listed = (locale: Locale, words: readonly string[]): string => lists[locale]!.format(words)
