// Reads a register file row by row; what is not a readable table becomes a problem with its line.
import { CsvError, parse } from 'csv-parse'
import { createReadStream } from 'node:fs'
import { columns, type RegisterFile, type RegisterName, type Row } from './register.ts'
import { problemAt, type ImportProblem } from './refusal.ts'

export type Report = (problem: ImportProblem) => void

const bytesOf = (file: RegisterFile): AsyncIterable<Uint8Array> | Iterable<Uint8Array> => {
  if ('path' in file) return createReadStream(file.path, { highWaterMark: 1 << 18 })
  return [typeof file.content === 'string' ? Buffer.from(file.content) : file.content]
}

/** Lines end with a line feed alone, so that they are counted alike however the file was saved. */
async function* plainText(file: RegisterFile): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let held = ''
  for await (const bytes of bytesOf(file)) {
    const text = held + decoder.decode(bytes, { stream: true })
    held = text.endsWith('\r') ? '\r' : ''
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n')
  }
  yield (held + decoder.decode()).replace(/\r\n?/g, '\n')
}

/** How many rows a file has at most: its lines below the header. */
export async function countRows(file: RegisterFile): Promise<number> {
  let lines = 0
  let last = 10
  for await (const bytes of bytesOf(file)) {
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++
    last = bytes.at(-1) ?? last
  }
  return Math.max(0, lines - (last === 10 ? 1 : 0))
}

type CsvRecord = { cells: string[]; line: number; lastLine: number }

const breaksIn = (cells: readonly string[]) => cells.reduce((sum, cell) => (cell.includes('\n') ? sum + cell.split('\n').length - 1 : sum), 0)

/** Fails only after every row before the fault was given out: a parser read as a stream would lose those it still holds. */
async function* records(file: RegisterFile): AsyncGenerator<CsvRecord> {
  let found: CsvRecord[] = []
  let failure: unknown
  const parser = parse({
    relax_column_count: true,
    skip_empty_lines: true,
    on_record: (cells: string[], { lines }) => void found.push({ cells, line: lines - breaksIn(cells), lastLine: lines }),
  })
  parser.on('error', () => {}).resume()
  const settled = (act: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve) => act((error) => resolve(void (failure ??= error ?? undefined))))
  for await (const text of plainText(file)) {
    await settled((done) => parser.write(text, done))
    yield* found
    if (failure) throw failure
    found = []
  }
  await settled((done) => parser.end(done))
  yield* found
  if (failure) throw failure
}

/** U+FFFD stands where the file is not UTF-8. */
const unreadable = /[\u0000-\u0008\u000e-\u001f\ufffd]/

/** A table of another kind, as a spreadsheet may save it: told once, and not as so many missing columns. */
const isForeign = (header: readonly string[]) => header.some((column) => unreadable.test(column)) || (header.length === 1 && /[;\t|]/.test(header[0]!))

const foreign = (name: string): ImportProblem => problemAt(name, 1, '', 'not-comma-separated')

type Columns = { known: readonly string[]; further: readonly string[] }

function headerProblems(name: string, { known, further }: Columns, header: readonly string[]): ImportProblem[] {
  if (isForeign(header)) return [foreign(name)]
  const all = [...known, ...further]
  const problem = (column: string, code: string) => problemAt(name, 1, column, code)
  return [
    ...header.filter((column) => !all.includes(column)).map((column) => problem(column, 'unknown-column')),
    ...known.filter((column) => !header.includes(column)).map((column) => problem(column, 'missing-column')),
    ...header.filter((column, at) => all.includes(column) && header.indexOf(column) !== at).map((column) => problem(column, 'duplicate-column')),
  ]
}

function rowOf(name: string, header: readonly string[], record: readonly string[], line: number, report: Report): Row | undefined {
  if (record.length !== header.length) {
    report(problemAt(name, line, '', 'column-count', { expected: header.length, found: record.length }))
    return undefined
  }
  const cells: Record<string, string> = {}
  let isReadable = true
  for (const [at, column] of header.entries()) {
    cells[column] = record[at]!
    if (!unreadable.test(record[at]!)) continue
    isReadable = false
    report(problemAt(name, line, column, 'unreadable-character'))
  }
  return isReadable ? { line, cells } : undefined
}

const malformed = (name: string, error: unknown, lastLine: number): ImportProblem => {
  if (!(error instanceof CsvError)) throw error
  const line = error.code === 'CSV_QUOTE_NOT_CLOSED' ? lastLine + 1 : Number(error['lines'] ?? lastLine + 1)
  return problemAt(name, line, '', error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote-not-closed' : 'malformed-csv')
}

/**
 * The rows of a file, headers by name in any order. Reports columns that are unknown or missing and rows that are not
 * readable; a file whose header is wrong has no rows. `known` are its columns: a register's by its name; it may
 * have the `further` ones.
 */
export async function* readRows(file: RegisterFile, report: Report, known: readonly string[] = columns[file.name as RegisterName], further: readonly string[] = []): AsyncGenerator<Row> {
  let header: string[] | undefined
  let lastLine = 0
  try {
    for await (const { cells, line, lastLine: end } of records(file)) {
      lastLine = end
      if (header) {
        const row = rowOf(file.name, header, cells, line, report)
        if (row) yield row
        continue
      }
      header = cells.map((column) => column.trim())
      const problems = headerProblems(file.name, { known, further }, header)
      problems.forEach(report)
      if (problems.length > 0) return
    }
    if (!header) headerProblems(file.name, { known, further }, []).forEach(report)
  } catch (error) {
    const problem = malformed(file.name, error, lastLine)
    report(header === undefined && problem.code === 'malformed-csv' ? foreign(file.name) : problem)
  }
}
