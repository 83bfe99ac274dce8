import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clocksFrom, usualTargets } from './clocks.ts'
import { moved } from './moves.ts'
import { idOfNumber, isOpen, numberOf, stateAfter, states, topicOfPage, type Deed, type State } from './problem-report.ts'

const deeds: readonly Deed[] = ['take', 'answer', 'ask', 'resolve', 'finish', 'reply', 'help', 'close', 'reopen']

test('a report goes from new over in progress, waiting and resolved to closed, and by no other way', () => {
  const table = Object.fromEntries(states.map((state) => [state, Object.fromEntries(deeds.flatMap((deed) => stateAfter(state, deed) ?? [] ? [[deed, stateAfter(state, deed)]] : []).filter(([, to]) => to))]))
  assert.deepEqual(table, {
    NEW: { take: 'IN_PROGRESS', answer: 'IN_PROGRESS', ask: 'WAITING_USER', resolve: 'RESOLVED', reply: 'NEW', close: 'CLOSED' },
    IN_PROGRESS: { take: 'IN_PROGRESS', answer: 'IN_PROGRESS', ask: 'WAITING_USER', resolve: 'RESOLVED', reply: 'IN_PROGRESS', close: 'CLOSED' },
    WAITING_USER: { take: 'WAITING_USER', answer: 'IN_PROGRESS', ask: 'WAITING_USER', resolve: 'RESOLVED', reply: 'IN_PROGRESS', close: 'CLOSED' },
    RESOLVED: { finish: 'CLOSED', reply: 'IN_PROGRESS', help: 'CLOSED', close: 'CLOSED', reopen: 'IN_PROGRESS' },
    CLOSED: { reply: 'IN_PROGRESS', reopen: 'IN_PROGRESS' },
  } satisfies Record<State, Partial<Record<Deed, State>>>)
})

test('whatever is done, a report is due while it is support’s turn and only then, and never before it was told', () => {
  const begun = new Date('2026-11-23T07:00:00Z')
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...deeds), fc.integer({ min: 0, max: 5000 })), { maxLength: 12 }), (steps) => {
      let [report, now] = [{ state: 'NEW' as State, stateAt: begun, clocks: clocksFrom(begun, usualTargets) }, begun]
      for (const [deed, minutes] of steps) {
        now = new Date(now.getTime() + minutes * 60_000)
        const after = moved(report, deed, now, usualTargets)
        if (!after) continue
        const { columns } = after
        assert.equal(columns.due_at !== null, isOpen(after.state) && after.state !== 'WAITING_USER')
        assert.ok(columns.due_at === null || columns.due_at > begun)
        assert.ok(columns.solution_due_at >= report.clocks.solutionDueAt, 'a target never comes nearer')
        report = { state: after.state, stateAt: columns.state_at, clocks: { answerDueAt: columns.answer_due_at, solutionDueAt: columns.solution_due_at, answeredAt: columns.answered_at } }
      }
    }),
  )
})

test('a number is read as people write it', () => {
  assert.deepEqual([numberOf(7), numberOf(1_234_567)], ['PR-000007', 'PR-1234567'])
  assert.deepEqual([' pr-7', 'PR-000007', 'PR-1234567', 'PR-', '7', 'PR-0'].map(idOfNumber), [7, 7, 1234567, undefined, undefined, 0])
})

test('the page says what a report is about', () => {
  const pages = ['/cases/EL-1/meters/3', '/cases/EL-1/inspections/new', '/cases/ML-1/messages/2', '/cases?find=x', '/profile/tokens', '/announcements']
  assert.deepEqual(pages.map(topicOfPage), ['meters', 'inspections', 'notices', 'cases', 'profile', undefined])
})
