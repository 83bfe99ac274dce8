// Who may do what with meters and readings, as one table: persona × action → allowed, missing or forbidden, under both
// policies. An action without a row fails.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as answers from '../src/meters/answer-actions.ts'
import * as actions from '../src/meters/meter-actions.ts'
import * as reading from '../src/meters/reading-actions.ts'
import { arrangeRound } from '../src/meters/round-actions.ts'
import * as seeing from '../src/meters/seeing.ts'
import { insertMeter, insertReading } from '../src/meters/store.ts'
import type { Meter } from '../src/meters/meter.ts'
import { importMeters, previewMeters } from '../src/meters-import/import-meters.ts'
import { importReadings, previewReadings } from '../src/meters-import/import-readings.ts'
import { openImported } from '../src/meters-import/import-record.ts'
import { undoPlan } from '../src/meters-import/undo-meters.ts'
import { undoImport } from '../src/meters-import/undo.ts'
import { chooseColumns, mustImport, previewUpload, takeUpload, uploadTable } from '../src/meters-import/upload.ts'
import { quantity } from '../src/kernel/quantity.ts'
import { refuse } from '../src/kernel/refusal.ts'
import type { PersonContext } from '../src/people/context.ts'
import { writing } from '../src/platform/database.ts'
import { actionsOf, buildWorld, outcome, type AccessWorld, type Outcome } from './access-world.ts'
import { date } from './world.ts'

const justification = 'Tā vajag'
const draft = { type: 'WATER', installedOn: '2026-01-01', initial: '0', status: 'ACTIVE', validUntil: '', periodMonths: '12', premises: '', justification }
const typed = { readOn: '2026-11-20', value: '20', difference: '', estimated: false, consumed: '', justification }
const sheet = Buffer.from('Skaitītājs;Datums;Rādījums\nU-1;2026-11-20;20\n')

let serial = 0
const fresh = () => `U-${serial++}`

/** Where a meter stands: in a house case, of the whole property or of one building. */
type Place = { number: string; caseId: number; building: { id: number; designation: string } | null }

type Trial = { ctx: PersonContext; place: Place; world: AccessWorld['world'] }

const someMeter = ({ place, world }: Trial): Promise<Meter> =>
  writing(world.db, (tx) => {
    const setting = { type: 'WATER', number: fresh(), installedOn: date('2026-01-01'), initial: quantity(0), status: 'ACTIVE', validUntil: null, periodMonths: 12, buildingId: place.building?.id ?? null, premises: '' } as const
    return insertMeter(tx, place.caseId, setting, 'm³')
  })

const october = date('2026-10-01')

/** A meter with a reading of 10 m³ of October. */
async function readMeter(trial: Trial, { estimated = false, importId = null as number | null } = {}): Promise<Meter> {
  const meter = await someMeter(trial)
  const one = { readOn: october, value: quantity(10_000), difference: null, rolledOver: quantity(0), estimated, warnings: [] }
  await writing(trial.world.db, (tx) => insertReading(tx, meter, one, { now: trial.world.now, by: null, importId }))
  return meter
}

/** An import that the persona made when it might, of one reading. */
async function ownImport(trial: Trial): Promise<number> {
  const { person, profile } = trial.ctx.actor
  const row = { what: 'readings' as const, case_id: trial.place.caseId, imported_at: trial.world.now, person_id: person.id, profile_id: profile.id, file: 'r.csv', undone_at: null, undone_by: null, accepted: 1, warned: 0, refused: 0 }
  const { id } = await writing(trial.world.db, (tx) => tx.insertInto('sheet_import').values(row).returning('id').executeTakeFirstOrThrow())
  await readMeter(trial, { importId: id })
  return id
}

const rowsOf = ({ place }: Trial, { number }: Meter) =>
  ({ file: 'r.csv', rows: [{ line: 2, caseNumber: place.number, type: 'WATER', number, readOn: '2026-11-20', value: '20', difference: '' }], unreadable: [] })

/** Of a row of another's meter an import says that there is no such meter. */
const known = (verdicts: readonly { codes: readonly string[] }[]) => (verdicts.some(({ codes }) => codes.includes('unknown-meter')) ? refuse.missing() : verdicts)

type Try = (trial: Trial) => Promise<unknown>

const see: Record<string, Try> = {
  seeMeters: ({ ctx, place }) => seeing.seeMeters(ctx, place.number),
  seeMeter: async (trial) => seeing.seeMeter(trial.ctx, trial.place.number, String((await someMeter(trial)).id)),
}

