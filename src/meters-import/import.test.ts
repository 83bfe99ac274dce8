import assert from 'node:assert/strict'
import { test } from 'node:test'
import { date, openWorld, type World } from '../../test/world.ts'
import { meters, readings } from '../meters/store.ts'
import type { RegisterFile } from '../import/register.ts'
import { addDays } from '../kernel/date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { editReading, removeReading, submitReading } from '../meters/reading-actions.ts'
import { writing } from '../platform/database.ts'
import { importMeters, meterRow, previewMeters } from './import-meters.ts'
import { importReadings, previewReadings, readingRow } from './import-readings.ts'
import { meterColumns, readingColumns, readTable } from './row.ts'
import { undoImport } from './undo.ts'

const metersHeader = meterColumns.join(',')
const readingsHeader = readingColumns.join(',')

const csv = (name: string, header: string, lines: readonly string[]): RegisterFile => ({ name, content: [header, ...lines].join('\n') + '\n' })
const meterTable = (lines: readonly string[]) => readTable(csv('meters.csv', metersHeader, lines), meterColumns, meterRow)
const readingTable = (lines: readonly string[]) => readTable(csv('readings.csv', readingsHeader, lines), readingColumns, readingRow)

async function twoHouses(today = date('2026-11-23')) {
  const world = await openWorld({ today })
  const [owner, other] = [await world.person('Anna Kalniņa'), await world.person('Pēteris Liepa')]
  const [first, second] = [await world.building('Ķiršu iela 12'), await world.building('Ķiršu iela 14')]
  await world.holds(owner, first)
  await world.holds(other, second)
  const [house, elsewhere] = [await world.house('ML-1', [first]), await world.house('ML-2', [second])]
  const lines = [
    `ML-1,${first.designation},WATER,44-1,2026-01-01,100,ACTIVE,,1`,
    'ML-1,,HEAT,H-1,2026-01-01,,INACTIVE,2030-01-01,12',
    'ML-2,,WATER,44-1,2026-01-01,0,ACTIVE,,1',
  ]
  await importMeters(world.system(), await meterTable(lines))
  return { world, owner, first, house, elsewhere, lines }
}

const verdictsOf = async (world: World, lines: readonly string[], on = world.today) =>
  (await importReadings(world.system(on), await readingTable(lines))).verdicts.map(({ line, verdict, codes }) => [line, verdict, ...codes].join(' '))

const stored = async (world: World, caseId: number, number = '44-1') => {
  const meter = (await meters(world.db, caseId)).find((one) => one.number === number)!
  return { meter, values: (await readings(world.db, meter)).map(({ readOn, value }) => `${readOn} ${value / 1000}`) }
}

const eventsOf = async (world: World) => (await world.db.selectFrom('event').select(['action', 'case_id', 'subject_id', 'before', 'after', 'justification']).orderBy('id').execute())

test('meters are added with their event each, and the same file again changes nothing', async () => {
  const { world, house, first, lines } = await twoHouses()
  const found = await meters(world.db, house.caseId)
  assert.deepEqual(found.map(({ type, number, unit, initial, buildingId, readingDueOn }) => [type, number, unit, initial, buildingId, readingDueOn]), [
    ['WATER', '44-1', 'm³', 100_000, first.id, '2026-02-01'],
    ['HEAT', 'H-1', 'MWh', 0, null, '2027-01-01'],
  ])
  const before = await eventsOf(world)
  assert.deepEqual(before.map(({ action }) => action), ['meter.added', 'meter.added', 'meter.added', 'meters.imported'])
  assert.deepEqual([before[0]!.before, before[0]!.subject_id], [null, found[0]!.id])
  const again = await importMeters(world.system(), await meterTable(lines))
  assert.deepEqual([again.counts, again.added, again.changed], [{ accepted: 3, warned: 0, refused: 0 }, 0, 0])
  assert.equal((await eventsOf(world)).length, before.length)
})

