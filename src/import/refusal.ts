// What is wrong with a register folder: every problem names its file, line, column and reason.
import { Refusal, type Problem } from '../kernel/refusal.ts'
import { isMessageKey, say, type Locale } from '../ui/locale.ts'
import { registerNames } from './register.ts'

/** `line` 1 is the header, 0 the file as a whole; `column` is empty where no single one is to blame. */
export type ImportProblem = Problem & { file: string; line: number; column: string }

export type Tell = (column: string, code: string, params?: Problem['params']) => void

export const problemAt = (file: string, line: number, column: string, code: string, params?: Problem['params']): ImportProblem => ({
  file,
  line,
  column,
  field: column,
  code,
  ...(params && { params }),
})

const place = (file: string) => registerNames.findIndex((name) => name === file)

const inOrder = (a: ImportProblem, b: ImportProblem) =>
  place(a.file) - place(b.file) || a.file.localeCompare(b.file) || a.line - b.line || a.column.localeCompare(b.column)

/** Nothing was written; `problems` are all that were found, in the order of the files. */
export class ImportRefused extends Refusal {
  override readonly problems: readonly ImportProblem[]

  constructor(problems: readonly ImportProblem[]) {
    super('invalid')
    this.problems = problems.toSorted(inOrder)
    this.message = `The import was refused: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`
  }
}

/** The sentence of a problem, without its place. */
export function importProblemText(locale: Locale, { code, params }: Problem): string {
  const key = `import.problem.${code}`
  return isMessageKey(key) ? say(locale, key, params ?? {}) : code
}

/** `holders.csv, 12. rinda, kolonna "from": …` */
export function importProblemLine(locale: Locale, problem: ImportProblem): string {
  const { file, line, column } = problem
  const where = line === 0 ? 'import.place.file' : column === '' ? 'import.place.line' : 'import.place.column'
  return say(locale, where, { file, line, column, problem: importProblemText(locale, problem) })
}
