import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseQuantity } from '../kernel/quantity.ts'
import { amountOf, dateOf, designationOf, monthsOf, statusOf, typeOf } from './cell-words.ts'
import { guessed, headersOf, type Columns } from './mapping.ts'
import { meterColumns, metersOf } from './meter-columns.ts'
import { readingColumns, readingsOf } from './reading-columns.ts'
import { decoded, readSheet } from './sheet.ts'

const table = 'Mājas lieta;Skaitītāja Nr.;Veids;Datums;Rādījums\nML-1;44-1;Ūdens;01.03.2026.;1 234,5\n'

/** Windows-1257, letter by letter. */
const letters: Record<string, number> = { ā: 0xe2, ē: 0xe7, ī: 0xee, ū: 0xfb, Ū: 0xdb, š: 0xf0, ž: 0xfe, ķ: 0xed, ļ: 0xef, ņ: 0xf2, ģ: 0xec, č: 0xe8 }
const windows1257 = (text: string) => Buffer.from([...text].map((letter) => letters[letter] ?? letter.charCodeAt(0)))

const saved: Record<string, Buffer> = {
  'UTF-8': Buffer.from(table),
  'UTF-8 with its mark and Windows line ends': Buffer.from(`\ufeff${table.replaceAll('\n', '\r\n')}`),
  'Windows-1257': windows1257(table),
  'UTF-16 with its mark': Buffer.from(`\ufeff${table}`, 'utf16le'),
  'UTF-16 without one': Buffer.from(table, 'utf16le'),
  'tabs between': Buffer.from(table.replaceAll(';', '\t')),
  'commas between and quotes': Buffer.from(table.replaceAll(';', ',').replace('1 234,5', '"1 234,5"')),
  'a title above and a sum below': Buffer.from(`\n${table}\n;;;Kopā;\n`),
}

for (const [name, content] of Object.entries(saved))
  test(`a table is read as it was saved: ${name}`, async () => {
    const sheet = await readSheet(content)
    assert.deepEqual(sheet.header, ['Mājas lieta', 'Skaitītāja Nr.', 'Veids', 'Datums', 'Rādījums'])
    const line = name.startsWith('a title') ? 3 : 2
    assert.deepEqual(readingsOf(sheet, guessed(readingColumns, sheet.header)), [{ line, caseNumber: 'ML-1', type: 'WATER', number: '44-1', readOn: '2026-03-01', value: '1234,5', difference: '' }])
  })

test('dates are read as people and spreadsheets write them', () => {
  for (const text of ['01.03.2026.', '1.3.2026', '01/03/2026', '2026-03-01', '2026-03-01T00:00:00', '01.03.2026. 12:30', '46082', '46082.75']) assert.equal(dateOf(text), '2026-03-01', text)
  assert.equal(dateOf('30.02.2026'), '30.02.2026')
  assert.equal(dateOf('marts'), 'marts')
})

test('amounts are read with thousands apart and either decimal sign, and three decimals stay three', () => {
  const read = (text: string) => parseQuantity(amountOf(text))
  assert.deepEqual(['1 234,5', '1.234,5', '1,234.5', "1'234.5", '1234,5000', '1234.500'].map(read), Array(6).fill(1_234_500))
  assert.deepEqual([read('12,345'), read('0,1'), read('7,000000'), read('12,3456'), read('x')], [12_345, 100, 7000, undefined, undefined])
})

test('a column is known by its usual names, and first by what the last table called it', () => {
  assert.deepEqual(guessed(readingColumns, ['Meter number', 'Reading date', 'Value']), { number: '0', readOn: '1', value: '2', caseNumber: '', type: '', difference: '' })
  assert.equal(guessed(readingColumns, ['Nr.', 'Iekārta', 'Datums', 'Rādījums'], { number: 'Iekārta' }).number, '1')
})

