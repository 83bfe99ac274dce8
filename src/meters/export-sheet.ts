// A table as a file: CSV as the reader's spreadsheet opens it, and XLSX with real numbers and dates.
import ExcelJS from 'exceljs'
import type { PlainDate } from '../kernel/date.ts'
import { quantityText, type Quantity } from '../kernel/quantity.ts'
import { guarded, quoted } from '../ui/csv.ts'
import { shortDate, type Locale } from '../ui/locale.ts'

/** null: nothing is known. A `month` is told by its first day. */
export type Cell = { text: string } | { quantity: Quantity } | { date: PlainDate } | { month: PlainDate } | null

/** `name`: of the sheet in a workbook. */
export type Sheet = { name: string; heads: readonly string[]; rows: readonly (readonly Cell[])[] }

const styles = { lv: { separator: ';', point: ',' }, en: { separator: ',', point: '.' } } as const

function written(locale: Locale, cell: Cell): string {
  if (cell === null) return ''
  if ('text' in cell) return guarded(cell.text)
  if ('quantity' in cell) return quantityText(cell.quantity).replace('.', styles[locale].point)
  return 'month' in cell ? cell.month.slice(0, 7) : shortDate(locale, cell.date)
}

/** With a byte order mark, by which spreadsheets know UTF-8; in Latvian with `;` and decimal commas. */
export function csvOf(locale: Locale, { heads, rows }: Sheet): string {
  const line = (cells: readonly string[]) => `${cells.map((cell) => quoted(cell)).join(styles[locale].separator)}\r\n`
  return `\ufeff${line(heads.map(guarded))}${rows.map((cells) => line(cells.map((cell) => written(locale, cell)))).join('')}`
}

const asDate = (date: PlainDate) => new Date(`${date}T00:00:00Z`)

function valueOf(cell: Cell): string | number | Date | null {
  if (cell === null) return null
  if ('text' in cell) return cell.text
  if ('quantity' in cell) return Number(quantityText(cell.quantity))
  return asDate('month' in cell ? cell.month : cell.date)
}

const formatOf = (cell: Cell) => (cell === null || 'text' in cell ? undefined : 'quantity' in cell ? '#,##0.000' : 'month' in cell ? 'mm.yyyy' : 'dd.mm.yyyy')

/** Text stays text in a workbook, so nothing need be guarded. */
export async function xlsxOf({ name, heads, rows }: Sheet): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(name.slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.addRow([...heads]).font = { bold: true }
  for (const cells of rows) {
    const row = sheet.addRow(cells.map(valueOf))
    cells.forEach((cell, at) => {
      const format = formatOf(cell)
      if (format) row.getCell(at + 1).numFmt = format
    })
  }
  sheet.columns.forEach((column, at) => (column.width = Math.max(14, (heads[at] ?? '').length + 2)))
  return Buffer.from(await book.xlsx.writeBuffer())
}
