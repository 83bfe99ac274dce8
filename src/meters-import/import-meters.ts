// Imports meters row by row: new ones are added, others changed to what the row says, refused ones told; the same again changes nothing.
import { refuseIfAny } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import { justificationOf, justificationProblems } from '../history/justification.ts'
import type { HouseCase } from '../cases/case.ts'
import type { Context } from '../people/context.ts'
import { beginImport, endImport, type Imported, type ImportOptions } from './import-record.ts'
import { judgeMeters, type MeterRow, type Setting } from './judge-meter.ts'
import * as store from './meter-store.ts'
import { casesMeant, changerOf, isPerson, lockCases, manageableCases } from './places.ts'
import { inFileOrder, tally, type TableRows } from './row.ts'
import { writeMeters } from './write-meters.ts'

export type MetersTable = TableRows<MeterRow>
export type MetersImported = Imported & { added: number; changed: number }
type Options = ImportOptions & { justification?: string }

/** A row of `meters.csv`; without an initial value the source's default (MTR-2), without the column of premises they stay as they are. */
export const meterRow = ({ line, cells }: { line: number; cells: Record<string, string> }): MeterRow => {
  const cell = (name: string) => tidy(cells[name] ?? '')
  const told = { type: cell('type'), number: cell('number'), installedOn: cell('installed_on'), initial: cell('initial') || '0', status: cell('status') }
  const rest = { validUntil: cell('valid_until'), periodMonths: cell('period_months'), designation: cell('designation').replace(/\s/g, '') }
  return { line, caseNumber: cell('case_number'), told: { ...told, ...rest, ...(cells['premises'] !== undefined && { premises: cell('premises') }) } }
}

/** The case that a row names; without a number that of its building, or the only one that there is. */
function houseFinder(cases: ReadonlyMap<string, store.KnownCase>, isFound: boolean) {
  const ofBuilding = new Map([...cases.values()].flatMap((house) => house.buildings.map(({ designation }): [string, store.KnownCase] => [designation, house])))
  const [only, ...others] = cases.values()
  return ({ caseNumber, told: { designation = '', premises = '' } }: MeterRow): store.KnownCase | undefined => {
    if (caseNumber !== '') return cases.get(caseNumber)
    if (!isFound) return undefined
    const building = designation || (/^\d{17}$/.test(premises) ? premises.slice(0, 14) : '')
    return building !== '' ? ofBuilding.get(building) : others.length === 0 ? only : undefined
  }
}

async function judge(ctx: Context, { file, rows, unreadable }: MetersTable, manageable: readonly HouseCase[]) {
  const cases = await store.casesNamed(ctx.db, casesMeant(ctx, rows, manageable))
  const find = houseFinder(cases, isPerson(ctx))
  const placed = rows.map((row) => ({ row, house: find(row) }))
  const stored = await store.storedMeters(ctx.db, placed.flatMap(({ row, house }) => (house ? [{ caseId: house.id, ...row.told }] : [])))
  const judged = judgeMeters({ file, today: ctx.today, stored, may: changerOf(ctx, manageable) }, placed)
  const writes = judged.flatMap(({ write }) => write ?? [])
  const verdicts = inFileOrder([...unreadable, ...judged.map(({ verdict }) => verdict)])
  const added = writes.filter((one) => 'place' in one).length
  return { cases, writes, result: { counts: tally(verdicts), added, changed: writes.length - added, verdicts } }
}

const designationsOf = (cases: ReadonlyMap<string, store.KnownCase>) => new Map([...cases.values()].flatMap(({ buildings }) => buildings.map(({ id, designation }): [number, string] => [id, designation])))

/** The case of all that is written; null where they are several. */
function onlyCase(writes: readonly Setting[]): number | null {
  const [only, ...others] = new Set(writes.map((one) => ('stored' in one ? one.stored.caseId : one.caseId)))
  return others.length === 0 ? (only ?? null) : null
}

const manageableBy = async (ctx: Context) => (isPerson(ctx) ? manageableCases(ctx) : [])

/** What an import would say of each row, and how many meters it would add and change; changes nothing. */
export const previewMeters = async (ctx: Context, table: MetersTable): Promise<Omit<MetersImported, 'importId'>> => (await judge(ctx, table, await manageableBy(ctx))).result

/**
 * Each meter has its event, and the import one of its own. A person changes what they may change on the page, and says why
 * where a meter that is there is changed (MTR-4): else `justification` is refused, and nothing is taken.
 */
export const importMeters = (ctx: Context, table: MetersTable, { justification = '', onProgress = () => {}, before = async () => {}, also = async () => {} }: Options = {}): Promise<MetersImported> =>
  change(ctx, 'meters.imported', { justification: justificationOf(justification), unique: 'number' }, async (tx) => {
    await before(tx)
    const own = { ...ctx, db: tx }
    const manageable = await manageableBy(own)
    await lockCases(tx, casesMeant(own, table.rows, manageable))
    const { cases, writes, result } = await judge(own, table, manageable)
    refuseIfAny(justificationProblems(justification, { mandatory: isPerson(ctx) && result.changed > 0 }))
    const importId = writes.length === 0 ? null : await beginImport(tx, ctx, 'meters', table.file)
    const imported = { importId, ...result }
    if (importId !== null) {
      let written = 0
      const tell = (meters: number) => onProgress({ file: table.file, rows: (written += meters), total: writes.length })
      await writeMeters(tx, ctx, writes, { importId, justification: justificationOf(justification), designations: designationsOf(cases), onProgress: tell })
      await endImport(tx, importId, onlyCase(writes), result.counts)
    }
    await also(tx, imported)
    if (importId === null) return { unchanged: true, value: imported }
    const { added, changed, counts } = result
    return { caseId: installation, subjectId: importId, after: { import: importId, file: table.file, added, changed, refused: counts.refused }, value: imported }
  })
