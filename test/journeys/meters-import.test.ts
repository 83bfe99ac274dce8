// A manager's table of meters through the pages' own addresses: sent, checked, taken, its refused rows fetched, undone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMeter, editMeter } from '../../src/meters/meter-actions.ts'
import { submitReading } from '../../src/meters/reading-actions.ts'
import { meters } from '../../src/meters/store.ts'
import { openSite, type Guest } from '../site.ts'
import { openWorld } from '../world.ts'

const water = { type: 'WATER', number: '44-1', installedOn: '2026-01-01', initial: '100', status: 'ACTIVE', validUntil: '', periodMonths: '1', designation: '', premises: '', justification: '' }

async function managed() {
  const world = await openWorld({ policy: 'withManager' })
  const [manager, owner, other] = [await world.person('Māris Pārvaldnieks'), await world.person('Anna Kalniņa'), await world.person('Pēteris Liepa')]
  const [building, elsewhere] = [await world.building('Ķiršu iela 12'), await world.building('Ķiršu iela 14')]
  for (const place of [building, elsewhere]) await world.holds(place === building ? owner : other, place)
  await world.manages(manager, building)
  const { caseId } = await world.house('ML-1', [building])
  await world.house('ML-2', [elsewhere])
  const { id } = await addMeter(world.as(owner), 'ML-1', water)
  const enter = await openSite(world)
  const stored = async () =>
    (await meters(world.db, caseId, 'number')).map(({ type, number, initial, periodMonths, validUntil, premises }) => [type, number, initial / 1000, periodMonths, validUntil ?? '-', premises.slice(14) || '-'].join(' '))
  return { world, owner, id, building, guest: await enter(manager), stranger: await enter(await world.person('Svešs Svešinieks')), stored }
}

const send = (guest: Guest, text: string, name = 'skaitītāji.csv') => guest.send('/meters/import', name, Buffer.from(text))
const undoOf = async (guest: Guest) => /href="(\/meters\/imports\/\d+\/undo)"/.exec((await guest.get('/meters/import')).page)![1]!

const before = 'WATER 44-1 100 1 - -'

test('a table of meters is checked first, then its good rows are taken with a reason, its bad ones told and fetched, and all is undone', async () => {
  const { guest, building, stored } = await managed()
  const table = ['Lieta;Numurs;Veids;Uzstādīts;Būve;Dzīvoklis;Derīgs līdz', `ML-1;D-1;Siltums;01.03.2026.;${building.designation};7;01.03.2030.`, 'ML-1;44-1;Ūdens;01.01.2026.;;;01.01.2029.', ';D-2;Gāze;01.02.2026.;;;', 'ML-1;D-3;Tvaiks;31.02.2026.;;;', 'ML-2;D-4;Gāze;01.02.2026.;;;'].join('\n')
  const { to } = await send(guest, table)
  const checked = await guest.get(to!)
  assert.match(checked.words, /Jauni skaitītāji: 2 · mainīsies dati: 1 · bez izmaiņām: 0/)
  assert.match(checked.words, /Noraidītas 2 Pieņemtas 3/)
  assert.match(checked.words, /5 Lieta: ML-1 · Numurs: D-3 .* Skaitītāja veids: trūkst .*; Uzstādīšanas datums: tāda datuma nav/)
  assert.match(checked.words, /6 Lieta: ML-2 .* tādas mājas lietas nav, vai arī Jums nav tiesību/)
  assert.deepEqual(await stored(), [before])
  const unsaid = await guest.post(to!, { step: 'take', justification: '' })
  assert.deepEqual([unsaid.status, await stored()], [422, [before]])
  assert.match(unsaid.words, /Norādiet darbības pamatojumu/)

  assert.equal((await guest.post(to!, { step: 'take', justification: 'Verifikācija' })).to, to)
  assert.deepEqual(await stored(), ['WATER 44-1 100 1 2029-01-01 -', 'HEAT D-1 0 1 2030-03-01 007', 'GAS D-2 0 1 - -'])
  const refused = (await guest.get(`${to}/refused.csv`)).page.replace('\ufeff', '').trim().split('\r\n')
  assert.equal(refused.length, 3)
  assert.match(refused[2]!, /^ML-2;D-4;Gāze;01\.02\.2026\.;;;;6;tādas mājas lietas nav/)
  assert.equal((await guest.post(to!, { step: 'take', justification: 'Vēlreiz' })).status, 409)
  const again = await send(guest, table)
  assert.match((await guest.get(again.to!)).words, /Jauni skaitītāji: 0 · mainīsies dati: 0 · bez izmaiņām: 3/)

  const undo = await undoOf(guest)
  assert.match((await guest.get(undo)).words, /tiks dzēsti 2 skaitītāji, kas tajā pievienoti, un 1 skaitītājam atjaunoti iepriekšējie dati/)
  assert.equal((await guest.post(undo, { justification: '' })).status, 422)
  assert.match((await guest.post(undo, { justification: 'Nepareizā tabula' })).to!, /said=sheet-import-undone/)
  assert.deepEqual(await stored(), [before])
  assert.match((await guest.get('/cases/ML-1/meters/history')).words, /Nepareizā tabula/)
})

