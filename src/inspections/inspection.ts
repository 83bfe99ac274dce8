// An inspection done, and which of them counts as the last one.
import { isDate, type PlainDate } from '../kernel/date.ts'
import type { Problem } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'
import { sameName, type TypeName } from './inspection-type.ts'
import type { InspectionStatus } from './tables.ts'
import { nameProblems } from './type-rules.ts'

export type Inspection = TypeName & {
  caseId: number
  id: number
  performedOn: PlainDate
  /** Marked as periodic: of technical surveys only these count. */
  periodic: boolean
  status: InspectionStatus
  /** The number of its document; empty where it has none. */
  number: string
}

export type InspectionDraft = { type: string; label: string; performedOn: string; periodic: boolean; number: string }

export function inspectionProblems(draft: InspectionDraft, today: PlainDate, systemNames: readonly string[]): Problem[] {
  const problems = nameProblems(draft, systemNames)
  const problem = (code: string) => problems.push({ field: 'performedOn', code })
  if (draft.performedOn === '') problem('required')
  else if (!isDate(draft.performedOn)) problem('date-format')
  else if (draft.performedOn > today) problem('date-in-future')
  if (tidy(draft.number).length > 100) problems.push({ field: 'number', code: 'too-long', params: { max: 100 } })
  return problems
}

/** registered, of that type and label, not after today; of technical surveys the periodic ones. */
export const counts = (name: TypeName, inspection: Inspection, today: PlainDate): boolean =>
  inspection.status === 'registered' &&
  inspection.performedOn <= today &&
  sameName(name, inspection) &&
  (name.type !== 'PERIODIC_TECHNICAL_SURVEY' || inspection.periodic)

export function lastPerformedOn(name: TypeName, inspections: readonly Inspection[], today: PlainDate): PlainDate | null {
  const dates = inspections.filter((inspection) => counts(name, inspection, today)).map((inspection) => inspection.performedOn)
  return dates.reduce<PlainDate | null>((last, on) => (last === null || on > last ? on : last), null)
}
