// Pages of inspection types and inspections: what was typed stays, and what is said afterwards is true.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writing } from '../../src/platform/database.ts'
import { openSite } from '../site.ts'
import { date, openWorld } from '../world.ts'

const form = { type: 'FIRE_SAFETY', ownType: '', label: '', firstOn: '01.03.2027', every: '1', 'every-unit': 'YEAR', remindBefore: '1', 'remindBefore-unit': 'MONTH', justification: '' }
const done = { type: 'FIRE_SAFETY', ownType: '', label: '', performedOn: '10.02.2026', periodic: 'yes', number: '', justification: '' }

async function oneVilla({ managed = false } = {}) {
  const world = await openWorld()
  const [owner, manager] = [await world.person('Anna Kalniņa'), await world.person('Māris Pārvaldnieks')]
  const villa = await world.building('Villas iela 1')
  await world.holds(owner, villa)
  if (managed) await world.manages(manager, villa)
  const visit = await openSite(world)
  return { world, villa, path: `/cases/${villa.number}`, owner: await visit(owner), manager: await visit(manager) }
}

test('what is said after adding tells whether a reminder will be sent', async () => {
  const { owner, path } = await oneVilla()
  const add = `${path}/inspection-types/new`
  assert.equal((await owner.post(add, form)).to, `${path}?said=type-added`)
  assert.equal((await owner.post(add, { ...form, label: 'B', remindBefore: '' })).to, `${path}?said=type-added-quiet`)
})

test('a refused form names each field and keeps what was typed', async () => {
  const { owner, path } = await oneVilla()
  const refused = await owner.post(`${path}/inspection-types/new`, { ...form, type: '', label: 'Lifts 1', firstOn: '01.03.2026', every: 'x', remindBefore: '2' })
  assert.equal(refused.status, 422)
  for (const sentence of ['Izvēlieties pārbaudes veidu', 'Pirmās pārbaudes datumam jābūt nākotnē', 'Periods ir vesels skaitlis']) assert.match(refused.words, new RegExp(sentence))
  for (const typed of ['value="Lifts 1"', 'value="01.03.2026"', 'value="x"', 'value="2"']) assert.ok(refused.page.includes(typed), typed)
})

test('a name of one’s own that was written beside another choice is questioned, not dropped', async () => {
  const { owner, path } = await oneVilla()
  for (const [place, filled] of [['inspection-types', form], ['inspections', done]] as const) {
    const refused = await owner.post(`${path}/${place}/new`, { ...filled, ownType: 'Jumta apskate' })
    assert.equal(refused.status, 422)
    assert.match(refused.words, /Ierakstījāt savu nosaukumu/)
    assert.equal((await owner.post(`${path}/${place}/new`, { ...filled, type: 'OWN', ownType: 'Jumta apskate' })).status, 303)
  }
})

test('a name that differs from a system type only by its punctuation or is its short form is refused', async () => {
  const { owner, path } = await oneVilla()
  for (const ownType of ['Fire safety inspection', 'tehniskā apsekošana', 'UGUNSDROŠĪBAS  PARBAUDE'])
    assert.match((await owner.post(`${path}/inspection-types/new`, { ...form, type: 'OWN', ownType })).words, /sistēmas pārbaudes veidam/)
})

test('an edit that changes nothing says so and leaves no event', async () => {
  const { owner, path, world, villa } = await oneVilla()
  await owner.post(`${path}/inspection-types/new`, form)
  const edit = `${path}/inspection-types/1/edit`
  assert.match((await owner.post(edit, { ...form, justification: 'Pārbaudīju' })).to!, /type-unchanged/)
  assert.match((await owner.post(edit, { ...form, every: '2', justification: 'Biežāk' })).to!, /type-edited/)
  assert.equal((await world.db.selectFrom('event').select('id').where('case_id', '=', villa.caseId).execute()).length, 2)
})

test('only an inspection that moves the next date is said to have moved it', async () => {
  const { owner, path } = await oneVilla()
  await owner.post(`${path}/inspection-types/new`, form)
  const record = async (performedOn: string) => (await owner.post(`${path}/inspections/new`, { ...done, type: '1', performedOn })).to
  assert.equal(await record('10.02.2026'), `${path}?said=inspection-moved`)
  assert.equal(await record('10.02.2020'), `${path}?said=inspection-recorded`)
  const annul = async (id: number) => (await owner.post(`${path}/inspections/${id}/annul`, { justification: 'Kļūda' })).to
  assert.equal(await annul(2), `${path}/inspections?said=inspection-annulled`)
  assert.equal(await annul(1), `${path}/inspections?said=inspection-moved-back`)
})

test('a draft is the manager’s, and the owner’s only where there is no manager', async () => {
  for (const managed of [true, false]) {
    const { owner, manager, path, world, villa } = await oneVilla({ managed })
    const draft = { type: 'FIRE_SAFETY', type_key: 'FIRE_SAFETY', label: '', label_key: '', performed_on: date('2026-01-10'), periodic: true, status: 'draft' as const, number: 'M-1' }
    await writing(world.db, (tx) => tx.insertInto('inspection').values({ case_id: villa.caseId, ...draft }).execute())
    const annulment = `${path}/inspections/1/annul`
    assert.equal((await owner.get(`${path}/inspections`)).words.includes('M-1'), !managed)
    assert.equal((await owner.get(annulment)).status, managed ? 404 : 200)
    if (managed) assert.equal((await owner.post(annulment, { justification: 'x' })).status, 404)
    assert.equal((await (managed ? manager : owner).post(annulment, { justification: 'Nevajag' })).status, 303)
  }
})
