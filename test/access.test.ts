// Who may do what, as one table: persona × action → allowed, missing or forbidden. An action without a row fails.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as actions from '../src/inspections/actions.ts'
import * as reading from '../src/inspections/reading.ts'
import { caseNotices } from '../src/cases/notices.ts'
import { houseCase, operationCase } from '../src/cases/store.ts'
import { Refusal } from '../src/kernel/refusal.ts'
import type { Context } from '../src/people/context.ts'
import { writing } from '../src/platform/database.ts'
import { date, openWorld, type World } from './world.ts'

type Outcome = 'allowed' | 'missing' | 'forbidden'

const draft = { label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M', justification: 'Tā vajag' }
const inspection = { label: '', performedOn: '2026-01-10', periodic: true, number: '', justification: '' }

/** Three buildings of one world: a villa with one owner, a house of flats with a manager, an office of an organisation. */
async function buildWorld(policy: 'strict' | 'withManager') {
  const world = await openWorld({ policy })
  const person = (name: string) => world.person(name)
  const [villaOwner, flatOwner, halfFlat, otherHalf, possessor, manager, responsible, sole, joint, stranger] = await Promise.all(
    ['Vija Viena', 'Dace Dzīvokle', 'Pauls Puse', 'Otra Puse', 'Valdis Valdītājs', 'Māris Pārvaldnieks', 'Alda Atbildīgā', 'Sole Paraksts', 'Kopa Paraksts', 'Svešs Svešinieks'].map(person),
  )
  const firm = await world.organisation('SIA “Birojs”')
  await world.represents(sole!, firm)
  await world.represents(joint!, firm, 'joint')
  const [villa, flats, office] = [await world.building('Villas iela 1'), await world.building('Dzīvokļu iela 2'), await world.building('Biroja iela 3')]
  await world.holds(villaOwner!, villa)
  await world.holds(possessor!, villa, { right: 'possessor' })
  const flat = (at: number) => `${flats.designation}00${at}`
  await world.holds(flatOwner!, flats, { premises: flat(1) })
  await world.holds(halfFlat!, flats, { premises: flat(2) })
  await world.holds(otherHalf!, flats, { premises: flat(2) })
  await world.manages(manager!, flats, responsible!)
  await world.holds(firm, office)
  const as = {
    'the only owner': world.as(villaOwner!),
    'a possessor beside an owner': world.as(possessor!),
    'the owner of a flat': world.as(flatOwner!),
    'an owner of half a flat': world.as(halfFlat!),
    'the manager': world.as(manager!),
    'the responsible person': world.as(responsible!),
    'a sole representative': world.as(sole!, firm, 'sole'),
    'a joint representative': world.as(joint!, firm, 'joint'),
    'a representative in the own profile': world.as(sole!),
    'a stranger': world.as(stranger!),
  } satisfies Record<string, Context>
  return { world, as, places: { villa, flats, office } }
}

type Place = Awaited<ReturnType<World['building']>>

async function someType({ db }: World, place: Place): Promise<number> {
  const name = `Pārbaude ${Math.random()}`
  const row = { type: name, type_key: name, label: '', label_key: '', first_on: date('2027-01-01'), period_value: 1, period_unit: 'YEAR' as const }
  const kept = { reminder_value: null, reminder_unit: null, last_performed_on: null, next_on: date('2027-01-01'), remind_on: null, last_notified_on: null, deleted_at: null }
  const { id } = await writing(db, (tx) => tx.insertInto('inspection_type').values({ case_id: place.caseId, ...row, ...kept }).returning('id').executeTakeFirstOrThrow())
  return id
}

async function someInspection({ db }: World, place: Place): Promise<number> {
  const name = `Pārbaude ${Math.random()}`
  const row = { case_id: place.caseId, type: name, type_key: name, label: '', label_key: '', performed_on: date('2026-01-01'), periodic: true, status: 'registered' as const, number: '' }
  const { id } = await writing(db, (tx) => tx.insertInto('inspection').values(row).returning('id').executeTakeFirstOrThrow())
  return id
}

let serial = 0
const fresh = () => `Sava pārbaude ${serial++}`

type Try = (ctx: Context, place: Place, world: World) => Promise<unknown>

const tries: Record<string, Try> = {
  operationCase: (ctx, { number }) => operationCase(ctx, number),
  caseNotices: (ctx, { number }) => caseNotices(ctx, number),
  seeInspections: (ctx, { number }) => reading.seeInspections(ctx, number),
  openInspection: async (ctx, place, world) => reading.openInspection(ctx, place.number, await someInspection(world, place)),
  openConfiguration: (ctx, { number }) => reading.openConfiguration(ctx, number),
  openType: async (ctx, place, world) => reading.openType(ctx, place.number, await someType(world, place)),
  addInspectionType: (ctx, { number }) => actions.addInspectionType(ctx, number, { ...draft, type: fresh() }),
  editInspectionType: async (ctx, place, world) =>
    actions.editInspectionType(ctx, place.number, await someType(world, place), { ...draft, type: fresh() }),
  removeInspectionType: async (ctx, place, world) => actions.removeInspectionType(ctx, place.number, await someType(world, place), 'Tā vajag'),
  recordInspection: (ctx, { number }) => actions.recordInspection(ctx, number, { ...inspection, type: fresh() }),
  annulInspection: async (ctx, place, world) => actions.annulInspection(ctx, place.number, await someInspection(world, place), 'Tā vajag'),
}

const see = ['operationCase', 'caseNotices', 'seeInspections', 'openInspection']
const configure = ['openConfiguration', 'openType', 'addInspectionType', 'editInspectionType', 'removeInspectionType']
const record = ['recordInspection', 'annulInspection']

type Row = [persona: string, place: 'villa' | 'flats' | 'office', may: { see: Outcome; configure: Outcome; withManager?: Outcome; record: Outcome }]

const all = { see: 'allowed', configure: 'allowed', record: 'allowed' } as const
const nothing = { see: 'missing', configure: 'missing', record: 'missing' } as const
const looks = { see: 'allowed', configure: 'forbidden', record: 'forbidden' } as const
const records = { see: 'allowed', configure: 'forbidden', record: 'allowed' } as const

const rows: Row[] = [
  ['the only owner', 'villa', all],
  ['the only owner', 'flats', nothing],
  ['a possessor beside an owner', 'villa', looks],
  ['the owner of a flat', 'flats', records],
  ['an owner of half a flat', 'flats', looks],
  ['the manager', 'flats', { ...records, withManager: 'allowed' }],
  ['the responsible person', 'flats', { ...records, withManager: 'allowed' }],
  ['a sole representative', 'office', all],
  ['a joint representative', 'office', looks],
  ['a representative in the own profile', 'office', nothing],
  ['a stranger', 'villa', nothing],
  ['a stranger', 'flats', nothing],
]

const outcome = async (work: Promise<unknown>): Promise<Outcome | string> =>
  work.then(
    () => 'allowed',
    (error) => (error instanceof Refusal ? error.kind : String(error)),
  )

for (const policy of ['strict', 'withManager'] as const)
  test(`each persona may do what the table says under the policy ${policy}`, async () => {
    const { world, as, places } = await buildWorld(policy)
    const expected: Record<string, unknown> = {}
    const found: Record<string, unknown> = {}
    for (const [persona, place, may] of rows)
      for (const [group, names] of Object.entries({ see, configure, record }))
        for (const name of names) {
          const key = `${persona}, ${place}: ${name}`
          expected[key] = group === 'configure' && policy === 'withManager' && may.withManager ? may.withManager : may[group as keyof typeof all]
          found[key] = await outcome(tries[name]!(as[persona as keyof typeof as], places[place], world))
        }
    assert.deepEqual(found, expected)
  })

test('no action is without a row', () => {
  const exported = [...Object.keys(actions), ...Object.keys(reading)].filter((name) => !['mayConfigure', 'settingData', 'inspectionData'].includes(name))
  assert.deepEqual(exported.filter((name) => ![...see, ...configure, ...record].includes(name)), [])
})

test('a house case is seen by whoever sees one of its buildings', async () => {
  const { world, as, places } = await buildWorld('strict')
  const number = 'ML-1'
  await writing(world.db, async (tx) => {
    const file = { kind: 'house' as const, number, building_id: null, property_number: '01001240238', property_kind: 'apartments' as const, opened_at: world.now }
    const { id } = await tx.insertInto('case_file').values(file).returning('id').executeTakeFirstOrThrow()
    await tx.insertInto('house_case_building').values({ case_id: id, building_id: places.flats.id }).execute()
  })
  const seen = await Promise.all([as['the owner of a flat'], as['the responsible person'], as['a stranger']].map((ctx) => outcome(houseCase(ctx, number))))
  assert.deepEqual(seen, ['allowed', 'allowed', 'missing'])
})
