// Files are read back: XLSX by a reader that is not ours and not the writer's, where Debian's openpyxl is installed.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { quantity } from '../kernel/quantity.ts'
import type { PlainDate } from '../kernel/date.ts'
import { csvOf, xlsxOf, type Sheet } from './export-sheet.ts'

const date = (text: string) => text as PlainDate
const sheet: Sheet = {
  name: 'Rādījumi',
  heads: ['Datums', 'Rādījums', 'Mēnesis', 'Piezīme'],
  rows: [
    [{ date: date('2026-12-31') }, { quantity: quantity(1_823_414) }, { month: date('2026-03-01') }, { text: 'ā; "b"\nc' }],
    [{ date: date('2026-01-02') }, { quantity: quantity(-1_500) }, null, { text: '=HYPERLINK("x")' }],
    [null, { quantity: quantity(999_999_999_999_999) }, null, { text: '@SUM(A1)' }],
  ],
}

test('CSV has a mark of its encoding, and in Latvian semicolons, decimal commas and dates as they are written there', () => {
  const text = csvOf('lv', sheet)
  assert.ok(text.startsWith('\ufeffDatums;Rādījums;Mēnesis;Piezīme\r\n'))
  assert.deepEqual(parse(text, { bom: true, delimiter: ';' }).slice(1), [
    ['31.12.2026', '1823,414', '2026-03', 'ā; "b"\nc'],
    ['02.01.2026', '-1,500', '', `'=HYPERLINK("x")`],
    ['', '999999999999,999', '', `'@SUM(A1)`],
  ])
  assert.deepEqual(parse(csvOf('en', sheet), { bom: true })[1], ['31/12/2026', '1823.414', '2026-03', 'ā; "b"\nc'])
})

test('text that a spreadsheet would take for a formula stays text, whatever it begins with', () => {
  const cells = ['=1+1', '+371', '-3', '@x', '\tx', '\rx'].map((text) => [{ text }])
  const [, ...rows] = parse(csvOf('lv', { name: 'x', heads: ['x'], rows: cells }), { bom: true, delimiter: ';' })
  assert.ok(rows.every(([cell]) => (cell as string).startsWith("'")))
})

test('XLSX has numbers and dates that count, and no formula', async () => {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await xlsxOf(sheet)) as never)
  const [read] = book.worksheets
  assert.equal(read!.name, 'Rādījumi')
  assert.deepEqual([read!.getCell('A2').value, read!.getCell('B2').value, read!.getCell('B4').value], [new Date('2026-12-31T00:00:00Z'), 1823.414, 999_999_999_999.999])
  assert.deepEqual([read!.getCell('D3').value, read!.getCell('D3').formula], ['=HYPERLINK("x")', undefined])
  assert.equal(read!.getCell('A4').value, null)
})

const reader = `
import json, sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1]).active
print(json.dumps([[{'t': c.data_type, 'v': c.value.isoformat() if c.is_date else c.value} for c in row] for row in sheet.iter_rows()]))`

function hasReader(): boolean {
  try {
    execFileSync('/usr/bin/python3', ['-c', 'import openpyxl'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('another program reads the same numbers, dates and text from it', { skip: !hasReader() && 'needs python3-openpyxl' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nams-'))
  after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'a.xlsx'), await xlsxOf(sheet))
  const cells = JSON.parse(execFileSync('/usr/bin/python3', ['-c', reader, join(folder, 'a.xlsx')], { encoding: 'utf8' }))
  assert.deepEqual(cells[1], [{ t: 'd', v: '2026-12-31T00:00:00' }, { t: 'n', v: 1823.414 }, { t: 'd', v: '2026-03-01T00:00:00' }, { t: 's', v: 'ā; "b"\nc' }])
  assert.deepEqual([cells[2][1], cells[2][3].v, cells[2][3].t], [{ t: 'n', v: -1.5 }, '=HYPERLINK("x")', 's'])
})
