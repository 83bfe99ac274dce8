// `nams import`: loads a folder of registers, all or nothing, and then its meters and readings row by row.
import { Command, InvalidArgumentError } from 'commander'
import { readFolder } from '../import/folder.ts'
import { importRegisters, type ImportResult } from '../import/import.ts'
import { importProblemText, ImportRefused, type ImportProblem } from '../import/refusal.ts'
import { columns } from '../import/register.ts'
import type { PlainDate } from '../kernel/date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { undoImport } from '../meters-import/undo.ts'
import { columns as rowColumns, tableNames } from '../meters-import/row.ts'
import { say, type Locale } from '../ui/locale.ts'
import { importRows, readRowFiles } from './import-rows.ts'
import { commandContext, counted, day, exit, note, print, Stop, verb, withDatabase, withInstallation } from './verb.ts'

type Options = { asOf?: PlainDate; json?: boolean; undo?: number; because?: string }

type Progress = { file: string; step: 'reading' | 'writing' | 'judging'; rows: number; total: number }

/** In place on a terminal; elsewhere a line when a file has been read and when it has been written. */
function progress(): { show: (progress: Progress) => void; clear: () => void } {
  const isTerminal = process.stderr.isTTY === true
  const show = ({ file, step, rows, total }: Progress) => {
    const text = step === 'writing' ? `${file}: merged ${counted(rows, 'row')}` : `${file}: ${step === 'reading' ? 'read' : 'judged'} ${rows} of ${counted(total, 'row')}`
    if (isTerminal) process.stderr.write(`\r\x1b[K${text}`)
    else if (rows >= total) note(text)
  }
  return { show, clear: () => void (isTerminal && process.stderr.write('\r\x1b[K')) }
}

const localeOf = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Locale => (/^lv/.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'lv' : 'en')

function problemLine(problem: ImportProblem, locale: Locale, json: boolean): string {
  const { file, line, column, code } = problem
  const sentence = importProblemText(locale, problem)
  if (json) return JSON.stringify({ file, line, column, code, problem: sentence })
  return `${[line === 0 ? file : `${file}:${line}`, column].filter(Boolean).join(' ')}: ${sentence}`
}

function report({ counts }: ImportResult, json: boolean): void {
  if (json) return print(JSON.stringify({ counts }))
  for (const [file, { rows, created, changed, unchanged }] of Object.entries(counts))
    print(`${file}: ${counted(rows, 'row')}, ${created} created, ${changed} changed, ${unchanged} as they were`)
}

/** All files are read before anything is written; then the registers, the meters and the readings. */
async function load(directory: string, { asOf, json = false }: Options, { show, clear }: ReturnType<typeof progress>): Promise<void> {
  const files = readFolder(directory)
  const registers = files.filter(({ name }) => !tableNames.some((table) => table === name))
  const { problems: found, ...tables } = await readRowFiles(files)
  if (registers.length === 0 && found.length > 0) throw new ImportRefused(found)
  await withDatabase(async (opened) => {
    if (registers.length > 0) {
      const result = await importRegisters(commandContext(opened), registers, { ...(asOf && { asOf }), found, onProgress: show })
      clear()
      report(result, json)
    }
    await importRows(commandContext(opened, asOf && { today: asOf }), tables, { json, locale: localeOf(process.env), onProgress: (at) => show({ ...at, step: 'judging' }), clear })
    await opened.database.maintain()
  })
}

async function undo(id: number, because: string): Promise<void> {
  await withInstallation(async (opened) => {
    const undone = await undoImport(commandContext(opened), id, because)
    if (undone.what === 'readings') return print(`Import ${id} was undone: ${counted(undone.removed, 'reading')} of ${counted(undone.meters, 'meter')} ${undone.removed === 1 ? 'was' : 'were'} removed.`)
    print(`Import ${id} was undone: ${counted(undone.removed, 'meter')} removed, ${undone.restored} as before.`)
    for (const { number, code } of undone.kept) print(`${number}: ${say(localeOf(process.env), `undo.kept.${code}`)}`)
  })
}

function undoRefused(id: number, error: unknown): never {
  if (!(error instanceof Refusal)) throw error
  const [problem] = error.problems
  const reasons: Record<string, string> = {
    'already-undone': 'it was undone before',
    'needed-by-next': `later readings count from its own on ${problem?.params?.['meters']}`,
    'nothing-to-undo': `meters that it set have readings or were changed since: ${problem?.params?.['meters']}`,
    required: 'say why with --because',
    'too-long': 'the reason is too long',
  }
  throw new Stop(`Import ${id} was not undone: ${error.kind === 'missing' ? 'there is no such import' : (reasons[problem?.code ?? ''] ?? error.kind)}.`, exit.refused)
}

async function run(directory: string | undefined, options: Options): Promise<void> {
  if (options.undo !== undefined) return undo(options.undo, options.because ?? '').catch((error) => undoRefused(options.undo!, error))
  if (directory === undefined) throw new Stop('Name a directory to import, or an import to --undo.', exit.usage)
  const shown = progress()
  try {
    await load(directory, options, shown)
  } catch (error) {
    shown.clear()
    if (!(error instanceof ImportRefused)) throw error
    const write = options.json ? print : note
    for (const problem of error.problems) write(problemLine(problem, localeOf(process.env), options.json ?? false))
    throw new Stop(`${directory} was not imported: ${counted(error.problems.length, 'problem')}; nothing was changed.`, exit.refused)
  }
}

function importNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Expected the number of an import.')
}

const header = ([file, names]: [string, readonly string[]]) => `  ${file}\n    ${names.join(',')}`

export const importVerb = new Command('import')
  .description('Load a folder of registers, everything or nothing, and meters and readings row by row. The same folder again changes nothing.')
  .argument('[directory]', 'a folder with some of the files below')
  .option('--as-of <date>', 'the day that counts as today (YYYY-MM-DD): inspections done and readings are not later', day)
  .option('--json', 'print the counts, and one line for each row of meters and readings or for each problem, as JSON')
  .option('--undo <number>', 'undo an import of meters or of readings instead', importNumber)
  .option('--because <reason>', 'why an import is undone')
  .addHelpText(
    'after',
    `
UTF-8 CSV with these headers; any file may be absent:
${Object.entries(columns).map(header).join('\n')}

Each problem is named by file, line, column and reason, and it ends with 5: nothing was changed.

Meters and readings, taken row by row after the registers:
${Object.entries(rowColumns).map(header).join('\n')}
  type is WATER, GAS, ELECTRICITY or HEAT; status is ACTIVE or INACTIVE. meters.csv may have a column premises besides.

A meter that is there is changed to what its row says. Good rows are taken and the others told, and it ends with 0 also where
rows were refused; it ends with 5 where a register is refused or a file is no such table. With --json each row is a line:
  {"file":"readings.csv","line":2,"verdict":"refused","codes":["unknown-meter"]}
The verdict is accepted, warned or refused, and lines count from 1, the header.

Examples:
  nams import registers/2027-03 --as-of 2027-03-01
  nams import --undo 12 --because "Wrong file"`,
  )
  .action(verb(run))
