// `nams runs`: the record of the last sweeps, for whoever runs the installation.
import { Command, InvalidArgumentError } from 'commander'
import { sweepRuns, type SweepRun } from '../inspections/sweep-runs.ts'
import { note, print, verb, withInstallation } from './verb.ts'

const heading = ['as of', 'started', 'seconds', 'by', 'found', 'told', 'nobody to tell']

const seconds = ({ startedAt, finishedAt }: SweepRun) =>
  finishedAt === null ? 'not finished' : ((finishedAt.getTime() - startedAt.getTime()) / 1000).toFixed(1)

/** `2027-03-01T06:00:00+02:00`: the hour in Riga, with how far it is from UTC. */
const moment = (at: Date) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Europe/Riga').toString({ smallestUnit: 'second', timeZoneName: 'never' })

const cells = (run: SweepRun) =>
  [run.asOf, moment(run.startedAt), seconds(run), run.via, run.found, run.told, run.unaddressed].map(String)

/** Columns as wide as their widest cell. */
function table(rows: string[][]): string {
  const widths = heading.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)))
  return rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at]!)).join('  ').trimEnd()).join('\n')
}

function count(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Expected a whole number from 1 to 9999.')
}

const run = ({ json, last }: { json?: boolean; last: number }): Promise<void> =>
  withInstallation(async ({ database }) => {
    const runs = await sweepRuns(database.reader, last)
    if (json) for (const one of runs) print(JSON.stringify(one))
    else if (runs.length > 0) print(table([heading, ...runs.map(cells)]))
    else note('There was no sweep yet.')
  })

export const runsVerb = new Command('runs')
  .description('List the last sweeps: as of which day, by whom, what was found and told, and how long it took.')
  .option('--last <count>', 'how many', count, 20)
  .option('--json', 'one line of JSON for each run')
  .addHelpText('after', '\nA sweep that is "not finished" still goes on or was cut off; what it told stays told.\n\nExample:\n  nams runs --last 7')
  .action(verb(run))
