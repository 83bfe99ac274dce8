// Meters in words and shapes: what one is called, where it stands, its amounts, and whether something is due.
import { addMonths, daysBetween } from '../kernel/date.ts'
import { quantityText, type Quantity } from '../kernel/quantity.ts'
import type { HouseCase } from '../cases/case.ts'
import { casePath } from '../cases/frame.ts'
import { html, trusted, type Html } from '../ui/html.ts'
import { decimal, type Locale } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import type { Meter, MeterSetting } from './meter.ts'

export const metersPath = (file: Pick<HouseCase, 'number'>, rest = ''): string => casePath(file.number, `/meters${rest}`)
export const meterPath = (file: Pick<HouseCase, 'number'>, { id }: Pick<Meter, 'id'>, rest = ''): string => metersPath(file, `/${id}${rest}`)

/** `Ūdens skaitītājs 44-71820`. */
export const meterName = (view: View, { type, number }: Pick<MeterSetting, 'type' | 'number'>): string => `${teller(view).t(`meter.type.${type}`)} ${number}`

/** `1 234,567`. */
export const valueWords = (view: View, value: Quantity): string => decimal(view.locale, quantityText(value))

/** `1 234,567 m³`. */
export const amountWords = (view: View, value: Quantity, { unit }: Pick<Meter, 'unit'>): string =>
  teller(view).t('meter.amount', { value: valueWords(view, value), unit })

/** As a field takes it. */
export const typedAmount = (locale: Locale, value: Quantity): string => (locale === 'lv' ? quantityText(value).replace('.', ',') : quantityText(value))

/** The flat's own part of a designation, without the zeros before it. */
const flatOf = (premises: string) => premises.slice(14).replace(/^0+(?=\d)/, '')

/** `Ķiršu iela 12, telpu grupa 5`; empty for a meter of the whole property. */
export function whereWords(view: View, file: HouseCase, { buildingId, premises }: Pick<MeterSetting, 'buildingId' | 'premises'>): string {
  const at = file.buildings.find(({ building }) => building.id === buildingId)?.building.address ?? ''
  return premises === '' ? at : `${at}, ${teller(view).t('meter.premises', { code: flatOf(premises) })}`
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
const soonDays = 7

/** Whether a reading is late or due, of an active meter (A-41). */
export function dueTag(view: View, meter: Pick<Meter, 'status' | 'readingDueOn'>): Html | null {
  const { t, short } = teller(view)
  if (meter.status === 'INACTIVE') return null
  const days = daysBetween(view.today, meter.readingDueOn)
  if (days < 0) return tag('overdue', t('meter.reading-late', { count: -days }))
  return days <= soonDays ? tag('soon', t('meter.reading-soon', { count: days })) : html`<small>${t('meter.reading-by', { date: short(meter.readingDueOn) })}</small>`
}

/** Over, or near by a month (DOMAIN 3.5); nothing where all is well, or the meter is no longer used. */
export function validityTag(view: View, { status, validUntil }: Pick<Meter, 'status' | 'validUntil'>): Html | null {
  const { t } = teller(view)
  if (status === 'INACTIVE' || validUntil === null) return null
  if (validUntil < view.today) return tag('overdue', t('meter.validity-over'))
  return validUntil <= addMonths(view.today, 1) ? tag('soon', t('meter.validity-soon', { count: daysBetween(view.today, validUntil) })) : null
}
