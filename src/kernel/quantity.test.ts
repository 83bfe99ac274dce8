import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseQuantity, quantity, quantityText } from './quantity.ts'

test('a quantity is read with comma or dot and up to three decimals', () => {
  const read = ['0', '12', '12,3', '12.345', '1 234,5', '1\u00a0234\u00a0567', '000012,000'].map((text) => parseQuantity(text))
  assert.deepEqual(read, [0, 12_000, 12_300, 12_345, 1_234_500, 1_234_567_000, 12_000])
})

test('what is not a quantity is not guessed', () => {
  for (const text of ['', 'a', '1,2345', '1,', ',5', '1.234,5', '12 34', '-1', '+1', '1e3', '1234567890123'])
    assert.equal(parseQuantity(text), undefined, text)
})

test('a sign is taken where one may stand', () => {
  assert.deepEqual(['-1,5', '−1,5', '+2'].map((text) => parseQuantity(text, { signed: true })), [-1500, -1500, 2000])
})

test('every quantity is read back as it was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }), (thousandths) =>
      parseQuantity(quantityText(quantity(thousandths)), { signed: true }) === thousandths,
    ),
  )
})
