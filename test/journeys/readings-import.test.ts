// A manager's table through the pages' own addresses: sent, checked, taken, its refused rows fetched, undone.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { addMeter } from '../../src/meters/meter-actions.ts'
import { importReadings } from '../../src/meters-import/import-readings.ts'
import { meters, readings } from '../../src/meters/store.ts'
import { openSite, type Guest } from '../site.ts'
import { openWorld } from '../world.ts'

/** Written by LibreOffice Calc from `readings.fods`: an empty row, a header, date cells, a formula and text, three rows of six bad. */
const spreadsheet = readFileSync(new URL('../fixtures/readings.xlsx', import.meta.url))

const meter = { type: 'WATER', number: '44-1', installedOn: '2026-01-01', initial: '100', status: 'ACTIVE', validUntil: '', periodMonths: '1', designation: '', premises: '', justification: '' }

async function managed() {
  const world = await openWorld({ policy: 'withManager' })
  const [manager, owner, other] = [await world.person('Māris Pārvaldnieks'), await world.person('Anna Kalniņa'), await world.person('Pēteris Liepa')]
  const [building, elsewhere] = [await world.building('Ķiršu iela 12'), await world.building('Ķiršu iela 14')]
  for (const place of [building, elsewhere]) await world.holds(place === building ? owner : other, place)
  await world.manages(manager, building)
  const { caseId } = await world.house('ML-1', [building])
  await world.house('ML-2', [elsewhere])
  await addMeter(world.as(owner), 'ML-1', meter)
  await addMeter(world.as(owner), 'ML-1', { ...meter, type: 'HEAT', number: 'S-7', initial: '0' })
  await addMeter(world.as(other), 'ML-2', meter)
  const enter = await openSite(world)
  const stored = async (number = '44-1') => {
    const one = (await meters(world.db, caseId)).find((known) => known.number === number)!
    return (await readings(world.db, one)).map(({ readOn, value }) => `${readOn} ${value / 1000}`)
  }
  return { world, guest: await enter(manager), owner: await enter(owner), stranger: await enter(await world.person('Svešs Svešinieks')), stored }
}

const csv = (guest: Guest, text: string, name = 'radijumi.csv') => guest.send('/readings/import', name, Buffer.from(text))

test('a spreadsheet is checked first, then its good rows are taken, its bad ones told and fetched, and all is undone', async () => {
  const { guest, stored } = await managed()
  const { status, to } = await guest.send('/readings/import', 'Rādījumi marts.xlsx', spreadsheet)
  assert.equal(status, 303)
  const checked = await guest.get(to!)
  assert.match(checked.words, /Rādījumi marts\.xlsx · rindas: 6/)
  assert.match(checked.words, /Noraidītas 3 Pieņemtas ar brīdinājumu 0 Pieņemtas 3/)
  assert.match(checked.words, /vērtība ir mazāka par iepriekšējo rādījumu/)
  assert.match(checked.words, /8 Mājas lieta: ML-1 · Skaitītāja Nr\.: S-7 .* datums ir nākotnē/)
  assert.match(checked.words, /Ielādēt 3 rādījumus/)
  assert.deepEqual(await stored(), [])

  assert.equal((await guest.post(to!, { step: 'take' })).to, to)
  assert.deepEqual(await stored(), ['2026-02-01 110.5', '2026-03-01 121.25', '2026-04-01 1134.125'])
  const done = await guest.get(to!)
  assert.match(done.words, /Tabula ielādēta Pieņemtas 3 Pieņemtas ar brīdinājumu 0 Noraidītas 3/)
  const { page } = await guest.get(`${to}/refused.csv`)
  assert.deepEqual(page.replace('\ufeff', '').trim().split('\r\n'), [
    'Mājas lieta;Skaitītāja Nr.;Veids;Datums;Rādījums;Rindas nr.;Iemesls',
    'ML-1;44-1;Ūdens;2026-05-01;130;6;vērtība ir mazāka par iepriekšējo rādījumu',
    'ML-1;99-9;Ūdens;2026-03-01;5;7;tāda skaitītāja nav, numurs der vairākiem, vai arī Jums nav tiesību ievadīt tā rādījumus',
    'ML-1;S-7;Siltums;2026-12-24;7.125;8;datums ir nākotnē',
  ])
  assert.equal((await guest.post(to!, { step: 'take' })).status, 409)

  assert.match((await guest.get('/cases/ML-1/meters/1/history')).words, /Māris Pārvaldnieks Pievienošana Rādījumu ielāde .*Datne Rādījumi marts\.xlsx Pieņemti 3 .*Pievienošana Ūdens skaitītājs 44-1/)

  const list = await guest.get('/readings/import')
  const undo = /href="(\/readings\/imports\/\d+\/undo)"/.exec(list.page)![1]!
  assert.equal((await guest.post(undo, { justification: '' })).status, 422)
  assert.equal((await stored()).length, 3)
  assert.match((await guest.post(undo, { justification: 'Nepareizā tabula' })).to!, /said=sheet-import-undone/)
  assert.deepEqual(await stored(), [])
  assert.match((await guest.get('/readings/import')).words, /atsaukta 23\.11\.2026/)
})

