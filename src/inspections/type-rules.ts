// What may be set for an inspection type: every problem of a draft at once (INS-3, INS-4, INS-6).
import { isDate, type PlainDate } from '../kernel/date.ts'
import { minusReminder, months, parsePeriod, parseReminder, plusPeriod, type Period } from '../kernel/period.ts'
import type { Problem } from '../kernel/refusal.ts'
import { fold, tidy } from '../kernel/text.ts'
import { isSystemType, sameName, systemTypes, type SystemType, type TypeName, type TypeSetting } from './inspection-type.ts'

/** A draft as every door writes it: dates `YYYY-MM-DD`, periods ISO 8601, an empty reminder for none. */
export type TypeDraft = { type: string; label: string; firstOn: string; every: string; remindBefore: string }

/** What a draft is judged against. `systemNames`: the system types' names in every language (A-7). */
export type TypeFacts = {
  today: PlainDate
  isPublic: boolean
  systemNames: readonly string[]
  /** The setting being edited. */
  stored?: TypeSetting
  /** An import carries what was configured earlier, also with a first date in the past. */
  imported?: boolean
}

const longest = { period: 1200, reminder: 36500, text: 200 }

/** Months at most between inspections of a type, by the building's class (INS-4, A-9). */
export const statutoryLimits: readonly { type: SystemType; publicBuilding: boolean; months: number }[] = [
  { type: 'PERIODIC_TECHNICAL_SURVEY', publicBuilding: true, months: 120 },
]

/** The limit that a period exceeds, in months; undefined when it keeps to the law. */
export const exceededLimit = (type: string, period: Period, isPublic: boolean): number | undefined =>
  statutoryLimits.find((limit) => limit.type === type && limit.publicBuilding === isPublic && months(period) > limit.months)?.months

/** A first date in the past is a fact: it, and what the type is, can no longer be changed (INS-6, A-10, A-11). */
export const isFixed = (stored: Pick<TypeSetting, 'firstOn'>, today: PlainDate): boolean => stored.firstOn <= today

/** Folded, and without the punctuation by which a name could slip past one that is reserved. */
const bare = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** Problems of a name alone: also of an inspection's. */
export function nameProblems(draft: TypeName, systemNames: readonly string[]): Problem[] {
  const problems: Problem[] = []
  const type = tidy(draft.type)
  if (type === '') problems.push({ field: 'type', code: 'required' })
  if (type.length > longest.text) problems.push({ field: 'type', code: 'too-long', params: { max: longest.text } })
  const reserved = [...systemTypes, ...systemNames].map(bare)
  if (!isSystemType(draft.type) && reserved.includes(bare(type))) problems.push({ field: 'type', code: 'system-name' })
  if (tidy(draft.label).length > longest.text) problems.push({ field: 'label', code: 'too-long', params: { max: longest.text } })
  return problems
}

const fixedNameProblems = (draft: TypeDraft, { stored, today }: TypeFacts): Problem[] =>
  stored && isFixed(stored, today) && !sameName(stored, draft) ? [{ field: 'type', code: 'fixed' }] : []

function firstDateProblems(draft: TypeDraft, { today, stored, imported }: TypeFacts): Problem[] {
  const problem = (code: string): Problem[] => [{ field: 'firstOn', code }]
  if (draft.firstOn === '') return problem('required')
  if (!isDate(draft.firstOn)) return problem('date-format')
  if (stored && isFixed(stored, today)) return draft.firstOn === stored.firstOn ? [] : problem('fixed')
  return imported || draft.firstOn > today ? [] : problem('date-not-future')
}

function periodProblems(draft: TypeDraft, period: Period | undefined, isPublic: boolean): Problem[] {
  const problem = (code: string, params?: Problem['params']): Problem[] => [{ field: 'every', code, ...(params && { params }) }]
  if (draft.every === '') return problem('required')
  if (!period || period.value < 1) return problem('period-format')
  if (months(period) > longest.period) return problem('period-too-long')
  const limit = exceededLimit(draft.type, period, isPublic)
  return limit === undefined ? [] : problem('period-over-limit', { years: limit / 12 })
}

/** A reminder must fall after the inspection before. */
function reminderProblems(draft: TypeDraft, period: Period | undefined): Problem[] {
  const problem = (code: string): Problem[] => [{ field: 'remindBefore', code }]
  if (draft.remindBefore === '') return []
  const reminder = parseReminder(draft.remindBefore)
  if (!reminder) return problem('reminder-format')
  if (reminder.value > longest.reminder) return problem('reminder-not-shorter')
  if (!period || months(period) > longest.period || !isDate(draft.firstOn)) return []
  const fits = minusReminder(draft.firstOn, reminder) > plusPeriod(draft.firstOn, period, -1)
  return fits ? [] : problem('reminder-not-shorter')
}

/** Every problem of a draft. */
export function settingProblems(draft: TypeDraft, facts: TypeFacts): Problem[] {
  const period = parsePeriod(draft.every)
  return [
    ...nameProblems(draft, facts.systemNames),
    ...fixedNameProblems(draft, facts),
    ...firstDateProblems(draft, facts),
    ...periodProblems(draft, period, facts.isPublic),
    ...reminderProblems(draft, period),
  ]
}

/** The setting that a draft without problems writes. */
export const settingOf = (draft: TypeDraft): TypeSetting => ({
  type: tidy(draft.type),
  label: tidy(draft.label),
  firstOn: draft.firstOn as PlainDate,
  period: parsePeriod(draft.every)!,
  reminder: parseReminder(draft.remindBefore) ?? null,
})
