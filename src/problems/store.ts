// The SQL of problem reports: a report, a person's own, and what was said about one.
import { sql, type RawBuilder, type Selectable, type Updateable } from 'kysely'
import type { Reader, Tables, Writer } from '../platform/database.ts'
import type { Party } from '../people/actor.ts'
import type { Locale } from '../ui/locale.ts'
import type { Clocks } from './clocks.ts'
import type { Circumstances, Kind, State, Told, Topic } from './problem-report.ts'
import { marksOf, wordsOf } from './search-words.ts'

type Row = Omit<Selectable<Tables['problem_report']>, 'words'>

/** `person` and `profile` null: somebody without an account, who is written to at `replyTo`. */
export type Report = {
  id: number
  person: Pick<Party, 'id' | 'name'> | null
  profile: Pick<Party, 'id' | 'name'> | null
  replyTo: { name: string; address: string } | null
  kind: Kind
  topic: Topic
  subject: string
  description: string
  happenedAt: Date
  circumstances: Circumstances
  state: State
  stateAt: Date
  createdAt: Date
  helped: boolean | null
  /** In which the reporter reads. */
  language: Locale
  assignee: Pick<Party, 'id' | 'name'> | null
  knownProblemId: number | null
  clocks: Clocks
  dueAt: Date | null
}

export type Joined = Row & { person: string | null; profile: string | null; personLanguage: Locale | null; assignee: string | null }

const named = (id: number | null, name: string | null) => (id === null ? null : { id, name: name! })

export const reportOf = ({ id, person_id, profile_id, person, profile, reply_name, reply_address, assignee_id, assignee, ...row }: Joined): Report => ({
  id,
  person: named(person_id, person),
  profile: named(profile_id, profile),
  replyTo: reply_address === null ? null : { name: reply_name!, address: reply_address },
  kind: row.kind,
  topic: row.topic,
  subject: row.subject,
  description: row.description,
  happenedAt: row.happened_at,
  circumstances: { page: row.page, browser: row.browser, language: row.language, version: row.version, requestIds: row.request_ids },
  state: row.state,
  stateAt: row.state_at,
  createdAt: row.created_at,
  helped: row.helped,
  language: row.personLanguage ?? row.reply_language!,
  assignee: named(assignee_id, assignee),
  knownProblemId: row.known_problem_id,
  clocks: { answerDueAt: row.answer_due_at, solutionDueAt: row.solution_due_at, answeredAt: row.answered_at },
  dueAt: row.due_at,
})

const columns = [
  ...(['report.id', 'person_id', 'profile_id', 'reply_name', 'reply_address', 'reply_language', 'report.kind', 'topic', 'subject', 'description', 'happened_at'] as const),
  ...(['page', 'browser', 'report.language', 'version', 'request_ids', 'state', 'state_at', 'report.created_at', 'helped'] as const),
  ...(['assignee_id', 'known_problem_id', 'answer_due_at', 'solution_due_at', 'answered_at', 'due_at'] as const),
] as const

export const selectReports = (db: Reader) =>
  db
    .selectFrom('problem_report as report')
    .leftJoin('party as person', 'person.id', 'report.person_id')
    .leftJoin('party as profile', 'profile.id', 'report.profile_id')
    .leftJoin('party as assignee', 'assignee.id', 'report.assignee_id')
    .select(columns)
    .select(['person.name as person', 'profile.name as profile', 'person.language as personLanguage', 'assignee.name as assignee'])

export async function reportById(db: Reader, id: number): Promise<Report | undefined> {
  const row = await selectReports(db).where('report.id', '=', id).executeTakeFirst()
  return row && reportOf(row)
}

/** Locked until the transaction ends. */
export async function lockReport(tx: Writer, id: number): Promise<Report | undefined> {
  const row = await selectReports(tx).where('report.id', '=', id).forUpdate('report').executeTakeFirst()
  return row && reportOf(row)
}

/** A person's own, the latest first. */
export const reportsOf = async (db: Reader, personId: number, { before, limit }: { before?: number | undefined; limit: number }): Promise<Report[]> =>
  (
    await selectReports(db)
      .where('person_id', '=', personId)
      .$if(before !== undefined, (some) => some.where('report.id', '<', before!))
      .orderBy('report.id', 'desc')
      .limit(limit)
      .execute()
  ).map(reportOf)

export type ClockColumns = { answer_due_at: Date; solution_due_at: Date; answered_at: Date | null; due_at: Date | null }

/** The words as the database searches them. */
const vectorOf = (words: readonly string[]): RawBuilder<string> => sql`array_to_tsvector(${[...words]}::text[])`

/** `words`: what is to be found by it from now on too. */
export async function changeReport(tx: Writer, id: number, row: Updateable<Tables['problem_report']>, words?: string): Promise<void> {
  const found = words === undefined ? {} : { words: sql<string>`words || ${vectorOf(wordsOf(words))}` }
  await tx.updateTable('problem_report').set({ ...row, ...found }).where('id', '=', id).execute()
}

export type Reporter = { personId: number; profileId: number; name: string } | { name: string; address: string; language: Locale }

const reporterColumns = (reporter: Reporter) =>
  'address' in reporter
    ? { person_id: null, profile_id: null, reply_name: reporter.name, reply_address: reporter.address, reply_language: reporter.language }
    : { person_id: reporter.personId, profile_id: reporter.profileId, reply_name: null, reply_address: null, reply_language: null }

export const addReport = async (tx: Writer, reporter: Reporter, { kind, topic, subject, description, happenedAt, circumstances }: Told, clocks: ClockColumns, now: Date): Promise<number> => {
  const { page, browser, language, version, requestIds } = circumstances
  const told = { kind, topic, subject, description, happened_at: happenedAt, page, browser, language, version, request_ids: [...requestIds] }
  const words = vectorOf([...wordsOf(reporter.name, subject, description, page, ...requestIds), ...marksOf(kind, topic)])
  const row = { ...reporterColumns(reporter), ...told, ...clocks, words, state: 'NEW' as const, state_at: now, created_at: now, helped: null, assignee_id: null, known_problem_id: null }
  return (await tx.insertInto('problem_report').values(row).returning('id').executeTakeFirstOrThrow()).id
}

/** `author` null: somebody without an account. */
export type Message = { id: number; side: 'person' | 'support'; author: string | null; via: 'page' | 'mail'; body: string; writtenAt: Date }

/** In the order in which they were written. */
export const messagesOf = (db: Reader, reportId: number): Promise<Message[]> =>
  db
    .selectFrom('problem_message as message')
    .leftJoin('party as author', 'author.id', 'message.author_id')
    .select(['message.id', 'side', 'author.name as author', 'via', 'body', 'written_at as writtenAt'])
    .where('report_id', '=', reportId)
    .orderBy('message.id')
    .execute()

export const addMessage = (tx: Writer, message: { reportId: number; side: Message['side']; authorId: number | null; via: Message['via']; body: string; now: Date }) =>
  tx
    .insertInto('problem_message')
    .values({ report_id: message.reportId, side: message.side, author_id: message.authorId, via: message.via, body: message.body, written_at: message.now })
    .execute()
