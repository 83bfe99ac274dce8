import assert from 'node:assert/strict'
import { test } from 'node:test'
import { date, openWorld, type World } from '../../test/world.ts'
import { partiesOf, rightfulHolders } from '../buildings/building.ts'
import { operationCase } from '../cases/store.ts'
import { importRegisters } from '../import/import.ts'
import { addInspectionType } from '../inspections/actions.ts'
import { sweep } from '../inspections/sweep.ts'
import { anna, janis } from './people.ts'
import { demoRegisters } from './registers.ts'

const openDemo = async (today: string) => {
  const world = await openWorld({ today: date(today) })
  await importRegisters(world.system(), demoRegisters(world.today))
  return world
}

const remindersOf = (world: World, caseId: number) =>
  world.db
    .selectFrom('notice')
    .innerJoin('inbox_entry', 'inbox_entry.notice_id', 'notice.id')
    .select(['party_id', 'addressed'])
    .where('notice.case_id', '=', caseId)
    .execute()

test('the demo loads on any day, and something in it is late, something soon and something far', async () => {
  for (const today of ['2026-11-23', '2028-02-29', '2027-08-31'].map(date)) {
    const world = await openDemo(today)
    const types = await world.db.selectFrom('inspection_type').select(['next_on', 'remind_on']).execute()
    assert.ok(types.some((type) => type.next_on < today), 'late')
    assert.ok(types.some((type) => type.next_on >= today && type.remind_on !== null && type.remind_on <= today), 'soon')
    assert.ok(types.some((type) => type.next_on > today && type.remind_on !== null && type.remind_on > today), 'far')
  }
})

test('in the demo an owner alone sets an inspection of a house that her manager’s responsible person is reminded of', async () => {
  const world = await openDemo('2026-11-23')
  const partyOf = ({ code }: { code: string }) => world.db.selectFrom('party').select(['id', 'kind', 'code', 'name']).where('code', '=', code).executeTakeFirstOrThrow()
  const [owner, responsible] = [await partyOf(anna), await partyOf(janis)]
  await sweep(world.system())
  assert.match((await operationCase(world.as(owner), 'EL-00001')).building.address, /^Bērzu iela 7/)
  const { id, parties } = await operationCase(world.as(responsible), 'EL-00008')
  assert.deepEqual(parties.responsible.map(({ name }) => name), ['Jānis Ozols'])
  assert.deepEqual((await remindersOf(world, id)).map(({ party_id, addressed }) => [party_id, addressed]), [[responsible.id, 'responsible']])
  const setting = { type: 'Jumta apskate', label: '', firstOn: '2026-11-24', every: 'P6M', remindBefore: 'P10D', justification: '' }
  await addInspectionType(world.as(owner), 'EL-00008', setting)
  await sweep(world.system())
  assert.equal((await remindersOf(world, id)).length, 2)
})

test('the demo has a building of every kind that its story needs', async () => {
  const world = await openDemo('2026-11-23')
  const buildings = await world.db.selectFrom('building').select(['id', 'address', 'is_public']).execute()
  const parties = await partiesOf(world.db, buildings.map(({ id }) => id), world.today)
  const at = (address: string) => parties.get(buildings.find((building) => building.address.startsWith(address))!.id)!
  const owners = (address: string) => rightfulHolders(at(address).holders).map(({ party, right }) => `${right} ${party.name}`)
  assert.deepEqual(owners('Bērzu iela 7'), ['owner Anna Kalniņa'])
  assert.equal(new Set(at('Ķiršu iela 12,').holders.map(({ premises }) => premises)).size, 24)
  assert.deepEqual(at('Ķiršu iela 12,').responsible.map(({ name }) => name), ['Jānis Ozols'])
  assert.deepEqual(owners('Skolas iela 3'), ['owner Gaujmalas novada pašvaldība'])
  assert.deepEqual(owners('Tirgus iela 5'), ['owner AS “Baltā kaija”'])
  assert.deepEqual(owners('Upes iela 18'), ['owner Guntis Dreimanis', 'owner Ilze Dreimane'])
  assert.deepEqual(owners('“Mežmalas”'), ['possessor Velta Eglīte'])
  assert.deepEqual(owners('Ābeļu iela 9'), ['owner Anna Kalniņa'])
  assert.deepEqual(buildings.filter((building) => building.is_public).map(({ address }) => address.slice(0, 13)), ['Skolas iela 3'])
})
