// The cells of a manager's table as the rule reads them: types and states by their words, dates and amounts as people write them.
import { isDate } from '../kernel/date.ts'
import { tidy } from '../kernel/text.ts'
import type { MeterStatus, MeterType } from '../meters/tables.ts'
import { typedDate } from '../ui/locale.ts'

/** Lower case, without Latvian marks and anything but letters and digits. */
export const folded = (text: string): string => text.toLowerCase().normalize('NFD').replace(/[^a-z0-9]/g, '')

const coded = <Code extends string>(words: Record<Code, readonly string[]>) => (text: string): string =>
  (Object.keys(words) as Code[]).find((code) => [code, ...words[code]].some((word) => folded(word) === folded(text))) ?? tidy(text)

const typeWords: Record<MeterType, readonly string[]> = {
  WATER: ['water', 'udens', 'aukstais udens', 'karstais udens', 'cold water', 'hot water', 'au', 'ku'],
  GAS: ['gas', 'gaze', 'dabasgaze', 'natural gas'],
  ELECTRICITY: ['electricity', 'elektriba', 'elektroenergija', 'power', 'el'],
  HEAT: ['heat', 'siltums', 'siltumenergija', 'apkure', 'heating'],
}

/** A type's code, by its code or its usual words, "meter" after them or not; what is not known stays as it is. */
export const typeOf = (text: string): string => coded(typeWords)(text.replace(/\s+(skait[īi]t[āa]js|meter)$/i, ''))

/** A state's code, by its code or its usual words; else as it was. */
export const statusOf = coded<MeterStatus>({
  ACTIVE: ['aktivs', 'aktiva', 'lieto', 'darbojas', 'in use'],
  INACTIVE: ['neaktivs', 'neaktiva', 'nelieto', 'nedarbojas', 'nonemts', 'not in use', 'removed'],
})

/** `12`, `3 mēn.`, `6 months`: how many months; else as it was. */
export const monthsOf = (text: string): string => /^(\d{1,2})\s*(?:m[ēe]n[a-zēš]*\.?|months?)?$/i.exec(tidy(text))?.[1] ?? tidy(text)

/** A cadastral designation without its spaces, and with the nought at its beginning that a spreadsheet took for idle. */
export function designationOf(text: string): string {
  const digits = text.replace(/\s/g, '')
  return /^(\d{13}|\d{16})$/.test(digits) ? `0${digits}` : digits
}

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

