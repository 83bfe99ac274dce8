import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlainDate } from '../../kernel/date.ts'
import { servedOn } from './served-on.ts'

test('a decision sent to an e-address is served on the second working day after it was sent', () => {
  const served: [sent: string, served: string][] = [
    ['2026-11-23', '2026-11-25'],
    ['2026-11-26', '2026-11-30'],
    ['2026-11-27', '2026-12-01'],
    ['2026-11-28', '2026-12-01'],
    ['2026-11-16', '2026-11-19'],
    ['2026-12-22', '2026-12-28'],
    ['2026-12-30', '2027-01-05'],
    ['2026-04-01', '2026-04-07'],
    ['2026-04-30', '2026-05-06'],
    ['2024-05-03', '2024-05-08'],
    ['2026-06-22', '2026-06-26'],
  ]
  for (const [sent, day] of served) assert.equal(servedOn(sent as PlainDate), day, `sent on ${sent}`)
})
