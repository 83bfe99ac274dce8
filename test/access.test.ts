// Who may do what, as one table: persona × action → allowed, missing or forbidden; of meters in `access-meters.test.ts`.
// An action without a row fails.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nothingSent } from '../src/attachments/examine.ts'
import * as actions from '../src/inspections/actions.ts'
import * as reading from '../src/inspections/reading.ts'
import { caseNotices } from '../src/cases/notices.ts'
import { houseCase, operationCase } from '../src/cases/store.ts'
import type { Context } from '../src/people/context.ts'
import { writing } from '../src/platform/database.ts'
import { actionsOf, buildWorld, outcome, type Outcome } from './access-world.ts'
import { date, type World } from './world.ts'

const draft = { label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M', justification: 'Tā vajag' }
const inspection = { label: '', performedOn: '2026-01-10', periodic: true, number: '', justification: '' }

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
  changeInspectionFiles: async (ctx, place, world) => actions.changeInspectionFiles(ctx, place.number, await someInspection(world, place), { remove: [], files: nothingSent, justification: '' }),
  annulInspection: async (ctx, place, world) => actions.annulInspection(ctx, place.number, await someInspection(world, place), 'Tā vajag'),
}

const see = ['operationCase', 'caseNotices', 'seeInspections', 'openInspection']
const configure = ['openConfiguration', 'openType', 'addInspectionType', 'editInspectionType', 'removeInspectionType']
const record = ['recordInspection', 'changeInspectionFiles', 'annulInspection']

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
          found[key] = await outcome(tries[name]!(as[persona]!, places[place], world))
        }
    assert.deepEqual(found, expected)
  })

test('no action is without a row', async () => {
  const helpers = ['mayConfigure', 'settingData', 'inspectionData', 'fileOwner']
  assert.deepEqual(await actionsOf('inspections', ['reading.ts'], helpers), [...see.filter((name) => !['operationCase', 'caseNotices'].includes(name)), ...configure, ...record].sort())
})

test('a house case is seen by whoever sees one of its buildings', async () => {
  const { as, houses } = await buildWorld('strict')
  const seen = await Promise.all([as['the owner of a flat']!, as['the responsible person']!, as['a stranger']!].map((ctx) => outcome(houseCase(ctx, houses.flats.number))))
  assert.deepEqual(seen, ['allowed', 'allowed', 'missing'])
})
