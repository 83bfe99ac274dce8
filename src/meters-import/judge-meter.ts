// Judges the rows of an import of meters by the rule that judges every meter, each against what is there and what rows before it said.
import type { PlainDate } from '../kernel/date.ts'
import type { Problem } from '../kernel/refusal.ts'
import { draftAgain, meterProblems, meterSettingOf, placeTold, sameSetting, type MeterDraft, type MeterSetting } from '../meters/meter.ts'
import { meterKey, type ChangedMeter, type KnownCase, type NewMeter, type StoredMeter } from './meter-store.ts'
import type { MayChange } from './places.ts'
import type { RowVerdict } from './row.ts'

/** What a row tells of a meter. What it leaves out stays as it is, or of a new meter is as usual (MTR-2). */
export type Told = Pick<MeterDraft, 'type' | 'number'> & Partial<MeterDraft>
/** `caseNumber` may be empty where the building says which case is meant, or where there is but one. */
export type MeterRow = { line: number; caseNumber: string; told: Told }

export type Setting = NewMeter | ChangedMeter
export type Judged = { verdict: RowVerdict; write?: Setting }

export type Facts = { file: string; today: PlainDate; stored: ReadonlyMap<string, StoredMeter>; may: MayChange }

const usual = { installedOn: '', initial: '0', status: 'ACTIVE', validUntil: '', periodMonths: '1', designation: '', premises: '' }

/** The premises go with their building: a row that tells only of another building leaves none. */
function draftOf({ buildings }: KnownCase, before: StoredMeter | undefined, told: Told): MeterDraft {
  const kept = before ? draftAgain(before, { buildings }) : { ...usual, type: told.type, number: told.number }
  const draft = { ...kept, ...told }
  const premises = told.premises === undefined && draft.designation !== kept.designation ? '' : draft.premises
  return { ...draft, ...placeTold(buildings, { ...draft, premises }) }
}

/** Whoever may not change meters of a building neither takes one from it nor brings one there. */
function rightsProblems({ may }: Facts, { id, buildings }: KnownCase, before: StoredMeter | undefined, draft: MeterDraft): Problem[] {
  const to = buildings.find(({ designation }) => designation === draft.designation)?.id ?? null
  const isAllowed = may({ caseId: id, buildingId: to }) && (!before || may({ caseId: id, buildingId: before.buildingId }))
  return isAllowed ? [] : [{ field: 'designation', code: 'forbidden' }]
}

/** Rows with the case that each means. A row that says what an earlier one said of the same meter is accepted; one that says otherwise is refused. */
export function judgeMeters(facts: Facts, rows: readonly { row: MeterRow; house: KnownCase | undefined }[]): Judged[] {
  const { file, today, stored } = facts
  const taken = new Map<string, MeterSetting>()
  return rows.map(({ row: { line, told }, house }): Judged => {
    const refused = (...problems: Problem[]): Judged => ({ verdict: { file, line, verdict: 'refused', codes: [...new Set(problems.map(({ code }) => code))], problems } })
    if (!house) return refused({ field: 'caseNumber', code: 'unknown-case' })
    const key = meterKey(house.id, told.type, told.number)
    const before = stored.get(key)
    const draft = draftOf(house, before, told)
    const forbidden = rightsProblems(facts, house, before, draft)
    if (forbidden.length > 0) return refused(...forbidden)
    const problems = meterProblems(draft, { today, buildings: house.buildings, ...(before && { stored: before, firstReading: before.firstReading }) })
    if (problems.length > 0) return refused(...problems)
    const setting = meterSettingOf(draft, house)
    const earlier = taken.get(key)
    if (earlier && !sameSetting(earlier, setting)) return refused({ field: 'number', code: 'duplicate-row' })
    taken.set(key, setting)
    const verdict: RowVerdict = { file, line, verdict: 'accepted', codes: [] }
    if (earlier || (before && sameSetting(before, setting))) return { verdict }
    return { verdict, write: before ? { stored: before, setting } : { caseId: house.id, place: ++house.lastPlace, setting } }
  })
}