const manage: Record<string, Try> = {
  openMeter: async (trial) => seeing.openMeter(trial.ctx, trial.place.number, String((await someMeter(trial)).id)),
  addMeter: ({ ctx, place }) => actions.addMeter(ctx, place.number, { ...draft, number: fresh(), designation: place.building?.designation ?? '' }),
  editMeter: async (trial) => actions.editMeter(trial.ctx, trial.place.number, (await someMeter(trial)).id, { ...draft, number: fresh(), designation: trial.place.building?.designation ?? '' }),
  removeMeter: async (trial) => actions.removeMeter(trial.ctx, trial.place.number, (await someMeter(trial)).id, justification),
  replaceMeter: async (trial) =>
    answers.replaceMeter(trial.ctx, trial.place.number, (await readMeter(trial)).id, { replacedOn: '2026-11-01', finalValue: '11', number: fresh(), initial: '0', validUntil: '', justification }),
  submitReading: async (trial) => reading.submitReading(trial.ctx, trial.place.number, (await someMeter(trial)).id, typed),
  editReading: async (trial) => reading.editReading(trial.ctx, trial.place.number, (await readMeter(trial)).id, october, typed),
  removeReading: async (trial) => reading.removeReading(trial.ctx, trial.place.number, (await readMeter(trial)).id, october, justification),
  correctAndSubmit: async (trial) => answers.correctAndSubmit(trial.ctx, trial.place.number, (await readMeter(trial)).id, { ...typed, earlierValue: '9' }),
  arrangeRound: async (trial) => arrangeRound(trial.ctx, trial.place.number, [(await someMeter(trial)).id]),
  supersedeEstimates: async (trial) => answers.supersedeEstimates(trial.ctx, trial.place.number, (await readMeter(trial, { estimated: true })).id, typed),
}

const importing: Record<string, Try> = {
  previewReadings: async (trial) => known(await previewReadings(trial.ctx, rowsOf(trial, await someMeter(trial)))),
  importReadings: async (trial) => known((await importReadings(trial.ctx, rowsOf(trial, await someMeter(trial)))).verdicts),
}

/** A table's upload, of whoever may upload one; else one that is nobody's. */
const ownUpload = async ({ ctx }: Trial) => ({ what: 'readings' as const, id: await uploadTable(ctx, 'readings', 'r.csv', sheet).catch(() => 0) })

const uploading: Record<string, Try> = {
  mustImport: ({ ctx }) => mustImport(ctx),
  uploadTable: ({ ctx }) => uploadTable(ctx, 'readings', 'r.csv', sheet),
  previewUpload: async (trial) => previewUpload(trial.ctx, await ownUpload(trial)),
  takeUpload: async (trial) => {
    const upload = await ownUpload(trial)
    await chooseColumns(trial.ctx, upload, { number: '0', readOn: '1', value: '2' }).catch(() => {})
    return takeUpload(trial.ctx, upload, '', () => {})
  },
}

const ofUpload: Record<string, Try> = {
  chooseColumns: async (trial) => chooseColumns(trial.ctx, await ownUpload(trial), { number: '0', readOn: '1', value: '2' }),
}

/** Who made an import sees it for ever, and undoes it while all its meters are theirs to change. */
const ofImport: Record<string, Try> = {
  openImported: async (trial) => openImported(trial.ctx, await ownImport(trial)),
  undoPlan: async (trial) => undoPlan(trial.ctx, await ownImport(trial)),
}
const undoing: Record<string, Try> = { undoImport: async (trial) => undoImport(trial.ctx, await ownImport(trial), justification) }

/** The same in a profile that the persona does not act in. */
async function anothersImport(trial: Trial): Promise<number> {
  const profile = await trial.world.person('Cits Cilvēks')
  return ownImport({ ...trial, ctx: { ...trial.ctx, actor: { ...trial.ctx.actor, profile } } })
}

const ofAnother: Record<string, Try> = {
  'openImported of another': async (trial) => openImported(trial.ctx, await anothersImport(trial)),
  'undoImport of another': async (trial) => undoImport(trial.ctx, await anothersImport(trial), justification),
}

const meterRowsOf = ({ place }: Trial) =>
  ({ file: 'm.csv', rows: [{ line: 2, caseNumber: place.number, told: { ...draft, number: fresh(), designation: place.building?.designation ?? '' } }], unreadable: [] })

/** Of a house of which nothing may be changed an import says that there is none; of a building beside one's own that it may not. */
const knownHouse = ({ verdicts: [verdict] }: { verdicts: readonly { codes: readonly string[] }[] }) => {
  if (verdict!.codes.includes('unknown-case')) refuse.missing()
  return verdict!.codes.includes('forbidden') ? refuse.forbidden() : verdict
}