test('a meter with other values is changed, and rows with problems are refused with their codes', async () => {
  const { world, house, first } = await twoHouses()
  const { verdicts, changed } = await importMeters(
    world.system(),
    await meterTable([
      `ML-1,${first.designation},WATER,44 1,2026-01-01,100,ACTIVE,2029-01-01,3`,
      'ML-9,,WATER,1,2026-01-01,0,ACTIVE,,1',
      'ML-1,,STEAM,,2026-12-01,x,ACTIVE,2020-13-01,13',
      'ML-1,,HEAT,H-1,2026-01-01,5,INACTIVE,2030-01-01,12',
      'ML-1,,HEAT,H-1,2026-01-01,6,INACTIVE,2030-01-01,12',
      'ML-1,,HEAT',
    ]),
  )
  assert.deepEqual(verdicts.map(({ line, verdict, codes }) => [line, verdict, ...codes].join(' ')), [
    '2 accepted',
    '3 refused unknown-case',
    '4 refused required date-in-future value-format date-format period-format',
    '5 accepted',
    '6 refused duplicate-row',
    '7 refused value-format',
  ])
  assert.equal(changed, 2)
  const { meter } = await stored(world, house.caseId, '44 1')
  assert.deepEqual([meter.periodMonths, meter.validUntil, meter.readingDueOn], [3, '2029-01-01', '2026-04-01'])
})

test('a further column names the premises that a meter serves, and a file without it leaves them as they are', async () => {
  const { world, house, first } = await twoHouses()
  const flat = `${first.designation}007`
  const file = (header: string, lines: readonly string[]) => readTable(csv('meters.csv', header, lines), meterColumns, meterRow)
  const row = (designation: string, period = 1) => `ML-1,${designation},WATER,D-7,2026-01-01,0,ACTIVE,,${period}`
  const premisesOf = async () => (await meters(world.db, house.caseId)).find(({ number }) => number === 'D-7')!.premises
  const take = async (header: string, line: string) => (await importMeters(world.system(), await file(header, [line]))).verdicts.map(({ verdict, codes }) => [verdict, ...codes].join(' '))
  const withPremises = `${metersHeader},premises`
  assert.deepEqual(await take(withPremises, `${row(first.designation)},${first.designation.replace(/^./, '9')}007`), ['refused not-of-building'])
  assert.deepEqual([await take(withPremises, `${row(first.designation)},${flat}`), await premisesOf()], [['accepted'], flat])
  assert.deepEqual([await take(metersHeader, row(first.designation, 2)), await premisesOf()], [['accepted'], flat])
  assert.deepEqual([await take(withPremises, `${row(first.designation, 2)},`), await premisesOf()], [['accepted'], ''])
  assert.deepEqual([await take(withPremises, `${row('', 2)},${flat}`), await premisesOf()], [['accepted'], flat])
  assert.deepEqual([await take(metersHeader, row('', 2)), await premisesOf()], [['accepted'], ''])
})

test('whoever may change meters of one building of a house adds none of another and takes none from it', async () => {
  const world = await openWorld()
  const owner = await world.person('Anna Kalniņa')
  const [own, others] = [await world.building('Ķiršu iela 12'), await world.building('Ķiršu iela 12A')]
  await world.holds(owner, own)
  await world.holds(await world.person('Pēteris Liepa'), others)
  const { caseId } = await world.house('ML-1', [own, others])
  const row = (number: string, designation: string) => `ML-1,${designation},WATER,${number},2026-01-01,0,ACTIVE,,1`
  await importMeters(world.system(), await meterTable([row('2', others.designation)]))
  const ctx = world.as(owner)
  const table = await meterTable([row('1', own.designation), row('2', own.designation), row('3', others.designation), row('4', '')])
  const words = ({ verdicts }: { verdicts: readonly { verdict: string; codes: readonly string[] }[] }) => verdicts.map(({ verdict, codes }) => [verdict, ...codes].join(' '))
  const expected = ['accepted', 'refused forbidden', 'refused forbidden', 'refused forbidden']
  assert.deepEqual(words(await previewMeters(ctx, table)), expected)
  assert.deepEqual(words(await importMeters(ctx, table)), expected)
  assert.deepEqual((await meters(world.db, caseId, 'number')).map(({ number, buildingId }) => [number, buildingId]), [['1', own.id], ['2', others.id]])
})

