import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../kernel/refusal.ts'
import { openDatabase } from '../platform/database.ts'
import { date, openWorld } from '../../test/world.ts'
import { correctAndSubmit, replaceMeter, supersedeEstimates } from './answer-actions.ts'
import { addMeter, editMeter, removeMeter } from './meter-actions.ts'
import { editReading, removeReading, submitReading } from './reading-actions.ts'
import { meters, readings } from './store.ts'

const draft = { type: 'WATER', number: '44-71820', installedOn: '2026-01-01', initial: '100', status: 'ACTIVE', validUntil: '', periodMonths: '1', designation: '', premises: '', justification: '' }
const reading = (readOn: string, value: string) => ({ readOn, value, difference: '', estimated: false, consumed: '', justification: '' })

async function oneHouse(policy: 'strict' | 'withManager' = 'strict') {
  const world = await openWorld({ policy })
  const [owner, manager, responsible] = [await world.person('Anna Kalniņa'), await world.organisation('SIA “Nami”'), await world.person('Jānis Ozols')]
  const building = await world.building('Ķiršu iela 12')
  await world.holds(owner, building)
  await world.manages(manager, building, responsible)
  const { number, caseId } = await world.house('ML-1', [building])
  const ctx = world.as(owner)
  const events = () => world.db.selectFrom('event').selectAll().where('case_id', '=', caseId).orderBy('id').execute()
  return { world, number, caseId, ctx, responsible: world.as(responsible), events }
}

const problemsOf = async (work: Promise<unknown>): Promise<string[]> =>
  work.then(
    () => [],
    (error) => (error instanceof Refusal ? error.problems.map(({ field, code }) => `${field} ${code}`) : [String(error)]),
  )

test('a meter is added with the unit of its type, edited with a reason, and removed only without readings', async () => {
  const { ctx, number, world, caseId, events } = await oneHouse()
  const meter = await addMeter(ctx, number, draft)
  assert.deepEqual([meter.unit, meter.initial, meter.readingDueOn], ['m³', 100_000, '2026-02-01'])
  assert.deepEqual(await problemsOf(addMeter(ctx, number, { ...draft, number: '4471820' })), ['number already-there'])
  assert.deepEqual(await problemsOf(editMeter(ctx, number, meter.id, { ...draft, periodMonths: '13' })), ['periodMonths period-format', 'justification required'])
  await editMeter(ctx, number, meter.id, { ...draft, periodMonths: '3', justification: 'Retāk' })
  await submitReading(ctx, number, meter.id, reading('2026-02-01', '110,5'))
  assert.deepEqual(await problemsOf(removeMeter(ctx, number, meter.id, 'Prom')), ['meter has-readings'])
  assert.deepEqual(await problemsOf(editMeter(ctx, number, meter.id, { ...draft, type: 'GAS', justification: 'x' })), ['type has-readings'])
  await removeReading(ctx, number, meter.id, '2026-02-01', 'Kļūda')
  await removeMeter(ctx, number, meter.id, 'Prom')
  assert.deepEqual(await meters(world.db, caseId), [])
  assert.deepEqual((await events()).map(({ action, justification }) => [action, justification]), [
    ['meter.added', null],
    ['meter.edited', 'Retāk'],
    ['reading.added', null],
    ['reading.removed', 'Kļūda'],
    ['meter.removed', 'Prom'],
  ])
})

test('the responsible person sees meters but changes them only where the installation lets the manager', async () => {
  for (const [policy, expected] of [['strict', ['forbidden']], ['withManager', []]] as const) {
    const { responsible, ctx, number } = await oneHouse(policy)
    const meter = await addMeter(ctx, number, draft)
    const refused = await problemsOf(submitReading(responsible, number, meter.id, reading('2026-02-01', '110')))
    assert.deepEqual(refused.map((problem) => problem.trim()), expected)
  }
})

test('a reading below the last is answered by a roll-over, with what was consumed and why', async () => {
  const { ctx, number, world } = await oneHouse()
  const meter = await addMeter(ctx, number, { ...draft, initial: '9990' })
  await submitReading(ctx, number, meter.id, reading('2026-02-01', '9998'))
  const low = { ...reading('2026-03-01', '5') }
  assert.deepEqual(await problemsOf(submitReading(ctx, number, meter.id, low)), ['value value-below-previous'])
  assert.deepEqual(await problemsOf(submitReading(ctx, number, meter.id, { ...low, consumed: '7' })), ['justification required'])
  const { reading: stored } = await submitReading(ctx, number, meter.id, { ...low, consumed: '7', justification: 'Pārgāja pāri nullei' })
  assert.equal(stored.rolledOver, 10_000_000)
  assert.equal((await readings(world.db, meter)).length, 2)
})

test('a replacement ends the old meter with its final value and begins the new one from its first', async () => {
  const { ctx, number, world, caseId } = await oneHouse()
  const old = await addMeter(ctx, number, draft)
  await submitReading(ctx, number, old.id, reading('2026-02-01', '110'))
  const told = { replacedOn: '2026-02-15', finalValue: '115', number: 'JAUNS-1', initial: '0', validUntil: '2030-02-15', justification: 'Beidzās verifikācija' }
  const { meter: fresh } = await replaceMeter(ctx, number, old.id, told)
  const all = await meters(world.db, caseId)
  assert.deepEqual(all.map(({ number: name, status, lastValue, replacesId }) => [name, status, lastValue, replacesId]), [
    ['JAUNS-1', 'ACTIVE', null, old.id],
    ['44-71820', 'INACTIVE', 115_000, null],
  ])
  assert.deepEqual(await problemsOf(submitReading(ctx, number, old.id, reading('2026-03-01', '120'))), ['meter inactive-meter'])
  assert.equal((await submitReading(ctx, number, fresh.id, reading('2026-03-01', '4'))).verdict.consumption, 4000)
})

