// The tables of people: parties, who represents whom, sessions and tokens.
import type { Generated } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Locale } from '../ui/locale.ts'

declare module '../platform/database.ts' {
  interface Tables {
    party: {
      id: Generated<number>
      kind: 'person' | 'organisation'
      code: string
      name: string
      given_name: string | null
      surname: string | null
      email: string | null
      email_verified_on: PlainDate | null
      /** Set or verified by the person: the register does not change it. */
      email_is_own: Generated<boolean>
      language: Locale
      created_at: Date
    }
    representative: {
      organisation_id: number
      person_id: number
      kind: 'sole' | 'joint'
      valid_from: PlainDate
      valid_to: PlainDate | null
    }
    session: {
      token_hash: string
      id: Generated<number>
      person_id: number
      profile_id: number
      device: string
      started_at: Date
      seen_at: Date
      ended_at: Date | null
      /** What support looks at in it, for a person who let them. */
      look_id: number | null
    }
    api_token: {
      id: Generated<number>
      token_hash: string
      person_id: number
      profile_id: number
      name: string
      created_at: Date
      used_at: Date | null
      revoked_at: Date | null
    }
  }
}