test('the first reason that applies refuses a row', async () => {
  const { world } = await twoHouses()
  await verdictsOf(world, ['ML-1,WATER,44-1,2026-02-01,110,'])
  const cases: [string, string][] = [
    ['ML-9,WATER,44-1,2027-01-01,x,', 'unknown-meter'],
    [',WATER,44-1,2026-03-01,120,', 'unknown-meter'],
    ['ML-1,HEAT,H-1,nonsense,x,', 'inactive-meter'],
    ['ML-1,WATER,44-1,2027-01-01,1 2,', 'value-format'],
    ['ML-1,WATER,44-1,2026-02-30,120,', 'value-format'],
    ['ML-1,WATER,44-1,2026-03-01,120,x', 'value-format'],
    ['ML-1,WATER,44-1,2026-11-24,1,', 'date-in-future'],
    ['ML-1,WATER,44-1,2025-12-31,1,', 'date-before-installed'],
    ['ML-1,WATER,44-1,2026-02-01,"110,000",', 'duplicate'],
    ['ML-1,WATER,44-1,2026-02-01,1,', 'date-not-after-previous'],
    ['ML-1,WATER,44-1,2026-01-15,105,', 'date-not-after-previous'],
    ['ML-1,WATER,44-1,2026-03-01,109.999,', 'value-below-previous'],
  ]
  assert.deepEqual(await verdictsOf(world, cases.map(([row]) => row)), cases.map(([, code], at) => `${at + 2} refused ${code}`))
  const before = await eventsOf(world)
  assert.deepEqual(before.filter(({ action }) => action === 'readings.imported').length, 1)
})

test('rows are judged in the order of their dates, told in the order of the file, and the good ones are in', async () => {
  const { world, house, elsewhere } = await twoHouses()
  const lines = [
    'ML-1,WATER,44-1,2026-04-01,130,-0.5',
    'ML-2,WATER,44-1,2026-02-01,7,',
    'ML-1,WATER,44-1,2026-02-01,110,',
    'ML-1,WATER,44-1,2026-03-01,105,',
    'ML-1,WATER,44-1,2026-03-01,120,',
    'ML-1,WATER,44-1,2026-05-01,140,',
    'ML-1,WATER,44-1,2026-06-02,500,',
  ]
  assert.deepEqual(await verdictsOf(world, lines), [
    '2 accepted',
    '3 accepted',
    '4 accepted',
    '5 refused value-below-previous',
    '6 accepted',
    '7 accepted',
    '8 warned period-exceeded consumption-unusual',
  ])
  const { meter, values } = await stored(world, house.caseId)
  assert.deepEqual(values, ['2026-02-01 110', '2026-03-01 120', '2026-04-01 130', '2026-05-01 140', '2026-06-02 500'])
  assert.deepEqual([meter.lastReadOn, meter.lastValue, meter.readingDueOn], ['2026-06-02', 500_000, '2026-07-02'])
  assert.deepEqual((await readings(world.db, meter)).map(({ difference, warnings }) => [difference, warnings]), [
    [null, []],
    [null, []],
    [-500, []],
    [null, []],
    [null, ['period-exceeded', 'consumption-unusual']],
  ])
  assert.deepEqual((await stored(world, elsewhere.caseId)).values, ['2026-02-01 7'])
  const again = await verdictsOf(world, lines)
  assert.deepEqual(again.map((line) => line.split(' ').slice(1).join(' ')), ['refused duplicate', 'refused duplicate', 'refused duplicate', 'refused date-not-after-previous', ...Array(3).fill('refused duplicate')])
  const imports = (await eventsOf(world)).filter(({ action }) => action === 'readings.imported')
  assert.equal(imports.length, 1)
  assert.equal(imports[0]!.case_id, 0)
  assert.deepEqual(imports[0]!.after, { import: imports[0]!.subject_id, file: 'readings.csv', accepted: 5, warned: 1, refused: 1, meters: 2, cases: 2 })
  const traced = await world.db.selectFrom('reading').select('import_id').distinct().execute()
  assert.deepEqual(traced, [{ import_id: imports[0]!.subject_id }])
})

