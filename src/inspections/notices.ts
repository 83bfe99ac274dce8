// How the notices of inspections read: that one is due (INS-9), and that a period came to exceed the law.
import { sql } from 'kysely'
import { longDate, say, shortDate, type Locale, type MessageKey } from '../ui/locale.ts'
import type { PlainDate } from '../kernel/date.ts'
import { spacedDesignation } from '../kernel/identifier.ts'
import type { Asked, Catalogue, NoticeData } from '../notifications/notice.ts'
import type { Reader } from '../platform/database.ts'
import { typeName, typeTitle } from './names.ts'
import { statutoryLimits } from './type-rules.ts'

/** Latvian writes the date in figures: spelled out it would need another case after `līdz`. The sentence brings the full stop. */
const dateIn = (locale: Locale, date: PlainDate) => (locale === 'lv' ? shortDate(locale, date).replace(/\.$/, '') : longDate(locale, date))

const field = (data: NoticeData, name: string) => data[name] ?? ''

const name = (data: NoticeData) => ({ type: field(data, 'type'), label: field(data, 'label') })

function place(locale: Locale, data: NoticeData) {
  const { type, label } = name(data)
  return {
    type: label === '' ? typeName(locale, type) : `${typeName(locale, type)} (${label})`,
    address: field(data, 'address'),
    designation: spacedDesignation(field(data, 'designation')),
    caseNumber: field(data, 'caseNumber'),
  }
}

const title = (locale: Locale, key: MessageKey, data: NoticeData) => say(locale, key, { type: typeTitle(locale, name(data)) })

/** Years at most between inspections of a type. */
const limitYears = (type: string) => (statutoryLimits.find((limit) => limit.type === type)?.months ?? 0) / 12

/** Those whose inspection was recorded since they were told; a changed period or a removed type leaves them as they are (INS-6, INS-7). */
async function performedSince(db: Reader, notices: readonly Asked[]): Promise<ReadonlySet<number>> {
  const asked = sql<{ case_id: number; id: number; notice_id: number; last: string | null }>`
    (select * from unnest(${notices.map(({ caseId }) => caseId)}::bigint[], ${notices.map(({ subjectId }) => subjectId)}::bigint[],
      ${notices.map(({ id }) => id)}::bigint[], ${notices.map(({ data }) => data['lastPerformedOn'] ?? null)}::date[]) asked (case_id, id, notice_id, last))`
  const rows = await db
    .selectFrom('inspection_type as type')
    .innerJoin(asked.as('asked'), (join) => join.onRef('asked.case_id', '=', 'type.case_id').onRef('asked.id', '=', 'type.id'))
    .select('asked.notice_id')
    .where(sql<boolean>`type.last_performed_on is not null and (asked.last is null or type.last_performed_on > asked.last)`)
    .execute()
  return new Set(rows.map(({ notice_id }) => notice_id))
}

export const inspectionNotices: Pick<Catalogue, 'INSPECTION_DUE' | 'LIMIT_EXCEEDED'> = {
  INSPECTION_DUE: {
    gone: performedSince,
    name: (locale) => say(locale, 'notice.INSPECTION_DUE.name'),
    text: (locale, { data, createdOn }) => {
      const nextOn = field(data, 'nextOn') as PlainDate
      const form = nextOn < createdOn ? 'passed' : 'ahead'
      return {
        title: title(locale, `notice.INSPECTION_DUE.title.${form}`, data),
        about: field(data, 'address'),
        description: say(locale, `notice.INSPECTION_DUE.text.${form}`, { ...place(locale, data), date: dateIn(locale, nextOn) }),
      }
    },
  },
  LIMIT_EXCEEDED: {
    name: (locale) => say(locale, 'notice.LIMIT_EXCEEDED.name'),
    text: (locale, { data }) => ({
      title: title(locale, 'notice.LIMIT_EXCEEDED.title', data),
      about: field(data, 'address'),
      description: say(locale, 'notice.LIMIT_EXCEEDED.text', { ...place(locale, data), years: limitYears(field(data, 'type')) }),
    }),
  },
}
