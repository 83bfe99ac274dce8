import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { date, openWorld, type World } from '../../test/world.ts'
import type { Holder } from '../buildings/building.ts'
import { partiesOf } from '../buildings/building.ts'
import type { PlainDate } from '../kernel/date.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Party } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import { writing } from '../platform/database.ts'
import { maySee } from './access.ts'
import { countVisibleCases, countVisibleHouseCases, visibleCases, visibleHouseCases, type CaseFilter, type HouseFilter } from './list.ts'
import { houseCase as openHouse } from './store.ts'

const today = date('2026-11-23')

async function houseCase(world: World, number: string, propertyNumber: string, buildings: { id: number }[]) {
  await writing(world.db, async (tx) => {
    const file = { kind: 'house' as const, number, building_id: null, property_number: propertyNumber, property_kind: 'joint' as const, opened_at: world.now }
    const { id } = await tx.insertInto('case_file').values(file).returning('id').executeTakeFirstOrThrow()
    for (const building of buildings) await tx.insertInto('house_case_building').values({ case_id: id, building_id: building.id }).execute()
  })
}

const planned = (world: World, building: { caseId: number }, next: string) =>
  writing(world.db, (tx) =>
    tx
      .insertInto('inspection_type')
      .values({
        ...{ case_id: building.caseId, type: 'FIRE_SAFETY', type_key: 'FIRE_SAFETY', label: '', label_key: '', first_on: date(next), next_on: date(next) },
        ...{ period_value: 1, period_unit: 'YEAR', reminder_value: null, reminder_unit: null, last_performed_on: null, remind_on: null },
        ...{ last_notified_on: null, deleted_at: null },
      })
      .execute(),
  )

/** One manager of five buildings, two of them in a house case. */
async function street() {
  const world = await openWorld({ today })
  const manager = await world.organisation('SIA "Cēsu nami"')
  const anna = await world.person('Anna Kalniņa')
  const janis = await world.person('Jānis Ozols')
  const named = async (address: string) => {
    const building = await world.building(address)
    await world.manages(manager, building, janis)
    return building
  }
  const buildings = {
    zala: await named('Zaļā iela 1, Cēsis'),
    kirsu12: await named('Ķiršu iela 12, Cēsis'),
    kirsu2: await named('Ķiršu iela 2, Cēsis'),
    kalku: await named('Kaļķu iela 5, Rīga'),
    agenskalna: await named('Āgenskalna iela 7, Rīga'),
  }
  await houseCase(world, 'ML-1', '01001240238', [buildings.kirsu12, buildings.kirsu2])
  await houseCase(world, 'ML-2', '42010000001', [buildings.agenskalna])
  await planned(world, buildings.zala, '2027-01-05')
  await planned(world, buildings.kalku, '2026-11-01')
  const place = world.as(anna, manager)
  const addresses = async (filter: CaseFilter) => (await visibleCases(place, filter)).cases.map(({ address }) => address)
  const houses = async (filter: HouseFilter) => (await visibleHouseCases(place, filter)).cases.map(({ number }) => number)
  return { world, manager, anna, janis, buildings, place, addresses, houses }
}

const here = await street()

test('cases are listed by address in Latvian order, house 2 before house 12', async () => {
  assert.deepEqual(await here.addresses({}), [
    'Āgenskalna iela 7, Rīga',
    'Kaļķu iela 5, Rīga',
    'Ķiršu iela 2, Cēsis',
    'Ķiršu iela 12, Cēsis',
    'Zaļā iela 1, Cēsis',
  ])
})

test('the buildings of a house case are in the same order', async () => {
  const { buildings } = await openHouse(here.place, 'ML-1')
  assert.deepEqual(buildings.map(({ building: { address } }) => address), ['Ķiršu iela 2, Cēsis', 'Ķiršu iela 12, Cēsis'])
})

test('an address is found without its diacritics and capitals', async () => {
  assert.deepEqual(await here.addresses({ address: ' KIRSU  iela ' }), ['Ķiršu iela 2, Cēsis', 'Ķiršu iela 12, Cēsis'])
  assert.deepEqual(await here.addresses({ address: '%' }), [])
})

test('a case is found by a part of its number, and by a part of its designation with spaces', async () => {
  const { designation, number } = here.buildings.kalku
  assert.deepEqual(await here.addresses({ designation: `${designation.slice(3, 7)} ${designation.slice(7)}` }), ['Kaļķu iela 5, Rīga'])
  assert.deepEqual(await here.addresses({ number: number.toLowerCase() }), ['Kaļķu iela 5, Rīga'])
})

test('by what comes next, the overdue case is first and cases without a plan are last', async () => {
  const { cases } = await visibleCases(here.place, { sort: 'next' })
  assert.deepEqual(cases.map(({ nextOn }) => nextOn), ['2026-11-01', '2027-01-05', null, null, null])
})

test('pages and places give the same list as the whole, in either direction', async () => {
  for (const sort of ['address', 'number', 'designation', 'mainUse', 'next'] as const)
    for (const descending of [false, true]) {
      const whole = (await visibleCases(here.place, { sort, descending })).cases
      const byPage = [1, 2, 3].map(async (page) => (await visibleCases(here.place, { sort, descending, page, limit: 2 })).cases)
      assert.deepEqual((await Promise.all(byPage)).flat(), whole)
      const byPlace: typeof whole = []
      for (let after: string | null = ''; after !== null; ) {
        const some: Awaited<ReturnType<typeof visibleCases>> = await visibleCases(here.place, { sort, descending, limit: 2, after })
        byPlace.push(...some.cases)
        after = some.next
      }
      assert.deepEqual(byPlace, whole)
    }
})

