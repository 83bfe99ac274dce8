// How the notices of meters read: that a reading is due, and that a validity term is near (DOMAIN 3.5).
import type { PlainDate } from '../kernel/date.ts'
import { sql } from 'kysely'
import type { Asked, Catalogue, KindTexts } from '../notifications/notice.ts'
import type { Reader } from '../platform/database.ts'
import { longDate, say, shortDate, type Locale } from '../ui/locale.ts'
import type { MeterKind } from './reminder-sql.ts'

/** Latvian writes the date in figures: spelled out it would need another case after `līdz`. The sentence brings the full stop. */
const dateIn = (locale: Locale, date: string) =>
  locale === 'lv' ? shortDate(locale, date as PlainDate).replace(/\.$/, '') : longDate(locale, date as PlainDate)

/** Those whose meter was read or given a new term since they were told, or is no longer active. */
const settledSince = (kind: MeterKind) => async (db: Reader, notices: readonly Asked[]): Promise<ReadonlySet<number>> => {
  const asked = sql<{ case_id: number; id: number; notice_id: number; known: string | null }>`
    (select * from unnest(${notices.map(({ caseId }) => caseId)}::bigint[], ${notices.map(({ subjectId }) => subjectId)}::bigint[],
      ${notices.map(({ id }) => id)}::bigint[], ${notices.map(({ data }) => data[kind === 'READING_DUE' ? 'lastReadOn' : 'on'] ?? null)}::date[]) asked (case_id, id, notice_id, known))`
  const moved = kind === 'READING_DUE' ? sql<boolean>`meter.last_read_on > asked.known` : sql<boolean>`meter.valid_until is distinct from asked.known`
  const rows = await db
    .selectFrom('meter')
    .innerJoin(asked.as('asked'), (join) => join.onRef('asked.case_id', '=', 'meter.case_id').onRef('asked.id', '=', 'meter.id'))
    .select('asked.notice_id')
    .where((where) => where.or([moved, where('meter.status', '=', 'INACTIVE'), where('meter.deleted_at', 'is not', null)]))
    .execute()
  return new Set(rows.map(({ notice_id }) => notice_id))
}

const textsOf = (kind: MeterKind): KindTexts => ({
  gone: settledSince(kind),
  name: (locale) => say(locale, `notice.${kind}.name`),
  text: (locale, { data, createdOn }) => {
    const field = (name: string) => data[name] ?? ''
    const form = field('on') < createdOn ? 'passed' : 'ahead'
    const meter = { type: field('type'), number: field('number') }
    const lastReadOn = data['lastReadOn'] ? dateIn(locale, data['lastReadOn']) : ''
    const place = { address: field('address'), caseNumber: field('caseNumber'), date: dateIn(locale, field('on')), lastReadOn }
    return {
      title: say(locale, `notice.${kind}.title.${form}`, meter),
      about: field('address'),
      description: say(locale, `notice.${kind}.text.${form}`, { ...meter, ...place }),
    }
  },
})

export const meterNotices: Pick<Catalogue, MeterKind> = { READING_DUE: textsOf('READING_DUE'), METER_VALIDITY: textsOf('METER_VALIDITY') }
