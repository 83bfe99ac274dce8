// Loads a folder of registers: everything or nothing, and the same folder again changes nothing.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { cellsOf } from './cells.ts'
import { crossRowProblems } from './cross-rows.ts'
import { countRows, readRows } from './csv.ts'
import { readFolder } from './folder.ts'
import { mergeBuildings, mergeHouseCases } from './merge-buildings.ts'
import { mergeHolders, mergeManagers } from './merge-holders.ts'
import { lockCases, mergeInspections, mergeTypes } from './merge-inspections.ts'
import { mergeParties, mergeRepresentatives } from './merge-people.ts'
import { tellOverLimit } from './over-limit.ts'
import { isRegisterName, registerNames, type Counts, type Progress, type RegisterFile, type RegisterName, type Row } from './register.ts'
import { ImportRefused, problemAt, type ImportProblem } from './refusal.ts'
import { factsOf, noFacts } from './row-facts.ts'
import { rules, type Staged } from './rows.ts'
import { analyzeStaging, countDifferences, createStaging, stage } from './staging.ts'

export type ImportResult = { counts: Partial<Record<RegisterName, Counts>> }

export type ImportOptions = {
  /** The import's today: inspections done are not later. */
  asOf?: PlainDate
  /** What is wrong with files that lie beside the registers: it refuses these too. */
  found?: readonly ImportProblem[]
  onProgress?: (progress: Progress) => void
}

type Named = RegisterFile & { name: RegisterName }

type Import = { tx: Writer; ctx: Context; asOf: PlainDate; onProgress: (progress: Progress) => void; problems: ImportProblem[] }

const chunkSize = 5000

async function stageChunk({ tx, asOf, problems }: Import, file: RegisterName, rows: readonly Row[]): Promise<void> {
  const facts = { asOf, ...(file === 'inspection_types.csv' ? await factsOf(tx, rows) : noFacts) }
  const staged: Staged[] = []
  for (const row of rows) {
    const tell = (column: string, code: string, params?: ImportProblem['params']) =>
      void problems.push(problemAt(file, row.line, column, code, params))
    for (const { table, row: values } of rules[file](cellsOf(row, tell), tell, facts))
      staged.push({ table, row: { line: row.line, ...values } })
  }
  await stage(tx, staged)
}

/** Reads a file into its temporary table; answers how many rows it had and whether all of it could be read. */
async function stageFile(importing: Import, file: Named): Promise<{ rows: number; isWhole: boolean }> {
  const total = await countRows(file)
  let [rows, isWhole] = [0, true]
  let chunk: Row[] = []
  const flush = async () => {
    await stageChunk(importing, file.name, chunk)
    rows += chunk.length
    chunk = []
    importing.onProgress({ file: file.name, step: 'reading', rows, total })
  }
  const report = (problem: ImportProblem) => {
    importing.problems.push(problem)
    isWhole = false
  }
  for await (const row of readRows(file, report)) if (chunk.push(row) === chunkSize) await flush()
  if (chunk.length > 0 || rows === 0) await flush()
  return { rows, isWhole }
}

/** In the order in which they refer to each other; each answers its difference tables. */
const merges: readonly [RegisterName, (importing: Import) => Promise<string[]>][] = [
  ['persons.csv', ({ tx, ctx }) => mergeParties(tx, ctx, 'person')],
  ['organisations.csv', ({ tx, ctx }) => mergeParties(tx, ctx, 'organisation')],
  ['representatives.csv', ({ tx, ctx }) => mergeRepresentatives(tx, ctx)],
  ['buildings.csv', ({ tx, ctx }) => mergeBuildings(tx, ctx)],
  ['house_cases.csv', ({ tx, ctx }) => mergeHouseCases(tx, ctx)],
  ['holders.csv', ({ tx, ctx }) => mergeHolders(tx, ctx)],
  ['managers.csv', ({ tx, ctx }) => mergeManagers(tx, ctx)],
  ['inspections.csv', ({ tx, ctx }) => mergeInspections(tx, ctx)],
  ['inspection_types.csv', ({ tx, ctx, asOf }) => mergeTypes(tx, ctx, asOf)],
]

async function merge(importing: Import, read: ReadonlyMap<RegisterName, number>): Promise<ImportResult['counts']> {
  const { tx, ctx, asOf, onProgress } = importing
  const counts = new Map<RegisterName, Counts>()
  for (const [file, write] of merges) {
    if (file === 'inspections.csv') await lockCases(tx)
    const differences = await write(importing)
    const rows = read.get(file)
    if (rows === undefined) continue
    const { created, changed } = await countDifferences(tx, differences)
    counts.set(file, { rows, created, changed, unchanged: rows - created - changed })
    onProgress({ file, step: 'writing', rows, total: rows })
  }
  await tellOverLimit(tx, ctx, asOf)
  return Object.fromEntries(registerNames.filter((name) => counts.has(name)).map((name) => [name, counts.get(name)!]))
}

/** Reads all files, in order, and gathers every problem before anything but temporary tables is written. */
async function stageAll(importing: Import, files: readonly RegisterFile[]): Promise<Map<RegisterName, number>> {
  await createStaging(importing.tx)
  const read = new Map<RegisterName, number>()
  const partial = new Set<RegisterName>()
  for (const name of registerNames) {
    const file = files.find((file): file is Named => file.name === name)
    if (!file) continue
    const staged = await stageFile(importing, file)
    read.set(name, staged.rows)
    if (!staged.isWhole) partial.add(name)
  }
  await analyzeStaging(importing.tx)
  const problems = importing.problems.concat(await crossRowProblems(importing.tx, partial))
  if (problems.length > 0) throw new ImportRefused(problems)
  return read
}

/** One import at a time: two would find each other's rows neither there nor absent. */
const waitForOthers = (tx: Writer) => sql`select pg_advisory_xact_lock(7264138)`.execute(tx)

const strangeNames = (files: readonly RegisterFile[]) =>
  files.filter(({ name }) => !isRegisterName(name)).map(({ name }) => problemAt(name, 0, '', 'unknown-file'))

/**
 * Loads register files in one transaction, with an event for every change. Throws `ImportRefused` with every bad row, and
 * every file whose name no register has: most likely a misspelt one. Then nothing was written. Where a file could not be
 * read as a table, references into it were not looked at.
 */
export async function importRegisters(
  ctx: Context,
  files: readonly RegisterFile[],
  { asOf = ctx.today, found = [], onProgress = () => {} }: ImportOptions = {},
): Promise<ImportResult> {
  return change(ctx, 'register.imported', {}, async (tx) => {
    await waitForOthers(tx)
    const importing = { tx, ctx, asOf, onProgress, problems: [...found, ...strangeNames(files)] }
    const counts = await merge(importing, await stageAll(importing, files))
    const value = { counts }
    if (Object.values(counts).every(({ created, changed }) => created + changed === 0)) return { unchanged: true, value }
    return { caseId: installation, subjectId: null, after: counts, value }
  })
}

/** As `importRegisters`, from the CSV files of a directory. */
export const importFolder = async (ctx: Context, dir: string, options: ImportOptions = {}): Promise<ImportResult> =>
  importRegisters(ctx, readFolder(dir), options)
