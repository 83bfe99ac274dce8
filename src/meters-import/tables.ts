// The tables of imports of readings, beside `reading_import` itself.
import type { ColumnType, Generated } from 'kysely'

declare module '../platform/database.ts' {
  interface Tables {
    reading_upload: {
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
    reading_columns: {
      profile_id: number
      headers: ColumnType<Record<string, string>, string, string>
    }
  }
}
