// A walk through a house: its meters on one page, each reading saved by itself, through the pages' own addresses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMeter } from '../../src/meters/meter-actions.ts'
import { submitReading } from '../../src/meters/reading-actions.ts'
import { qrCode } from '../../src/meters/labels-page.ts'
import { meters } from '../../src/meters/store.ts'
import { openSite } from '../site.ts'
import { openWorld } from '../world.ts'

const round = '/cases/ML-1/round'
const draft = { installedOn: '2026-01-01', initial: '0', status: 'ACTIVE', validUntil: '', periodMonths: '12', designation: '', premises: '', justification: '' }

/** A house with a water, a gas and an electricity meter, the water meter read in October. */
async function threeMeters() {
  const world = await openWorld()
  const [anna, janis] = [await world.person('Anna Kalniņa'), await world.person('Jānis Ozols')]
  const firm = await world.organisation('SIA “Nami”')
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(anna, building)
  await world.manages(firm, building, janis)
  const { caseId } = await world.house('ML-1', [building])
  const ctx = world.as(anna)
  const added = []
  for (const [type, number] of [['WATER', 'U-1'], ['GAS', 'G-2'], ['ELECTRICITY', 'E-3']] as const) added.push(await addMeter(ctx, 'ML-1', { ...draft, type, number }))
  const [water, gas, electricity] = added.map(({ id }) => String(id))
  await submitReading(ctx, 'ML-1', Number(water), { readOn: '2026-10-01', value: '110', difference: '', estimated: false, consumed: '', justification: '' })
  const visit = await openSite(world)
  const walk = async () => (await meters(world.db, caseId, 'walk')).map(({ number }) => number)
  return { world, ctx, owner: await visit(anna), responsible: await visit(janis), water: water!, gas: gas!, electricity: electricity!, walk }
}

