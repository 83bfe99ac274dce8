// Which column of a manager's table holds what, and its cells as the rule reads them.
import { isDate } from '../kernel/date.ts'
import { tidy } from '../kernel/text.ts'
import type { MeterType } from '../meters/tables.ts'
import { typedDate } from '../ui/locale.ts'
import type { ReadingRow } from './judge.ts'
import type { Sheet, SheetRow } from './sheet.ts'

export const fields = ['number', 'readOn', 'value', 'caseNumber', 'type', 'difference'] as const
export type Field = (typeof fields)[number]
/** Of each field the place of its column, from 0; empty where the table has none. */
export type Mapping = Record<Field, string>

/** Without these no row can be judged. */
export const mandatory: readonly Field[] = ['number', 'readOn', 'value']

/** Lower case, without Latvian marks and anything but letters and digits. */
const folded = (text: string) => text.toLowerCase().normalize('NFD').replace(/[^a-z0-9]/g, '')

const synonyms: Record<Field, readonly string[]> = {
  number: ['skaititaja numurs', 'skaititaja nr', 'skaititajs', 'numurs', 'nr', 'meter number', 'meter no', 'meter', 'number', 'serial number', 'rupnicas numurs'],
  readOn: ['nolasisanas datums', 'rādījuma datums', 'datums', 'read on', 'reading date', 'date'],
  value: ['radijums', 'radijums m3', 'radijums kwh', 'jaunais radijums', 'tagadejais radijums', 'vertiba', 'value', 'reading', 'current reading'],
  caseNumber: ['lietas numurs', 'majas lieta', 'majas lietas numurs', 'lieta', 'case number', 'house case', 'case'],
  type: ['veids', 'skaititaja veids', 'resurss', 'type', 'kind', 'meter type', 'utility'],
  difference: ['starpiba', 'difference'],
}

const matches = (header: string, synonym: string) => folded(header) === folded(synonym)

/** What the profile's last table called its columns comes first, then what such columns are usually called. */
export function guessed(header: readonly string[], remembered: Readonly<Record<string, string>> = {}): Mapping {
  const used = new Set<number>()
  const place = (field: Field): string => {
    const names = [remembered[field] ?? '', ...synonyms[field]].filter(Boolean)
    const found = names.map((name) => header.findIndex((head, at) => !used.has(at) && head !== '' && matches(head, name))).find((at) => at !== -1)
    if (found === undefined) return ''
    used.add(found)
    return String(found)
  }
  return Object.fromEntries(fields.map((field) => [field, place(field)])) as Mapping
}

export const headersOf = (mapping: Mapping, header: readonly string[]): Record<string, string> =>
  Object.fromEntries(fields.flatMap((field) => (mapping[field] === '' ? [] : [[field, header[Number(mapping[field])] ?? '']])))

const typeWords: Record<MeterType, readonly string[]> = {
  WATER: ['water', 'udens', 'aukstais udens', 'karstais udens', 'cold water', 'hot water', 'au', 'ku'],
  GAS: ['gas', 'gaze', 'dabasgaze', 'natural gas'],
  ELECTRICITY: ['electricity', 'elektriba', 'elektroenergija', 'power', 'el'],
  HEAT: ['heat', 'siltums', 'siltumenergija', 'apkure', 'heating'],
}

/** A type's code, by its code or its usual words; what is not known stays as it is and names no meter. */
export const typeOf = (text: string): string =>
  (Object.keys(typeWords) as MeterType[]).find((type) => typeWords[type].some((word) => folded(word) === folded(text))) ?? tidy(text)

/** Day 1 of Excel's calendar is 1 January 1900, and it believes in a 29 February of that year. */
const serialDate = (serial: number): string => new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10)

/** `31.03.2027.`, `31/3/2027 00:00`, `2027-03-31T00:00:00`, `2027. 31. 03`, a spreadsheet's day number; else as it was. */
export function dateOf(text: string): string {
  const plain = tidy(text).replace(/[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/, '').replace(/\.$/, '')
  if (/^\d{5}(\.\d+)?$/.test(plain)) return serialDate(Math.floor(Number(plain)))
  const date = typedDate(plain)
  return isDate(date) ? date : tidy(text)
}

/** Thousands apart by spaces or by the sign that is not the decimal one, and no idle noughts at the end; else as it was. */
export function amountOf(text: string): string {
  const plain = tidy(text).replace(/[\s\u00a0\u202f']/g, '')
  const [, thousands, decimal] = /^-?\d{1,3}(?:([.,])\d{3})+([.,])\d+$/.exec(plain) ?? []
  const single = thousands && decimal && thousands !== decimal ? plain.replaceAll(thousands, '') : plain
  return single.replace(/([.,]\d{3})0+$/, '$1').replace(/([.,])0+$/, '')
}

/** A row as the rule reads it. */
export function readingOf({ line, cells }: SheetRow, mapping: Mapping): ReadingRow {
  const cell = (field: Field) => (mapping[field] === '' ? '' : tidy(cells[Number(mapping[field])] ?? ''))
  const type = cell('type')
  return {
    line,
    caseNumber: cell('caseNumber'),
    type: type === '' ? '' : typeOf(type),
    number: cell('number'),
    readOn: dateOf(cell('readOn')),
    value: amountOf(cell('value')),
    difference: amountOf(cell('difference')),
  }
}

/** Rows below the table, such as a sum, that have neither a number nor a value, are none of it. */
export const readingsOf = ({ rows }: Sheet, mapping: Mapping): ReadingRow[] =>
  rows.map((row) => readingOf(row, mapping)).filter(({ number, value }) => number !== '' || value !== '')
