// `nams sweep`: tells what is due, as the morning job does, or only shows it.
import { Command, Option } from 'commander'
import { differences, type Difference } from '../inspections/full-check.ts'
import { sweep, type SweepResult } from '../inspections/sweep.ts'
import type { Notice } from '../inspections/sweep-sql.ts'
import type { PlainDate } from '../kernel/date.ts'
import type { MeterNotice } from '../meters/reminder-sql.ts'
import { meterReminders } from '../meters/reminder-teller.ts'
import { commandContext, counted, day, exit, note, print, verb, withInstallation, type Opened } from './verb.ts'

type Options = { asOf?: PlainDate; dryRun?: boolean; full?: boolean; json?: boolean }

const titled = ({ type, label }: { type: string; label: string }) => (label === '' ? type : `${type} (${label})`)

const noticeLine = (notice: Notice) =>
  `${notice.remindOn}  ${notice.building}  ${titled(notice)}, next on ${notice.nextOn}, to ${notice.to}: ${notice.recipients.length}`

const meterLine = ({ kind, caseNumber, type, number, on, remindOn, to, recipients }: MeterNotice) =>
  `${remindOn}  ${caseNumber}  ${type} ${number}, ${kind === 'READING_DUE' ? 'reading due' : 'valid until'} ${on}, to ${to}: ${recipients.length}`

const summary = ({ asOf, dryRun, found, told, unaddressed, milliseconds }: SweepResult) =>
  `As of ${asOf}: ${found} due, ${told} ${dryRun ? 'would be told' : 'told'}, ${unaddressed} with nobody to tell; ${milliseconds} ms.`

async function tell(opened: Opened, { asOf, dryRun = false, json = false }: Options): Promise<void> {
  const show = (notices: Notice[]) => {
    for (const notice of notices) print(json ? JSON.stringify(notice) : noticeLine(notice))
  }
  const showMeters = (notices: MeterNotice[]) => {
    for (const notice of notices) print(json ? JSON.stringify(notice) : meterLine(notice))
  }
  const isShown = json || dryRun
  const tellers = [meterReminders(isShown ? showMeters : undefined)]
  const result = await sweep(commandContext(opened), { ...(asOf && { asOf }), dryRun, tellers, ...(isShown && { onNotices: show }) })
  if (json) note(summary(result))
  else print(summary(result))
}

const differenceLine = ({ building, kept, literal, ...name }: Difference) =>
  `${building}  ${titled(name)}: kept ${Object.values(kept).join(', ')}; by the rule ${Object.values(literal).join(', ')}`

async function check(opened: Opened, { asOf, json }: Options): Promise<void> {
  const ctx = commandContext(opened)
  let found = 0
  const compared = await differences(ctx.db, asOf ?? ctx.today, (difference) => {
    found++
    print(json ? JSON.stringify(difference) : differenceLine(difference))
  })
  note(`Compared ${counted(compared, 'inspection type')}: ${found} differ${found === 1 ? 's' : ''} from the rule.`)
  if (found > 0) process.exitCode = exit.failed
}

const run = (options: Options): Promise<void> => withInstallation((opened) => (options.full ? check(opened, options) : tell(opened, options)))

export const sweepVerb = new Command('sweep')
  .description('Tell whom a reminder is due to, exactly once each, however often it is run.')
  .option('--as-of <date>', 'as of this day (YYYY-MM-DD) instead of today in Europe/Riga', day)
  .option('--dry-run', 'show what would be told, write nothing')
  .addOption(new Option('--full', 'recompute the rule for all inspection types and show where the dates kept differ; writes nothing').conflicts('dryRun'))
  .option('--json', 'one line of JSON for each notice (with --full, for each difference) and nothing else on standard output')
  .addHelpText(
    'after',
    `
A notice made under --as-of carries that day as its day of creation. With --full it ends with 1 where something differs.

Examples:
  nams sweep
  nams sweep --as-of 2027-03-01 --dry-run --json`,
  )
  .action(verb(run))
