import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { anna, folderOf, goodFolder, house, janis, manager, school, shed, spoilt, type Folder } from '../../test/registers.ts'
import { date, openWorld, type World } from '../../test/world.ts'
import { mayRecordInspections } from '../cases/access.ts'
import { houseCase, operationCase } from '../cases/store.ts'
import { addInspectionType, recordInspection } from '../inspections/actions.ts'
import { inspections, inspectionTypes } from '../inspections/store.ts'
import { removeAddress, setMainAddress } from '../notifications/addresses/actions.ts'
import type { Party } from '../people/actor.ts'
import { importFolder, type ImportOptions } from './import.ts'

const load = (world: World, folder: Folder, options?: ImportOptions) =>
  importFolder({ ...world.system(), via: 'command' }, folderOf(folder as Record<string, string>), options)

const partyOf = async (world: World, code: string): Promise<Party> =>
  world.db.selectFrom('party').select(['id', 'kind', 'code', 'name']).where('code', '=', code).executeTakeFirstOrThrow()

const eventsAfter = (world: World, id: number) =>
  world.db.selectFrom('event').selectAll().where('id', '>', id).orderBy('id').execute()

const lastEvent = async (world: World): Promise<number> =>
  (await world.db.selectFrom('event').select(sql<number>`max(id)`.as('id')).executeTakeFirstOrThrow()).id

/** The events that an import of a folder adds. */
async function eventsOf(world: World, folder: Folder) {
  const before = await lastEvent(world)
  await load(world, folder)
  return eventsAfter(world, before)
}

async function loaded() {
  const world = await openWorld()
  const result = await load(world, goodFolder)
  return { world, result, anna: await partyOf(world, anna), janis: await partyOf(world, janis), manager: await partyOf(world, manager) }
}

const typesOf = async (world: World, caseId: number) =>
  (await inspectionTypes(world.db, caseId)).map((type) => [type.type, type.label, type.lastPerformedOn, type.nextOn, type.remindOn])

test('a folder is loaded whole, and its people see their cases', async () => {
  const { world, result, anna, janis, manager } = await loaded()
  assert.deepEqual(result.counts['holders.csv'], { rows: 4, created: 4, changed: 0, unchanged: 0 })
  const file = await operationCase(world.as(anna), 'EL-00001')
  assert.equal(file.building.designation, house)
  assert.deepEqual(file.houseCase, { number: 'ML-1', propertyNumber: '42010051208' })
  assert.deepEqual(file.parties.holders.map(({ party, premises, to }) => [party.name, premises, to]), [['Anna Kalniņa', `${house}001`, null]])
  assert.deepEqual([file.parties.managers, file.parties.responsible], [[manager], [janis]])
  assert.equal((await operationCase(world.as(janis), 'EL-00003')).building.isPublic, true)
  assert.deepEqual((await houseCase(world.as(anna), 'ML-1')).buildings.map(({ building }) => building.designation), [house, shed])
  await operationCase(world.as(janis), 'EL-00001', mayRecordInspections)
})

test('types come with the dates that their inspections make', async () => {
  const { world, anna } = await loaded()
  const [first, second] = [await operationCase(world.as(anna), 'EL-00001'), await operationCase(world.as(anna), 'EL-00002')]
  assert.deepEqual(await typesOf(world, first.id), [
    ['DANGEROUS_EQUIPMENT', 'Lifts 1', null, '2027-02-01', '2027-01-22'],
    ['FIRE_SAFETY', '', '2026-03-31', '2027-03-31', '2027-02-28'],
    ['Jumta apskate', '', '2026-05-02', '2028-05-02', null],
  ])
  assert.deepEqual(await typesOf(world, second.id), [['PERIODIC_TECHNICAL_SURVEY', '', null, '2019-08-31', '2019-08-31']])
})

test('the same folder again changes nothing and writes no event', async () => {
  const { world } = await loaded()
  const before = await lastEvent(world)
  const { counts } = await load(world, goodFolder)
  assert.deepEqual(await eventsAfter(world, before), [])
  for (const count of Object.values(counts)) assert.deepEqual(count, { rows: count.rows, created: 0, changed: 0, unchanged: count.rows })
})

