// `nams doctor`: examines what an installation needs, whether or not it could start, and says what is wrong with it.
import { Command } from 'commander'
import { examineConfig } from '../platform/config.ts'
import { DirectoryInUse } from '../platform/embedded.ts'
import { configurationChecks, databaseChecks, eaddressCheck, filesCheck, linksCheck, mailCheck, pushCheck, zoneCheck, type Check } from './checks.ts'
import { dkimCheck } from './dkim.ts'
import { exit, print, verb } from './verb.ts'

const order = { ok: 0, warn: 1, problem: 2 } as const

const line = ({ check, state, detail }: Check) => `${state.padEnd(7)}  ${check.padEnd(13)}  ${detail}`

function codeOf(checks: readonly Check[], isHeld: boolean): number {
  const problems = checks.filter(({ state }) => state === 'problem')
  if (problems.length === 0) return exit.ok
  if (problems.some(({ check }) => check === 'configuration')) return exit.configuration
  return isHeld && problems.length === 1 ? exit.inUse : exit.failed
}

async function run({ json }: { json?: boolean }): Promise<void> {
  const { config, problems } = examineConfig()
  const now = new Date()
  let isHeld = false
  const database = await databaseChecks(config, problems, now).catch((error): Check[] => {
    if (!(error instanceof DirectoryInUse)) throw error
    isHeld = true
    return [{ check: 'database', state: 'problem', detail: `${error.message} To examine it, stop the other process first.` }]
  })
  const checks = [...configurationChecks(config, problems), ...database, await mailCheck(config, problems), await dkimCheck(config, problems), await eaddressCheck(config, problems), pushCheck(config, problems), await filesCheck(config, problems), zoneCheck(), linksCheck(config)]
  for (const check of checks) print(json ? JSON.stringify(check) : line(check))
  const worst = checks.reduce<Check['state']>((so, { state }) => (order[state] > order[so] ? state : so), 'ok')
  if (!json) print({ ok: 'All is well.', warn: 'It works; mind the warnings.', problem: 'It is not as it must be.' }[worst])
  process.exitCode = codeOf(checks, isHeld)
}

export const doctorVerb = new Command('doctor')
  .description('Check the configuration, the database, the mail server, the e-address service, the store of files and the clock, and print what is wrong.')
  .option('--json', 'one line of JSON for each check: {"check","state","detail"}')
  .addHelpText(
    'after',
    `
Each check ends as ok, warn or problem. With a problem it ends with 3 (configuration), 4 (only that another process holds
the data directory) or 1. It changes nothing.

Example:
  NAMS_MODE=production nams doctor`,
  )
  .action(verb(run))