test('a replacement with the first reading of the new meter is one story; a bad reading leaves the old meter as it was', async () => {
  const { ctx, number, world, caseId, events } = await oneHouse()
  const old = await addMeter(ctx, number, draft)
  await submitReading(ctx, number, old.id, reading('2026-02-01', '110'))
  const told = { replacedOn: '2026-02-15', finalValue: '115', number: 'JAUNS-1', initial: '10', validUntil: '', justification: 'Beidzās verifikācija' }
  const before = [await meters(world.db, caseId), await readings(world.db, old), await events()]
  assert.deepEqual(await problemsOf(replaceMeter(ctx, number, old.id, { ...told, first: reading('2026-02-20', '9') })), ['value value-below-previous'])
  assert.deepEqual(await problemsOf(replaceMeter(ctx, number, old.id, { ...told, first: reading('2026-02-10', '11') })), ['readOn date-before-installed'])
  assert.deepEqual(await problemsOf(replaceMeter(ctx, number, old.id, { ...told, finalValue: '109', first: reading('2026-02-20', '11') })), ['finalValue value-below-previous'])
  assert.deepEqual([await meters(world.db, caseId), await readings(world.db, old), await events()], before)
  const { meter, first } = await replaceMeter(ctx, number, old.id, { ...told, first: reading('2026-02-20', '11') })
  assert.deepEqual([first!.meterId, first!.verdict.consumption], [meter.id, 1000])
  const stories = (await events()).slice(2)
  assert.deepEqual(stories.map(({ action, subject_id }) => [action, subject_id]), [['meter.replaced', old.id]])
  assert.deepEqual(stories[0]!.after!['firstReading'], { readOn: '2026-02-20', value: '11.000', difference: null })
})

test('an earlier reading that was wrong is corrected together with the new one', async () => {
  const { ctx, number, world } = await oneHouse()
  const meter = await addMeter(ctx, number, draft)
  await submitReading(ctx, number, meter.id, reading('2026-02-01', '210'))
  const draftOf = { ...reading('2026-03-01', '120'), justification: 'Pārrakstījos', earlierValue: '110' }
  assert.deepEqual(await problemsOf(correctAndSubmit(ctx, number, meter.id, { ...draftOf, earlierValue: '130' })), ['value value-below-previous'])
  await correctAndSubmit(ctx, number, meter.id, draftOf)
  assert.deepEqual((await readings(world.db, meter)).map(({ readOn, value }) => [readOn, value]), [['2026-02-01', 110_000], ['2026-03-01', 120_000]])
})

test('a true reading takes the place of estimates above it', async () => {
  const { ctx, number, world } = await oneHouse()
  const meter = await addMeter(ctx, number, draft)
  await submitReading(ctx, number, meter.id, reading('2026-02-01', '110'))
  await submitReading(ctx, number, meter.id, { ...reading('2026-03-01', '140'), estimated: true })
  const truth = { ...reading('2026-04-01', '125'), justification: 'Marta rādījums bija aplēse' }
  assert.deepEqual(await problemsOf(submitReading(ctx, number, meter.id, truth)), ['value value-below-previous'])
  await supersedeEstimates(ctx, number, meter.id, truth)
  assert.deepEqual((await readings(world.db, meter)).map(({ value }) => value), [110_000, 125_000])
})

test('an edit stays between its neighbours and keeps the last reading true', async () => {
  const { ctx, number, world, caseId } = await oneHouse()
  const meter = await addMeter(ctx, number, draft)
  for (const [on, value] of [['2026-02-01', '110'], ['2026-03-01', '120']] as const) await submitReading(ctx, number, meter.id, reading(on, value))
  const why = { justification: 'Nepareizi nolasīts' }
  assert.deepEqual(await problemsOf(editReading(ctx, number, meter.id, '2026-02-01', { ...reading('2026-02-01', '121'), ...why })), ['value value-above-next'])
  await editReading(ctx, number, meter.id, '2026-03-01', { ...reading('2026-03-02', '119.25'), ...why })
  const [kept] = await meters(world.db, caseId)
  assert.deepEqual([kept!.lastReadOn, kept!.lastValue, kept!.readingDueOn], ['2026-03-02', 119_250, date('2026-04-02')])
})

test('of two readings of one meter at the same moment one is accepted and the other is told', { skip: !process.env['DATABASE_URL'] && 'needs a PostgreSQL server' }, async () => {
  const { ctx, number, world } = await oneHouse()
  const meter = await addMeter(ctx, number, draft)
  const other = await openDatabase(world.address)
  const both = await Promise.all([
    problemsOf(submitReading(ctx, number, meter.id, reading('2026-02-01', '110'))),
    problemsOf(submitReading({ ...ctx, db: other.reader }, number, meter.id, reading('2026-02-01', '111'))),
  ])
  await other.close()
  assert.deepEqual(both.map((problems) => problems.join()).sort(), ['', 'readOn date-not-after-previous'])
  assert.equal((await readings(world.db, meter)).length, 1)
})
