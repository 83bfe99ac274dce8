// A manager's table of readings: its columns, and its rows as the rule reads them.
import { amountOf, dateOf, typeOf } from './cell-words.ts'
import type { ReadingRow } from './judge.ts'
import { cellsBy, type Columns, type Mapping } from './mapping.ts'
import type { Sheet, SheetRow } from './sheet.ts'

type Field = 'number' | 'readOn' | 'value' | 'caseNumber' | 'type' | 'difference'

export const readingColumns: Columns<Field> = {
  fields: ['number', 'readOn', 'value', 'caseNumber', 'type', 'difference'],
  mandatory: ['number', 'readOn', 'value'],
  synonyms: {
    number: ['skaititaja numurs', 'skaititaja nr', 'skaititajs', 'numurs', 'nr', 'meter number', 'meter no', 'meter', 'number', 'serial number', 'rupnicas numurs'],
    readOn: ['nolasisanas datums', 'rādījuma datums', 'datums', 'read on', 'reading date', 'date'],
    value: ['radijums', 'radijums m3', 'radijums kwh', 'jaunais radijums', 'tagadejais radijums', 'vertiba', 'value', 'reading', 'current reading'],
    caseNumber: ['lietas numurs', 'majas lieta', 'majas lietas numurs', 'lieta', 'case number', 'house case', 'case'],
    type: ['veids', 'skaititaja veids', 'resurss', 'type', 'kind', 'meter type', 'utility'],
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
