import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type PlainDate } from '../kernel/date.ts'
import { quantity } from '../kernel/quantity.ts'
import { judgeNew, type Reading } from '../meters/reading.ts'
import { judgeMeter, type ReadingRow } from './judge.ts'

const installedOn = '2026-01-01' as PlainDate
const today = '2026-11-23' as PlainDate
const meter = { caseId: 1, id: 1, installedOn, initial: quantity(100_000), status: 'ACTIVE' as const, periodMonths: 1 }

const rows: fc.Arbitrary<ReadingRow[]> = fc
  .array(fc.record({ days: fc.integer({ min: -3, max: 340 }), units: fc.integer({ min: 90, max: 400 }), isBad: fc.integer({ min: 0, max: 20 }) }), { maxLength: 40 })
  .map((drawn) =>
    drawn.map(({ days, units, isBad }, at) => ({ line: at + 2, caseNumber: 'ML-1', type: 'WATER', number: '1', readOn: addDays(installedOn, days), value: isBad === 0 ? 'x' : String(units), difference: '' })),
  )

test('the rows of a file are judged as if each had been entered by itself in the order of dates', () => {
  fc.assert(
    fc.property(rows, (file) => {
      const { verdicts, taken } = judgeMeter('readings.csv', meter, [], file, today)
      const entered: Reading[] = []
      const expected = file
        .toSorted((a, b) => (a.readOn === b.readOn ? a.line - b.line : a.readOn < b.readOn ? -1 : 1))
        .map(({ line, readOn, value }) => {
          const typed = { readOn, value: value === 'x' ? undefined : quantity(Number(value) * 1000) }
          const { verdict, codes } = judgeNew(meter, entered, typed, today)
          if (verdict !== 'refused') entered.push({ readOn: readOn as PlainDate, value: typed.value!, difference: null, rolledOver: quantity(0), estimated: false, warnings: codes as Reading['warnings'] })
          return { file: 'readings.csv', line, verdict, codes }
        })
      assert.deepEqual(verdicts, expected)
      assert.deepEqual(taken.map(({ reading }) => reading), entered)
    }),
    { numRuns: 300 },
  )
})

test('the same file again takes nothing', () => {
  fc.assert(
    fc.property(rows, (file) => {
      const first = judgeMeter('readings.csv', meter, [], file, today)
      const again = judgeMeter('readings.csv', meter, first.taken.map(({ reading }) => reading), file, today)
      assert.deepEqual(again.taken, [])
    }),
    { numRuns: 300 },
  )
})
