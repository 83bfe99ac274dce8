// What an event says, in words: the thing that was changed, each field by its name, each value as a reader writes it.
import { isDate } from '../kernel/date.ts'
import { spacedDesignation } from '../kernel/identifier.ts'
import { parsePeriod, parseReminder } from '../kernel/period.ts'
import { decimal, isMessageKey, say, shortDate, type Locale } from '../ui/locale.ts'
import type { CaseEvent } from './store.ts'
import type { Data } from './tables.ts'

/** The sentence of a key that may not exist; else the word itself, so that nothing is hidden. */
const known = (locale: Locale, key: string, word: string): string => (isMessageKey(key) ? say(locale, key) : word)

/** A field by its name, which may be another one where it is a field of this subject. */
export function fieldWords(locale: Locale, field: string, subject = ''): string {
  const own = `history.field.${subject}.${field}`
  return isMessageKey(own) ? say(locale, own) : known(locale, `history.field.${field}`, field)
}

/** Codes that have a sentence of their own, under one of these keys. */
const codes: Record<string, readonly string[]> = {
  type: ['inspection.type', 'meter.type'],
  status: ['inspection.status', 'meter.status'],
  endedStatus: ['meter.status'],
  right: ['history.right'],
  propertyKind: ['basic.property-kind'],
  category: ['announcement.category'],
  audience: ['announcement.audience'],
  weekdays: ['weekday'],
  state: ['problem-report.state'],
  kind: ['problem-report.kind'],
  topic: ['problem-report.topic'],
}

const spaced = new Set(['designation', 'propertyNumber', 'premises', 'buildings'])
const days = new Set(['firstOn', 'performedOn', 'from', 'to', 'emailVerifiedOn', 'installedOn', 'validUntil', 'readOn', 'date', 'startsOn', 'endsOn'])
const amounts = new Set(['initial', 'value', 'difference', 'rolledOver', 'finalValue'])

function textWords(locale: Locale, field: string, text: string): string {
  const key = field === 'notice' ? `notice.${text}.name` : codes[field]?.map((prefix) => `${prefix}.${text}`).find(isMessageKey)
  if (key) return known(locale, key, text)
  if (amounts.has(field) && /^-?\d+\.\d{3}$/.test(text)) return decimal(locale, text)
  if (days.has(field) && isDate(text)) return shortDate(locale, text)
  if (spaced.has(field)) return spacedDesignation(text)
  const period = field === 'every' ? parsePeriod(text) : undefined
  if (period) return say(locale, `period.every.${period.unit}`, { count: period.value })
  const reminder = field === 'remindBefore' ? parseReminder(text) : undefined
  return reminder ? say(locale, `period.before.${reminder.unit}`, { count: reminder.value }) : text
}

/** A reading within a reading's event: `01.03.2026: 115,000`; a file by its name and hash. */
function objectWords(locale: Locale, value: object): string {
  const { readOn, value: amount, name, sha256 } = value as Data
  if (name && sha256) return `${name} (SHA-256 ${sha256})`
  return readOn && amount ? `${valueWords(locale, 'readOn', readOn)}: ${valueWords(locale, 'value', amount)}` : JSON.stringify(value)
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === ''

export function valueWords(locale: Locale, field: string, value: unknown): string {
  if (field === 'remindBefore' && isEmpty(value)) return say(locale, 'history.no-reminder')
  if (field === 'premises' && value === '') return say(locale, 'history.whole')
  if (isEmpty(value)) return say(locale, 'word.none')
  if (typeof value === 'boolean') return say(locale, value ? 'word.yes' : 'word.no')
  if (Array.isArray(value)) return value.map((one) => valueWords(locale, field, one)).join(', ')
  return typeof value === 'object' ? objectWords(locale, value) : textWords(locale, field, String(value))
}

/** A field of the changed data set: `before` or `after` undefined where there was nothing or is nothing. */
export type Difference = { field: string; before?: unknown; after?: unknown }

/** Always told of a new thing, though empty: no reminder is a choice. */
const tellingWhenEmpty = new Set(['remindBefore', 'premises'])

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** What a reader looks for first; the database keeps no order of its own. */
const order = [
  ...['type', 'label', 'performedOn', 'number', 'designation', 'address', 'mainUseCode', 'mainUse', 'isPublic', 'propertyNumber', 'propertyKind', 'buildings'],
  ...['installedOn', 'initial', 'validUntil', 'periodMonths', 'meter', 'readOn', 'value', 'difference'],
  ...['file', 'accepted', 'warned', 'refused', 'meters', 'cases', 'import'],
  ...['category', 'audience', 'titleLv', 'titleEn', 'textLv', 'textEn', 'startsOn', 'fromTime', 'endsOn', 'toTime', 'weekdays', 'leadHours', 'isUrgent'],
  ...['firstOn', 'every', 'remindBefore', 'periodic', 'status', 'party', 'right', 'premises', 'manager', 'from', 'to'],
]

const rank = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length)

/** Of an edit what differs; of a new or a removed thing all that it had. */
export function differences({ before, after }: Pick<CaseEvent, 'before' | 'after'>): Difference[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort((one, other) => rank(one) - rank(other))
  if (before && after) return fields.filter((field) => !same(before[field], after[field])).map((field) => ({ field, before: before[field], after: after[field] }))
  const [side, data] = before ? (['before', before] as const) : (['after', after ?? {}] as const)
  return fields.filter((field) => !isEmpty(data[field]) || tellingWhenEmpty.has(field)).map((field) => ({ field, [side]: data[field] }))
}

const word = (data: Data, field: string) => (typeof data[field] === 'string' ? data[field] : '')

/** What the thing is called: `Bīstamo iekārtu pārbaude · Lifts 1, 12.03.2026`, a person's name, an address. */
function nameOf(locale: Locale, data: Data): string {
  const inspected = [word(data, 'type') && valueWords(locale, 'type', data['type']), word(data, 'label')].filter(Boolean).join(' · ')
  const on = word(data, 'performedOn') && valueWords(locale, 'performedOn', data['performedOn'])
  const name = word(data, 'party') || word(data, 'address') || word(data, 'number')
  const read = word(data, 'readOn') && [word(data, 'meter'), valueWords(locale, 'readOn', data['readOn'])].filter(Boolean).join(', ')
  return read || (inspected === '' ? name : [inspected, on].filter(Boolean).join(', '))
}

/** `Pārbaudes veids: Ugunsdrošības pārbaude`. */
export function subjectWords(locale: Locale, { action, before, after }: Pick<CaseEvent, 'action' | 'before' | 'after'>): string {
  const subject = action.split('.')[0]!
  const data = (subject === 'meter' ? before : after) ?? after ?? before ?? {}
  if (subject === 'meter' && word(data, 'number')) return `${valueWords(locale, 'type', data['type'])} ${word(data, 'number')}`
  const name = nameOf(locale, data)
  const thing = known(locale, `history.subject.${subject}`, subject)
  return name === '' ? thing : say(locale, 'history.named', { thing, name })
}
