// The tables of buildings: what the registers say of them, their holders and their managers.
import type { Generated } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'

type Validity = { valid_from: PlainDate; valid_to: PlainDate | null }

declare module '../platform/database.ts' {
  interface Tables {
    building: {
      id: Generated<number>
      designation: string
      address: string
      main_use_code: string
      main_use: string
      is_public: boolean
    }
    holder: Validity & { building_id: number; premises: string; right: HolderRight; party_id: number }
    manager: Validity & { building_id: number; party_id: number }
    responsible: Validity & { building_id: number; manager_id: number; manager_from: PlainDate; person_id: number }
  }
}

export type HolderRight = 'owner' | 'possessor'
