// The tables of meters and readings.
import type { ColumnType, Generated } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Quantity } from '../kernel/quantity.ts'

export type MeterType = 'WATER' | 'GAS' | 'ELECTRICITY' | 'HEAT'
export type MeterStatus = 'ACTIVE' | 'INACTIVE'
export type Warning = 'period-exceeded' | 'consumption-unusual'

declare module '../platform/database.ts' {
  interface Tables {
    meter: {
      case_id: number
      id: Generated<number>
      building_id: number | null
      premises: string
      type: MeterType
      unit: string
      number: string
      number_key: string
      installed_on: PlainDate
      initial: Quantity
      status: MeterStatus
      valid_until: PlainDate | null
      period_months: number
      place: number
      replaces_id: number | null
      last_read_on: PlainDate | null
      last_value: Quantity | null
      reading_due_on: PlainDate
      reading_notified_on: PlainDate | null
      validity_notified_on: PlainDate | null
      deleted_at: Date | null
    }
    reading: {
      case_id: number
      meter_id: number
      read_on: PlainDate
      id: Generated<number>
      value: Quantity
      difference: Quantity | null
      rolled_over: Quantity
      estimated: boolean
      warnings: Warning[]
      entered_at: Date
      entered_by: number | null
      import_id: number | null
    }
    sheet_import: {
      what: 'readings' | 'meters'
      case_id: number | null
      id: Generated<number>
      imported_at: ColumnType<Date, Date, never>
      person_id: number | null
      profile_id: number | null
      file: string
      accepted: number
      warned: number
      refused: number
      undone_at: Date | null
      undone_by: number | null
    }
  }
}
