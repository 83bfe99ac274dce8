// `nams work`: the jobs without the pages, for ever or once.
import { Command } from 'commander'
import { readConfig } from '../platform/config.ts'
import { hearBounces } from './bounce.ts'
import { drain, startJobs, type Working } from './jobs.ts'
import { postOf } from './post.ts'
import { logOf, note, open, print, Stop, verb } from './verb.ts'
import { untilStopped } from './stop.ts'

type Options = { once?: boolean; json?: boolean }

async function once(working: Working, json: boolean): Promise<void> {
  try {
    const { sweep, mail } = await drain(working)
    if (json) print(JSON.stringify({ sweep, mail }))
    else {
      print(sweep ? `Sweep as of ${sweep.asOf}: ${sweep.told} told, ${sweep.unaddressed} with nobody to tell.` : 'The morning sweep is not due.')
      print(`Deliveries: ${mail.sent} sent, ${mail.retried} to be tried again, ${mail.failed} failed, ${mail.aside} put off or called off.`)
    }
    if (mail.stopped) throw new Stop(`${mail.stopped.channel} has stopped (${mail.stopped.obstacle}): ${mail.stopped.answer}`)
  } finally {
    for (const channel of Object.values(working.post.channels)) channel.close()
  }
}

async function run({ once: isOnce, json = false }: Options): Promise<void> {
  const config = readConfig()
  const stopped = untilStopped()
  const opened = await open(config)
  const working = { opened, clock: () => new Date(), log: logOf(config), post: postOf(config) }
  try {
    if (isOnce) return await once(working, json)
    const listener = await hearBounces(working)
    const loop = startJobs(working)
    note('Working: the morning sweep, mail and housekeeping.')
    await stopped
    await Promise.all([loop.stop(), listener?.close()])
  } finally {
    await opened.database.close()
  }
}

export const workVerb = new Command('work')
  .description('Run the jobs: the morning sweep, the mail and the housekeeping. `serve` runs them too.')
  .option('--once', 'do what is due now, and end')
  .option('--json', 'with --once: print {"sweep","mail"}')
  .addHelpText(
    'after',
    `
The morning sweep is due once a day, from the hour NAMS_SWEEP_HOUR (default: 6) in Europe/Riga on. Several processes may
work at once. With --once it ends with 1 where mail could not be sent at all.

Examples:
  nams work
  nams work --once --json`,
  )
  .action(verb(run))
