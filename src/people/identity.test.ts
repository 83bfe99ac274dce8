import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identityOf, SignInRefused } from './identity.ts'

const names = { code: 'serial_number', givenName: 'given_name', surname: 'family_name' }
const claims = { serial_number: '240204-20106', given_name: 'Anna', family_name: 'Kalniņa' }
const refused = (reason: string) => (error: unknown) => error instanceof SignInRefused && error.reason === reason

test('the personal code is taken with or without dash and with or without the prefix of Latvia', () => {
  for (const serial_number of ['240204-20106', '24020420106', 'PNOLV-240204-20106', 'PNOLV-24020420106', ' pnolv-240204-20106 '])
    assert.deepEqual(identityOf({ ...claims, serial_number }, names), { code: '24020420106', givenName: 'Anna', surname: 'Kalniņa' })
})

test('what is no personal code of Latvia is refused, and never repeated', () => {
  for (const serial_number of [undefined, null, '', '240204-20107', 'PNOEE-240204-20106', 'IDCLV-240204-20106', 24020420106, ['240204-20106'], { code: '240204-20106' }])
    assert.throws(
      () => identityOf({ ...claims, serial_number }, names),
      (error: unknown) => refused('no-code')(error) && !/2402/.test(String(error)),
      String(serial_number),
    )
})

test('names are taken as they are written, with single spaces', () => {
  const { givenName, surname } = identityOf({ ...claims, given_name: ' ANNA  MARIJA ', family_name: 'KALNIŅA-BĒRZIŅA' }, names)
  assert.deepEqual([givenName, surname], ['ANNA MARIJA', 'KALNIŅA-BĒRZIŅA'])
})

test('a name that is absent, empty or beyond reason is refused', () => {
  for (const family_name of [undefined, '  ', 'x'.repeat(101), 7]) assert.throws(() => identityOf({ ...claims, family_name }, names), refused('no-name'))
})
