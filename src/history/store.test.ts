import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addInspectionType, editInspectionType, recordInspection } from '../inspections/actions.ts'
import { openWorld } from '../../test/world.ts'
import { actionsOn, caseEvents } from './store.ts'

const draft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M', justification: '' }
const done = { type: 'FIRE_SAFETY', label: '', performedOn: '2026-10-01', periodic: false, number: '7', justification: '' }

/** A company's house where its director has added and edited a type and recorded an inspection. */
async function houseWithHistory() {
  const world = await openWorld()
  const director = await world.person('Anna Kalniņa')
  const company = await world.organisation('SIA Rasa')
  const [building, other] = [await world.building('Ķiršu iela 12, Cēsis'), await world.building('Liepu iela 2, Cēsis')]
  await world.holds(company, building)
  await world.holds(company, other)
  const ctx = world.as(director, company)
  const type = await addInspectionType(ctx, building.number, draft)
  await editInspectionType(ctx, building.number, type.id, { ...draft, every: 'P6M', justification: 'Biežāk' })
  const inspection = await recordInspection(ctx, building.number, done)
  await addInspectionType(ctx, other.number, draft)
  return { world, ctx, building, type, inspection }
}

test('a case tells its own events, the latest first, with who, for whom, why, before and after', async () => {
  const { world, building, type } = await houseWithHistory()
  const { events, next } = await caseEvents(world.db, building.caseId)
  assert.deepEqual(events.map(({ action }) => action), ['inspection.recorded', 'inspection-type.edited', 'inspection-type.added'])
  assert.equal(next, null)
  const { id: _, ...edited } = events[1]!
  const setting = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M' }
  assert.deepEqual(edited, {
    at: world.now,
    action: 'inspection-type.edited',
    kind: 'UPDATE',
    subjectId: type.id,
    actor: 'Anna Kalniņa',
    actingFor: 'SIA Rasa',
    via: 'page',
    justification: 'Biežāk',
    before: setting,
    after: { ...setting, every: 'P6M' },
  })
})

test('one thing tells only what was done to it, though things of other kinds have the same number', async () => {
  const { world, building, type, inspection } = await houseWithHistory()
  assert.equal(type.id, inspection.id)
  const ofType = await caseEvents(world.db, building.caseId, { actions: actionsOn('inspection-type'), subjectId: type.id })
  assert.deepEqual(ofType.events.map(({ kind }) => kind), ['UPDATE', 'CREATE'])
  const ofInspection = await caseEvents(world.db, building.caseId, { actions: actionsOn('inspection'), subjectId: inspection.id })
  assert.deepEqual(ofInspection.events.map(({ action }) => action), ['inspection.recorded'])
})

test('a history is read in pages without gaps, while more is done', async () => {
  const { world, ctx, building } = await houseWithHistory()
  const first = await caseEvents(world.db, building.caseId, { limit: 2 })
  assert.deepEqual(first.events.map(({ kind }) => kind), ['CREATE', 'UPDATE'])
  await addInspectionType(ctx, building.number, { ...draft, type: 'Skursteņu tīrīšana' })
  const second = await caseEvents(world.db, building.caseId, { limit: 2, before: first.next! })
  assert.deepEqual(second.events.map(({ action }) => action), ['inspection-type.added'])
  assert.equal(second.next, null)
})