test('more rows than are judged at once are one import, each meter judged against its own past', async () => {
  const { world, house } = await twoHouses()
  const numbers = ['D-1', 'D-2', 'D-3', 'D-4']
  await importMeters(world.system(), await meterTable(numbers.map((number) => `ML-1,,HEAT,${number},1990-01-01,0,ACTIVE,,1`)))
  const days = Array.from({ length: 11_000 }, (_, day) => addDays(date('1990-01-02'), day))
  const rows = numbers.flatMap((number, at) => days.map((day, place) => `ML-1,HEAT,${number},${day},${place + at + 1},`))
  const wrong = `ML-1,HEAT,D-4,${addDays(days.at(-1)!, 1)},1,`
  const { counts, importId, verdicts } = await importReadings(world.system(), await readingTable([...rows, wrong]))
  assert.deepEqual(counts, { accepted: 44_000, warned: 0, refused: 1 })
  assert.deepEqual(verdicts.at(-1), { file: 'readings.csv', line: 44_002, verdict: 'refused', codes: ['value-below-previous'] })
  for (const [at, number] of numbers.entries()) {
    const { meter, values } = await stored(world, house.caseId, number)
    assert.deepEqual([values.length, values[0], meter.lastReadOn, meter.lastValue], [11_000, `1990-01-02 ${at + 1}`, days.at(-1), (11_000 + at) * 1000])
  }
  const { entered } = await world.db.selectFrom('reading').select((column) => column.fn.countAll<number>().as('entered')).where('import_id', '=', importId).executeTakeFirstOrThrow()
  assert.equal(entered, 44_000)
})

test('no import that a reading may name can be removed', async () => {
  const { world } = await twoHouses()
  await verdictsOf(world, ['ML-1,WATER,44-1,2026-02-01,110,'])
  await assert.rejects(writing(world.db, (tx) => tx.deleteFrom('sheet_import').execute()), /permission denied/)
})

test('the day that counts as today decides what is in the future', async () => {
  const { world } = await twoHouses(date('2026-03-01'))
  const row = ['ML-1,WATER,44-1,2026-03-02,110,']
  assert.deepEqual(await verdictsOf(world, row), ['2 refused date-in-future'])
  assert.deepEqual(await verdictsOf(world, row, date('2026-03-02')), ['2 warned period-exceeded'])
})

test('a person imports to the meters that they may change, found by number alone where the row tells no more', async () => {
  const { world, owner, house } = await twoHouses()
  const ctx = world.as(owner)
  const table = await readingTable(['ML-1,WATER,44-1,2026-02-01,110,', 'ML-2,WATER,44-1,2026-02-01,110,', ',,44 1,2026-03-01,120,', ',GAS,44-1,2026-04-01,130,'])
  const expected = ['accepted', 'refused unknown-meter', 'accepted', 'refused unknown-meter']
  const words = (verdicts: readonly { verdict: string; codes: readonly string[] }[]) => verdicts.map(({ verdict, codes }) => [verdict, ...codes].join(' '))
  assert.deepEqual(words(await previewReadings(ctx, table)), expected)
  assert.deepEqual((await stored(world, house.caseId)).values, [])
  assert.deepEqual(words((await importReadings(ctx, table)).verdicts), expected)
  assert.deepEqual((await stored(world, house.caseId)).values, ['2026-02-01 110', '2026-03-01 120'])
  assert.equal((await eventsOf(world)).at(-1)!.case_id, house.caseId)
})

const problemsOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error) => (error instanceof Refusal ? [error.kind, ...error.problems.map(({ field, code, params }) => [field, code, params?.['meters']].filter(Boolean).join(' '))].join(': ') : String(error)),
  )

