// Meters and readings through the API: the same rule and rights as the pages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openProgram, problems } from '../program.ts'
import { openWorld } from '../world.ts'

const water = { type: 'WATER', number: '44-71820', installedOn: '2026-01-01', initial: '100', periodMonths: 1 }

async function oneHouse() {
  const world = await openWorld()
  const [anna, zane, peteris] = [await world.person('Anna Kalniņa'), await world.person('Zane Liepa'), await world.person('Pēteris Ozols')]
  const manager = await world.organisation('SIA Namu gādība')
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(anna, building)
  await world.manages(manager, building, zane)
  await world.house('ML-1', [building])
  const program = await openProgram(world)
  const [owner, responsible, stranger] = [await program.as(anna), await program.as(zane), await program.as(peteris)]
  return { owner, responsible, stranger, path: '/cases/ML-1/meters' }
}

test('a meter is added, read, edited and removed by the rule, with every problem named', async () => {
  const { owner, path } = await oneHouse()
  const added = await owner('POST', path, water)
  assert.deepEqual([added.status, added.body.unit, added.body.readingDueOn], [201, 'm³', '2026-02-01'])
  const meter = `${path}/${added.body.id}`
  const bad = await owner('POST', path, { ...water, number: '', periodMonths: 13 })
  assert.deepEqual([bad.status, problems(bad)], [422, ['number required', 'periodMonths period-format']])
  assert.equal((await owner('POST', path, water)).status, 409)

  const read = await owner('POST', `${meter}/readings`, { readOn: '2026-02-01', value: '110,5' })
  assert.deepEqual([read.status, read.body.value, read.body.consumption, read.body.warnings], [201, '110.500', '10.500', []])
  const low = await owner('POST', `${meter}/readings`, { readOn: '2026-03-01', value: '5' })
  assert.deepEqual([low.status, problems(low)], [422, ['value value-below-previous']])
  const rolled = await owner('POST', `${meter}/readings`, { readOn: '2026-03-01', value: '5', consumed: '7', justification: 'Pāri nullei' })
  assert.deepEqual([rolled.body.consumption, rolled.body.rolledOver], ['7.000', '112.500'])
  const edited = await owner('PUT', `${meter}/readings/2026-02-01`, { readOn: '2026-02-02', value: '110', justification: 'Pārrakstījos' })
  assert.deepEqual([edited.status, edited.body.readOn], [200, '2026-02-02'])
  assert.equal((await owner('DELETE', `${meter}?justification=Prom`)).status, 409)
  for (const readOn of ['2026-03-01', '2026-02-02']) assert.equal((await owner('DELETE', `${meter}/readings/${readOn}?justification=Prom`)).status, 204)
  assert.equal((await owner('DELETE', `${meter}?justification=Prom`)).status, 204)
  assert.deepEqual((await owner('GET', path)).body, { items: [], next: null })
})

test('whoever sees the house sees its meters, but only the sole owner changes them', async () => {
  const { owner, responsible, stranger, path } = await oneHouse()
  const { body } = await owner('POST', path, water)
  assert.equal((await responsible('GET', `${path}/${body.id}`)).body.number, '44-71820')
  const reading = { readOn: '2026-02-01', value: '110' }
  assert.equal((await responsible('POST', `${path}/${body.id}/readings`, reading)).status, 403)
  assert.equal((await stranger('GET', path)).status, 404)
  assert.equal((await owner('POST', `${path}/${body.id}/readings`, reading)).status, 201)
})

test('a batch is judged row by row, and the same batch again changes nothing', async () => {
  const { owner, responsible, path } = await oneHouse()
  const { body } = await owner('POST', path, water)
  const row = (readOn: string, value: string, number = water.number) => ({ caseNumber: 'ML-1', type: 'WATER', number, readOn, value })
  const rows = [row('2026-03-01', '120'), row('2026-02-01', '110'), row('2026-02-01', '1', 'XX'), row('2026-05-02', '130'), row('2026-06-01', '9')]
  const first = await owner('POST', '/readings/batch', { rows })
  assert.deepEqual(first.body.rows, [
    { row: 0, verdict: 'accepted', codes: [] },
    { row: 1, verdict: 'accepted', codes: [] },
    { row: 2, verdict: 'refused', codes: ['unknown-meter'] },
    { row: 3, verdict: 'warned', codes: ['period-exceeded'] },
    { row: 4, verdict: 'refused', codes: ['value-below-previous'] },
  ])
  const again = await owner('POST', '/readings/batch', { rows })
  assert.equal(again.body.importId, null)
  assert.deepEqual(again.body.rows.map(({ codes }: { codes: string[] }) => codes[0]), ['duplicate', 'duplicate', 'unknown-meter', 'duplicate', 'value-below-previous'])
  assert.equal((await owner('GET', `${path}/${body.id}/readings`)).body.items.length, 3)
  assert.deepEqual((await responsible('POST', '/readings/batch', { rows })).body.rows[0].codes, ['unknown-meter'])
})

