import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forgetOldKeys, once } from '../../src/history/idempotency.ts'
import { caseEvents } from '../../src/history/store.ts'
import { addInspectionType, editInspectionType } from '../../src/inspections/actions.ts'
import { openProgram, type Answer } from '../program.ts'
import { openWorld } from '../world.ts'

const fire = { type: 'FIRE_SAFETY', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M' }
const key = (name: string) => ({ 'idempotency-key': name })

async function oneHouse() {
  const world = await openWorld()
  const anna = await world.person('Anna Kalniņa')
  const house = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(anna, house)
  let now = world.now
  const program = await openProgram(world, { clock: () => now })
  const owner = await program.as(anna)
  const path = `/cases/${house.number}`
  const actions = async () => (await caseEvents(world.db, house.caseId)).events.map(({ action }) => action)
  const wait = (hours: number) => (now = new Date(now.getTime() + hours * 3_600_000))
  return { world, program, anna, house, owner, path, types: `${path}/inspection-types`, actions, wait }
}

const isReplay = ({ headers }: Answer) => headers['idempotency-replayed'] === 'true'

test('a request sent again under its key has no second effect and gets the same answer, also on another day', async () => {
  const { owner, types, actions, wait } = await oneHouse()
  const first = await owner('POST', types, { ...fire, firstOn: '2026-12-24' }, key('one'))
  assert.deepEqual([first.status, isReplay(first), first.body.status], [201, false, 'ahead'])
  wait(20)
  const second = await owner('POST', types, { ...fire, firstOn: '2026-12-24' }, key('one'))
  assert.deepEqual([second.status, isReplay(second), second.text], [201, true, first.text])
  assert.equal(second.headers['location'], first.headers['location'])
  assert.deepEqual(await actions(), ['inspection-type.added'])
  const without = await owner('POST', types, { ...fire, firstOn: '2026-12-24' })
  assert.equal(without.status, 409)
})

test('the answer stays the one of the day on which it was done', async () => {
  const { owner, path, types, wait } = await oneHouse()
  const asked = { ...fire, firstOn: '2026-12-24', remindBefore: 'P1M' }
  const first = await owner('POST', types, asked, key('one'))
  assert.equal(first.body.status, 'ahead')
  wait(24)
  assert.equal((await owner('GET', `${path}/inspection-types/${first.body.id}`)).body.status, 'soon')
  assert.equal((await owner('POST', types, asked, key('one'))).body.status, 'ahead')
})

test('a key that came with another request is refused', async () => {
  const { owner, types, path, actions } = await oneHouse()
  assert.equal((await owner('POST', types, fire, key('one'))).status, 201)
  const other = await owner('POST', types, { ...fire, every: 'P2Y' }, key('one'))
  assert.deepEqual([other.status, other.body.type], [422, 'urn:nams:problem:idempotency-key-reused'])
  const elsewhere = await owner('POST', `${path}/inspections`, { type: 'FIRE_SAFETY', performedOn: '2026-10-01', periodic: true }, key('one'))
  assert.equal(elsewhere.body.type, 'urn:nams:problem:idempotency-key-reused')
  assert.deepEqual(await actions(), ['inspection-type.added'])
})

test('a refused request is not kept: corrected, it may use its key', async () => {
  const { owner, types } = await oneHouse()
  assert.equal((await owner('POST', types, { ...fire, every: 'P0Y' }, key('one'))).status, 422)
  assert.equal((await owner('POST', types, fire, key('one'))).status, 201)
})

test('a key is its profile’s own, and has to be a word', async () => {
  const { world, program, anna, owner, types, house } = await oneHouse()
  assert.equal((await owner('POST', types, fire, key('one'))).status, 201)
  const company = await world.organisation('SIA Rasa')
  await world.represents(anna, company)
  const office = await world.building('Biroja iela 3')
  await world.holds(company, office)
  const forCompany = await program.as(anna, company)
  const other = await forCompany('POST', `/cases/${office.number}/inspection-types`, fire, key('one'))
  assert.deepEqual([other.status, isReplay(other)], [201, false])
  assert.equal((await forCompany('POST', `/cases/${house.number}/inspection-types`, fire, key('two'))).status, 404)
  const odd = await owner('POST', types, { ...fire, label: 'B' }, key('two words'))
  assert.deepEqual(odd.body.problems.map(({ field, code }: Record<string, string>) => [field, code]), [['Idempotency-Key', 'key-format']])
})

test('of many requests at once under one key exactly one has an effect, and all get the same answer', async () => {
  const { owner, path, types, actions } = await oneHouse()
  const at = async (place: string, body: object, name: string) => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => owner('POST', place, body, key(name))))
    assert.equal(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1)
    assert.equal(answers.filter(isReplay).length, 5)
    return answers[0]!
  }
  assert.equal((await at(types, fire, 'type')).status, 201)
  const recorded = await at(`${path}/inspections`, { type: 'FIRE_SAFETY', performedOn: '2026-10-01', periodic: true, number: '1' }, 'inspection')
  assert.equal(recorded.status, 201)
  assert.equal((await at(`${path}/inspections/${recorded.body.id}/annulment`, { justification: 'Kļūda' }, 'annulment')).status, 200)
  assert.deepEqual(await actions(), ['inspection.annulled', 'inspection.recorded', 'inspection-type.added'])
})

test('of two different requests at once under one key one is done and the other refused', async () => {
  const { owner, types, actions } = await oneHouse()
  const answers = await Promise.all(['A', 'B'].map((label) => owner('POST', types, { ...fire, label }, key('one'))))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 422])
  assert.deepEqual(await actions(), ['inspection-type.added'])
})

test('an action that would succeed twice is held back by its key alone', async () => {
  const { world, anna, house, actions } = await oneHouse()
  const type = await addInspectionType(world.as(anna), house.number, { ...fire, label: '', justification: '' })
  const ctx = { ...world.as(anna), idempotency: { key: 'one', requestHash: 'the same' } }
  const edit = () => once(ctx, () => editInspectionType(ctx, house.number, type.id, { ...fire, label: '', every: 'P6M', justification: 'Biežāk' }))
  const answers = await Promise.all([edit(), edit(), edit()])
  assert.deepEqual(answers.map(({ isReplay }) => isReplay).sort(), [false, true, true])
  assert.deepEqual(answers.map(({ value }) => value), Array.from({ length: 3 }, () => answers[0]!.value))
  assert.deepEqual(await actions(), ['inspection-type.edited', 'inspection-type.added'])
})

test('keys are forgotten after a day, and not before', async () => {
  const { world, owner, types } = await oneHouse()
  const keys = async () => (await world.db.selectFrom('idempotency').select('key').execute()).length
  await owner('POST', types, fire, key('one'))
  const after = (hours: number) => new Date(world.now.getTime() + hours * 3_600_000)
  await forgetOldKeys(world.db, after(24))
  assert.equal(await keys(), 1)
  await forgetOldKeys(world.db, after(24.01))
  assert.equal(await keys(), 0)
})
