// A meter of a house case: its values, and what may be set (MTR-2, MTR-4, A-33 to A-44).
import { addMonths, isDate, type PlainDate } from '../kernel/date.ts'
import { parseQuantity, quantityText, type Quantity } from '../kernel/quantity.ts'
import type { Problem } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'
import type { MeterStatus, MeterType } from './tables.ts'

/** In the source's order, by which lists are sorted. */
export const meterTypes = ['WATER', 'GAS', 'ELECTRICITY', 'HEAT'] as const satisfies readonly MeterType[]
export const meterStatuses = ['ACTIVE', 'INACTIVE'] as const satisfies readonly MeterStatus[]

/** Decided in 0a.4; an installation may change it. */
export const units: Record<MeterType, string> = { WATER: 'm³', GAS: 'm³', ELECTRICITY: 'kWh', HEAT: 'MWh' }

/** What a person sets. `buildingId` null: of the whole property. `premises` empty: of the whole house. */
export type MeterSetting = {
  type: MeterType
  number: string
  installedOn: PlainDate
  initial: Quantity
  status: MeterStatus
  validUntil: PlainDate | null
  periodMonths: number
  buildingId: number | null
  premises: string
}

export type Meter = MeterSetting & {
  caseId: number
  id: number
  unit: string
  /** Its turn in a walk through the house. */
  place: number
  /** The meter that stood here before. */
  replacesId: number | null
  lastReadOn: PlainDate | null
  lastValue: Quantity | null
  readingDueOn: PlainDate
}

/** A draft as every door writes it: dates `YYYY-MM-DD`, `initial` as typed, empty `validUntil` for none. */
export type MeterDraft = {
  type: string
  number: string
  installedOn: string
  initial: string
  status: string
  validUntil: string
  periodMonths: string
  designation: string
  premises: string
}

/** What a draft is judged against: on an edit, the earliest reading of the meter. */
export type MeterFacts = {
  today: PlainDate
  buildings: readonly { id: number; designation: string }[]
  stored?: MeterSetting
  firstReading?: { readOn: PlainDate; value: Quantity } | undefined
}

/** Numbers that differ in case, spaces or dashes only are one. */
export const numberKey = (number: string): string => number.toUpperCase().replace(/[\s\-/.]/g, '')

const isPeriod = (text: string) => /^(1[0-2]|[1-9])$/.test(text)
const isType = (text: string): text is MeterType => meterTypes.includes(text as MeterType)
const isStatus = (text: string): text is MeterStatus => meterStatuses.includes(text as MeterStatus)

function typeProblems({ type }: MeterDraft, { stored, firstReading }: MeterFacts): Problem[] {
  if (!isType(type)) return [{ field: 'type', code: 'required' }]
  return firstReading && stored && stored.type !== type ? [{ field: 'type', code: 'has-readings' }] : []
}

function installedProblems({ installedOn }: MeterDraft, { today, firstReading }: MeterFacts): Problem[] {
  const problem = (code: string) => [{ field: 'installedOn', code }]
  if (installedOn === '') return problem('required')
  if (!isDate(installedOn)) return problem('date-format')
  if (installedOn > today) return problem('date-in-future')
  return firstReading && installedOn > firstReading.readOn ? problem('after-first-reading') : []
}

function initialProblems({ initial }: MeterDraft, { firstReading }: MeterFacts): Problem[] {
  const value = parseQuantity(initial)
  if (value === undefined) return [{ field: 'initial', code: initial.trim() === '' ? 'required' : 'value-format' }]
  return firstReading && value > firstReading.value ? [{ field: 'initial', code: 'above-first-reading' }] : []
}

function placeProblems({ designation, premises }: MeterDraft, { buildings }: MeterFacts): Problem[] {
  const problems: Problem[] = []
  if (designation !== '' && !buildings.some((building) => building.designation === designation)) problems.push({ field: 'designation', code: 'unknown' })
  if (premises !== '' && !(/^\d{17}$/.test(premises) && premises.startsWith(designation) && designation !== '')) problems.push({ field: 'premises', code: 'not-of-building' })
  return problems
}

/** Every problem of a draft. */
export function meterProblems(draft: MeterDraft, facts: MeterFacts): Problem[] {
  const problems = typeProblems(draft, facts)
  const number = tidy(draft.number)
  if (numberKey(number) === '') problems.push({ field: 'number', code: 'required' })
  if (number.length > 50) problems.push({ field: 'number', code: 'too-long', params: { max: 50 } })
  problems.push(...installedProblems(draft, facts), ...initialProblems(draft, facts))
  if (!isStatus(draft.status)) problems.push({ field: 'status', code: 'required' })
  if (draft.validUntil !== '' && !isDate(draft.validUntil)) problems.push({ field: 'validUntil', code: 'date-format' })
  else if (draft.validUntil !== '' && isDate(draft.installedOn) && draft.validUntil <= draft.installedOn) problems.push({ field: 'validUntil', code: 'not-after-installed' })
  if (!isPeriod(draft.periodMonths)) problems.push({ field: 'periodMonths', code: draft.periodMonths === '' ? 'required' : 'period-format' })
  return [...problems, ...placeProblems(draft, facts)]
}

/** The setting that a draft without problems writes. */
export const meterSettingOf = (draft: MeterDraft, { buildings }: Pick<MeterFacts, 'buildings'>): MeterSetting => ({
  type: draft.type as MeterType,
  number: tidy(draft.number),
  installedOn: draft.installedOn as PlainDate,
  initial: parseQuantity(draft.initial)!,
  status: draft.status as MeterStatus,
  validUntil: draft.validUntil === '' ? null : (draft.validUntil as PlainDate),
  periodMonths: Number(draft.periodMonths),
  buildingId: buildings.find(({ designation }) => designation === draft.designation)?.id ?? null,
  premises: draft.premises,
})

/** Whether a meter is set so already. */
export const sameSetting = (stored: MeterSetting, setting: MeterSetting): boolean => (Object.keys(setting) as (keyof MeterSetting)[]).every((name) => stored[name] === setting[name])

type Known = readonly Pick<MeterFacts['buildings'][number], 'designation'>[]

/** A flat is named by its number within the building, or by its whole designation, which tells the building too. */
export function placeTold(buildings: Known, told: { designation: string; premises: string }): Pick<MeterDraft, 'designation' | 'premises'> {
  const [designation, digits] = [told.designation, told.premises.replace(/\s/g, '')]
  if (/^\d{1,3}$/.test(digits) && designation !== '') return { designation, premises: designation + digits.padStart(3, '0') }
  const inside = buildings.find((building) => digits.length === 17 && digits.startsWith(building.designation))
  return { designation: designation || (inside?.designation ?? ''), premises: digits }
}

/** The draft that would write a setting again. */
export function draftAgain({ initial, validUntil, periodMonths, buildingId, premises, ...rest }: MeterSetting, { buildings }: Pick<MeterFacts, 'buildings'>): MeterDraft {
  const designation = buildings.find(({ id }) => id === buildingId)?.designation ?? ''
  return {
    type: rest.type,
    number: rest.number,
    installedOn: rest.installedOn,
    status: rest.status,
    initial: quantityText(initial),
    validUntil: validUntil ?? '',
    periodMonths: String(periodMonths),
    designation,
    premises: designation === '' ? '' : premises,
  }
}

/** A reading is due a period after the last one, or after the installation (DOMAIN 3.5, A-39). */
export const readingDueOn = (meter: Pick<MeterSetting, 'installedOn' | 'periodMonths'>, lastReadOn: PlainDate | null): PlainDate =>
  addMonths(lastReadOn ?? meter.installedOn, meter.periodMonths)
