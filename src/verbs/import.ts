// `nams import`: loads a folder of registers, all or nothing.
import { Command } from 'commander'
import { importFolder, type ImportResult } from '../import/import.ts'
import { importProblemText, ImportRefused, type ImportProblem } from '../import/refusal.ts'
import { columns, type Progress } from '../import/register.ts'
import type { PlainDate } from '../kernel/date.ts'
import type { Locale } from '../ui/locale.ts'
import { commandContext, day, exit, note, print, Stop, verb, withDatabase } from './verb.ts'

type Options = { asOf?: PlainDate; json?: boolean }

/** In place on a terminal; elsewhere a line when a file has been read and when it has been written. */
function progress(): { show: (progress: Progress) => void; clear: () => void } {
  const isTerminal = process.stderr.isTTY === true
  const show = ({ file, step, rows, total }: Progress) => {
    const text = step === 'reading' ? `${file}: read ${rows} of ${total} rows` : `${file}: merged ${rows} rows`
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
    print(`${file}: ${rows} rows, ${created} created, ${changed} changed, ${unchanged} as they were`)
}

async function run(directory: string, { asOf, json = false }: Options): Promise<void> {
  const { show, clear } = progress()
  try {
    await withDatabase(async (opened) => {
      const result = await importFolder(commandContext(opened), directory, { ...(asOf && { asOf }), onProgress: show })
      clear()
      await opened.database.maintain()
      report(result, json)
    })
  } catch (error) {
    clear()
    if (!(error instanceof ImportRefused)) throw error
    const write = json ? print : note
    for (const problem of error.problems) write(problemLine(problem, localeOf(process.env), json))
    throw new Stop(`${directory} was not imported: ${error.problems.length} problem(s); nothing was changed.`, exit.refused)
  }
}

export const importVerb = new Command('import')
  .description('Load a folder of registers: everything or nothing, and the same folder again changes nothing.')
  .argument('<directory>', 'a folder with some of the files below')
  .option('--as-of <date>', 'the day that counts as today (YYYY-MM-DD): inspections done are not later', day)
  .option('--json', 'print the counts, or one line for each problem, as JSON')
  .addHelpText(
    'after',
    `
UTF-8 CSV with these headers; any file may be absent:
${Object.entries(columns).map(([file, names]) => `  ${file}\n    ${names.join(',')}`).join('\n')}

Each problem is named by file, line, column and reason, and it ends with 5.

Example:
  nams import registers/2027-03 --as-of 2027-03-01`,
  )
  .action(verb(run))