test('two imports of one folder at the same moment leave it there once', async () => {
  const world = await openWorld()
  const [one, other] = await Promise.all([load(world, goodFolder), load(world, goodFolder)])
  assert.deepEqual([one.counts['buildings.csv']!.created, other.counts['buildings.csv']!.created].sort(), [0, 3])
  assert.deepEqual([one.counts['inspections.csv']!.created, other.counts['inspections.csv']!.created].sort(), [0, 4])
})

test('any file may be absent when what it would name is in the register', async () => {
  const { world, anna } = await loaded()
  const file = await operationCase(world.as(anna), 'EL-00001')
  const one = `designation,type,label,performed_on,periodic,status,number\n${house},Fire_safety check,,2026-11-01,1,registered,\n`
  assert.deepEqual((await load(world, { 'inspections.csv': one })).counts, {
    'inspections.csv': { rows: 1, created: 1, changed: 0, unchanged: 0 },
  })
  assert.equal((await inspections(world.db, file.id)).length, 4)
})

test('a file may begin with a byte order mark, end its lines as Windows does, and order its columns as it likes', async () => {
  const world = await openWorld()
  const persons = `\ufeffsurname,email,given_name,personal_code,email_verified_on\r\nKalniņa,,"Anna\r\nMarija",${anna},\r\n\r\nOzols,,Jānis,${janis},\r\n`
  assert.equal((await load(world, { 'persons.csv': persons })).counts['persons.csv']!.created, 2)
  assert.equal((await partyOf(world, anna)).name, 'Anna Marija Kalniņa')
})

test('an import by the system leaves one event for itself, with the counts of each file', async () => {
  const { world } = await loaded()
  const own = (await eventsAfter(world, 0)).filter(({ action }) => action === 'register.imported')
  assert.equal(own.length, 1)
  const { case_id, actor_id, via, after } = own[0]!
  assert.deepEqual([case_id, actor_id, via], [0, null, 'command'])
  assert.deepEqual(after!['managers.csv'], { rows: 2, created: 2, changed: 0, unchanged: 0 })
})

const changes: [string, Folder, string, Record<string, unknown> | null, Record<string, unknown>][] = [
  [
    'a person',
    spoilt('persons.csv', 'anna@example.test,2026-01-15', 'kalnina@example.test,'),
    'party.changed',
    { name: 'Anna Kalniņa', email: 'anna@example.test', emailVerifiedOn: '2026-01-15' },
    { name: 'Anna Kalniņa', email: 'kalnina@example.test', emailVerifiedOn: null },
  ],
  [
    'a representative who leaves',
    spoilt('representatives.csv', '2020-01-01,', '2020-01-01,2026-12-31'),
    'representative.changed',
    { organisation: 'SIA "Ķiršu nami"', person: 'Jānis Ozols', kind: 'sole', from: '2020-01-01', to: null },
    { organisation: 'SIA "Ķiršu nami"', person: 'Jānis Ozols', kind: 'sole', from: '2020-01-01', to: '2026-12-31' },
  ],
  [
    'a building',
    spoilt('buildings.csv', 'Skolas iela 3', 'Skolas iela 5'),
    'building.changed',
    { number: 'EL-00003', designation: school, address: 'Skolas iela 3, Cēsis', mainUseCode: '1263', mainUse: 'Skolas', isPublic: true },
    { number: 'EL-00003', designation: school, address: 'Skolas iela 5, Cēsis', mainUseCode: '1263', mainUse: 'Skolas', isPublic: true },
  ],
  [
    'the buildings of a house case',
    spoilt('house_cases.csv', ` ${shed}`, ''),
    'case.changed',
    { number: 'ML-1', propertyNumber: '42010051208', propertyKind: 'apartments', buildings: [house, shed] },
    { number: 'ML-1', propertyNumber: '42010051208', propertyKind: 'apartments', buildings: [house] },
  ],
  [
    'a holder whose right ends',
    spoilt('holders.csv', `${shed},,owner,person,${anna},2015-06-01,`, `${shed},,owner,person,${anna},2015-06-01,2026-11-30`),
    'holder.changed',
    { party: 'Anna Kalniņa', right: 'owner', premises: '', from: '2015-06-01', to: null },
    { party: 'Anna Kalniņa', right: 'owner', premises: '', from: '2015-06-01', to: '2026-11-30' },
  ],
  [
    'a new holder',
    spoilt('holders.csv', `${school},,possessor`, `${school},,owner,person,${anna},2026-01-01,\n${school},,possessor`),
    'holder.registered',
    null,
    { party: 'Anna Kalniņa', right: 'owner', premises: '', from: '2026-01-01', to: null },
  ],
  [
    'a manager who leaves',
    spoilt('managers.csv', '2020-01-01,,,,', '2020-01-01,2026-12-31,,,'),
    'manager.changed',
    { party: 'Jānis Ozols', from: '2020-01-01', to: null },
    { party: 'Jānis Ozols', from: '2020-01-01', to: '2026-12-31' },
  ],
  [
    'a responsible person who leaves',
    spoilt('managers.csv', '2020-02-01,', '2020-02-01,2026-12-31'),
    'responsible.changed',
    { party: 'Jānis Ozols', manager: 'SIA "Ķiršu nami"', from: '2020-02-01', to: null },
    { party: 'Jānis Ozols', manager: 'SIA "Ķiršu nami"', from: '2020-02-01', to: '2026-12-31' },
  ],
  [
    'an inspection type',
    spoilt('inspection_types.csv', 'Lifts 1,2027-02-01,P6M,P10D', 'Lifts 1,2027-02-01,P1Y,'),
    'inspection-type.edited',
    { type: 'DANGEROUS_EQUIPMENT', label: 'Lifts 1', firstOn: '2027-02-01', every: 'P6M', remindBefore: 'P10D' },
    { type: 'DANGEROUS_EQUIPMENT', label: 'Lifts 1', firstOn: '2027-02-01', every: 'P1Y', remindBefore: null },
  ],
  [
    'an inspection that was a draft',
    spoilt('inspections.csv', 'draft', 'registered'),
    'inspection.changed',
    { type: 'FIRE_SAFETY', label: '', performedOn: '2026-10-01', periodic: true, status: 'draft', number: 'UD-2' },
    { type: 'FIRE_SAFETY', label: '', performedOn: '2026-10-01', periodic: true, status: 'registered', number: 'UD-2' },
  ],
  [
    'an inspection annulled',
    spoilt('inspections.csv', 'registered,UD-1', 'annulled,UD-1'),
    'inspection.annulled',
    { type: 'FIRE_SAFETY', label: '', performedOn: '2026-03-31', periodic: true, status: 'registered', number: 'UD-1' },
    { type: 'FIRE_SAFETY', label: '', performedOn: '2026-03-31', periodic: true, status: 'annulled', number: 'UD-1' },
  ],
]

