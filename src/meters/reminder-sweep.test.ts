// The sweep over meters, through its door; and its SQL against the rules, on random houses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { partiesOf } from '../buildings/building.ts'
import type { HouseCase } from '../cases/case.ts'
import { sweep } from '../inspections/sweep.ts'
import { addDays, type PlainDate } from '../kernel/date.ts'
import { zero } from '../kernel/quantity.ts'
import type { Party } from '../people/actor.ts'
import type { Policy } from '../people/context.ts'
import { openDatabase, writing } from '../platform/database.ts'
import { date, openWorld } from '../../test/world.ts'
import { addMeter, editMeter } from './meter-actions.ts'
import { submitReading } from './reading-actions.ts'
import type { MeterNotice } from './reminder-sql.ts'
import { meterReminders } from './reminder-teller.ts'
import { readingReminderDue, usualLead, validityRemindOn, validityReminderDue, whoEnters } from './reminder.ts'

const draft = { type: 'WATER', number: '44-71820', installedOn: '2026-01-01', initial: '100', status: 'ACTIVE', validUntil: '', periodMonths: '1', designation: '', premises: '', justification: '' }
const reading = (readOn: string, value: string) => ({ readOn, value, difference: '', estimated: false, consumed: '', justification: '' })

async function oneHouse(policy: Policy = 'strict') {
  const world = await openWorld({ policy })
  const owner = await world.person('Anna Kalniņa', 'anna@example.test')
  const building = await world.building('Ķiršu iela 12')
  await world.holds(owner, building)
  const { number } = await world.house('ML-1', [building])
  const tell = async (on: string, dryRun = false) => {
    const lines: MeterNotice[] = []
    const result = await sweep(world.system(date(on)), { dryRun, tellers: [meterReminders((some) => lines.push(...some))] })
    return { lines, result }
  }
  return { world, owner, number, tell, ctx: world.as(owner) }
}

test('a reading is asked for on its day, once, and again only after the next one was taken', async () => {
  const { owner, number, tell, ctx, world } = await oneHouse()
  const meter = await addMeter(ctx, number, draft)
  assert.deepEqual((await tell('2026-03-01')).lines, [], 'there is no reading yet')
  await submitReading(ctx, number, meter.id, reading('2026-03-05', '110'))
  assert.deepEqual((await tell('2026-04-04')).lines, [])
  const { lines, result } = await tell('2026-04-05')
  assert.deepEqual(lines, [
    {
      kind: 'READING_DUE',
      caseNumber: 'ML-1',
      type: 'WATER',
      number: '44-71820',
      on: '2026-04-05',
      remindOn: '2026-04-05',
      to: 'holders',
      recipients: [{ kind: 'person', code: owner.code }],
    },
  ])
  assert.deepEqual([result.found, result.told, result.unaddressed], [1, 1, 0])
  assert.deepEqual((await tell('2026-04-06')).lines, [])
  await submitReading(ctx, number, meter.id, reading('2026-04-07', '120'))
  assert.deepEqual((await tell('2026-05-07')).lines.map(({ on }) => on), ['2026-05-07'])
  const entries = await world.db.selectFrom('inbox_entry').select('party_id').execute()
  const mails = await world.db.selectFrom('delivery').select('channel').execute()
  assert.deepEqual([entries.length, mails.length], [2, 2])
})

test('a validity term is told of a month before, and a new term a month before it again', async () => {
  const { number, tell, ctx } = await oneHouse()
  const meter = await addMeter(ctx, number, { ...draft, validUntil: '2027-03-31' })
  assert.deepEqual((await tell('2027-02-27')).lines, [])
  assert.deepEqual((await tell('2027-02-28', true)).lines.map(({ kind }) => kind), ['METER_VALIDITY'], 'a dry run shows it')
  assert.deepEqual((await tell('2027-02-28')).lines.map(({ remindOn, on }) => [remindOn, on]), [['2027-02-28', '2027-03-31']])
  assert.deepEqual((await tell('2027-03-31')).lines, [])
  await editMeter(ctx, number, meter.id, { ...draft, validUntil: '2031-03-31', justification: 'Verificēts' })
  assert.deepEqual((await tell('2031-02-28')).lines.map(({ on }) => on), ['2031-03-31'])
})

