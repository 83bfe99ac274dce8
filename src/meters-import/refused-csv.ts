// The file of refused rows: as they were in the table, each with its line and why.
import { guarded, quoted } from '../ui/csv.ts'
import type { RefusedRow } from './upload-store.ts'

/** `-5,000` is a number, though a formula may begin so. */
const isNumber = (cell: string) => /^[+-]?\d[\d\s.,]*$/.test(cell)

const written = (cell: string) => quoted(isNumber(cell) ? cell : guarded(cell), ';')

/** Opens in a spreadsheet as it is in Latvia. */
export function refusedCsv(header: readonly string[], refused: readonly RefusedRow[], titles: { line: string; reason: string }, words: (row: RefusedRow) => string): string {
  const line = (cells: readonly string[]) => cells.map(written).join(';')
  const wide = (cells: readonly string[]) => header.map((_, at) => cells[at] ?? '')
  return `\ufeff${[line([...header, titles.line, titles.reason]), ...refused.map((row) => line([...wide(row.cells), String(row.line), words(row)]))].join('\r\n')}\r\n`
}
