// The table of calendar feeds.
import type { Generated } from 'kysely'

declare module '../platform/database.ts' {
  interface Tables {
    calendar_feed: {
      id: Generated<number>
      token_hash: string
      person_id: number
      profile_id: number
      case_id: number | null
      name: string
      created_at: Date
      read_at: Date | null
      revoked_at: Date | null
    }
  }
}