test('a place that no list has answered is refused', async () => {
  await assert.rejects(visibleCases(here.place, { after: 'bm9uc2Vuc2U' }), Refusal)
})

test('a house case is listed once with its addresses, manager and responsible person', async () => {
  const { cases } = await visibleHouseCases(here.place, { propertyNumber: '0100 124' })
  assert.deepEqual(
    cases.map(({ id: _, ...line }) => line),
    [
      {
        number: 'ML-1',
        propertyNumber: '01001240238',
        propertyKind: 'joint',
        addresses: ['Ķiršu iela 2, Cēsis', 'Ķiršu iela 12, Cēsis'],
        managers: ['SIA "Cēsu nami"'],
        responsible: ['Jānis Ozols'],
      },
    ],
  )
})

test('house cases are found by any of their addresses and by their manager', async () => {
  assert.deepEqual(await here.houses({}), ['ML-2', 'ML-1'])
  assert.deepEqual(await here.houses({ sort: 'number' }), ['ML-1', 'ML-2'])
  assert.deepEqual(await here.houses({ address: 'kirsu iela 12' }), ['ML-1'])
  assert.deepEqual(await here.houses({ manager: 'cesu' }), ['ML-2', 'ML-1'])
  assert.deepEqual(await here.houses({ manager: 'valmieras' }), [])
})

test('the counts are those of the lists', async () => {
  assert.equal(await countVisibleCases(here.place, { address: 'cesis' }), 3)
  assert.equal(await countVisibleHouseCases(here.place, { address: 'cesis' }), 1)
})

test('the responsible person sees the cases in her own profile, not for another organisation', async () => {
  const other = await here.world.organisation('SIA "Cita"')
  assert.equal((await visibleCases(here.world.as(here.janis))).cases.length, 5)
  assert.equal((await visibleCases(here.world.as(here.janis, other))).cases.length, 0)
  assert.equal((await visibleCases(here.world.as(here.anna))).cases.length, 0)
})

const days: PlainDate[] = ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'].map(date)
const dayAt = (place: number) => days[Math.min(4, place)]!
const span = fc.tuple(fc.nat(4), fc.option(fc.nat(4))).map(([from, length]) => ({ from: dayAt(from), to: length === null ? null : dayAt(from + length) }))
const right = fc.record({
  building: fc.nat(3),
  who: fc.nat(4),
  kind: fc.constantFrom('whole', 'part', 'manager', 'responsible'),
  span,
  answering: fc.nat(2),
  answers: span,
})

type Right = typeof right extends fc.Arbitrary<infer T> ? T : never

async function register(world: World, parties: Party[], buildings: { id: number; designation: string }[], given: Right) {
  const [party, building, { from, to }] = [parties[given.who]!, buildings[given.building]!, given.span]
  if (given.kind === 'whole' || given.kind === 'part') {
    const premises = given.kind === 'part' ? `${building.designation}001` : ''
    return world.holds(party, building, { premises, from, to } satisfies Partial<Holder>)
  }
  return writing(world.db, async (tx) => {
    await tx.insertInto('manager').values({ building_id: building.id, party_id: party.id, valid_from: from, valid_to: to }).execute()
    if (given.kind === 'manager') return
    const row = { building_id: building.id, manager_id: party.id, manager_from: from, person_id: parties[given.answering]!.id }
    await tx.insertInto('responsible').values({ ...row, valid_from: given.answers.from, valid_to: given.answers.to }).execute()
  })
}

const emptied = (world: World) =>
  writing(world.db, async (tx) => {
    for (const table of ['responsible', 'manager', 'holder'] as const) await tx.deleteFrom(table).execute()
  })

test('the lists show exactly the cases that each actor may see, on any day', async () => {
  const world = await openWorld({ today })
  const persons = [await world.person('Anna Kalniņa'), await world.person('Jānis Ozols'), await world.person('Līga Bērziņa')]
  const organisations = [await world.organisation('SIA "Viens"'), await world.organisation('SIA "Divi"')]
  const parties = [...persons, ...organisations]
  const buildings = [await world.building('A 1'), await world.building('B 2'), await world.building('C 3'), await world.building('D 4')]
  await houseCase(world, 'ML-1', '01001240238', buildings.slice(0, 2))
  await houseCase(world, 'ML-2', '42010000001', buildings.slice(2, 3))
  const houses: Record<string, typeof buildings> = { 'ML-1': buildings.slice(0, 2), 'ML-2': buildings.slice(2, 3) }
  const actors: Context[] = [
    ...persons.map((person) => world.as(person)),
    ...organisations.flatMap((organisation) => [world.as(persons[0]!, organisation), world.as(persons[1]!, organisation, 'joint')]),
  ]
  const key = ({ building, who, kind, span: { from } }: Right) => `${building} ${who} ${kind === 'responsible' ? 'manager' : kind} ${from}`
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(right, { maxLength: 14, selector: key }), fc.constantFrom(...days), async (rights, day) => {
      await emptied(world)
      for (const given of rights) await register(world, parties, buildings, given)
      const known = await partiesOf(world.db, buildings.map(({ id }) => id), day)
      for (const actor of actors) {
        const place = { ...actor, today: day }
        const seen = buildings.filter(({ id }) => maySee(actor.actor, known.get(id)!))
        assert.deepEqual((await visibleCases(place)).cases.map(({ number }) => number), seen.map(({ number }) => number))
        const seenHouses = Object.entries(houses).filter(([, members]) => members.some((member) => seen.includes(member)))
        assert.deepEqual((await visibleHouseCases(place)).cases.map(({ number }) => number), seenHouses.map(([number]) => number))
      }
    }),
    { numRuns: 60 },
  )
})