/** The rows of a round in words, by the meters' numbers. */
const rowsOf = (page: string) =>
  Object.fromEntries([...page.matchAll(/<li class="round-row[^>]*>(.*?)<\/li>/gs)].map(([, row]) => [/skaitītājs ([\w-]+)/.exec(row!)![1]!, row!.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')]))

test('a round saves each row as it goes, shows what was used, and says what is missing', async () => {
  const { owner, water, gas } = await threeMeters()
  const first = await owner.get(round)
  assert.match(first.words, /0 no 3 Vēl jāievada 3 rādījumi/)
  assert.match(rowsOf(first.page)['U-1']!, /Vēl nav Iepriekšējais 110,000 m³, 01\.10\.2026/)
  assert.match(rowsOf(first.page)['G-2']!, /Sākuma rādījums 0,000 m³, 01\.01\.2026/)
  const { status, to } = await owner.post(round, { meter: water, readOn: '2026-11-23', value: '115,5' })
  assert.deepEqual([status, to], [303, `${round}#row-${water}`])
  await owner.post(round, { meter: gas, readOn: '2026-11-23', value: '7' })
  const { words, page } = await owner.get(round)
  assert.match(words, /2 no 3 Vēl jāievada 1 rādījums/)
  assert.match(rowsOf(page)['U-1']!, /Ievadīts Iepriekšējais 110,000 m³, 01\.10\.2026 115,500 m³ 23\.11\.2026, patēriņš 5,500 m³/)
  assert.match(rowsOf(page)['E-3']!, /Vēl nav/)
  assert.equal([...page.matchAll(/name="value"/g)].length, 1)
})

test('a questioned row says why, keeps what was typed and leads to the answers and back', async () => {
  const { owner, water } = await threeMeters()
  const { status, page } = await owner.post(round, { meter: water, readOn: '2026-11-23', value: '11' })
  assert.equal(status, 422)
  assert.match(rowsOf(page)['U-1']!, /Jāpaskaidro.*Nav saglabāts\. Rādījums ir mazāks par iepriekšējo\. Paskaidrot, kas notika/)
  assert.match(page, new RegExp(`id="value-${water}" name="value" value="11"`))
  const answer = /href="([^"]*\/answer\?[^"]*)"/.exec(page)![1]!.replaceAll('&amp;', '&')
  assert.match((await owner.get(answer)).words, /Kas notika\? Iepriekšējais rādījums bija 110,000 m³/)
  const told = { answer: 'earlier-wrong', back: 'round', readOn: '23.11.2026', value: '11', earlierValue: '10', justification: 'Pārrakstījos' }
  const { to } = await owner.post(`/cases/ML-1/meters/${water}/answer`, told)
  assert.equal(to, `${round}?on=2026-11-23&said=reading-added#row-${water}`)
  assert.match(rowsOf((await owner.get(round)).page)['U-1']!, /11,000 m³ 23\.11\.2026, patēriņš 1,000 m³/)
})

test('a round of another day carries its date in each row and never takes one to come', async () => {
  const { owner, water } = await threeMeters()
  const { page } = await owner.get(`${round}?on=01.11.2026`)
  assert.equal([...page.matchAll(/name="readOn" value="2026-11-01"/g)].length, 3)
  assert.equal((await owner.post(round, { meter: water, readOn: '2026-11-01', value: '111' })).to, `${round}?on=2026-11-01#row-${water}`)
  const future = await owner.get(`${round}?on=24.11.2026`)
  assert.match(future.words, /Rādījumu datums nevar būt nākotnē/)
  assert.equal([...future.page.matchAll(/name="readOn" value="2026-11-23"/g)].length, 3)
})

test('the same row again is told as done, not as wrong', async () => {
  const { owner, water } = await threeMeters()
  const form = { meter: water, readOn: '2026-11-23', value: '115' }
  await owner.post(round, form)
  const { page } = await owner.post(round, form)
  assert.match(rowsOf(page)['U-1']!, /Ievadīts/)
  assert.doesNotMatch(rowsOf(page)['U-1']!, /Nav saglabāts\. Šāds/)
})

test('whoever may manage sets the order of walking, and the history keeps it', async () => {
  const { owner, responsible, water, gas, electricity, walk } = await threeMeters()
  const order = [water, gas, electricity].join()
  const turned = await owner.post(`${round}/order`, { order, move: `${electricity} up` })
  assert.match(turned.page, new RegExp(`name="order" value="${water},${electricity},${gas}"`))
  assert.deepEqual(await walk(), ['U-1', 'G-2', 'E-3'])
  await owner.post(`${round}/order`, { order: `${electricity},${water},${gas}`, step: 'save' })
  assert.deepEqual(await walk(), ['E-3', 'U-1', 'G-2'])
  assert.match((await owner.get('/cases/ML-1/history?about=meters')).words, /Labošana Apgaitas secība.*U-1, G-2, E-3 E-3, U-1, G-2/)
  assert.equal((await responsible.get(`${round}/order`)).status, 403)
  assert.equal((await responsible.post(`${round}/order`, { order, step: 'save' })).status, 403)
})

test('whoever may not change meters sees the round without fields', async () => {
  const { responsible, water } = await threeMeters()
  const { page, words } = await responsible.get(round)
  assert.match(words, /0 no 3/)
  assert.doesNotMatch(page, /name="value"/)
  assert.equal((await responsible.post(round, { meter: water, readOn: '2026-11-23', value: '115' })).status, 403)
})

test('the sheet to print has the meters in walking order with their last values', async () => {
  const { owner } = await threeMeters()
  const { words } = await owner.get(`${round}/sheet`)
  assert.match(words, /1 U-1 Ūdens skaitītājs 110,000 m³ 01\.10\.2026 m³ 2 G-2 Gāzes skaitītājs 0,000 m³ 01\.01\.2026 m³ 3 E-3/)
})

test('the sheet has a column of places only where a meter has a place to name', async () => {
  const { owner, ctx, world } = await threeMeters()
  const heads = async () => [...(await owner.get(`${round}/sheet`)).page.matchAll(/<th scope="col">([^<]*)/g)].map(([, head]) => head)
  assert.deepEqual(await heads(), ['Nr.', 'Skaitītājs', 'Iepriekšējais rādījums', 'Rādījums', 'Piezīmes'])
  const { designation } = await world.db.selectFrom('building').select('designation').executeTakeFirstOrThrow()
  await addMeter(ctx, 'ML-1', { ...draft, type: 'WATER', number: 'U-5', designation, premises: `${designation}005` })
  assert.deepEqual(await heads(), ['Nr.', 'Skaitītājs', 'Vieta', 'Iepriekšējais rādījums', 'Rādījums', 'Piezīmes'])
  assert.match((await owner.get(`${round}/sheet`)).words, /U-5 Ūdens skaitītājs Ķiršu iela 12, telpu grupa 5 0,000 m³/)
})

test('every active meter has a label whose code opens its page', async () => {
  const { owner, water } = await threeMeters()
  const { words, page } = await owner.get('/cases/ML-1/meters/labels')
  assert.match(words, /U-1 Ūdens skaitītājs Ķiršu iela 12, Cēsis Mājas lieta ML-1.*G-2.*E-3/)
  const drawn = qrCode(`http://localhost:80/cases/ML-1/meters/${water}`, 'QR kods: Ūdens skaitītājs U-1')
  assert.ok(page.includes(drawn.text))
})
