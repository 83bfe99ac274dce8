// The table of attachments.
import type { ColumnType, Generated } from 'kysely'
import type { Contained, OwnerKind } from './attachment.ts'

declare module '../platform/database.ts' {
  interface Tables {
    attachment: {
      case_id: number
      id: Generated<number>
      owner_kind: OwnerKind
      owner_id: number
      sha256: string
      media_type: string
      name: string
      size: number
      contents: ColumnType<Contained[] | null, string | null>
      added_by: number | null
      added_at: Date
    }
  }
}
