// The tables of support access: what people opened, who looked, and at which pages.
import type { Generated } from 'kysely'

declare module '../platform/database.ts' {
  interface Tables {
    support_grant: {
      id: Generated<number>
      person_id: number
      case_id: number | null
      opened_at: Date
      closed_at: Date | null
      closing: 'closed' | 'renewed' | 'expired' | null
    }
    support_look: {
      id: Generated<number>
      grant_id: number
      staff_id: number
      report: string
      session_id: number
      profile_id: number
      started_at: Date
      ended_at: Date | null
    }
    support_page: {
      look_id: number
      id: Generated<number>
      at: Date
      profile_id: number
      path: string
      title: string
    }
  }
}
