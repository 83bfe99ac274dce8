// What runs by itself: the morning sweep, the mail, and forgetting what need not be kept. One loop in each process.
import { join } from 'node:path'
import { differences } from '../inspections/full-check.ts'
import { inspectionNotices } from '../inspections/notices.ts'
import { lastSweptOn } from '../inspections/sweep-runs.ts'
import { sweep, type SweepResult } from '../inspections/sweep.ts'
import { daysBetween, dateAt, type PlainDate } from '../kernel/date.ts'
import { deliverAll, deliverDue, type Post, type Round } from '../notifications/delivery.ts'
import { folderTransport } from '../notifications/mail-folder.ts'
import type { MailTransport } from '../notifications/mail.ts'
import { smtpTransport } from '../notifications/smtp.ts'
import type { Context } from '../people/context.ts'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { forgetOld } from './housekeeping.ts'
import { isSweepDue } from './schedule.ts'
import { commandContext, type Opened } from './verb.ts'

/** The only clock that jobs read is the one they are given. */
export type Working = { opened: Opened; clock: () => Date; log: Log; post: Post }

/** A demo without a mail server keeps its mails in a folder. */
export const mailFolder = ({ dataDirectory }: Pick<Config, 'dataDirectory'>): string => join(dataDirectory, 'mail')

export const transportOf = ({ smtpUrl, mailFrom, ...config }: Config): MailTransport =>
  smtpUrl ? smtpTransport(smtpUrl, mailFrom) : folderTransport(mailFolder(config), mailFrom)

/** Where people reach it: what is configured, or where a demo listens. */
export const publicUrlOf = ({ publicUrl, host, port }: Config): string => publicUrl ?? `http://${host}:${port}`

export const postOf = (config: Config): Post => ({ transport: transportOf(config), texts: inspectionNotices, publicUrl: publicUrlOf(config) })

function contextNow({ opened, clock, log }: Omit<Working, 'post'>): Context {
  const now = clock()
  return commandContext(opened, { via: 'job', now, today: dateAt(now), log })
}

/** Once a week: a difference is a fault of the program, which `nams sweep --full` shows in full. */
async function compareWeekly(ctx: Context): Promise<void> {
  const isMonday = daysBetween('2026-01-05' as PlainDate, ctx.today) % 7 === 0
  if (!isMonday) return
  let different = 0
  await differences(ctx.db, ctx.today, () => different++)
  if (different > 0) ctx.log.error({ different }, 'Dates kept differ from the rule: see `nams sweep --full`.')
}

/** The morning sweep where it is due; undefined where it is not. Several processes may sweep at once: each notice is made once. */
export async function sweepIfDue(working: Omit<Working, 'post'>): Promise<SweepResult | undefined> {
  const ctx = contextNow(working)
  if (!isSweepDue(ctx.now, await lastSweptOn(ctx.db), working.opened.config.sweepHour)) return undefined
  const result = await sweep(ctx)
  const { asOf, found, told, unaddressed, milliseconds } = result
  ctx.log.info({ asOf, found, told, unaddressed, milliseconds }, 'The morning sweep is done.')
  await compareWeekly(ctx)
  return result
}

/** Rounds until nothing is due, mail has stopped or the program stops; whether mail goes. */
async function deliverRounds(working: Working, signal: AbortSignal): Promise<boolean> {
  let round: Round
  do round = await deliverDue(contextNow(working), working.post)
  while (!signal.aborted && !round.stopped && round.sent + round.retried + round.failed > 0)
  return !round.stopped
}

/** Once a day: forgets, and puts the embedded database in order. */
function housekeeping(): (working: Working) => Promise<void> {
  let doneOn: PlainDate | undefined
  return async (working) => {
    const ctx = contextNow(working)
    if (doneOn === ctx.today) return
    await forgetOld(ctx.db, ctx.now)
    await working.opened.database.maintain()
    doneOn = ctx.today
  }
}

type Job = { name: string; run: (working: Working, signal: AbortSignal) => Promise<unknown> }

const allJobs = (): readonly Job[] => [
  { name: 'sweep', run: sweepIfDue },
  { name: 'mail', run: deliverRounds },
  { name: 'housekeeping', run: housekeeping() },
]

/** Every job once; one that fails is logged and does not keep the next from running. Answers whether all went well. */
async function tick(working: Working, jobs: readonly Job[], signal: AbortSignal): Promise<boolean> {
  let isWell = true
  for (const { name, run } of signal.aborted ? [] : jobs)
    try {
      if ((await run(working, signal)) === false) isWell = false
    } catch (err) {
      isWell = false
      working.log.error({ job: name, err }, 'A job failed; it will be tried again.')
    }
  return isWell
}

/** Each job once, all that is due of it. */
export async function drain(working: Working): Promise<{ sweep: SweepResult | null; mail: Round }> {
  const sweep = (await sweepIfDue(working)) ?? null
  const mail = await deliverAll(() => contextNow(working), working.post)
  const ctx = contextNow(working)
  await forgetOld(ctx.db, ctx.now)
  return { sweep, mail }
}

const pause = 5_000
const longestPause = 300_000

export type Loop = { stop: () => Promise<void> }

/** Ticks until it is stopped, more seldom while jobs fail. `stop` waits for the tick that is running. */
export function startJobs(working: Working, { every = pause } = {}): Loop {
  const stopped = new AbortController()
  const jobs = allJobs()
  const loop = async () => {
    let wait = every
    while (!stopped.signal.aborted) {
      wait = (await tick(working, jobs, stopped.signal)) ? every : Math.min(wait * 2, longestPause)
      await rest(wait, stopped.signal)
    }
  }
  const ended = loop()
  return {
    stop: async () => {
      stopped.abort()
      await ended
      working.post.transport.close()
    },
  }
}

/** Until the time is over or the signal comes. */
const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    const wake = () => {
      clearTimeout(timer)
      resolve()
    }
    if (signal.aborted) wake()
    else signal.addEventListener('abort', wake, { once: true })
  })
