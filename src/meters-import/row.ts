// The two files that carry meters and readings, and what is said of each of their rows.
import type { RegisterFile, Row } from '../import/register.ts'
import { readRows } from '../import/csv.ts'
import { ImportRefused, type ImportProblem } from '../import/refusal.ts'
import type { Problem } from '../kernel/refusal.ts'

export const meterColumns = ['case_number', 'designation', 'type', 'number', 'installed_on', 'initial', 'status', 'valid_until', 'period_months'] as const
export const readingColumns = ['case_number', 'type', 'number', 'read_on', 'value', 'difference'] as const
/** Columns that a file may have besides. */
export const further: Partial<Record<string, readonly string[]>> = { 'meters.csv': ['premises'] }
export const columns = { 'meters.csv': meterColumns, 'readings.csv': readingColumns } as const

export type TableName = keyof typeof columns
export const tableNames = Object.keys(columns) as TableName[]

/** `line` counts from 1, the header. Of a refused meter the codes are those of its problems, which name its fields too. */
export type RowVerdict = { file: string; line: number; verdict: 'accepted' | 'warned' | 'refused'; codes: readonly string[]; problems?: readonly Problem[] }

export type Progress = { file: string; rows: number; total: number }
export type OnProgress = (progress: Progress) => void

export const refused = (file: string, line: number, ...codes: string[]): RowVerdict => ({ file, line, verdict: 'refused', codes })

export type Tally = Record<RowVerdict['verdict'], number>

export const tally = (verdicts: readonly RowVerdict[]): Tally => {
  const counts = { accepted: 0, warned: 0, refused: 0 }
  for (const { verdict } of verdicts) counts[verdict]++
  return counts
}

/** Each row on its own: what is wrong with one leaves the others readable. */
const ofOneRow = new Set(['column-count', 'unreadable-character'])

export type TableRows<T> = { file: string; rows: T[]; unreadable: RowVerdict[] }

/** All rows of a file. Throws `ImportRefused` where its header or its quotes do not make a table. */
export async function readTable<T>(file: RegisterFile, known: readonly string[], make: (row: Row) => T): Promise<TableRows<T>> {
  const problems: ImportProblem[] = []
  const rows: T[] = []
  for await (const row of readRows(file, (problem) => void problems.push(problem), known, further[file.name])) rows.push(make(row))
  const fatal = problems.filter(({ code }) => !ofOneRow.has(code))
  if (fatal.length > 0) throw new ImportRefused(fatal)
  const lines = [...new Set(problems.map(({ line }) => line))]
  return { file: file.name, rows, unreadable: lines.map((line) => refused(file.name, line, 'value-format')) }
}

export const inFileOrder = (verdicts: readonly RowVerdict[]): RowVerdict[] => verdicts.toSorted((a, b) => a.line - b.line)
