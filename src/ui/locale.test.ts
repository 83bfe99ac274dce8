import assert from 'node:assert/strict'
import { test } from 'node:test'
import { say, shownDate, typedDate } from './locale.ts'

test('a date is understood as people write it, and shown in the form of their language', () => {
  for (const typed of ['31.03.2027', '31.3.2027.', ' 31. 03. 2027 ', '31/03/2027', '2027-03-31']) assert.equal(typedDate(typed), '2027-03-31')
  assert.deepEqual([shownDate('lv', '2027-03-31'), shownDate('en', '31.3.2027')], ['31.03.2027', '31/03/2027'])
  assert.deepEqual([typedDate('rīt'), shownDate('lv', '31.02.2027')], ['rīt', '31.02.2027'])
})

test('Latvian has three plurals', () => {
  const late = [1, 2, 10, 11, 21].map((count) => say('lv', 'status.late-days', { count }))
  assert.deepEqual(late, ['Nokavēta par 1 dienu', 'Nokavēta par 2 dienām', 'Nokavēta par 10 dienām', 'Nokavēta par 11 dienām', 'Nokavēta par 21 dienu'])
})