test('where nobody may enter readings nobody is told, it is counted, and it stays due until somebody may', async () => {
  const { world, number, tell, ctx } = await oneHouse()
  await addMeter(ctx, number, { ...draft, validUntil: '2026-12-01' })
  const building = (await world.db.selectFrom('building').select('id').executeTakeFirstOrThrow()).id
  const zane = await world.person('Zane Ozola')
  await world.holds(zane, { id: building }, { to: date('2026-12-05') })
  const first = await tell('2026-12-01')
  assert.deepEqual([first.lines, first.result.told, first.result.unaddressed], [[], 0, 1])
  assert.equal((await tell('2026-12-06')).result.told, 1)
})

test('a meter that a change holds at that moment is waited for, and told as the change left it', { skip: !process.env['DATABASE_URL'] && 'needs a PostgreSQL server' }, async () => {
  const { world, number, tell, ctx } = await oneHouse()
  const meter = await addMeter(ctx, number, { ...draft, validUntil: '2026-12-01' })
  const other = await openDatabase(world.address)
  let swept: ReturnType<typeof tell> | undefined
  await writing(other.reader, async (tx) => {
    await tx.updateTable('meter').set({ valid_until: date('2026-12-10') }).where('id', '=', meter.id).execute()
    swept = tell('2026-11-25')
    for (let waits = 0; waits === 0; )
      waits = (await world.db.selectFrom('pg_locks' as never).select('pid' as never).where('granted' as never, '=', false as never).execute()).length
  })
  await other.close()
  assert.deepEqual((await swept!).lines.map(({ on }) => on), ['2026-12-10'])
})

const start = date('2026-11-23')
const nearby = fc.integer({ min: -70, max: 70 }).map((days) => addDays(start, days))
const meterPlan = fc.record({
  place: fc.constantFrom(null, 0, 1),
  status: fc.constantFrom('ACTIVE' as const, 'ACTIVE' as const, 'ACTIVE' as const, 'INACTIVE' as const),
  lastReadOn: fc.option(fc.constant(addDays(start, -200))),
  readingDueOn: nearby,
  validUntil: fc.option(nearby),
  readingNotifiedOn: fc.option(nearby),
  validityNotifiedOn: fc.option(nearby),
  isDeleted: fc.constantFrom(false, false, false, true),
})
const days = fc.record({ from: fc.constantFrom(addDays(start, -300), addDays(start, 10)), to: fc.constantFrom(null, addDays(start, 20)) })
const buildingPlan = fc.record({
  holders: fc.array(fc.record({ party: fc.nat(5), right: fc.constantFrom('owner' as const, 'owner' as const, 'possessor' as const), days }), { maxLength: 2 }),
  managers: fc.array(fc.record({ party: fc.nat(5), responsible: fc.option(fc.nat(3)), days }), { maxLength: 1 }),
})
const housePlan = fc.record({ buildings: fc.array(buildingPlan, { minLength: 1, maxLength: 2 }), meters: fc.array(meterPlan, { minLength: 1, maxLength: 4 }) })
type HousePlan = typeof housePlan extends fc.Arbitrary<infer T> ? T : never

type ModelMeter = HousePlan['meters'][number] & { number: string; buildingId: number | null; caseId: number }

