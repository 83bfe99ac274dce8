import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptedLocale } from './language.ts'

test('the language is the best of ours that the program names, else Latvian', () => {
  const cases = { '': 'lv', '*': 'lv', en: 'en', 'en-GB,en;q=0.9,lv;q=0.8': 'en', 'de, lv;q=0.5, EN;q=0.8': 'en', 'en;q=0, de': 'lv', 'lv, en': 'lv', 'english': 'lv' }
  assert.deepEqual(Object.fromEntries(Object.keys(cases).map((header) => [header, acceptedLocale(header)])), cases)
  assert.equal(acceptedLocale(undefined), 'lv')
})
