// The tables of cases.
import type { ColumnType, Generated } from 'kysely'

declare module '../platform/database.ts' {
  interface Tables {
    case_file: {
      id: Generated<number>
      kind: 'operation' | 'house'
      number: string
      building_id: number | null
      property_number: string | null
      property_kind: PropertyKind | null
      opened_at: ColumnType<Date, Date, never>
    }
    house_case_building: { case_id: number; building_id: number }
  }
}

export type PropertyKind = 'joint' | 'apartments'
