// The end of a program that goes on until it is told to stop: what was begun is finished first.
import { constants } from 'node:os'
import { exit, note } from './verb.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const patience = 30_000
/** A terminal's Ctrl-C reaches a program once by itself and once more through npm; only a later one is impatience. */
const sameSignal = 2_000

/**
 * Resolves at the first signal to stop. Another one later, or half a minute, ends the process at once:
 * nothing that was acknowledged is lost by that.
 */
export function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let since: number | undefined
  const stop = (signal: (typeof signals)[number]) => {
    if (since === undefined) {
      since = performance.now()
      setTimeout(() => giveUp(exit.failed), patience).unref()
      resolve()
    } else if (performance.now() - since > sameSignal) giveUp(128 + constants.signals[signal])
  }
  for (const signal of signals) process.on(signal, stop)
  return promise
}

function giveUp(code: number): void {
  note('Stopped before all was finished.')
  process.exit(code)
}
