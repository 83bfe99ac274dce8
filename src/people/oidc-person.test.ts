import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '../../test/world.ts'
import { personOf } from './oidc-person.ts'

const anna = { code: '32000099999', givenName: 'Anna', surname: 'Kalniņa' }

test('a new person who signs in twice at once is registered once', async () => {
  const world = await openWorld()
  const [first, second] = await Promise.all([personOf(world.system(), anna), personOf(world.system(), anna)])
  assert.deepEqual(first, second)
  const events = await world.db.selectFrom('event').select(['action', 'subject_id', 'after']).execute()
  assert.deepEqual(events, [{ action: 'party.registered', subject_id: first.id, after: { name: 'Anna Kalniņa' } }])
})

test('an organisation with the same digits is another party', async () => {
  const world = await openWorld()
  const { code } = await world.organisation('SIA “Jaunā māja”')
  const person = await personOf(world.system(), { ...anna, code })
  assert.deepEqual([person.kind, person.name], ['person', 'Anna Kalniņa'])
})

test('a known person is renamed with given name and surname, and keeps their address and language', async () => {
  const world = await openWorld()
  const known = await world.person('Anna Bērziņa', 'anna@example.test')
  await personOf({ ...world.system(), locale: 'en' }, { ...anna, code: known.code })
  const row = await world.db.selectFrom('party').select(['name', 'given_name', 'surname', 'email', 'language']).where('id', '=', known.id).executeTakeFirst()
  assert.deepEqual(row, { name: 'Anna Kalniņa', given_name: 'Anna', surname: 'Kalniņa', email: 'anna@example.test', language: 'lv' })
})