test('an import is undone as one, by whoever made it, with a reason, and once', async () => {
  const { world, owner, house } = await twoHouses()
  const ctx = world.as(owner)
  await importReadings(ctx, await readingTable(['ML-1,WATER,44-1,2026-02-01,110,']))
  const second = await importReadings(ctx, await readingTable(['ML-1,WATER,44-1,2026-03-01,120,', 'ML-1,WATER,44-1,2026-04-01,130,']))
  const { meter } = await stored(world, house.caseId)
  await submitReading(ctx, 'ML-1', meter.id, { readOn: '2026-05-01', value: '140', difference: '', estimated: false, consumed: '', justification: '' })
  const other = world.as(await world.person('Svešs Svešinieks'))
  assert.equal(await problemsOf(undoImport(other, second.importId!, 'Tā')), 'missing')
  assert.equal(await problemsOf(undoImport(ctx, second.importId!, ' ')), 'invalid: justification required')
  await undoImport(ctx, second.importId!, 'Nepareizais fails')
  const after = await stored(world, house.caseId)
  assert.deepEqual(after.values, ['2026-02-01 110', '2026-05-01 140'])
  assert.deepEqual([after.meter.lastReadOn, after.meter.lastValue, after.meter.readingDueOn], ['2026-05-01', 140_000, '2026-06-01'])
  assert.equal(await problemsOf(undoImport(ctx, second.importId!, 'Vēlreiz')), 'conflict: import already-undone')
  const last = (await eventsOf(world)).at(-1)!
  assert.deepEqual([last.action, last.case_id, last.justification, last.after], ['readings.undone', house.caseId, 'Nepareizais fails', { import: second.importId, file: 'readings.csv', removed: 2, meters: 1 }])
})

test('an import from whose readings a later one counts is not undone, and its meters are named', async () => {
  const { world, owner, house } = await twoHouses()
  const ctx = world.as(owner)
  const { meter } = await stored(world, house.caseId)
  const draft = { difference: '', estimated: false, consumed: '', justification: '' }
  await submitReading(ctx, 'ML-1', meter.id, { ...draft, readOn: '2026-02-01', value: '9998' })
  const { importId } = await importReadings(ctx, await readingTable(['ML-1,WATER,44-1,2026-03-01,9999,']))
  const rolled = { ...draft, readOn: '2026-03-01', value: '5', consumed: '7', justification: 'Pārgāja pāri nullei' }
  await editReading(ctx, 'ML-1', meter.id, '2026-03-01', rolled)
  await submitReading(ctx, 'ML-1', meter.id, { ...draft, readOn: '2026-04-01', value: '20' })
  assert.equal(await problemsOf(undoImport(ctx, importId!, 'Kļūda')), 'invalid: import needed-by-next 44-1')
  assert.equal((await stored(world, house.caseId)).values.length, 3)
  await removeReading(ctx, 'ML-1', meter.id, '2026-04-01', 'Kļūda')
  await undoImport(ctx, importId!, 'Kļūda')
  const { meter: back, values } = await stored(world, house.caseId)
  assert.deepEqual([back.lastReadOn, values], ['2026-02-01', ['2026-02-01 9998']])
})

test('whoever may no longer change the meters may not undo their import', async () => {
  const { world, owner, first, house } = await twoHouses()
  const ctx = world.as(owner)
  const readingsImport = await importReadings(ctx, await readingTable(['ML-1,WATER,44-1,2026-02-01,110,']))
  const metersImport = await importMeters(ctx, await meterTable([`ML-1,${first.designation},GAS,G-1,2026-01-01,0,ACTIVE,,1`]))
  const undo = (importId: number | null) => problemsOf(undoImport(ctx, importId!, 'Kļūda'))
  await world.holds(await world.person('Jaunā Īpašniece'), first)
  assert.deepEqual([await undo(readingsImport.importId), await undo(metersImport.importId)], ['forbidden: forbidden', 'forbidden: forbidden'])
  assert.equal((await meters(world.db, house.caseId)).filter(({ number }) => number === 'G-1').length, 1)
})