const batchOf = (rows: object[]) => ({ rows: rows.map((row) => ({ caseNumber: 'ML-1', ...water, ...row })) })

test('a batch of meters takes its good rows, names the fields of its bad ones, and the same batch again changes nothing', async () => {
  const { owner, path } = await oneHouse()
  const batch = batchOf([{}, { number: '', periodMonths: 13 }, { type: 'HEAT', number: 'S-7', initial: '5,5' }, { number: '44 71820', initial: '7' }, { caseNumber: 'ML-9' }])
  const first = await owner('POST', '/meters/batch', batch)
  assert.deepEqual([first.status, first.body.added, first.body.changed], [200, 2, 0])
  assert.deepEqual(first.body.rows, [
    { row: 0, verdict: 'accepted', codes: [], problems: [] },
    { row: 1, verdict: 'refused', codes: ['required', 'period-format'], problems: [{ field: 'number', code: 'required' }, { field: 'periodMonths', code: 'period-format' }] },
    { row: 2, verdict: 'accepted', codes: [], problems: [] },
    { row: 3, verdict: 'refused', codes: ['duplicate-row'], problems: [{ field: 'number', code: 'duplicate-row' }] },
    { row: 4, verdict: 'refused', codes: ['unknown-case'], problems: [{ field: 'caseNumber', code: 'unknown-case' }] },
  ])
  const listed = async () => (await owner('GET', path)).body.items.map(({ type, number, initial, periodMonths }: Record<string, string>) => [type, number, initial, periodMonths].join(' '))
  assert.deepEqual(await listed(), ['WATER 44-71820 100.000 1', 'HEAT S-7 5.500 1'])
  const again = await owner('POST', '/meters/batch', batch)
  assert.deepEqual([again.body.importId, again.body.added, again.body.rows], [null, 0, first.body.rows])
  assert.deepEqual(await listed(), ['WATER 44-71820 100.000 1', 'HEAT S-7 5.500 1'])
})

test('a batch that changes a meter says why, and under its key it is done once', async () => {
  const { owner, path } = await oneHouse()
  await owner('POST', path, water)
  const batch = batchOf([{ periodMonths: 3 }])
  const unsaid = await owner('POST', '/meters/batch', batch)
  assert.deepEqual([unsaid.status, problems(unsaid)], [422, ['justification required']])
  const headers = { 'idempotency-key': 'inventory' }
  const done = await owner('POST', '/meters/batch', { ...batch, justification: 'Inventarizācija' }, headers)
  assert.deepEqual([done.body.changed, (await owner('GET', path)).body.items[0].periodMonths], [1, 3])
  const replayed = await owner('POST', '/meters/batch', { ...batch, justification: 'Inventarizācija' }, headers)
  assert.deepEqual([replayed.headers['idempotency-replayed'], replayed.text], ['true', done.text])
})

test('whoever may not change the meters of a house has every row of a batch refused, and nothing is added', async () => {
  const { owner, responsible, stranger, path } = await oneHouse()
  const batch = batchOf([{}])
  for (const one of [responsible, stranger]) assert.deepEqual((await one('POST', '/meters/batch', batch)).body.rows[0].codes, ['unknown-case'])
  assert.deepEqual((await owner('GET', path)).body.items, [])
  assert.equal((await owner('POST', '/meters/batch', batch)).body.added, 1)
})

test('a batch of more than 1,000 meters is refused whole', async () => {
  const { owner, path } = await oneHouse()
  const many = (count: number) => batchOf(Array.from({ length: count }, (_, at) => ({ number: `N-${at}` })))
  const over = await owner('POST', '/meters/batch', many(1001))
  assert.equal(over.status, 422)
  assert.deepEqual((await owner('GET', path)).body.items, [])
  assert.equal((await owner('POST', '/meters/batch', many(1000))).body.added, 1000)
})
