import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sweep } from '../../src/inspections/sweep.ts'
import { addDays } from '../../src/kernel/date.ts'
import { openProgram, pages } from '../program.ts'
import { date, openWorld } from '../world.ts'

const setting = (type: string) => ({ type, firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M' })

async function oneHouse() {
  const world = await openWorld()
  const anna = await world.person('Anna Kalniņa')
  const house = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(anna, house)
  const owner = await (await openProgram(world)).as(anna)
  return { world, anna, house, owner, path: `/cases/${house.number}` }
}

const isOnceEach = (items: any[][], key: string, expected: unknown[]) => assert.deepEqual(items.flat().map((item) => item[key]), expected)

test('cases are paged without gaps or doubles while cases are added before and behind the reader', async () => {
  const { world, anna, owner } = await oneHouse()
  const streets = ['Akas', 'Baznīcas', 'Celtnieku', 'Dārza', 'Ezera', 'Festivāla', 'Gaujas']
  for (const street of streets) await world.holds(anna, await world.building(`${street} iela 1`))
  const addBoth = async (page: number) => {
    if (page !== 1) return
    await world.holds(anna, await world.building('Ābeļu iela 1'))
    await world.holds(anna, await world.building('Zaļā iela 1'))
  }
  const found = await pages(owner, '/cases', 3, addBoth)
  assert.deepEqual(found.map((page) => page.length), [3, 3, 3])
  isOnceEach(found, 'address', [...streets.map((street) => `${street} iela 1`), 'Ķiršu iela 12, Cēsis', 'Zaļā iela 1'])
})

test('a history is paged without gaps or doubles while more is done', async () => {
  const { owner, path } = await oneHouse()
  const add = (name: number) => owner('POST', `${path}/inspection-types`, setting(`Pārbaude ${name}`))
  for (let name = 0; name < 7; name++) await add(name)
  const found = await pages(owner, `${path}/history`, 3, (page) => add(100 + page))
  assert.deepEqual(found.map((page) => page.length), [3, 3, 1])
  assert.deepEqual(found.flat().map(({ after }) => after.type), [6, 5, 4, 3, 2, 1, 0].map((name) => `Pārbaude ${name}`))
})

test('inspections are paged without gaps or doubles while more are recorded, also several on a day', async () => {
  const { owner, path } = await oneHouse()
  const record = (number: string, performedOn: string) => owner('POST', `${path}/inspections`, { type: 'FIRE_SAFETY', performedOn, periodic: true, number })
  for (let number = 0; number < 7; number++) await record(String(number), number < 4 ? '2026-02-01' : '2026-01-01')
  const found = await pages(owner, `${path}/inspections`, 2, (page) => record(`new ${page}`, '2026-03-01'))
  assert.deepEqual(found.map((page) => page.length), [2, 2, 2, 1])
  isOnceEach(found, 'number', ['3', '2', '1', '0', '6', '5', '4'])
})

test('notices of the inbox and of the case are paged without gaps or doubles while more are told', async () => {
  const { world, owner, path } = await oneHouse()
  const tell = async (days: number) => {
    await owner('POST', `${path}/inspection-types`, setting(`Pārbaude ${days}`))
    await sweep(world.system(addDays(date('2027-02-01'), days)))
  }
  for (let days = 0; days < 5; days++) await tell(days)
  const told = ['2027-02-05', '2027-02-04', '2027-02-03', '2027-02-02', '2027-02-01']
  const inbox = await pages(owner, '/notices', 2, (page) => tell(10 + page))
  assert.deepEqual(inbox.map((page) => page.length), [2, 2, 1])
  isOnceEach(inbox, 'createdOn', told)
  const later = ['2027-02-14', '2027-02-13', '2027-02-12']
  isOnceEach(await pages(owner, `${path}/notices`, 2, (page) => tell(20 + page)), 'createdOn', [...later, ...told])
})
