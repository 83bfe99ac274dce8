// What a deed does to a report: how it stands after it, since when, and by when what is next is due. Pure.
import type { SupportTargets } from '../people/context.ts'
import { clocksAfter, dueAt, type Clocks } from './clocks.ts'
import { stateAfter, type Deed, type State } from './problem-report.ts'
import type { ClockColumns, Report } from './store.ts'

export const clockColumns = (clocks: Clocks, state: State): ClockColumns => ({
  answer_due_at: clocks.answerDueAt,
  solution_due_at: clocks.solutionDueAt,
  answered_at: clocks.answeredAt,
  due_at: dueAt(clocks, state),
})

export type Moved = { state: State; columns: ClockColumns & { state: State; state_at: Date } }

const answers: readonly Deed[] = ['answer', 'ask', 'resolve']

/** undefined where that cannot be done with a report that stands so. */
export function moved({ state: from, stateAt, clocks }: Pick<Report, 'state' | 'stateAt' | 'clocks'>, deed: Deed, now: Date, targets: SupportTargets): Moved | undefined {
  const to = stateAfter(from, deed)
  if (to === undefined) return undefined
  const after = clocksAfter(clocks, { from, since: stateAt, to, isAnswer: answers.includes(deed), now, targets })
  return { state: to, columns: { ...clockColumns(after, to), state: to, state_at: to === from ? stateAt : now } }
}
