// The tables of notices: the notice, the inboxes it lies in, and what is still to be delivered.
import type { ColumnType, Generated } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { ChannelName, Obstacle } from './channel.ts'
import type { Category, NoticeKind } from './notice-types.ts'

/** `sent`: the other side took it. `delivered`: it said that it reached the recipient; an e-address does. */
export type DeliveryState = 'queued' | 'sent' | 'delivered' | 'failed' | 'cancelled'

declare module '../platform/database.ts' {
  interface Tables {
    notice: {
      case_id: number
      id: Generated<number>
      kind: NoticeKind
      subject_id: number
      remind_on: PlainDate | null
      addressed: 'responsible' | 'manager' | 'holders' | 'named'
      data: ColumnType<Record<string, string | null>, string>
      created_on: PlainDate
      created_at: Date
      run_id: number | null
      sender_id: number | null
      sender_for_id: number | null
    }
    inbox_entry: {
      party_id: number
      notice_id: number
      case_id: number
      read_at: Date | null
      read_by: number | null
    }
    delivery: {
      notice_id: number
      case_id: number
      party_id: number
      channel: ChannelName
      state: DeliveryState
      attempts: number
      due_at: Date
      ready_at: Date
      expires_at: Date
      digest: boolean
      sent_at: Date | null
      answer: string | null
      subject: string | null
      body: string | null
    }
    delivery_attempt: {
      notice_id: number
      party_id: number
      channel: ChannelName
      id: Generated<number>
      at: Date
      obstacle: Obstacle | null
      answer: string
    }
    channel_stop: {
      channel: ChannelName
      obstacle: Obstacle
      answer: string
      since: Date
      again_at: Date
    }
    muted_notices: {
      party_id: number
      category: Category
      channel: ChannelName
    }
    notice_timing: {
      party_id: number
      quiet_from: number | null
      quiet_to: number | null
      digest_hour: number | null
    }
    suppressed_address: {
      address: string
      answer: string
      suppressed_at: Date
    }
    other_email: {
      id: Generated<number>
      party_id: number
      address: string
      verified_on: PlainDate | null
    }
    address_mail: {
      id: Generated<number>
      kind: 'link' | 'reminder'
      party_id: number
      address: string
      asked_at: Date
      state: 'queued' | 'sent' | 'failed'
      attempts: number
      due_at: Date
      expires_at: ColumnType<Date | null, Date | null | undefined>
      used_at: ColumnType<Date | null, Date | null | undefined>
      answer: ColumnType<string | null, string | null | undefined>
    }
  }
}
