// Runs jobs again and again until it is told to stop.
import type { Log } from '../platform/log.ts'

/** `run` answers false where it could not do all; it is told by the signal when the program stops. */
export type Job = { name: string; run: (signal: AbortSignal) => Promise<unknown> }

export type Loop = { stop: () => Promise<void> }

const pause = 5_000
const longestPause = 300_000

/** Every job once; one that fails is logged and does not keep the next from running. Answers whether all went well. */
async function tick(jobs: readonly Job[], log: Log, signal: AbortSignal): Promise<boolean> {
  let isWell = true
  for (const { name, run } of jobs) {
    if (signal.aborted) break
    try {
      if ((await run(signal)) === false) isWell = false
    } catch (err) {
      isWell = false
      log.error({ job: name, err }, 'A job failed; it will be tried again.')
    }
  }
  return isWell
}

/** Until the time is over or the signal comes. */
const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, milliseconds)
    signal.addEventListener('abort', wake)
  })

/** Ticks until it is stopped, more seldom while jobs fail. `stop` waits for the job that is running. */
export function startLoop(jobs: readonly Job[], log: Log, { every = pause } = {}): Loop {
  const stopping = new AbortController()
  const loop = async () => {
    let wait = every
    while (!stopping.signal.aborted) {
      wait = (await tick(jobs, log, stopping.signal)) ? every : Math.min(wait * 2, longestPause)
      await rest(wait, stopping.signal)
    }
  }
  const ended = loop()
  return {
    stop: () => {
      stopping.abort()
      return ended
    },
  }
}
