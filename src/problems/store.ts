// The SQL of problem reports: a report, a person's own, and what was said about one.
import type { Selectable } from 'kysely'
import type { Reader, Tables, Writer } from '../platform/database.ts'
import type { Party } from '../people/actor.ts'
import type { Circumstances, Kind, State, Told, Topic } from './problem-report.ts'

type Row = Selectable<Tables['problem_report']>

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
}

export type Joined = Row & { person: string | null; profile: string | null }

export const reportOf = ({ id, person_id, profile_id, person, profile, reply_name, reply_address, ...row }: Joined): Report => ({
  id,
  person: person_id === null ? null : { id: person_id, name: person! },
  profile: profile_id === null ? null : { id: profile_id, name: profile! },
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
})

export const selectReports = (db: Reader) =>
  db
    .selectFrom('problem_report as report')
    .leftJoin('party as person', 'person.id', 'report.person_id')
    .leftJoin('party as profile', 'profile.id', 'report.profile_id')
    .selectAll('report')
    .select(['person.name as person', 'profile.name as profile'])

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

export type Reporter = { personId: number; profileId: number } | { name: string; address: string }

const reporterColumns = (reporter: Reporter) =>
  'address' in reporter
    ? { person_id: null, profile_id: null, reply_name: reporter.name, reply_address: reporter.address }
    : { person_id: reporter.personId, profile_id: reporter.profileId, reply_name: null, reply_address: null }

export const addReport = async (tx: Writer, reporter: Reporter, { kind, topic, subject, description, happenedAt, circumstances }: Told, now: Date): Promise<number> => {
  const { page, browser, language, version, requestIds } = circumstances
  const told = { kind, topic, subject, description, happened_at: happenedAt, page, browser, language, version, request_ids: [...requestIds] }
  const row = { ...reporterColumns(reporter), ...told, state: 'NEW' as const, state_at: now, created_at: now, helped: null }
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
