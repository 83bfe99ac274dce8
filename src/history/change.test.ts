import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { addInspectionType, editInspectionType, removeInspectionType } from '../inspections/actions.ts'
import { Refusal } from '../kernel/refusal.ts'
import { writing } from '../platform/database.ts'
import { openWorld } from '../../test/world.ts'

const draft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M', justification: '' }

async function oneOwner() {
  const world = await openWorld()
  const [person, firm] = [await world.person('Anna Kalniņa'), await world.organisation('SIA “Kalni”')]
  await world.represents(person, firm)
  const building = await world.building('Ķiršu iela 12')
  await world.holds(firm, building)
  const events = () => world.db.selectFrom('event').selectAll().where('case_id', '=', building.caseId).orderBy('id').execute()
  return { world, building, person, firm, events, ctx: world.as(person, firm) }
}

test('every change says who, for whom, when, why, and what was before and after', async () => {
  const { ctx, building, person, firm, events, world } = await oneOwner()
  const type = await addInspectionType(ctx, building.number, draft)
  await editInspectionType(ctx, building.number, type.id, { ...draft, every: 'P6M', justification: 'Jauni noteikumi' })
  await removeInspectionType(ctx, building.number, type.id, 'Vairs nevajag')
  const [added, edited, removed] = await events()
  const said = (event: NonNullable<typeof added>) => [event.action, event.kind, event.actor_id, event.acting_for_id, event.justification, event.at]
  assert.deepEqual(said(added!), ['inspection-type.added', 'CREATE', person.id, firm.id, null, world.now])
  assert.deepEqual(said(edited!), ['inspection-type.edited', 'UPDATE', person.id, firm.id, 'Jauni noteikumi', world.now])
  assert.deepEqual(said(removed!), ['inspection-type.removed', 'DELETE', person.id, firm.id, 'Vairs nevajag', world.now])
  const setting = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M' }
  assert.deepEqual([added!.before, added!.after], [null, setting])
  assert.deepEqual([edited!.before, edited!.after], [setting, { ...setting, every: 'P6M' }])
  assert.deepEqual([removed!.before, removed!.after], [{ ...setting, every: 'P6M' }, null])
})

test('a refused change leaves neither a change nor an event', async () => {
  const { ctx, building, events, world } = await oneOwner()
  await addInspectionType(ctx, building.number, draft)
  await assert.rejects(addInspectionType(ctx, building.number, draft), (error) => error instanceof Refusal && error.kind === 'conflict')
  assert.equal((await events()).length, 1)
  assert.equal((await world.db.selectFrom('inspection_type').selectAll().execute()).length, 1)
})

test('the application can neither change nor remove an event', async () => {
  const { ctx, building, events, world } = await oneOwner()
  await addInspectionType(ctx, building.number, draft)
  for (const statement of ['update event set justification = null', 'delete from event', 'truncate event'])
    await assert.rejects(writing(world.db, (tx) => sql.raw(statement).execute(tx)), /permission denied/)
  assert.equal((await events()).length, 1)
})
