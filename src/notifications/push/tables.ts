// The table of devices that are told by push.
import type { Generated } from 'kysely'

declare module '../../platform/database.ts' {
  interface Tables {
    push_subscription: {
      id: Generated<number>
      party_id: number
      person_id: number
      endpoint: string
      p256dh: string
      auth: string
      server_key: string
      device: string
      created_at: Date
      last_sent_at: Date | null
    }
  }
}