test('each change has its event with what was before and after, and no other', async (t) => {
  const { world } = await loaded()
  for (const [what, folder, action, before, after] of changes)
    await t.test(what, async () => {
      const events = await eventsOf(world, folder)
      assert.deepEqual(events.map((event) => event.action), [action, 'register.imported'])
      assert.deepEqual([events[0]!.before, events[0]!.after], [before, after])
      assert.deepEqual(await eventsOf(world, folder), [])
      await load(world, goodFolder)
    })
})

test('a case opened, a type added and an inspection recorded by an import read as those of people', async () => {
  const { world, anna } = await loaded()
  const { id } = await operationCase(world.as(anna), 'EL-00002')
  const setting = { type: 'Sienu apskate', label: '', firstOn: '2027-03-01', every: 'P6M', remindBefore: 'P10D', justification: '' }
  await addInspectionType(world.as(anna), 'EL-00002', setting)
  await recordInspection(world.as(anna), 'EL-00002', { type: 'Sienu apskate', label: '', performedOn: '2026-11-01', periodic: true, number: '', justification: '' })
  const keys = async (action: string) =>
    (await eventsAfter(world, 0)).filter((event) => event.action === action && event.case_id === id).map(({ after }) => Object.keys(after!).sort())
  for (const action of ['inspection-type.added', 'inspection.recorded']) {
    const [imported, byHand] = await keys(action)
    assert.deepEqual(imported, byHand)
  }
})

test('an inspection that an import brings moves the next date of a type set earlier', async () => {
  const { world, anna } = await loaded()
  const { id } = await operationCase(world.as(anna), 'EL-00001')
  const header = 'designation,type,label,performed_on,periodic,status,number\n'
  await load(world, { 'inspections.csv': `${header}${house},jumta APSKATE,,2026-11-20,1,registered,J-2\n` })
  assert.deepEqual((await typesOf(world, id)).find(([type]) => type === 'Jumta apskate'), ['Jumta apskate', '', '2026-11-20', '2028-11-20', null])
})

