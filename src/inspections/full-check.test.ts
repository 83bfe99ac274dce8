import assert from 'node:assert/strict'
import { test } from 'node:test'
import { date, openWorld } from '../../test/world.ts'
import { writing } from '../platform/database.ts'
import { addInspectionType, recordInspection } from './actions.ts'
import { differences, type Difference } from './full-check.ts'

const draft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-31', every: 'P1Y', remindBefore: 'P1M', justification: '' }

async function oneType() {
  const world = await openWorld()
  const owner = await world.person('Anna Kalniņa')
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(owner, building)
  const type = await addInspectionType(world.as(owner), building.number, draft)
  await addInspectionType(world.as(owner), building.number, { ...draft, type: 'Lifta pārbaude', remindBefore: '' })
  const inspected = { type: 'FIRE_SAFETY', label: '', performedOn: '2026-11-20', periodic: true, number: '', justification: '' }
  await recordInspection(world.as(owner), building.number, inspected)
  const found = async (asOf = world.today) => {
    const all: Difference[] = []
    const compared = await differences(world.db, asOf, (difference) => all.push(difference))
    return { compared, all }
  }
  return { world, building, type, found }
}

test('the dates that actions keep are those of the rule', async () => {
  const { found } = await oneType()
  assert.deepEqual(await found(), { compared: 2, all: [] })
})

test('a day before an inspection was done, its date is no difference', async () => {
  const { found } = await oneType()
  assert.deepEqual(await found(date('2026-11-19')), { compared: 2, all: [] })
})

test('a date that the rule does not say is found, with what the rule says', async () => {
  const { world, building, type, found } = await oneType()
  await writing(world.db, (tx) => tx.updateTable('inspection_type').set({ remind_on: date('2027-10-21') }).where('id', '=', type.id).execute())
  assert.deepEqual((await found()).all, [
    {
      building: building.designation,
      type: 'FIRE_SAFETY',
      label: '',
      kept: { lastPerformedOn: '2026-11-20', nextOn: '2027-11-20', remindOn: '2027-10-21' },
      literal: { lastPerformedOn: '2026-11-20', nextOn: '2027-11-20', remindOn: '2027-10-20' },
    },
  ])
})

test('an inspection that the database no longer finds by its name is missed', async () => {
  const { world, found } = await oneType()
  await writing(world.db, async (tx) => {
    await tx.updateTable('inspection').set({ label_key: 'x' }).execute()
    await tx.updateTable('inspection_type').set({ last_performed_on: null, next_on: date('2027-03-31'), remind_on: date('2027-02-28') }).where('type', '=', 'FIRE_SAFETY').execute()
  })
  assert.deepEqual((await found()).all.map(({ literal }) => literal), [{ lastPerformedOn: '2026-11-20', nextOn: '2027-11-20', remindOn: '2027-10-20' }])
})

test('types beyond the first page are compared too', async () => {
  const { world, building, type, found } = await oneType()
  await writing(world.db, async (tx) => {
    const { id: _, ...row } = await tx.selectFrom('inspection_type').selectAll().where('id', '=', type.id).executeTakeFirstOrThrow()
    const rows = Array.from({ length: 2500 }, (_, i) => ({ ...row, label: `${i}`, label_key: `${i}`, last_performed_on: null, next_on: row.first_on, remind_on: date('2027-02-28') }))
    await tx.insertInto('inspection_type').values(rows).execute()
    await tx.updateTable('inspection_type').set({ next_on: date('2027-04-01') }).where('label', 'in', ['3', '2499']).execute()
  })
  const { compared, all } = await found()
  assert.equal(compared, 2502)
  assert.deepEqual(all.map(({ building, label }) => ({ building, label })), ['3', '2499'].map((label) => ({ building: building.designation, label })))
})

test('a deleted type is not compared', async () => {
  const { world, type, found } = await oneType()
  const deleted = { remind_on: date('2030-01-01'), deleted_at: world.now }
  await writing(world.db, (tx) => tx.updateTable('inspection_type').set(deleted).where('id', '=', type.id).execute())
  assert.deepEqual(await found(), { compared: 1, all: [] })
})
