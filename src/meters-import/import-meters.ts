// Imports meters row by row: new ones are added, others changed to what the file says, refused ones told.
import { quantityText } from '../kernel/quantity.ts'
import { refuse, type Problem } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import { recordAll } from '../history/record-all.ts'
import { meterProblems, meterSettingOf, type MeterDraft, type MeterSetting } from '../meters/meter.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import * as store from './meter-store.ts'
import { lockCases, pieces } from './places.ts'
import { inFileOrder, refused, tally, type RowVerdict, type TableRows, type Tally } from './row.ts'

export type MeterRow = { line: number; caseNumber: string; draft: MeterDraft }
export type MetersTable = TableRows<MeterRow>
export type MetersImported = { counts: Tally; added: number; changed: number; verdicts: RowVerdict[] }

/** A row of `meters.csv`; without an initial value the source's default (MTR-2). */
export const meterRow = ({ line, cells }: { line: number; cells: Record<string, string> }): MeterRow => {
  const cell = (name: string) => tidy(cells[name] ?? '')
  const draft = { type: cell('type'), number: cell('number'), installedOn: cell('installed_on'), initial: cell('initial') || '0', status: cell('status') }
  const rest = { validUntil: cell('valid_until'), periodMonths: cell('period_months'), designation: cell('designation').replace(/\s/g, ''), premises: '' }
  return { line, caseNumber: cell('case_number'), draft: { ...draft, ...rest } }
}

type Setting = store.NewMeter | store.ChangedMeter
type Judged = { verdict: RowVerdict; write?: Setting }

const same = (stored: MeterSetting, setting: MeterSetting) => (Object.keys(setting) as (keyof MeterSetting)[]).every((name) => stored[name] === setting[name])

type Facts = { file: string; cases: Map<string, store.KnownCase>; stored: Map<string, store.StoredMeter>; ctx: Context; taken: Map<string, MeterSetting> }

const codesOf = (problems: readonly Problem[]) => [...new Set(problems.map(({ code }) => code))]

/** A row that says what an earlier one said of the same meter is accepted; one that says otherwise is refused. */
function judgeRow({ file, cases, stored, ctx, taken }: Facts, { line, caseNumber, draft }: MeterRow): Judged {
  const house = cases.get(caseNumber)
  if (!house) return { verdict: refused(file, line, 'unknown-case') }
  const key = store.meterKey(house.id, draft.type, draft.number)
  const before = stored.get(key)
  const isMoved = house.buildings.find(({ designation }) => designation === draft.designation)?.id !== before?.buildingId
  const kept = { ...draft, premises: before && !isMoved ? before.premises : '' }
  const problems = meterProblems(kept, { today: ctx.today, buildings: house.buildings, ...(before && { stored: before, firstReading: before.firstReading }) })
  if (problems.length > 0) return { verdict: refused(file, line, ...codesOf(problems)) }
  const setting = meterSettingOf(kept, { buildings: house.buildings })
  const earlier = taken.get(key)
  if (earlier && !same(earlier, setting)) return { verdict: refused(file, line, 'duplicate-row') }
  taken.set(key, setting)
  const verdict: RowVerdict = { file, line, verdict: 'accepted', codes: [] }
  if (earlier || (before && same(before, setting))) return { verdict }
  return { verdict, write: before ? { stored: before, setting } : { caseId: house.id, place: ++house.lastPlace, setting } }
}

/** As the history of a meter shows it. */
const dataOf = (setting: MeterSetting, designations: ReadonlyMap<number, string>) => {
  const { type, number, installedOn, initial, status, validUntil, periodMonths, buildingId, premises } = setting
  const place = { designation: buildingId === null ? null : (designations.get(buildingId) ?? null), premises: premises || null }
  return { type, number, installedOn, initial: quantityText(initial), status, validUntil, periodMonths, ...place }
}

async function write(tx: Writer, ctx: Context, writes: readonly Setting[], cases: ReadonlyMap<string, store.KnownCase>): Promise<void> {
  const designations = new Map([...cases.values()].flatMap(({ buildings }) => buildings.map(({ id, designation }): [number, string] => [id, designation])))
  const data = (setting: MeterSetting) => dataOf(setting, designations)
  for (const piece of pieces(writes.filter((one) => 'place' in one), 5000)) {
    const ids = await store.insertMeters(tx, piece)
    const events = piece.map(({ caseId, setting }) => ({ case_id: caseId, subject_id: ids.get(store.meterKey(caseId, setting.type, setting.number))!, before: null, after: data(setting) }))
    await recordAll(tx, ctx, 'meter.added', store.eventRows(events))
  }
  for (const piece of pieces(writes.filter((one) => 'stored' in one), 5000)) {
    await store.updateMeters(tx, piece)
    const events = piece.map(({ stored, setting }) => ({ case_id: stored.caseId, subject_id: stored.id, before: data(stored), after: data(setting) }))
    await recordAll(tx, ctx, 'meter.edited', store.eventRows(events))
  }
}

/** For the installation itself; people add meters one by one. Each meter has its event, and the import one of its own. */
export const importMeters = (ctx: Context, { file, rows, unreadable }: MetersTable): Promise<MetersImported> =>
  change(ctx, 'meters.imported', { unique: 'number' }, async (tx) => {
    if (ctx.actor.kind !== 'system') return refuse.forbidden()
    const numbers = [...new Set(rows.map(({ caseNumber }) => caseNumber))]
    await lockCases(tx, numbers)
    const cases = await store.casesNamed(tx, numbers)
    const stored = await store.storedMeters(tx, cases, rows.map(({ caseNumber, draft }) => ({ caseNumber, type: draft.type, number: draft.number })))
    const facts = { file, cases, stored, ctx, taken: new Map() }
    const judged = rows.map((row) => judgeRow(facts, row))
    const writes = judged.flatMap(({ write }) => write ?? [])
    await write(tx, ctx, writes, cases)
    const verdicts = inFileOrder([...unreadable, ...judged.map(({ verdict }) => verdict)])
    const added = writes.filter((one) => 'place' in one).length
    const value = { counts: tally(verdicts), added, changed: writes.length - added, verdicts }
    if (writes.length === 0) return { unchanged: true, value }
    return { caseId: installation, subjectId: null, after: { file, added, changed: value.changed, refused: value.counts.refused }, value }
  })
