import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { buildingDesignation, maskedCode, personalCode, premisesDesignation, propertyNumber, registrationNumber, spacedDesignation } from './identifier.ts'

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))

test('a personal code of the old form has a real date and the one check digit that fits', () => {
  for (const code of ['24020420106', '31129910008', '01010020000', '15070527775', '29028411119']) {
    assert.equal(personalCode(code), code)
    const fitting = [...'0123456789'].filter((digit) => personalCode(code.slice(0, 10) + digit))
    assert.deepEqual(fitting, [code.at(-1)])
  }
})

test('a day that the calendar does not have is no personal code, however well its digits add up', () => {
  assert.equal(personalCode('29020012340'), undefined, '29 February 1900')
  assert.equal(personalCode('29027009996'), undefined, '29 February 1870')
})

test('of each date and number at most one check digit makes a personal code of the old form', () => {
  fc.assert(
    fc.property(digits(10), (start) => {
      fc.pre(!/^3[2-9]/.test(start))
      assert.ok([...'0123456789'].filter((digit) => personalCode(start + digit)).length <= 1)
    }),
  )
})

test('a personal code of the new form begins with 32 to 39 and has no check digit', () => {
  fc.assert(fc.property(fc.integer({ min: 32, max: 39 }), digits(9), (start, rest) => personalCode(`${start}${rest}`) === `${start}${rest}`))
  assert.equal(personalCode('30000000000'), undefined)
})

test('a personal code may have its dash and spaces around, and nothing else', () => {
  assert.equal(personalCode(' 240204-20106 '), '24020420106')
  for (const text of ['2402-0420106', '240204 20106', '2402042010', '240204201060', '24020420l06', 'PNOLV-240204-20106', ''])
    assert.equal(personalCode(text), undefined, text)
})

test('a registration number fits its check digit', () => {
  for (const code of ['50003123455', '90000123450', '40103000032', '44103012343']) {
    assert.equal(registrationNumber(` ${code}`), code)
    const fitting = [...'0123456789'].filter((digit) => registrationNumber(code.slice(0, 10) + digit))
    assert.deepEqual(fitting, [code.at(-1)])
  }
  for (const text of ['5000312345', '500031234550', '5000312345a', '']) assert.equal(registrationNumber(text), undefined, text)
})

test('cadastral designations are their digits, however they are spaced', () => {
  assert.equal(buildingDesignation('0100 124 0238 001'), '01001240238001')
  assert.equal(premisesDesignation('0100\u00a0124 0238 001 007'), '01001240238001007')
  assert.equal(propertyNumber('0100 124 0238'), '01001240238')
  assert.equal(buildingDesignation('0100 124 0238 01'), undefined)
  assert.equal(buildingDesignation('0100-124-0238-001'), undefined)
  assert.equal(spacedDesignation('01001240238001007'), '0100 124 0238 001 007')
  assert.equal(spacedDesignation('01001240238001'), '0100 124 0238 001')
})

test('a masked personal code keeps nothing of its last five digits', () => {
  fc.assert(fc.property(digits(6), digits(5), (start, rest) => maskedCode(start + rest) === `${start}-*****`))
})

const vectors = new URL('../../../shared/samples/identifiers.json', import.meta.url)

test('the vectors of other implementations agree', { skip: !existsSync(vectors) && 'there is no ../shared/samples/identifiers.json' }, () => {
  const lists = JSON.parse(readFileSync(vectors, 'utf8')) as Record<string, string[]>
  for (const [valid, read, names] of [
    [true, personalCode, ['personalCodeOldValid', 'personalCodeNewValid']],
    [false, personalCode, ['personalCodeOldInvalidChecksum', 'personalCodeInvalidOther']],
    [true, registrationNumber, ['companyValid']],
    [false, registrationNumber, ['companyInvalid']],
  ] as const)
    for (const name of names) {
      assert.ok(lists[name]!.length > 0)
      for (const text of lists[name]!) assert.equal(read(text) !== undefined, valid, name)
    }
})
