// The tables of messages between the people of a house.
import type { ColumnType, Generated } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Addressing } from './message.ts'

declare module '../platform/database.ts' {
  interface Tables {
    house_message: {
      case_id: number
      id: Generated<number>
      profile_id: number
      person_id: number
      subject: string
      body: string
      addressees: ColumnType<Addressing, string, string>
      written_at: Date
      notice_id: number | null
      sent_at: Date | null
      sent_on: PlainDate | null
      recipients: number
    }
    message_template: {
      id: Generated<number>
      profile_id: number
      name: string
      subject: string
      body: string
    }
  }
}
