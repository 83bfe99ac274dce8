// What runs by itself: the morning sweep, the mail, and the housekeeping.
import { cleanAttachments } from '../attachments/clean.ts'
import { forgetOldKeys } from '../history/idempotency.ts'
import { differences } from '../inspections/full-check.ts'
import { lastSweptOn } from '../inspections/sweep-runs.ts'
import { sweep, type SweepResult } from '../inspections/sweep.ts'
import { dateAt, daysBetween, type PlainDate } from '../kernel/date.ts'
import { meterReminders } from '../meters/reminder-teller.ts'
import { forgetOldAddressMails } from '../notifications/addresses/mail-queue.ts'
import { sendAddressMails } from '../notifications/addresses/send.ts'
import { configuredOf, deliverAll, deliverDue, foundWork, type Post, type Round } from '../notifications/delivery.ts'
import { failSilent } from '../notifications/silence.ts'
import type { Context } from '../people/context.ts'
import { forgetOldUploads } from '../meters-import/upload-store.ts'
import { forgetOldSessions } from '../people/session.ts'
import type { Log } from '../platform/log.ts'
import { sendProblemMails } from '../problems/mail.ts'
import { startLoop, type Job, type Loop } from './loop.ts'
import { isSweepDue } from './schedule.ts'
import { commandContext, type Opened } from './verb.ts'

/** The only clock that jobs read is the one they are given. */
export type Working = { opened: Opened; clock: () => Date; log: Log; post: Post }

export function contextNow({ opened, clock, log }: Omit<Working, 'post'>): Context {
  const now = clock()
  return commandContext(opened, { via: 'job', now, today: dateAt(now), log })
}

const aMonday = '2026-01-05' as PlainDate

/** Once a week: a difference is a fault of the program, which `nams sweep --full` shows. */
async function compareWeekly(ctx: Context): Promise<void> {
  if (daysBetween(aMonday, ctx.today) % 7 !== 0) return
  let different = 0
  await differences(ctx.db, ctx.today, () => different++)
  if (different > 0) ctx.log.error({ different }, 'Dates kept differ from the rule: see `nams sweep --full`.')
}

/** The morning sweep where it is due; null where it is not. Several processes may sweep at once: each notice is made once. */
async function sweepIfDue(working: Working): Promise<SweepResult | null> {
  const ctx = contextNow(working)
  if (!isSweepDue(ctx.now, await lastSweptOn(ctx.db), working.opened.config.sweepHour)) return null
  const result = await sweep(ctx, { tellers: [meterReminders()] })
  ctx.log.info(result, 'The morning sweep is done.')
  await compareWeekly(ctx)
  return result
}

async function hearBack(working: Working): Promise<void> {
  for (const channel of Object.values(working.post.channels)) await channel.poll?.(contextNow(working), configuredOf(working.post))
}

/** Rounds until nothing is due or the program stops; whether every channel goes. */
async function deliverRounds(working: Working, signal: AbortSignal): Promise<boolean> {
  let round: Round
  do round = await deliverDue(contextNow(working), working.post)
  while (!signal.aborted && foundWork(round))
  await hearBack(working)
  await failSilent(contextNow(working), working.post)
  return !round.stopped
}

/** Links and reminders, until none is due or the program stops. */
async function sendAboutAddresses(working: Working, signal?: AbortSignal): Promise<void> {
  const { office } = working.post
  if (!office) return
  while ((await sendAddressMails(contextNow(working), office)) > 0 && !signal?.aborted);
}

/** Answers to those who reported without an account. */
async function sendAnswers(working: Working, signal?: AbortSignal): Promise<void> {
  const { office } = working.post
  if (!office) return
  const replyDomain = working.opened.config.support.mailDomain
  while ((await sendProblemMails(contextNow(working), { ...office, replyDomain })) > 0 && !signal?.aborted);
}

/** Forgets what need not be kept, and puts the embedded database in order. */
async function tidyUp(working: Working): Promise<void> {
  const ctx = contextNow(working)
  const { db, now } = ctx
  await forgetOldKeys(db, now)
  await forgetOldSessions(db, now)
  await forgetOldUploads(db, now)
  await forgetOldAddressMails(db, now)
  await cleanAttachments(ctx).catch((err: unknown) => working.log.error({ err }, 'Files that nothing is attached by could not be removed.'))
  await working.opened.database.maintain()
}

function tidyUpDaily(working: Working): () => Promise<void> {
  let doneOn: PlainDate | undefined
  return async () => {
    const { today } = contextNow(working)
    if (doneOn === today) return
    await tidyUp(working)
    doneOn = today
  }
}

/** Goes on until it is stopped; then ends what is running, and the mail's connections. */
export function startJobs(working: Working): Loop {
  const jobs: readonly Job[] = [
    { name: 'sweep', run: () => sweepIfDue(working) },
    { name: 'deliveries', run: (signal) => deliverRounds(working, signal) },
    { name: 'mails about addresses', run: (signal) => sendAboutAddresses(working, signal) },
    { name: 'answers by mail', run: (signal) => sendAnswers(working, signal) },
    { name: 'housekeeping', run: tidyUpDaily(working) },
  ]
  const loop = startLoop(jobs, working.log)
  return {
    stop: async () => {
      await loop.stop()
      for (const channel of Object.values(working.post.channels)) channel.close()
    },
  }
}

/** Each job once, all that is due of it. `sweep` null: it was not due. */
export async function drain(working: Working): Promise<{ sweep: SweepResult | null; mail: Round }> {
  const sweep = await sweepIfDue(working)
  const mail = await deliverAll(() => contextNow(working), working.post)
  await hearBack(working)
  await failSilent(contextNow(working), working.post)
  await sendAboutAddresses(working)
  await sendAnswers(working)
  await tidyUp(working)
  return { sweep, mail }
}
