import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writing } from '../platform/database.ts'
import { date, nobody, openWorld } from '../../test/world.ts'
import { actorIn, profilesOf } from './people.ts'

test('a person acts in just the profiles that are theirs on the day, by sole signature where there is also a joint one', async () => {
  const world = await openWorld()
  const [anna, janis] = [await world.person('Anna Kalniņa'), await world.person('Jānis Ozols')]
  const [sole, joint, both, ended, foreign] = [await world.organisation('A'), await world.organisation('B'), await world.organisation('C'), await world.organisation('D'), await world.organisation('E')]
  for (const [organisation, kind] of [[sole, 'sole'], [joint, 'joint'], [both, 'joint'], [both, 'sole']] as const) await world.represents(anna, organisation, kind)
  await world.represents(janis, foreign)
  const past = { organisation_id: ended.id, person_id: anna.id, kind: 'sole' as const, valid_from: date('2020-01-01'), valid_to: date('2026-11-22') }
  await writing(world.db, (tx) => tx.insertInto('representative').values(past).execute())
  for (const today of [world.today, date('2026-11-22'), date('1999-12-31')]) {
    const profiles = await profilesOf(world.db, anna.id, today)
    for (const party of [anna, janis, sole, joint, both, ended, foreign]) {
      const profile = profiles.find((one) => one.party.id === party.id)
      const actor = await actorIn(world.db, anna.id, party.id, { today, staff: { ...nobody, operators: new Set([anna.code]) } })
      assert.deepEqual(actor, profile && { kind: 'person', person: anna, profile: party, represents: profile.represents, operator: true, support: false }, `${party.name} on ${today}`)
    }
  }
  assert.equal(await actorIn(world.db, sole.id, sole.id, { today: world.today, staff: nobody }), undefined)
})
