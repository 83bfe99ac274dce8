// The tables of problem reports and of the talk about them.
import type { Generated } from 'kysely'
import type { Kind, State, Topic } from './problem-report.ts'

declare module '../platform/database.ts' {
  interface Tables {
    problem_report: {
      id: Generated<number>
      person_id: number | null
      profile_id: number | null
      reply_name: string | null
      reply_address: string | null
      kind: Kind
      topic: Topic
      subject: string
      description: string
      happened_at: Date
      page: string | null
      browser: string | null
      language: string | null
      version: string | null
      request_ids: string[]
      state: State
      state_at: Date
      created_at: Date
      helped: boolean | null
    }
    problem_message: {
      report_id: number
      id: Generated<number>
      side: 'person' | 'support'
      author_id: number | null
      via: 'page' | 'mail'
      body: string
      written_at: Date
    }
  }
}
