import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meaningOf, outcomeOf, retryAfter, type PushAnswer } from './answer.ts'

test('each answer of a push service has one meaning', () => {
  const taken = { obstacle: null, isGone: false }
  const gone = { obstacle: 'refused', isGone: true }
  const refused = { obstacle: 'refused', isGone: false }
  const misconfigured = { obstacle: 'misconfigured', isGone: false }
  const delayed = { obstacle: 'delayed', isGone: false }
  const table = { 200: taken, 201: taken, 202: taken, 301: refused, 400: refused, 401: misconfigured, 403: misconfigured, 404: gone, 410: gone, 413: refused, 429: delayed, 500: delayed, 502: delayed, 503: delayed }
  for (const [status, meaning] of Object.entries(table)) assert.deepEqual(meaningOf(Number(status)), meaning, status)
})

test('a service that asks to wait is waited for, at most a day', () => {
  const now = new Date('2026-11-23T07:00:00Z')
  const minutes = (header: string | null) => {
    const at = retryAfter(header, now)
    return at && (at.getTime() - now.getTime()) / 60_000
  }
  assert.equal(minutes('120'), 2)
  assert.equal(minutes('Mon, 23 Nov 2026 08:30:00 GMT'), 90)
  assert.equal(minutes('9999999'), 24 * 60)
  for (const header of [null, '', '0', '-5', 'soon', 'Mon, 23 Nov 2026 06:00:00 GMT']) assert.equal(minutes(header), undefined)
})

test('a notice is told where one device took it; else the gravest obstacle of the devices that are left counts', () => {
  const taken: PushAnswer = { obstacle: null, isGone: false, answer: 'taken' }
  const gone: PushAnswer = { obstacle: 'refused', isGone: true, answer: 'gone' }
  const later = (at: string): PushAnswer => ({ obstacle: 'delayed', isGone: false, answer: 'later', notBefore: new Date(at) })
  const wrong: PushAnswer = { obstacle: 'misconfigured', isGone: false, answer: 'wrong key' }
  const of = (...answers: PushAnswer[]) => outcomeOf(answers).obstacle
  assert.equal(of(wrong, gone, taken), null)
  assert.equal(of(gone, later('2026-11-23')), 'delayed')
  assert.equal(of(later('2026-11-23'), wrong), 'misconfigured')
  assert.deepEqual(outcomeOf([gone, gone]), { obstacle: 'refused', answer: 'gone' })
  assert.deepEqual(outcomeOf([]), { obstacle: 'refused', answer: 'no-device' })
  assert.deepEqual(outcomeOf([later('2026-11-25'), later('2026-11-24')]).notBefore, new Date('2026-11-24'))
})