const importingMeters: Record<string, Try> = {
  previewMeters: async (trial) => knownHouse(await previewMeters(trial.ctx, meterRowsOf(trial))),
  importMeters: async (trial) => knownHouse(await importMeters(trial.ctx, meterRowsOf(trial))),
}

/** `upload`: where it differs from what may be done with this very meter. */
type Expected = { see: Outcome; manage: Outcome; upload?: Outcome }

/** Each group of actions with what the row says of it. */
const groups: readonly [tries: Record<string, Try>, outcomeOf: (may: Expected) => Outcome][] = [
  [see, (may) => may.see],
  [manage, (may) => may.manage],
  [importing, (may) => (may.manage === 'allowed' ? 'allowed' : 'missing')],
  [uploading, (may) => may.upload ?? (may.manage === 'allowed' ? 'allowed' : 'forbidden')],
  [ofUpload, (may) => ((may.upload ?? may.manage) === 'allowed' ? 'allowed' : 'missing')],
  [ofImport, () => 'allowed'],
  [undoing, (may) => (may.manage === 'allowed' ? 'allowed' : 'forbidden')],
  [ofAnother, () => 'missing'],
  [importingMeters, (may) => (may.manage !== 'allowed' && may.upload !== 'allowed' ? 'missing' : may.manage)],
]

const all: Expected = { see: 'allowed', manage: 'allowed' }
const looks: Expected = { see: 'allowed', manage: 'forbidden' }
const nothing: Expected = { see: 'missing', manage: 'missing' }

type Where = 'villa' | 'flats' | 'office' | 'both barns' | 'the own barn' | 'the barn beside'
type Row = [persona: string, place: Where, may: Expected, withManager?: Expected]

const rows: Row[] = [
  ['the only owner', 'villa', all],
  ['a possessor beside an owner', 'villa', looks],
  ['the owner of a flat', 'flats', looks],
  ['an owner of half a flat', 'flats', looks],
  ['the manager', 'flats', looks, all],
  ['the responsible person', 'flats', looks, all],
  ['a sole representative', 'office', all],
  ['a joint representative', 'office', looks],
  ['a representative in the own profile', 'office', nothing],
  ['a stranger', 'villa', nothing],
  ['a stranger', 'flats', nothing],
  ['the owner of one building of two', 'the own barn', all],
  ['the owner of one building of two', 'the barn beside', { ...looks, upload: 'allowed' }],
  ['the owner of one building of two', 'both barns', { ...looks, upload: 'allowed' }],
]

for (const policy of ['strict', 'withManager'] as const)
  test(`each persona may do with meters what the table says under the policy ${policy}`, async () => {
    const { world, as, houses, barns } = await buildWorld(policy)
    const of = (house: keyof typeof houses, building: Place['building'] = null): Place => ({ ...houses[house], building })
    const places: Record<Where, Place> = {
      villa: of('villa'), flats: of('flats'), office: of('office'), 'both barns': of('barns'), 'the own barn': of('barns', barns.barn), 'the barn beside': of('barns', barns.barnBeside),
    }
    const expected: Record<string, unknown> = {}
    const found: Record<string, unknown> = {}
    for (const [persona, where, may, withManager] of rows)
      for (const [tries, outcomeOf] of groups)
        for (const [name, attempt] of Object.entries(tries)) {
          const key = `${persona}, ${where}: ${name}`
          expected[key] = outcomeOf(policy === 'withManager' && withManager ? withManager : may)
          found[key] = await outcome(attempt({ ctx: as[persona]!, place: places[where], world }))
        }
    assert.deepEqual(found, expected)
  })

test('no action on meters is without a row', async () => {
  const tried = groups.flatMap(([tries]) => Object.keys(tries))
  const ofMeters = ['mayManage', 'meterData', 'settingData', 'lockedHouse', 'mustManage', 'managedMeter', 'lockedMeter', 'readingData', 'storeReading', 'managed']
  const ofImports = ['meterRow', 'readingRow', 'ownImports', 'beginImport', 'endImport', 'lockImport', 'markUndone', 'undoMeters', 'discardUpload']
  const exported = [...(await actionsOf('meters', ['seeing.ts'], ofMeters)), ...(await actionsOf('meters-import', ['upload.ts', 'import-record.ts', 'undo-meters.ts'], ofImports))]
  assert.deepEqual(exported.filter((name) => !tried.includes(name)), [])
  assert.deepEqual(tried.filter((name) => !exported.includes(name)), Object.keys(ofAnother))
})
