// The tables of announcements.
import type { Generated } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Audience, Category } from './announcement.ts'

declare module '../platform/database.ts' {
  interface Tables {
    announcement_follower: { party_id: number }
    announcement: {
      id: Generated<number>
      category: Category
      audience: Audience
      is_urgent: boolean
      title_lv: string
      title_en: string
      text_lv: string
      text_en: string
      starts_on: PlainDate
      from_time: string
      ends_on: PlainDate
      to_time: string
      weekdays: number[]
      lead_hours: number
      over_at: Date
      created_at: Date
      published_at: Date | null
      changed_at: Date | null
      cancelled_at: Date | null
      revision: number
    }
  }
}
