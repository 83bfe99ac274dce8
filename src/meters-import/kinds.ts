// What a table may be of, readings or meters: its columns, how its rows are judged and how they are taken.
import type { PersonContext } from '../people/context.ts'
import { importMeters, previewMeters } from './import-meters.ts'
import { importReadings, previewReadings } from './import-readings.ts'
import type { Imported, ImportOptions, What } from './import-record.ts'
import type { Columns, Mapping } from './mapping.ts'
import { meterColumns, metersOf } from './meter-columns.ts'
import { readingColumns, readingsOf } from './reading-columns.ts'
import type { RowVerdict } from './row.ts'
import type { Sheet } from './sheet.ts'

export type Given = { file: string; sheet: Sheet; mapping: Mapping }
/** `added` and `changed`: of meters. */
export type Preview = { verdicts: RowVerdict[]; added?: number; changed?: number }

export type Kind = {
  columns: Columns
  preview: (ctx: PersonContext, given: Given) => Promise<Preview>
  take: (ctx: PersonContext, given: Given, options: ImportOptions & { justification: string }) => Promise<Imported>
}

const tableOf = <Row>(file: string, rows: Row[]) => ({ file, rows, unreadable: [] })
const readings = ({ file, sheet, mapping }: Given) => tableOf(file, readingsOf(sheet, mapping))
const meters = ({ file, sheet, mapping }: Given) => tableOf(file, metersOf(sheet, mapping))

export const kinds: Record<What, Kind> = {
  readings: {
    columns: readingColumns,
    preview: async (ctx, given) => ({ verdicts: await previewReadings(ctx, readings(given)) }),
    take: (ctx, given, options) => importReadings(ctx, readings(given), options),
  },
  meters: {
    columns: meterColumns,
    preview: (ctx, given) => previewMeters(ctx, meters(given)),
    take: (ctx, given, options) => importMeters(ctx, meters(given), options),
  },
}
