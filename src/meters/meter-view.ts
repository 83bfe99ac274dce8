// Meters in words and shapes: what one is called, where it stands, its amounts, and whether something is due.
import { daysBetween } from '../kernel/date.ts'
import type { Reminder } from '../kernel/period.ts'
import { quantityText, type Quantity } from '../kernel/quantity.ts'
import type { HouseCase } from '../cases/case.ts'
import { casePath } from '../cases/frame.ts'
import { html, trusted, type Html } from '../ui/html.ts'
import { decimal, type Locale } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import type { Meter, MeterSetting } from './meter.ts'
import { validityRemindOn } from './reminder.ts'

export const metersPath = (file: Pick<HouseCase, 'number'>, rest = ''): string => casePath(file.number, `/meters${rest}`)
export const meterPath = (file: Pick<HouseCase, 'number'>, { id }: Pick<Meter, 'id'>, rest = ''): string => metersPath(file, `/${id}${rest}`)

/** `Ūdens skaitītājs 44-71820`. */
export const meterName = (view: Pick<View, 'locale'>, { type, number }: Pick<MeterSetting, 'type' | 'number'>): string => `${teller(view).t(`meter.type.${type}`)} ${number}`

/** `1 234,567`. */
export const valueWords = (view: View, value: Quantity): string => decimal(view.locale, quantityText(value))

/** `1 234,567 m³`. */
export const amountWords = (view: View, value: Quantity, { unit }: Pick<Meter, 'unit'>): string =>
  teller(view).t('meter.amount', { value: valueWords(view, value), unit })

/** As a field takes it. */
export const typedAmount = (locale: Locale, value: Quantity): string => (locale === 'lv' ? quantityText(value).replace('.', ',') : quantityText(value))

/** The flat's own part of a designation, without the zeros before it. */
export const flatOf = (premises: string) => premises.slice(14).replace(/^0+(?=\d)/, '')

type Place = Pick<MeterSetting, 'buildingId' | 'premises'>

/** `Ķiršu iela 12, Cēsis, Cēsu novads, telpu grupa 5`; empty for a meter of the whole property. */
export function addressWords(view: View, file: HouseCase, { buildingId, premises }: Place): string {
  const at = file.buildings.find(({ building }) => building.id === buildingId)?.building.address ?? ''
  return premises === '' ? at : `${at}, ${teller(view).t('meter.premises', { code: flatOf(premises) })}`
}

/** `Ķiršu iela 12, telpu grupa 5`: within the house's own pages the town is known. */
export function whereWords(view: View, file: HouseCase, place: Place): string {
  const [street = ''] = addressWords(view, file, { ...place, premises: '' }).split(',')
  return place.premises === '' ? street : `${street}, ${teller(view).t('meter.premises', { code: flatOf(place.premises) })}`
}

const shapes = {
  overdue: trusted('<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" stroke-width="2.6"/></svg>'),
  soon: trusted('<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M6 1l5.5 10h-11z" fill="currentColor"/></svg>'),
  ahead: trusted('<svg viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="2"/></svg>'),
}

export const tag = (kind: keyof typeof shapes, text: string): Html => html`<strong class="status ${kind}">${shapes[kind]}${text}</strong>`

export const statusTag = (view: View, { status }: Pick<Meter, 'status'>): Html => {
  const text = teller(view).t(`meter.status.${status}`)
  return status === 'ACTIVE' ? tag('ahead', text) : html`<strong class="status quiet">${text}</strong>`
}

/** So near is soon. */
export const soonDays = 7

/** `brief`: within a column that says what it is about. */
type Wording = 'full' | 'brief'

/** Whether a reading is late or due, of an active meter (A-41). */
export function dueTag(view: View, meter: Pick<Meter, 'status' | 'readingDueOn'>, wording: Wording = 'full'): Html | null {
  const { t, short } = teller(view)
  if (meter.status === 'INACTIVE') return null
  const days = daysBetween(view.today, meter.readingDueOn)
  if (days < 0) return tag('overdue', t(`meter.reading-late.${wording}`, { count: -days }))
  return days <= soonDays ? tag('soon', t(`meter.reading-soon.${wording}`, { count: days })) : html`<small>${t('meter.reading-by', { date: short(meter.readingDueOn) })}</small>`
}

/** Over, or as near as the installation reminds of it (DOMAIN 3.5); nothing where all is well, or the meter is no longer used. */
export function validityTag(view: View, { status, validUntil }: Pick<Meter, 'status' | 'validUntil'>, lead: Reminder, wording: Wording = 'full'): Html | null {
  const { t } = teller(view)
  if (status === 'INACTIVE' || validUntil === null) return null
  if (validUntil < view.today) return tag('overdue', t(`meter.validity-over.${wording}`))
  return validityRemindOn(validUntil, lead) <= view.today ? tag('soon', t(`meter.validity-soon.${wording}`, { count: daysBetween(view.today, validUntil) })) : null
}