test('what was read or changed after the import stays when it is undone, and that is said before', async () => {
  const { world, owner, id, guest, stored } = await managed()
  const { to } = await send(guest, 'Numurs;Veids;Uzstādīts;Periods\n44-1;Ūdens;01.01.2026.;3\nD-1;Siltums;01.03.2026.;1\nD-2;Gāze;01.02.2026.;1\n')
  await guest.post(to!, { step: 'take', justification: 'Inventarizācija' })
  const added = (await world.db.selectFrom('meter').select(['id', 'number']).where('number', '=', 'D-1').executeTakeFirstOrThrow()).id
  await submitReading(world.as(owner), 'ML-1', added, { readOn: '2026-04-01', value: '5', difference: '', estimated: false, consumed: '', justification: '' })
  await editMeter(world.as(owner), 'ML-1', id, { ...water, periodMonths: '6', justification: 'Citādi' })
  const undo = await undoOf(guest)
  const asked = await guest.get(undo)
  assert.match(asked.words, /tiks dzēsts 1 skaitītājs.*Šie skaitītāji paliks tādi, kādi ir 44-1 : skaitītāja dati vai rādījumi pēc ielādes ir mainīti D-1 : skaitītājam jau ir rādījumi/)
  await guest.post(undo, { justification: 'Kļūda' })
  assert.deepEqual(await stored(), ['WATER 44-1 100 6 - -', 'HEAT D-1 0 1 - -'])
  assert.equal((await guest.post(undo, { justification: 'Kļūda' })).status, 409)
})

test('an import of which nothing can be undone is not undone, and its meters are named', async () => {
  const { world, owner, id, guest, stored } = await managed()
  const { to } = await send(guest, 'Numurs;Veids;Uzstādīts;Periods\n44-1;Ūdens;01.01.2026.;3\n')
  await guest.post(to!, { step: 'take', justification: 'Inventarizācija' })
  await editMeter(world.as(owner), 'ML-1', id, { ...water, periodMonths: '6', justification: 'Citādi' })
  const refused = await guest.post(await undoOf(guest), { justification: 'Kļūda' })
  assert.equal(refused.status, 422)
  assert.match(refused.words, /Ielādi vairs nevar atsaukt: skaitītājiem 44-1 jau ir rādījumi/)
  assert.deepEqual(await stored(), ['WATER 44-1 100 6 - -'])
})

test('the columns of meters are remembered apart from those of readings', async () => {
  const { guest, stored } = await managed()
  const table = (number: string) => `Kas;Kāds;Kopš\n${number};Gāze;01.02.2026.\n`
  const { to } = await send(guest, table('D-1'))
  await guest.post(to!, { step: 'columns', number: '0', type: '1', installedOn: '2' })
  await guest.post(to!, { step: 'take' })
  assert.match((await guest.get((await send(guest, table('D-2'))).to!)).words, /Ielādēt 1 skaitītāju /)
  const readings = await guest.send('/readings/import', 'radijumi.csv', Buffer.from(table('D-1')))
  assert.match((await guest.get(readings.to!)).words, /Kas ir katrā kolonnā/)
  assert.equal((await guest.get(readings.to!.replace('readings', 'meters'))).status, 404)
  assert.deepEqual(await stored(), [before, 'GAS D-1 0 1 - -'])
})

test('only who may change the meters of some house imports them, and nobody sees another profile’s tables', async () => {
  const { guest, stranger } = await managed()
  const text = 'Numurs;Veids;Uzstādīts\nD-1;Gāze;01.02.2026.\n'
  const { to } = await send(guest, text)
  assert.equal((await send(stranger, text)).status, 403)
  assert.deepEqual([(await stranger.get('/meters/import')).status, (await stranger.get(to!)).status], [403, 404])
  await guest.post(to!, { step: 'take' })
  assert.equal((await stranger.post(await undoOf(guest), { justification: 'Kļūda' })).status, 404)
})
