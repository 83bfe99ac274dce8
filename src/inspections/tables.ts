// The tables of inspections.
import type { ColumnType, Generated } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Period, Reminder } from '../kernel/period.ts'

export type InspectionStatus = 'registered' | 'draft' | 'annulled'

/** A type by name: a system code or a person's own words, and their keys for comparison. */
type Named = { type: string; type_key: string; label: string; label_key: string }

declare module '../platform/database.ts' {
  interface Tables {
    inspection_type: Named & {
      case_id: number
      id: Generated<number>
      first_on: PlainDate
      period_value: number
      period_unit: Period['unit']
      reminder_value: number | null
      reminder_unit: Reminder['unit'] | null
      last_performed_on: PlainDate | null
      next_on: PlainDate
      remind_on: PlainDate | null
      last_notified_on: PlainDate | null
      deleted_at: Date | null
    }
    inspection: Named & {
      case_id: number
      id: Generated<number>
      performed_on: PlainDate
      periodic: boolean
      status: InspectionStatus
      number: string
    }
    sweep_run: {
      id: Generated<number>
      as_of: PlainDate
      started_at: ColumnType<Date, Date, never>
      finished_at: Date | null
      via: string
      found: number
      told: number
      unaddressed: number
    }
  }
}
