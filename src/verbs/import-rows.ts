// The meters and readings of `nams import`: reads their files, takes their rows and tells what became of each.
import { ImportRefused, type ImportProblem } from '../import/refusal.ts'
import type { RegisterFile } from '../import/register.ts'
import { importMeters, meterRow, type MetersTable } from '../meters-import/import-meters.ts'
import { importReadings, readingRow, type ReadingsTable } from '../meters-import/import-readings.ts'
import { meterColumns, readingColumns, readTable, type OnProgress, type RowVerdict, type Tally } from '../meters-import/row.ts'
import { reasonWords } from '../meters-import/words.ts'
import type { Context } from '../people/context.ts'
import type { Locale } from '../ui/locale.ts'
import { print } from './verb.ts'

export type RowFiles = { meters?: MetersTable; readings?: ReadingsTable }

/** Also what keeps a file from being such a table. */
export async function readRowFiles(files: readonly RegisterFile[]): Promise<RowFiles & { problems: ImportProblem[] }> {
  const problems: ImportProblem[] = []
  const read = async <T>(name: string, table: (file: RegisterFile) => Promise<T>): Promise<T | undefined> => {
    const file = files.find((file) => file.name === name)
    return file && table(file).catch((error) => {
      if (!(error instanceof ImportRefused)) throw error
      problems.push(...error.problems)
      return undefined
    })
  }
  const meters = await read('meters.csv', (file) => readTable(file, meterColumns, meterRow))
  const readings = await read('readings.csv', (file) => readTable(file, readingColumns, readingRow))
  return { ...(meters && { meters }), ...(readings && { readings }), problems }
}

type Telling = { json: boolean; locale: Locale; onProgress: OnProgress; clear: () => void }

const atOnce = 2000

function tellRows(verdicts: readonly RowVerdict[], { json, locale }: Telling): void {
  const told = json ? verdicts : verdicts.filter(({ verdict }) => verdict === 'refused')
  const line = (row: RowVerdict) => (json ? JSON.stringify({ file: row.file, line: row.line, verdict: row.verdict, codes: row.codes }) : `${row.file}:${row.line}: ${reasonWords(locale, row)}`)
  for (let at = 0; at < told.length; at += atOnce) print(told.slice(at, at + atOnce).map(line).join('\n'))
}

const counted = ({ accepted, warned, refused }: Tally) => `${accepted} accepted, ${warned} accepted with a warning, ${refused} refused`

const numbered = (importId: number | null) => (importId === null ? 'nothing was changed' : `import ${importId}`)

export async function importRows(ctx: Context, { meters, readings }: RowFiles, telling: Telling): Promise<void> {
  if (meters) {
    const { importId, counts, added, changed, verdicts } = await importMeters(ctx, meters)
    tellRows(verdicts, telling)
    if (!telling.json) print(`meters.csv: ${counted(counts)}; ${added} added, ${changed} changed; ${numbered(importId)}`)
  }
  if (readings) {
    const { importId, counts, verdicts } = await importReadings(ctx, readings, { onProgress: telling.onProgress })
    telling.clear()
    tellRows(verdicts, telling)
    if (!telling.json) print(`readings.csv: ${counted(counts)}; ${numbered(importId)}`)
  }
}
