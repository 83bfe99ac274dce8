import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Parties } from '../buildings/building.ts'
import type { HouseCase } from '../cases/case.ts'
import type { PlainDate } from '../kernel/date.ts'
import { noticeText } from '../notifications/notice.ts'
import type { Party } from '../people/actor.ts'
import { readingReminderDue, validityReminderDue, whoEnters } from './reminder.ts'
import { meterNotices } from './reminder-words.ts'

const date = (text: string) => text as PlainDate
const month = { value: 1, unit: 'MONTH' } as const
const unmarked = { readingNotifiedOn: null, validityNotifiedOn: null }
const meter = { status: 'ACTIVE' as const, lastReadOn: date('2026-10-23'), readingDueOn: date('2026-11-23'), ...unmarked }

test('a reading is asked for on the day when it is due, once in its cycle', () => {
  const due = (changed: object, today: string) => readingReminderDue({ ...meter, ...changed }, date(today))
  assert.deepEqual([due({}, '2026-11-22'), due({}, '2026-11-23'), due({}, '2027-03-01')], [false, true, true])
  assert.equal(due({ readingNotifiedOn: date('2026-11-23') }, '2026-11-24'), false)
  assert.equal(due({ readingNotifiedOn: date('2026-11-23'), readingDueOn: date('2026-12-25') }, '2026-12-25'), true)
})

test('nothing is asked of a meter that was never read, nor of one out of use', () => {
  assert.equal(readingReminderDue({ ...meter, lastReadOn: null }, date('2026-12-01')), false)
  assert.equal(readingReminderDue({ ...meter, status: 'INACTIVE' }, date('2026-12-01')), false)
  const valid = { status: 'ACTIVE' as const, validUntil: date('2026-12-01'), ...unmarked }
  assert.equal(validityReminderDue({ ...valid, validUntil: null }, month, date('2026-12-01')), false)
  assert.equal(validityReminderDue({ ...valid, status: 'INACTIVE' }, month, date('2026-12-01')), false)
})

test('a validity term is told of a lead time before, once for each term', () => {
  const valid = { status: 'ACTIVE' as const, validUntil: date('2027-03-31'), ...unmarked }
  const due = (changed: object, today: string) => validityReminderDue({ ...valid, ...changed }, month, date(today))
  assert.deepEqual([due({}, '2027-02-27'), due({}, '2027-02-28')], [false, true])
  assert.equal(due({ validityNotifiedOn: date('2027-02-28') }, '2027-03-31'), false)
  assert.equal(due({ validityNotifiedOn: date('2027-02-28'), validUntil: date('2031-03-31') }, '2031-02-28'), true)
})

let serial = 1
const party = (kind: Party['kind'], name: string): Party => ({ id: serial++, kind, code: '32000000000', name })
const [anna, zane, janis] = [party('person', 'Anna'), party('person', 'Zane'), party('person', 'Jānis')]
const firm = party('organisation', 'SIA “Nami”')

const holder = (who: Party, right: 'owner' | 'possessor' = 'owner', premises = '') => ({ party: who, right, premises, from: date('2000-01-01'), to: null })
const none: Parties = { holders: [], managers: [], responsible: [] }
const house = (...parties: Partial<Parties>[]): HouseCase => ({
  kind: 'house',
  id: 1,
  number: 'ML-1',
  propertyNumber: '01001240238',
  propertyKind: 'joint',
  buildings: parties.map((some, id) => ({
    building: { id, designation: '01000100000001', address: 'Ķiršu iela 12', mainUseCode: '1122', mainUse: '', isPublic: false },
    parties: { ...none, ...some },
    caseNumber: `EL-${id}`,
  })),
})
const told = (file: HouseCase, policy: 'strict' | 'withManager', buildingId: number | null = null, signed = true) => {
  const whom = whoEnters(file, policy, buildingId, () => signed)
  return whom && [whom.to, ...whom.recipients.map(({ name }) => name)]
}

test('under the source text it is the sole holder of all buildings, or of the meter’s own, and of two holders nobody', () => {
  const managed = { holders: [holder(anna)], managers: [firm], responsible: [janis] }
  assert.deepEqual(told(house(managed), 'strict'), ['holders', 'Anna'])
  assert.equal(told(house({ holders: [holder(anna), holder(zane)], managers: [firm] }), 'strict'), null)
  const two = house({ holders: [holder(anna)] }, { holders: [holder(zane)] })
  assert.deepEqual([told(two, 'strict'), told(two, 'strict', 1), told(two, 'strict', 7)], [null, ['holders', 'Zane'], null])
  assert.deepEqual(told(house({ holders: [holder(anna, 'possessor'), holder(zane)] }), 'strict'), ['holders', 'Zane'])
})

test('where the manager may, it is the responsible person, else the manager, else the sole holder', () => {
  const managed = { holders: [holder(anna), holder(zane)], managers: [firm], responsible: [janis] }
  assert.deepEqual(told(house(managed), 'withManager'), ['responsible', 'Jānis'])
  assert.deepEqual(told(house({ ...managed, responsible: [] }), 'withManager'), ['manager', 'SIA “Nami”'])
  assert.deepEqual(told(house({ holders: [holder(anna)] }), 'withManager'), ['holders', 'Anna'])
  assert.deepEqual(told(house(managed, { ...managed, responsible: [zane] }), 'withManager'), ['manager', 'SIA “Nami”'])
})

test('an organisation for which nobody signs alone can enter nothing, so it is not asked', () => {
  assert.equal(told(house({ holders: [holder(firm)] }), 'strict', null, false), null)
  assert.deepEqual(told(house({ holders: [holder(firm)] }), 'strict'), ['holders', 'SIA “Nami”'])
})

test('a notice says which meter, where, by when and what to do', () => {
  const data = { caseNumber: 'ML-1', address: 'Ķiršu iela 12', type: 'HEAT', number: '88-1207', on: '2026-11-30', lastReadOn: '2026-10-31' }
  const text = (kind: 'READING_DUE' | 'METER_VALIDITY', createdOn: string, locale: 'lv' | 'en' = 'lv') =>
    noticeText(meterNotices, locale, { kind, data, createdOn: date(createdOn) })
  assert.deepEqual(text('READING_DUE', '2026-11-30'), {
    title: 'Jānodod rādījums: siltumenerģijas skaitītājs 88-1207',
    about: 'Ķiršu iela 12',
    description:
      'Pienācis laiks nolasīt siltumenerģijas skaitītāju 88-1207 (Ķiršu iela 12). Pēdējais rādījums ir 31.10.2026, ' +
      'nākamais jānodod līdz 30.11.2026. Lūdzu, ievadiet to mājas lietā ML-1.',
  })
  assert.match(text('READING_DUE', '2026-12-01').title, /^Nav nodots rādījums: /)
  assert.match(text('METER_VALIDITY', '2026-11-01').description, /skaitītāja 88-1207 derīguma termiņš beidzas 30\.11\.2026\./)
  assert.match(text('METER_VALIDITY', '2026-12-01', 'en').description, /^The validity term of heat meter 88-1207 at Ķiršu iela 12 ended on 30 November 2026\./)
})
