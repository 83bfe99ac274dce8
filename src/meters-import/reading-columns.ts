// A manager's table of readings: its columns, and its rows as the rule reads them.
import { amountOf, dateOf, typeOf } from './cell-words.ts'
import type { ReadingRow } from './judge.ts'
import { cellsBy, usualNames, type Columns, type Mapping } from './mapping.ts'
import type { Sheet, SheetRow } from './sheet.ts'

type Field = 'number' | 'readOn' | 'value' | 'caseNumber' | 'type' | 'difference'

export const readingColumns: Columns<Field> = {
  fields: ['number', 'readOn', 'value', 'caseNumber', 'type', 'difference'],
  mandatory: ['number', 'readOn', 'value'],
  synonyms: {
    ...usualNames,
    readOn: [
      ...['nolasisanas datums', 'radijuma nolasisanas datums', 'radijuma datums', 'radijumu datums', 'nolasijuma datums', 'nolasits', 'nolasita', 'datums'],
      ...['read on', 'reading date', 'date of reading', 'date read', 'reading taken on', 'date'],
    ],
    value: [
      ...['jaunais radijums', 'tagadejais radijums', 'pasreizejais radijums', 'nolasitais radijums', 'skaititaja radijums'],
      ...['radijums', 'radijums m3', 'radijums m³', 'radijums kwh', 'radijums mwh', 'radijumi', 'beigu radijums', 'vertiba'],
      ...['current reading', 'new reading', 'present reading', 'meter reading', 'reading', 'value'],
    ],
    difference: ['starpiba', 'difference'],
  },
}

function readingOf({ line, cells }: SheetRow, mapping: Mapping): ReadingRow {
  const cell = cellsBy<Field>(cells, mapping)
  const [caseNumber, number, type] = [cell('caseNumber'), cell('number'), cell('type')]
  return { line, caseNumber, type: type && typeOf(type), number, readOn: dateOf(cell('readOn')), value: amountOf(cell('value')), difference: amountOf(cell('difference')) }
}

/** Rows below the table, such as a sum, that have neither a number nor a value, are none of it. */
export const readingsOf = ({ rows }: Sheet, mapping: Mapping): ReadingRow[] =>
  rows.map((row) => readingOf(row, mapping)).filter(({ number, value }) => number !== '' || value !== '')
