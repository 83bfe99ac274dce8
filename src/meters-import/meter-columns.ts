// A manager's table of meters: its columns, and its rows as the rule reads them.
import type { MeterDraft } from '../meters/meter.ts'
import { amountOf, dateOf, designationOf, monthsOf, statusOf, typeOf } from './cell-words.ts'
import type { MeterRow } from './judge-meter.ts'
import { cellsBy, usualNames, type Columns, type Mapping } from './mapping.ts'
import type { Sheet, SheetRow } from './sheet.ts'

type Field = keyof MeterDraft | 'caseNumber'

export const meterColumns: Columns<Field> = {
  fields: ['number', 'type', 'installedOn', 'caseNumber', 'designation', 'premises', 'initial', 'status', 'validUntil', 'periodMonths'],
  mandatory: ['number', 'type', 'installedOn'],
  synonyms: {
    ...usualNames,
    installedOn: [
      ...['uzstadisanas datums', 'uzstadisanas diena', 'uzstadits', 'uzstadita', 'montazas datums', 'datums'],
      ...['installed on', 'installation date', 'date of installation', 'date installed', 'install date', 'installed', 'date'],
    ],
    designation: [
      ...['buves kadastra apzimejums', 'ekas kadastra apzimejums', 'buves apzimejums', 'ekas apzimejums', 'kadastra apzimejums', 'buve', 'eka'],
      ...['building designation', 'cadastral designation', 'designation', 'building'],
    ],
    premises: [
      ...['telpu grupas kadastra apzimejums', 'telpu grupas apzimejums', 'telpu grupas numurs', 'telpu grupas nr', 'telpu grupa', 'dzivoklis', 'dzivokla numurs', 'dzivokla nr', 'dz nr', 'dziv nr', 'telpas numurs', 'telpas nr', 'telpa'],
      ...['premises', 'flat', 'flat number', 'flat no', 'apartment', 'apartment number', 'apartment no'],
    ],
    initial: ['sakuma radijums', 'sakotnejais radijums', 'sakumradijums', 'radijums uzstadot', 'initial reading', 'initial value', 'initial', 'start reading', 'starting reading', 'opening reading'],
    status: ['statuss', 'skaititaja statuss', 'stavoklis', 'skaititaja stavoklis', 'status', 'meter status', 'state'],
    validUntil: [
      ...['derigs lidz', 'deriguma termins', 'verifikacijas termins', 'verificets lidz', 'verifikacija deriga lidz', 'verifikacija lidz', 'nakama verifikacija', 'nakamas verifikacijas datums'],
      ...['valid until', 'valid to', 'validity term', 'verification due', 'verified until', 'next verification'],
    ],
    periodMonths: ['nodosanas periods', 'radijumu nodosanas periods', 'periods', 'radijumu nodosanas periods menesos', 'periods menesos', 'reading period', 'reading period in months', 'period', 'period months', 'period in months'],
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
