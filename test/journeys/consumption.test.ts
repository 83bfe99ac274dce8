// What a house consumes, and its balance, as people see and download them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { replaceMeter } from '../../src/meters/answer-actions.ts'
import { addMeter } from '../../src/meters/meter-actions.ts'
import { submitReading } from '../../src/meters/reading-actions.ts'
import { openSite } from '../site.ts'
import { openWorld } from '../world.ts'

const draft = { type: 'WATER', number: '44-71820', installedOn: '2025-01-01', initial: '100', status: 'ACTIVE', validUntil: '', periodMonths: '12', designation: '', premises: '', justification: '' }

async function aHouse() {
  const world = await openWorld()
  const owner = await world.person('Anna Kalniņa')
  const building = await world.building('Ķiršu iela 12')
  await world.holds(owner, building)
  const { number } = await world.house('ML-1', [building])
  const ctx = world.as(owner)
  const read = (meterId: number, readOn: string, value: string, difference = '') =>
    submitReading(ctx, number, meterId, { readOn, value, difference, estimated: false, consumed: '', justification: '' })
  const add = (changed: Partial<typeof draft> = {}) => addMeter(ctx, number, { ...draft, ...changed })
  const flat = (at: number) => add({ number: `D-${at}`, initial: '0', designation: building.designation, premises: `${building.designation}00${at}` })
  const letIn = await openSite(world)
  return { world, owner, number, ctx, read, add, flat, letIn, guest: await letIn(owner) }
}

test('the page of consumption shows each month beside the last year’s, a question mark where nothing is known, and the year’s total', async () => {
  const { add, read, guest } = await aHouse()
  const meter = await add()
  for (const [on, value] of [['2025-02-01', '110'], ['2025-03-01', '120.5'], ['2026-02-01', '200'], ['2026-02-15', '207']] as const) await read(meter.id, on, value)
  const { words, page } = await guest.get('/cases/ML-1/consumption')
  assert.match(words, /Ūdens Skaitītāji: 44-71820 14,/)
  assert.match(words, /Februāris 7,000 m³ 14 no 28 dienām 10,500 m³/)
  assert.match(words, /Marts \? /)
  assert.match(page, /<svg class="chart chart-wide"[^>]*role="img"/)
  assert.match(page, /<title id="chart-WATER-m-wide-title">Mājas patēriņš 2026\. gadā pa mēnešiem: ūdens<\/title><desc/)
  assert.equal((page.match(/class="chart-unknown"[^>]*>\?/g) ?? []).length, 2 * 10 + 1)
  assert.match((await guest.get('/cases/ML-1/consumption?year=2025', 'en')).words, / 92\.687 m³ in 2025 /)
})

test('what is downloaded has the rows that are shown, of the year that is chosen', async () => {
  const { add, read, guest } = await aHouse()
  const meter = await add()
  for (const [on, value] of [['2025-02-01', '110'], ['2026-02-01', '200'], ['2026-02-15', '207.125']] as const) await read(meter.id, on, value)
  const file = await guest.get('/cases/ML-1/consumption.csv?year=2026')
  const rows = parse(file.page, { bom: true, delimiter: ';', columns: true }) as Record<string, string>[]
  assert.equal(rows.length, 12)
  assert.deepEqual([rows[1]!['Mēnesis'], rows[1]!['2026'], rows[1]!['Zināmās dienas 2026'], rows[2]!['2026']], ['2026-02', '7,125', '14 / 28', ''])
  const shown = (await guest.get('/cases/ML-1/consumption?year=2026')).words
  for (const row of rows) for (const year of ['2026', '2025']) if (row[year]) assert.ok(shown.includes(`${row[year]} m³`), `${row[year]} is shown`)
  assert.match((await guest.get('/cases/ML-1/consumption.csv?year=2025')).page, /;2025;/)
  assert.equal((await guest.file('/cases/ML-1/consumption.csv?year=2025')).headers['content-disposition'], 'attachment; filename="ML-1_2025_2026-11-23.csv"')
})

