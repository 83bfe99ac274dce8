// The tables of history: events, and the requests whose effect must happen once.
import type { ColumnType, Generated } from 'kysely'
import type { Via } from '../people/actor.ts'
import type { EventKind } from './actions.ts'

export type Data = Record<string, unknown>


declare module '../platform/database.ts' {
  interface Tables {
    event: {
      id: Generated<number>
      case_id: number
      at: Date
      action: string
      kind: EventKind
      subject_id: number | null
      actor_id: number | null
      acting_for_id: number | null
      via: Via
      justification: string | null
      before: ColumnType<Data | null, string | null>
      after: ColumnType<Data | null, string | null>
    }
    idempotency: {
      person_id: number
      profile_id: number
      key: string
      request_hash: string
      value: ColumnType<unknown, string>
      created_at: Date
    }
  }
}
