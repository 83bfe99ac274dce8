// Imports readings row by row: good ones in, refused ones told, with one event for all; the same file again changes nothing.
import { setTimeout } from 'node:timers/promises'
import { isDate } from '../kernel/date.ts'
import { tidy } from '../kernel/text.ts'
import type { HouseCase } from '../cases/case.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { Row } from '../import/register.ts'
import { personIdOf } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Reader } from '../platform/database.ts'
import { beginImport, endImport, type Imported, type ImportOptions } from './import-record.ts'
import { judgeMeter, type ReadingRow, type Taken } from './judge.ts'
import { casesMeant, changerOf, isPerson, lockCases, manageableCases, meterFinder, type NamedMeter } from './places.ts'
import { inFileOrder, refused, tally, type OnProgress, type RowVerdict, type TableRows } from './row.ts'
import { insertReadings, keepLasts, pastReadings } from './store.ts'

export type ReadingsTable = TableRows<ReadingRow>

/** A row of `readings.csv`. */
export const readingRow = ({ line, cells }: Row): ReadingRow => {
  const cell = (name: string) => tidy(cells[name] ?? '')
  return { line, caseNumber: cell('case_number'), type: cell('type'), number: cell('number'), readOn: cell('read_on'), value: cell('value'), difference: cell('difference') }
}

type OfMeter = { meter: NamedMeter; rows: ReadingRow[] }
type Take = (taken: readonly Taken[]) => Promise<void>

const chunkRows = 20_000
/** Until what was asked has gone out: judging keeps the thread busy. */
const sending = 1

/** Meters with their rows, in pieces of about so many rows. */
function* chunks(groups: Iterable<OfMeter>): Generator<OfMeter[]> {
  let [chunk, size]: [OfMeter[], number] = [[], 0]
  for (const group of groups) {
    chunk.push(group)
    size += group.rows.length
    if (size < chunkRows) continue
    yield chunk
    ;[chunk, size] = [[], 0]
  }
  if (chunk.length > 0) yield chunk
}

/** The earliest day of a meter's rows; rows without a day ask for none. */
const firstDay = (rows: readonly ReadingRow[]): string =>
  rows.reduce((first, { readOn }) => (readOn < first && isDate(readOn) ? readOn : first), '2200-01-01')

/** What the rows of a chunk are judged by. It may fail before it is waited for. */
function pastOf(db: Reader, chunk: readonly OfMeter[] = []): ReturnType<typeof pastReadings> {
  const withPast = chunk.filter(({ meter }) => meter.lastReadOn !== null)
  const past = pastReadings(db, withPast.map(({ meter, rows }) => ({ caseId: meter.caseId, id: meter.id, from: firstDay(rows) })))
  past.catch(() => {})
  return past
}

type Judging = { db: Reader; ctx: Context; cases: readonly HouseCase[]; onProgress: OnProgress }

/** Judges a chunk while the one before it is being taken. */
async function judgeRows({ db, ctx, cases, onProgress }: Judging, { file, rows, unreadable }: ReadingsTable, take: Take): Promise<RowVerdict[]> {
  const find = await meterFinder(db, rows, cases, changerOf(ctx, cases))
  const verdicts = [...unreadable]
  const groups = new Map<number, OfMeter>()
  for (const row of rows) {
    const meter = find(row)
    const group = meter && groups.get(meter.id)
    if (!meter) verdicts.push(refused(file, row.line, 'unknown-meter'))
    else if (group) group.rows.push(row)
    else groups.set(meter.id, { meter, rows: [row] })
  }
  const all = [...chunks(groups.values())]
  let [asked, taking] = [pastOf(db, all[0]), Promise.resolve()]
  for (const [at, chunk] of all.entries()) {
    const past = await asked
    asked = pastOf(db, all[at + 1])
    await setTimeout(sending)
    const judged = chunk.map(({ meter, rows }) => judgeMeter(file, meter, past.get(meter.id) ?? [], rows, ctx.today))
    const taken = judged.flatMap((one) => one.taken)
    await taking
    if (taken.length > 0) taking = take(taken)
    taking.catch(() => {})
    for (const one of judged) for (const verdict of one.verdicts) verdicts.push(verdict)
    onProgress({ file, rows: verdicts.length, total: rows.length + unreadable.length })
  }
  await taking
  return inFileOrder(verdicts)
}

/** What an import would say of each row; changes nothing. */
export async function previewReadings(ctx: Context, table: ReadingsTable): Promise<RowVerdict[]> {
  const cases = isPerson(ctx) ? await manageableCases(ctx) : []
  return judgeRows({ db: ctx.db, ctx, cases, onProgress: () => {} }, table, async () => {})
}

/**
 * One transaction, one event: in the case where all readings are of one, else in the installation's history. Each reading
 * names its import. The actor's rights decide which meters are known; of others a row says `unknown-meter`.
 */
export const importReadings = (ctx: Context, table: ReadingsTable, { onProgress = () => {}, before = async () => {}, also = async () => {} }: ImportOptions = {}): Promise<Imported> =>
  change(ctx, 'readings.imported', { unique: 'file' }, async (tx) => {
    await before(tx)
    const own = { ...ctx, db: tx }
    const cases = isPerson(ctx) ? await manageableCases(own) : []
    await lockCases(tx, casesMeant(ctx, table.rows, cases))
    const touched = { cases: new Set<number>(), meters: new Set<number>() }
    let importId: number | null = null
    const take: Take = async (taken) => {
      importId ??= await beginImport(tx, ctx, 'readings', table.file)
      for (const { meter } of taken) {
        touched.cases.add(meter.caseId)
        touched.meters.add(meter.id)
      }
      await insertReadings(tx, taken, { now: ctx.now, by: personIdOf(ctx.actor), importId })
      await keepLasts(tx, taken)
    }
    const verdicts = await judgeRows({ db: tx, ctx: own, cases, onProgress }, table, take)
    const imported = { importId: importId as number | null, counts: tally(verdicts), verdicts }
    await also(tx, imported)
    if (imported.importId === null) return { unchanged: true, value: imported }
    const [only] = touched.cases
    const caseId = touched.cases.size === 1 ? only! : null
    await endImport(tx, imported.importId, caseId, imported.counts)
    const after = { import: imported.importId, file: table.file, ...imported.counts, meters: touched.meters.size, cases: touched.cases.size }
    return { caseId: caseId ?? installation, subjectId: imported.importId, after, value: imported }
  })