test('the readings of a meter are downloaded as they are listed, the latest first, as a workbook too', async () => {
  const { add, read, letIn, owner, world } = await aHouse()
  const meter = await add()
  await read(meter.id, '2026-01-01', '110')
  await read(meter.id, '2026-02-01', '120.5', '-1.25')
  const guest = await letIn(owner)
  const rows = parse((await guest.get(`/cases/ML-1/meters/${meter.id}/readings.csv`)).page, { bom: true, delimiter: ';' }) as string[][]
  assert.deepEqual(rows.slice(1).map((cells) => cells.slice(0, 5)), [['01.02.2026', '120,500', '10,500', '-1,250', 'm³'], ['01.01.2026', '110,000', '10,000', '', 'm³']])
  assert.deepEqual(rows[1]!.slice(-1), ['Anna Kalniņa'])
  const { headers, content } = await guest.file(`/cases/ML-1/meters/${meter.id}/readings.xlsx`)
  assert.equal(headers['content-disposition'], `attachment; filename="ML-1_${meter.number}_2026-11-23.xlsx"`)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(content as never)
  const sheet = book.worksheets[0]!
  assert.deepEqual([sheet.getCell('A2').value, sheet.getCell('B2').value, sheet.getCell('D2').value, sheet.rowCount], [new Date('2026-02-01T00:00:00Z'), 120.5, -1.25, 3])
  const stranger = await letIn(await world.person('Svešs Svešinieks'))
  for (const path of ['/cases/ML-1/consumption', '/cases/ML-1/consumption.csv', '/cases/ML-1/consumption.xlsx', '/cases/ML-1/balance', `/cases/ML-1/meters/${meter.id}/readings.csv`])
    assert.equal((await stranger.get(path)).status, 404, path)
})

test('the balance is the house’s last period less its flats, names who is missing or late, and shows the typed difference beside it', async () => {
  const { add, read, flat, guest, ctx, number } = await aHouse()
  const none = await guest.get('/cases/ML-1/balance')
  assert.match(none.words, /Bilanci aprēķināt vēl nevar/)
  const house = await add()
  await read(house.id, '2026-10-01', '500')
  await read(house.id, '2026-11-01', '540', '3.5')
  const [one, two, three] = [await flat(1), await flat(2), await flat(3)]
  await read(one.id, '2026-10-01', '10')
  await replaceMeter(ctx, number, one.id, { replacedOn: '2026-10-16', finalValue: '20', number: 'D-1B', initial: '0', validUntil: '', justification: 'Bojāts' }).then(({ meter }) => read(meter.id, '2026-11-02', '6'))
  await read(two.id, '2026-10-12', '100')
  await read(three.id, '2026-09-01', '5')
  const { words } = await guest.get('/cases/ML-1/balance')
  assert.match(words, /Periods no 01\.10\.2026 līdz 01\.11\.2026 \(31 diena\)/)
  assert.match(words, /Mājas skaitītājs 40,000 m³ /)
  assert.match(words, /Ierakstītā starpība \+3,500 m³/)
  assert.match(words, /Trūkst vai neatbilst periodam: 2 skaitītāji/)
  assert.match(words, /D-2 .*Neatbilst periodam.*D-3 .*Nav rādījuma/)
  assert.match(words, /1 skaitītājs nolasīts laikā.*D-1B 01\.10\.2026 – 02\.11\.2026 16,000 m³/)
  const wrong = await guest.get('/cases/ML-1/balance?from=01.11.2026&to=01.10.2026')
  assert.match(wrong.words, /Perioda beigām jābūt pēc tā sākuma/)
  assert.match(wrong.page, /value="01\.11\.2026"/)
  const chosen = await guest.get('/cases/ML-1/balance?from=01.09.2026&to=01.10.2026')
  assert.match(chosen.words, /Periods no 01\.09\.2026 līdz 01\.10\.2026 \(30 dienas\)/)
})
