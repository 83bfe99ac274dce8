import assert from 'node:assert/strict'
import { test } from 'node:test'
import { date, openWorld } from '../../test/world.ts'
import { addInspectionType, annulInspection, editInspectionType, recordInspection } from './actions.ts'
import { sweep } from './sweep.ts'
import type { Notice } from './sweep-sql.ts'

const draft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-08-31', every: 'P6M', remindBefore: 'P1M', justification: '' }
const inspection = { type: 'FIRE_SAFETY', label: '', periodic: true, number: '', justification: '' }

async function oneBuilding(today = '2026-11-23') {
  const world = await openWorld({ today: date(today) })
  const owner = await world.person('Anna Kalniņa', 'anna@example.test')
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(owner, building)
  const tell = async (on: string) => {
    const notices: Notice[] = []
    await sweep(world.system(), { asOf: date(on), onNotices: (some) => notices.push(...some) })
    return notices
  }
  return { world, owner, building, tell }
}

test('a reminder is told on its day, once, and not the day before', async () => {
  const { world, owner, building, tell } = await oneBuilding()
  await addInspectionType(world.as(owner), building.number, draft)
  assert.deepEqual(await tell('2027-07-30'), [])
  assert.deepEqual(await tell('2027-07-31'), [
    {
      building: building.designation,
      type: 'FIRE_SAFETY',
      label: '',
      nextOn: '2027-08-31',
      remindOn: '2027-07-31',
      to: 'holders',
      recipients: [{ kind: 'person', code: owner.code }],
    },
  ])
  assert.deepEqual(await tell('2027-07-31'), [])
  assert.deepEqual(await tell('2027-08-01'), [])
})

test('an inspection done moves the next date at once, and an annulled one moves it back', async () => {
  const { world, owner, building, tell } = await oneBuilding()
  const type = await addInspectionType(world.as(owner), building.number, draft)
  const later = { ...world.as(owner), today: date('2027-08-31') }
  const done = await recordInspection(later, building.number, { ...inspection, performedOn: '2027-08-31' })
  const [row] = await world.db.selectFrom('inspection_type').selectAll().where('id', '=', type.id).execute()
  assert.deepEqual([row!.next_on, row!.remind_on], ['2028-02-29', '2028-01-29'])
  await annulInspection(later, building.number, done.id, 'Kļūda')
  assert.deepEqual((await tell('2027-07-31')).map((notice) => notice.nextOn), ['2027-08-31'])
})

test('an edit that moves the reminder later tells again, one that moves it earlier does not', async () => {
  const { world, owner, building, tell } = await oneBuilding()
  const type = await addInspectionType(world.as(owner), building.number, { ...draft, remindBefore: 'P30D' })
  assert.equal((await tell('2027-08-01')).length, 1)
  const edit = (remindBefore: string) => editInspectionType(world.as(owner), building.number, type.id, { ...draft, remindBefore, justification: 'x' })
  await edit('P40D')
  assert.deepEqual(await tell('2027-08-02'), [])
  await edit('P10D')
  assert.deepEqual((await tell('2027-08-21')).map((notice) => notice.remindOn), ['2027-08-21'])
})

test('a sweep as of a past day does not know of inspections done later', async () => {
  const { world, owner, building, tell } = await oneBuilding('2026-01-01')
  await addInspectionType(world.as(owner), building.number, { ...draft, firstOn: '2026-03-31', every: 'P1Y' })
  const later = { ...world.as(owner), today: date('2026-11-23') }
  await recordInspection(later, building.number, { ...inspection, performedOn: '2026-03-20' })
  const notices: Notice[] = []
  await sweep({ ...world.system(), today: date('2026-11-23') }, { asOf: date('2026-02-28'), onNotices: (some) => notices.push(...some) })
  assert.deepEqual(notices.map((notice) => [notice.nextOn, notice.remindOn]), [['2026-03-31', '2026-02-28']])
  assert.deepEqual(await tell('2026-03-01'), [])
})