test('the history of a meter names the import by which its readings came, also one of many houses', async () => {
  const { world, owner } = await managed()
  const row = { type: 'WATER', number: '44-1', readOn: '2026-02-01', value: '110', difference: '' }
  await importReadings(world.system(), { file: 'februaris.csv', rows: ['ML-1', 'ML-2'].map((caseNumber, at) => ({ ...row, caseNumber, line: at + 2 })), unreadable: [] })
  assert.match((await owner.get('/cases/ML-1/meters/1/history')).words, /Sistēma .*Rādījumu ielāde .*Datne februaris\.csv/)
  assert.doesNotMatch((await owner.get('/cases/ML-1/meters/2/history')).words, /februaris/)
})

test('columns that are not known by their names are chosen once and remembered for the next table', async () => {
  const { guest, stored } = await managed()
  const table = (on: string, value: string) => `Kas;Kad;Cik\n44-1;${on};${value}\n`
  const { to } = await csv(guest, table('01.02.2026.', '110'))
  const asked = await guest.get(to!)
  assert.match(asked.words, /Kas ir katrā kolonnā/)
  assert.doesNotMatch(asked.words, /Kas notiks ar rindām/)
  const twice = await guest.post(to!, { step: 'columns', number: '0', readOn: '1', value: '1' })
  assert.equal(twice.status, 422)
  assert.match(twice.words, /Viena kolonna izvēlēta divreiz/)
  assert.equal((await guest.post(to!, { step: 'columns', number: '0', readOn: '1', value: '2' })).status, 303)
  await guest.post(to!, { step: 'take' })
  assert.deepEqual(await stored(), ['2026-02-01 110'])
  const next = await csv(guest, table('01.03.2026.', '120'))
  assert.match((await guest.get(next.to!)).words, /Ielādēt 1 rādījumu /)
  assert.equal((await guest.post(next.to!, { step: 'discard' })).to, '/readings/import?said=sheet-import-discarded')
  assert.equal((await guest.get(next.to!)).status, 404)
  assert.deepEqual(await stored(), ['2026-02-01 110'])
})

test('a row of another house is refused as a meter that is not known, and cells that begin like formulas come back as text', async () => {
  const { guest } = await managed()
  const { to } = await csv(guest, 'Lieta;Numurs;Datums;Rādījums;Piezīme\nML-2;44-1;01.02.2026.;110;=HYPERLINK("x")\n')
  assert.match((await guest.get(to!)).words, /Noraidītas 1 .*tāda skaitītāja nav/)
  await guest.post(to!, { step: 'take' })
  assert.match((await guest.get(`${to}/refused.csv`)).page, /110;"'=HYPERLINK\(""x""\)";2;tāda/)
})

test('a file that cannot be read is refused with a sentence, and nothing is kept of it', async () => {
  const { guest } = await managed()
  const said = async (name: string, content: Uint8Array) => {
    const { status, words } = await guest.send('/readings/import', name, content)
    return [status, /Jāizlabo (.*?) Rādījumu ielāde/.exec(words)?.[1]]
  }
  assert.deepEqual(await said('tukša.csv', Buffer.from('Numurs;Datums;Rādījums\n')), [422, 'Tabulā nav nevienas rindas zem virsraksta'])
  assert.deepEqual(await said('vecs.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2])), [422, 'Šo datni nevar nolasīt. Saglabājiet to kā XLSX vai CSV'])
  assert.deepEqual(await said('nav.xlsx', Buffer.from('PK\u0003\u0004 nekas')), [422, 'Šo datni nevar nolasīt. Saglabājiet to kā XLSX vai CSV'])
  assert.deepEqual(await said('liela.csv', Buffer.alloc(10 * 1024 * 1024 + 1, 'a')), [422, 'Datne ir par lielu. Sadaliet to vairākās, katra ne lielāka par 10 MB'])
  assert.match((await guest.get('/readings/import')).words, /Neviena tabula vēl nav ielādēta/)
})

test('only who may change the meters of some house imports, and each profile sees its own tables alone', async () => {
  const { guest, owner, stranger } = await managed()
  const { to } = await csv(guest, 'Numurs;Datums;Rādījums\n44-1;01.02.2026.;110\n')
  for (const path of ['/readings/import', to!]) assert.equal((await stranger.get(path)).status, path === to ? 404 : 403)
  assert.equal((await csv(stranger, 'Numurs;Datums;Rādījums\n44-1;01.02.2026.;110\n')).status, 403)
  assert.equal((await owner.get(to!)).status, 404)
  assert.equal((await owner.post(to!, { step: 'take' })).status, 404)
  assert.equal((await owner.get('/readings/import')).status, 200)
})