test('the sweep tells exactly what the rules say, of any meters of any houses, under either policy', async () => {
  const worlds = await Promise.all((['strict', 'withManager'] as const).map(async (policy) => ({ policy, world: await openWorld({ policy }) })))
  for (const { policy, world } of worlds) {
    const persons = await Promise.all(['Anna', 'Jānis', 'Ilze', 'Pēteris'].map((name) => world.person(`${name} Kalna`)))
    const firms = [await world.organisation('SIA Viens'), await world.organisation('SIA Divi')]
    await world.represents(persons[0]!, firms[0]!)
    await world.represents(persons[1]!, firms[1]!, 'joint')
    const parties = [...persons, ...firms]
    const soleSigned = (party: Party) => party.id === firms[0]!.id
    let serial = 0

    const store = async (plan: HousePlan) => {
      const number = `ML-${serial++}`
      const buildings = []
      for (const { holders, managers } of plan.buildings) {
        const building = await world.building(`Iela ${serial++}`)
        buildings.push(building)
        for (const { party, right, days } of new Map(holders.map((one) => [`${one.party} ${one.right}`, one])).values())
          await world.holds(parties[party]!, building, { right, ...days })
        for (const { party, responsible, days } of managers) {
          await world.manages(parties[party]!, building, responsible === null ? undefined : parties[responsible])
          await writing(world.db, (tx) => tx.updateTable('manager').set({ valid_to: days.to }).where('building_id', '=', building.id).execute())
        }
      }
      const { caseId } = await world.house(number, buildings)
      const meters: ModelMeter[] = []
      for (const meter of plan.meters) {
        const model = { ...meter, number: `N${serial++}`, buildingId: meter.place === null ? null : (buildings[meter.place]?.id ?? null), caseId }
        const row = {
          case_id: caseId, building_id: model.buildingId, premises: '', type: 'WATER' as const, unit: 'm³', number: model.number, number_key: model.number,
          installed_on: addDays(start, -900), initial: zero, status: meter.status, valid_until: meter.validUntil, period_months: 1, place: 1, replaces_id: null,
          last_read_on: meter.lastReadOn, last_value: null, reading_due_on: meter.readingDueOn, reading_notified_on: meter.readingNotifiedOn,
          validity_notified_on: meter.validityNotifiedOn, deleted_at: meter.isDeleted ? world.now : null,
        }
        await writing(world.db, (tx) => tx.insertInto('meter').values(row).execute())
        meters.push(model)
      }
      return { number, caseId, buildings, meters }
    }

    const expectedOn = async (houses: Awaited<ReturnType<typeof store>>[], today: PlainDate) => {
      const lines: string[] = []
      let unaddressed = 0
      for (const { number, caseId, buildings, meters } of houses) {
        const known = await partiesOf(world.db, buildings.map(({ id }) => id), today)
        const file = { kind: 'house', id: caseId, number, buildings: buildings.map(({ id }) => ({ building: { id }, parties: known.get(id)! })) } as unknown as HouseCase
        for (const meter of meters.filter(({ isDeleted }) => !isDeleted)) {
          const due = [
            ...(readingReminderDue(meter, today) ? [{ kind: 'READING_DUE', remindOn: meter.readingDueOn, mark: 'readingNotifiedOn' as const }] : []),
            ...(validityReminderDue(meter, usualLead, today) ? [{ kind: 'METER_VALIDITY', remindOn: validityRemindOn(meter.validUntil!, usualLead), mark: 'validityNotifiedOn' as const }] : []),
          ]
          for (const { kind, remindOn, mark } of due) {
            const whom = whoEnters(file, policy, meter.buildingId, soleSigned)
            if (!whom) unaddressed++
            else {
              lines.push([kind, meter.number, remindOn, whom.to, ...whom.recipients.map(({ code }) => code).sort()].join(' '))
              meter[mark] = today
            }
          }
        }
      }
      return { lines: lines.sort(), unaddressed }
    }

    const morning = fc.asyncProperty(fc.array(housePlan, { minLength: 1, maxLength: 4 }), fc.array(fc.nat(30), { maxLength: 3 }), async (plans, steps) => {
      await writing(world.db, (tx) => tx.updateTable('meter').set({ deleted_at: world.now }).where('deleted_at', 'is', null).execute())
      const houses = []
      for (const plan of plans) houses.push(await store(plan))
      let today = start
      for (const step of [0, ...steps]) {
        today = addDays(today, step)
        const expected = await expectedOn(houses, today)
        const lines: MeterNotice[] = []
        const { told, unaddressed } = await sweep(world.system(today), { tellers: [meterReminders((some) => lines.push(...some))] })
        assert.deepEqual(lines.map(({ kind, number, remindOn, to, recipients }) => [kind, number, remindOn, to, ...recipients.map(({ code }) => code).sort()].join(' ')).sort(), expected.lines)
        assert.deepEqual([told, unaddressed], [expected.lines.length, expected.unaddressed])
      }
    })
    await fc.assert(morning, { numRuns: 25, interruptAfterTimeLimit: 15_000 })
  }
})
