// The tables of problem reports and of the talk about them.
import type { ColumnType, Generated, RawBuilder } from 'kysely'
import type { Locale } from '../ui/locale.ts'
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
      reply_language: Locale | null
      assignee_id: number | null
      known_problem_id: number | null
      answer_due_at: Date
      solution_due_at: Date
      answered_at: Date | null
      due_at: Date | null
      words: ColumnType<string, RawBuilder<string>, RawBuilder<string>>
    }
    problem_note: {
      report_id: number
      id: Generated<number>
      author_id: number
      body: string
      written_at: Date
    }
    problem_mail: {
      id: Generated<number>
      report_id: number
      address: string
      body: string
      asked_at: Date
      state: 'queued' | 'sent' | 'failed'
      attempts: number
      due_at: Date
      answer: string | null
    }
    problem_mail_taken: {
      report_id: number
      message_id: string
    }
    known_problem: {
      id: Generated<number>
      title_lv: string
      title_en: string
      text_lv: string
      text_en: string
      created_at: Date
      solved_at: Date | null
    }
    canned_answer: {
      id: Generated<number>
      name: string
      text_lv: string
      text_en: string
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
