// How the notices of meters read: that a reading is due, and that a validity term is near (DOMAIN 3.5).
import type { PlainDate } from '../kernel/date.ts'
import type { Catalogue, KindTexts } from '../notifications/notice.ts'
import { longDate, say, shortDate, type Locale } from '../ui/locale.ts'
import type { MeterKind } from './reminder-sql.ts'

/** Latvian writes the date in figures: spelled out it would need another case after `līdz`. The sentence brings the full stop. */
const dateIn = (locale: Locale, date: string) =>
  locale === 'lv' ? shortDate(locale, date as PlainDate).replace(/\.$/, '') : longDate(locale, date as PlainDate)

const textsOf = (kind: MeterKind): KindTexts => ({
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
