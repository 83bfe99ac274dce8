// By when a report is to be answered and solved, in support's working time; the clock rests while the person is waited for. Pure.
import type { SupportTargets } from '../people/context.ts'
import type { State } from './problem-report.ts'
import { afterWorking, minutesWorked } from './working-time.ts'

/** What stands where the configuration says nothing. */
export const usualTargets: SupportTargets = { from: '08:30', to: '17:00', answerMinutes: 4 * 60, solutionMinutes: 40 * 60 }

/** `answeredAt` null: the first answer is still owed. */
export type Clocks = { answerDueAt: Date; solutionDueAt: Date; answeredAt: Date | null }

export const clocksFrom = (now: Date, targets: SupportTargets): Clocks => ({
  answerDueAt: afterWorking(now, targets.answerMinutes, targets),
  solutionDueAt: afterWorking(now, targets.solutionMinutes, targets),
  answeredAt: null,
})

/** The next target while it is support's turn; null while it is not. */
export function dueAt({ answerDueAt, solutionDueAt, answeredAt }: Clocks, state: State): Date | null {
  if (state !== 'NEW' && state !== 'IN_PROGRESS') return null
  return answeredAt || solutionDueAt < answerDueAt ? solutionDueAt : answerDueAt
}

type Move = { from: State; since: Date; to: State; isAnswer: boolean; now: Date; targets: SupportTargets }

/** Taken up again it is owed an answer anew; the time that the person was waited for is added to what is left. */
export function clocksAfter(clocks: Clocks, { from, since, to, isAnswer, now, targets }: Move): Clocks {
  if ((from === 'RESOLVED' || from === 'CLOSED') && to === 'IN_PROGRESS') return clocksFrom(now, targets)
  const { solutionDueAt, answeredAt } = clocks
  const wasWaiting = from === 'WAITING_USER' && to !== 'WAITING_USER' && since < solutionDueAt
  const solution = wasWaiting ? afterWorking(now, minutesWorked(since, solutionDueAt, targets), targets) : solutionDueAt
  return { ...clocks, solutionDueAt: solution, answeredAt: isAnswer ? (answeredAt ?? now) : answeredAt }
}