test('a building may move to another house case when the folder names both', async () => {
  const { world, anna } = await loaded()
  const both = `number,property_number,property_kind,designations\nML-1,42010051208,apartments,${house}\nML-2,42010051209,joint,${shed}\n`
  await load(world, { 'house_cases.csv': both })
  assert.equal((await operationCase(world.as(anna), 'EL-00002')).houseCase?.number, 'ML-2')
  assert.equal((await operationCase(world.as(anna), 'EL-00001')).houseCase?.number, 'ML-1')
})

test('a building that becomes public with a longer survey period changes nothing and tells once', async () => {
  const { world, anna, janis } = await loaded()
  const { id } = await operationCase(world.as(anna), 'EL-00002')
  const types = await typesOf(world, id)
  const header = 'designation,address,main_use_code,main_use,public\n'
  const flag = (isPublic: number) => load(world, { 'buildings.csv': `${header}${shed},"Ķiršu iela 12A, Cēsis",1242,Garāžu ēkas,${isPublic}\n` })
  await flag(1)
  await flag(1)
  await flag(0)
  await flag(1)
  const notices = await world.db.selectFrom('notice').select(['case_id', 'kind', 'addressed', 'created_on']).execute()
  assert.deepEqual(notices, [{ case_id: id, kind: 'LIMIT_EXCEEDED', addressed: 'manager', created_on: world.today }])
  assert.deepEqual((await world.db.selectFrom('inbox_entry').select('party_id').execute()).map((entry) => entry.party_id), [janis.id])
  assert.deepEqual(await typesOf(world, id), types)
})

test('the whole folder again with the building public tells of a longer survey period and refuses only to change it', async () => {
  const { world, anna } = await loaded()
  const { id } = await operationCase(world.as(anna), 'EL-00002')
  const folder = spoilt('buildings.csv', 'Garāžu ēkas,0', 'Garāžu ēkas,1')
  const types = await typesOf(world, id)
  assert.deepEqual((await eventsOf(world, folder)).map(({ action }) => action), ['building.changed', 'register.imported'])
  assert.deepEqual(await eventsOf(world, folder), [])
  const told = await world.db.selectFrom('notice').select(['case_id', 'kind']).execute()
  assert.deepEqual(told, [{ case_id: id, kind: 'LIMIT_EXCEEDED' }])
  for (const [text, by] of [['P20Y,P0D', 'P20Y,P1M'], ['P20Y', 'P15Y']] as const)
    await assert.rejects(load(world, { ...folder, 'inspection_types.csv': spoilt('inspection_types.csv', text, by)['inspection_types.csv']! }), {
      problems: [{ file: 'inspection_types.csv', line: 5, column: 'every', field: 'every', code: 'period-over-limit', params: { years: 10 } }],
    })
  assert.deepEqual(await typesOf(world, id), types)
})

test('as of an earlier day, inspections after it are in the future', async () => {
  const world = await openWorld()
  await assert.rejects(load(world, goodFolder, { asOf: date('2026-09-30') }), {
    problems: [{ file: 'inspections.csv', line: 3, column: 'performed_on', field: 'performed_on', code: 'date-in-future' }],
  })
  await load(world, goodFolder, { asOf: date('2026-10-01') })
})

test('progress names each file with its rows, read and written', async () => {
  const world = await openWorld()
  const seen: string[] = []
  await load(world, goodFolder, { onProgress: ({ file, step, rows, total }) => seen.push(`${step} ${file} ${rows}/${total}`) })
  assert.equal(seen[0], 'reading persons.csv 2/2')
  assert.ok(seen.includes('writing inspections.csv 4/4'))
  assert.equal(seen.length, 18)
})

test('an address that people have set themselves stays, and so does that there is none', async () => {
  const { world, anna, janis, manager } = await loaded()
  await removeAddress(world.as(anna), 0, { isConfirmed: true })
  await setMainAddress(world.as(janis, manager), 'birojs@example.test')
  const before = await lastEvent(world)
  await load(world, goodFolder)
  assert.deepEqual(await eventsAfter(world, before), [])
  const emailOf = async ({ id }: Party) => (await world.db.selectFrom('party').select('email').where('id', '=', id).executeTakeFirstOrThrow()).email
  assert.deepEqual([await emailOf(anna), await emailOf(manager)], [null, 'birojs@example.test'])
})
