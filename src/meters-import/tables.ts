// The tables of imports of meters and readings, beside `sheet_import` itself.
import type { ColumnType, Generated } from 'kysely'
import type { MeterSetting } from '../meters/meter.ts'

declare module '../platform/database.ts' {
  interface Tables {
    sheet_upload: {
      what: 'readings' | 'meters'
      id: Generated<number>
      person_id: number
      profile_id: number
      file: string
      uploaded_at: Date
      sheet: string
      mapping: ColumnType<Record<string, string>, string, string>
      import_id: number | null
      taken_at: Date | null
    }
    sheet_columns: {
      what: 'readings' | 'meters'
      profile_id: number
      headers: ColumnType<Record<string, string>, string, string>
    }
    sheet_import_meter: {
      import_id: number
      case_id: number
      meter_id: number
      before: MeterSetting | null
      after: MeterSetting
    }
  }
}
