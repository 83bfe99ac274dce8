// The tables of messages to official e-addresses.
import type { ColumnType } from 'kysely'

/** The embedded engine answers plain byte arrays. */
type Bytes = ColumnType<Uint8Array, Buffer, never>

export type MessageState = 'signed' | 'taken' | 'accepted' | 'delivered' | 'rejected'

declare module '../../platform/database.ts' {
  interface Tables {
    eaddress_message: {
      notice_id: number
      case_id: number
      party_id: number
      sender_ref: string
      envelope: Bytes
      status: MessageState
      status_reason: string | null
      message_id: string | null
      signed_at: Date
      sent_at: Date | null
      accepted_at: Date | null
      delivered_at: Date | null
      server_confirmation: ColumnType<Uint8Array | null, Buffer | undefined, Buffer>
    }
    eaddress_notification: {
      id: string
      notice_id: number
      party_id: number
      type: string
      status: string
      reason: string
      told_at: Date
      received_at: Date
    }
    eaddress_poll: {
      single: boolean
      polled_at: Date
    }
  }
}