test('columns are known by the names that managers use in Latvian and English', () => {
  const all = (columns: Columns, header: readonly string[]) => headersOf(guessed(columns, header), header)
  const readings = { number: 'Rūpnīcas Nr.', readOn: 'Nolasīts', value: 'Rādījums, m³', caseNumber: 'Māja', type: 'Resursa veids' }
  assert.deepEqual(all(readingColumns, ['Nr.', 'Adrese', ...Object.values(readings)]), readings)
  const english = { number: 'Serial No.', readOn: 'Date read', value: 'Present reading', caseNumber: 'House', type: 'Utility' }
  assert.deepEqual(all(readingColumns, ['No.', 'Address', ...Object.values(english)]), english)
  const meters = { number: 'Sērijas numurs', type: 'Pakalpojums', installedOn: 'Montāžas datums', caseNumber: 'Mājas lietas Nr.', designation: 'Ēkas kadastra apzīmējums', premises: 'Telpas Nr.', initial: 'Sākumrādījums', validUntil: 'Nākamā verifikācija' }
  assert.deepEqual(all(meterColumns, ['Nr.', 'Māja', 'Adrese', ...Object.values(meters)]), meters)
})

test('of two dates and two values the exact names are taken, and an address is no case', () => {
  const header = ['Datums', 'Nolasīšanas datums', 'Rādījums', 'Jaunais rādījums', 'Māja', 'Mājas lieta']
  assert.deepEqual(headersOf(guessed(readingColumns, header), header), { readOn: 'Nolasīšanas datums', value: 'Jaunais rādījums', caseNumber: 'Mājas lieta' })
  for (const columns of [readingColumns, meterColumns]) for (const name of ['Adrese', 'Mājas adrese', 'Address']) assert.deepEqual(headersOf(guessed<string>(columns, [name]), [name]), {})
})

test('a type is known by its code or its usual words', () => {
  assert.deepEqual(['WATER', 'ūdens', 'Karstais ūdens', 'Gāze', 'Elektrība', 'siltumenerģija', 'tvaiks'].map(typeOf), ['WATER', 'WATER', 'WATER', 'GAS', 'ELECTRICITY', 'HEAT', 'tvaiks'])
})

test('what cannot be read as text in one encoding is read in another', () => {
  assert.equal(decoded(Buffer.from('ķiršu')), 'ķiršu')
  assert.equal(decoded(windows1257('ķiršu')), 'ķiršu')
})

test('meters are read with their types, states, periods and places in the usual words', async () => {
  const text = ['Nr.;Skaitītāja veids;Uzstādīts;Kadastra apzīmējums;Dzīvoklis;Sākuma rādījums;Statuss;Derīgs līdz;Periods', '44-1;Ūdens skaitītājs;1.03.2026.;1000010000001;12;1 234,5;Neaktīvs;46447;3 mēn.', ';;;;Kopā;1 234,5;;;'].join('\n')
  const sheet = await readSheet(windows1257(text))
  const mapping = guessed(meterColumns, sheet.header)
  const [first, sum] = metersOf(sheet, mapping)
  const told = { number: '44-1', type: 'WATER', installedOn: '2026-03-01', designation: '01000010000001', premises: '12', initial: '1234,5', status: 'INACTIVE', validUntil: '2027-03-01', periodMonths: '3' }
  assert.deepEqual(first, { line: 2, caseNumber: '', told })
  assert.equal(sum, undefined)
})

test('of a meter a table tells only what it has columns and words for', async () => {
  const read = async (header: string, row: string) => {
    const sheet = await readSheet(Buffer.from(`${header}\n${row}\n`))
    return metersOf(sheet, guessed(meterColumns, sheet.header))[0]?.told
  }
  const usual = { number: '44-1', type: 'GAS', installedOn: '2026-03-01' }
  assert.deepEqual(await read('Nr.,Veids,Datums', '44-1,gāze,2026-03-01'), usual)
  assert.deepEqual(await read('Nr.\tVeids\tDatums\tStatuss\tPeriods\tTelpu grupa\tDerīgs līdz', '44-1\tDabasgāze\t01.03.2026\t\t\t\t'), { ...usual, premises: '', validUntil: '' })
})

test('states and periods are known by their usual words, and designations with the nought that a spreadsheet dropped', () => {
  assert.deepEqual(['ACTIVE', 'Aktīvs', 'nelieto', 'salauzts'].map(statusOf), ['ACTIVE', 'ACTIVE', 'INACTIVE', 'salauzts'])
  assert.deepEqual(['12', '3 mēn.', '6 mēneši', '1 month', 'bieži'].map(monthsOf), ['12', '3', '6', '1', 'bieži'])
  assert.deepEqual(['01000010000001', '1000010000001', '0100 001 0000 001', 'māja'].map(designationOf), ['01000010000001', '01000010000001', '01000010000001', 'māja'])
})
