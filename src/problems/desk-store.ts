// The SQL of what support keeps for itself: notes, canned answers, known problems and who works at the desk.
import type { Reader, Writer } from '../platform/database.ts'
import type { Party } from '../people/actor.ts'

export type Note = { id: number; author: string; body: string; writtenAt: Date }

export const notesOf = (db: Reader, reportId: number): Promise<Note[]> =>
  db
    .selectFrom('problem_note as note')
    .innerJoin('party as author', 'author.id', 'note.author_id')
    .select(['note.id', 'author.name as author', 'body', 'written_at as writtenAt'])
    .where('report_id', '=', reportId)
    .orderBy('note.id')
    .execute()

export const addNote = async (tx: Writer, { reportId, authorId, body, now }: { reportId: number; authorId: number; body: string; now: Date }): Promise<number> =>
  (await tx.insertInto('problem_note').values({ report_id: reportId, author_id: authorId, body, written_at: now }).returning('id').executeTakeFirstOrThrow()).id

/** Those who may have reports given to them. */
export const colleagues = async (db: Reader, codes: ReadonlySet<string>): Promise<Pick<Party, 'id' | 'name'>[]> =>
  codes.size === 0 ? [] : db.selectFrom('party').select(['id', 'name']).where('kind', '=', 'person').where('code', 'in', [...codes]).orderBy('name').execute()

/** `text` in each language. */
export type Canned = { id: number; name: string; lv: string; en: string }

export const cannedAnswers = (db: Reader): Promise<Canned[]> => db.selectFrom('canned_answer').select(['id', 'name', 'text_lv as lv', 'text_en as en']).orderBy('name').execute()

export const cannedById = (db: Reader, id: number): Promise<Canned | undefined> =>
  db.selectFrom('canned_answer').select(['id', 'name', 'text_lv as lv', 'text_en as en']).where('id', '=', id).executeTakeFirst()

export type KnownDraft = { titleLv: string; titleEn: string; textLv: string; textEn: string }
/** `reports`: how many were linked to it. */
export type Known = KnownDraft & { id: number; createdAt: Date; solvedAt: Date | null; reports: number }

const selectKnown = (db: Reader) =>
  db
    .selectFrom('known_problem as known')
    .select(['known.id', 'title_lv as titleLv', 'title_en as titleEn', 'text_lv as textLv', 'text_en as textEn', 'created_at as createdAt', 'solved_at as solvedAt'])
    .select((is) => is.selectFrom('problem_report').whereRef('known_problem_id', '=', 'known.id').select(({ fn }) => fn.countAll<number>().as('count')).as('reports'))
    .$castTo<Known>()

/** What is not solved first, then the latest solved. */
export const knownProblems = (db: Reader, limit: number): Promise<Known[]> => selectKnown(db).orderBy('solved_at', (by) => by.desc().nullsFirst()).orderBy('known.id', 'desc').limit(limit).execute()

export const standingKnown = (db: Reader): Promise<Known[]> => selectKnown(db).where('solved_at', 'is', null).orderBy('known.id', 'desc').limit(200).execute()

export const knownById = (db: Reader, id: number): Promise<Known | undefined> => selectKnown(db).where('known.id', '=', id).executeTakeFirst()

export const knownColumns = ({ titleLv, titleEn, textLv, textEn }: KnownDraft) => ({ title_lv: titleLv, title_en: titleEn, text_lv: textLv, text_en: textEn })

/** Reports that wait for it, locked, in their order. */
export const linkedReports = async (tx: Writer, knownId: number): Promise<number[]> =>
  (await tx.selectFrom('problem_report').select('id').where('known_problem_id', '=', knownId).where('state', 'in', ['NEW', 'IN_PROGRESS', 'WAITING_USER']).orderBy('id').forUpdate().execute()).map(({ id }) => id)
