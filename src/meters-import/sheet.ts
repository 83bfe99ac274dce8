// Reads a table as managers have it: XLSX, or CSV in any of the usual encodings and with any of the usual delimiters.
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { refuse } from '../kernel/refusal.ts'

/** A row with its line in the file, from 1. */
export type SheetRow = { line: number; cells: string[] }
/** The first row that is not empty, and all that are not empty below it. */
export type Sheet = { header: string[]; rows: SheetRow[] }

export const mostRows = 200_000

const startsWith = (content: Uint8Array, ...bytes: number[]) => bytes.every((byte, at) => content[at] === byte)

/** Latin letters in UTF-16 have a zero beside them, and text has no zeros of its own. */
function isBareUtf16(content: Uint8Array): boolean {
  const zeros = [...content.subarray(0, 400)].flatMap((byte, at) => (byte === 0 ? [at % 2] : []))
  return zeros.length > 0 && zeros.every((place) => place === 1)
}

/** UTF-8 where it is whole, UTF-16 by its mark or look, else Windows-1257: what Latvian spreadsheets save. */
export function decoded(content: Uint8Array): string {
  if (startsWith(content, 0xff, 0xfe) || isBareUtf16(content)) return new TextDecoder('utf-16le').decode(content)
  if (startsWith(content, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(content)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return new TextDecoder('windows-1257').decode(content)
  }
}

/** The delimiter that the first line with any has most of; a comma may also be a decimal sign, so it comes last. */
export function delimiterOf(text: string): string {
  const line = text.split('\n').find((line) => /[;\t,]/.test(line)) ?? ''
  const bare = line.replace(/"[^"]*"/g, '')
  const counts = [';', '\t', ','].map((delimiter): [string, number] => [delimiter, bare.split(delimiter).length - 1])
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0]
}

function csvRows(content: Uint8Array): SheetRow[] {
  const text = decoded(content).replace(/\r\n?/g, '\n')
  const [, told] = /^sep=(.)\n/i.exec(text) ?? []
  const rows: SheetRow[] = []
  parse(text, {
    delimiter: told ?? delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    on_record: (cells: string[], { lines }) => {
      rows.push({ line: lines - cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0), cells })
      return null
    },
  })
  return told ? rows.slice(1) : rows
}

/** A number as Excel shows it, with its fifteen digits, not as a binary fraction. */
const numberText = (value: number) => (Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15))))

/** A cell as text; of a formula what it came to when the file was saved. */
function cellText(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return numberText(value)
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return String(value)
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('result' in value || 'formula' in value || 'sharedFormula' in value) return cellText(value.result as ExcelJS.CellValue)
  if ('text' in value) return cellText(value.text as ExcelJS.CellValue)
  return ''
}

async function xlsxRows(content: Uint8Array): Promise<SheetRow[]> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(content as unknown as ExcelJS.Buffer).catch(() => refuse.field('file', 'unreadable'))
  const rows: SheetRow[] = []
  book.worksheets[0]?.eachRow((row, line) => {
    const cells: string[] = []
    row.eachCell({ includeEmpty: true }, (cell, column) => void (cells[column - 1] = cellText(cell.value)))
    rows.push({ line, cells: Array.from(cells, (cell) => cell ?? '') })
  })
  return rows
}

const mostInflated = 300 * 1024 * 1024

/** What a ZIP says that its parts come to: a small file can hold a very large one. */
function inflatedSize(content: Buffer): number {
  let size = 0
  for (let at = content.indexOf('PK\u0001\u0002', 0, 'latin1'); at !== -1 && at + 28 <= content.length; at = content.indexOf('PK\u0001\u0002', at + 4, 'latin1')) size += content.readUInt32LE(at + 24)
  return size
}

/** Refuses `file` with `empty`, `unreadable`, `too-large` or `too-many-rows`. */
export async function readSheet(content: Buffer): Promise<Sheet> {
  const isZip = startsWith(content, 0x50, 0x4b, 0x03, 0x04)
  if (isZip && inflatedSize(content) > mostInflated) return refuse.field('file', 'too-large')
  // An old .xls or another binary file is no text.
  if (!isZip && startsWith(content, 0xd0, 0xcf, 0x11, 0xe0)) return refuse.field('file', 'unreadable')
  const all = isZip ? await xlsxRows(content) : csvRows(content)
  const [header, ...rows] = all.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  if (!header || rows.length === 0) return refuse.field('file', 'empty')
  if (rows.length > mostRows) return refuse.field('file', 'too-many-rows', { max: mostRows })
  return { header: header.cells.map((cell) => cell.trim()), rows }
}
