// The tables of notices: the notice, the inboxes it lies in, and what is still to be delivered.
import type { ColumnType, Generated } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'

export type NoticeKind = 'INSPECTION_DUE' | 'LIMIT_EXCEEDED' | 'READING_DUE' | 'METER_VALIDITY'
export type DeliveryState = 'queued' | 'sent' | 'failed'

declare module '../platform/database.ts' {
  interface Tables {
    notice: {
      case_id: number
      id: Generated<number>
      kind: NoticeKind
      subject_id: number
      remind_on: PlainDate | null
      addressed: 'responsible' | 'manager' | 'holders'
      data: ColumnType<Record<string, string | null>, string>
      created_on: PlainDate
      created_at: Date
      run_id: number | null
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
      channel: 'email'
      address: string
      state: DeliveryState
      attempts: number
      due_at: Date
      sent_at: Date | null
      answer: string | null
    }
  }
}
