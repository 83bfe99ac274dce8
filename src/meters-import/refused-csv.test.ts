import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusedCsv } from './refused-csv.ts'

test('in the file of refused rows a cell that begins like a formula is text, and a number below nothing stays a number', () => {
  const cells = ['=1+1', '+cmd|x', '-1+1', '@SUM(A1)', '\tx', '\rx', '-5,000', '+371', '-1 234,5', '-x']
  const file = refusedCsv(['=A', 'B'], cells.map((cell, at) => ({ line: at + 2, cells: [cell], codes: ['c'] })), { line: 'L', reason: 'R' }, () => '=why')
  const [header, ...rows] = file.replace('\ufeff', '').split('\r\n')
  assert.equal(header, "'=A;B;L;R")
  assert.deepEqual(rows.filter(Boolean).map((row, at) => row.replace(`;;${at + 2};'=why`, '')), ["'=1+1", "'+cmd|x", "'-1+1", "'@SUM(A1)", "'\tx", `"'\rx"`, '-5,000', '+371', '-1 234,5', "'-x"])
})
