// A manager's table of meters: its columns, and its rows as the rule reads them.
import type { MeterDraft } from '../meters/meter.ts'
import { amountOf, dateOf, designationOf, monthsOf, statusOf, typeOf } from './cell-words.ts'
import type { MeterRow } from './judge-meter.ts'
import { cellsBy, type Columns, type Mapping } from './mapping.ts'
import type { Sheet, SheetRow } from './sheet.ts'

type Field = keyof MeterDraft | 'caseNumber'

export const meterColumns: Columns<Field> = {
  fields: ['number', 'type', 'installedOn', 'caseNumber', 'designation', 'premises', 'initial', 'status', 'validUntil', 'periodMonths'],
  mandatory: ['number', 'type', 'installedOn'],
  synonyms: {
    number: ['skaititaja numurs', 'skaititaja nr', 'rupnicas numurs', 'serijas numurs', 'numurs', 'nr', 'skaititajs', 'meter number', 'meter no', 'serial number', 'number', 'meter'],
    type: ['skaititaja veids', 'veids', 'resurss', 'meter type', 'type', 'kind', 'utility'],
    installedOn: ['uzstadisanas datums', 'uzstadits', 'uzstadita', 'installed on', 'installation date', 'installed', 'datums', 'date'],
    caseNumber: ['lietas numurs', 'majas lieta', 'majas lietas numurs', 'lieta', 'case number', 'house case', 'case'],
    designation: ['buves kadastra apzimejums', 'kadastra apzimejums', 'buve', 'building designation', 'designation', 'building'],
    premises: ['telpu grupas kadastra apzimejums', 'telpu grupas apzimejums', 'telpu grupa', 'dzivoklis', 'dzivokla numurs', 'dzivokla nr', 'dz nr', 'premises', 'flat', 'flat number', 'apartment'],
    initial: ['sakuma radijums', 'sakotnejais radijums', 'initial reading', 'initial value', 'initial'],
    status: ['statuss', 'stavoklis', 'status', 'state'],
    validUntil: ['derigs lidz', 'deriguma termins', 'verifikacijas termins', 'verificets lidz', 'valid until', 'validity term', 'verification due'],
    periodMonths: ['nodosanas periods', 'periods', 'radijumu nodosanas periods menesos', 'periods menesos', 'reading period', 'period', 'period months'],
  },
}

const readers: Partial<Record<keyof MeterDraft, (text: string) => string>> = {
  ...{ type: typeOf, installedOn: dateOf, initial: amountOf, status: statusOf },
  ...{ validUntil: dateOf, periodMonths: monthsOf, designation: designationOf, premises: designationOf },
}

/** In these an empty cell says that there is none; in the others it says nothing. */
const mayBeEmpty = new Set<Field>(['validUntil', 'designation', 'premises', 'number', 'type', 'installedOn'])

const settings = meterColumns.fields.filter((field) => field !== 'caseNumber')

function meterOf({ line, cells }: SheetRow, mapping: Mapping): MeterRow {
  const cell = cellsBy<Field>(cells, mapping)
  const told = settings.filter((field) => mapping[field] && (cell(field) !== '' || mayBeEmpty.has(field)))
  const draft = Object.fromEntries(told.map((field) => [field, readers[field]?.(cell(field)) ?? cell(field)]))
  return { line, caseNumber: cell('caseNumber'), told: { type: '', number: '', ...draft } }
}

/** Rows below the table, such as a sum, that have neither a number nor a date, are none of it. */
export const metersOf = ({ rows }: Sheet, mapping: Mapping): MeterRow[] =>
  rows.map((row) => meterOf(row, mapping)).filter(({ told }) => told.number !== '' || Boolean(told.installedOn))
