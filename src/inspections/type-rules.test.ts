import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlainDate } from '../kernel/date.ts'
import { parsePeriod } from '../kernel/period.ts'
import { systemNames } from './names.ts'
import { exceededLimit, settingOf, settingProblems, type TypeDraft, type TypeFacts } from './type-rules.ts'

const date = (text: string) => text as PlainDate
const draft: TypeDraft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M' }
const facts: TypeFacts = { today: date('2026-11-23'), isPublic: false, systemNames }

const problems = (change: Partial<TypeDraft>, other: Partial<TypeFacts> = {}) =>
  settingProblems({ ...draft, ...change }, { ...facts, ...other }).map(({ field, code }) => `${field} ${code}`)

/** The problems when a stored setting is edited. */
const editProblems = (stored: TypeDraft, change: Partial<TypeDraft>, other: Partial<TypeFacts> = {}) =>
  problems({ ...stored, ...change }, { stored: settingOf(stored), ...other })

test('a type, a first date, a period and a reminder make a setting, and the reminder may be left out (INS-3)', () => {
  assert.deepEqual(problems({}), [])
  assert.deepEqual(problems({ remindBefore: '' }), [])
  assert.equal(settingOf({ ...draft, remindBefore: '' }).reminder, null)
  assert.deepEqual(settingOf({ ...draft, remindBefore: 'P0D' }).reminder, { value: 0, unit: 'DAY' })
})

test('everything that is missing is said at once (INS-3)', () => {
  assert.deepEqual(problems({ type: ' ', firstOn: '', every: '' }), ['type required', 'firstOn required', 'every required'])
  assert.deepEqual(problems({ firstOn: '2027-02-29', every: 'P10D', remindBefore: 'P1Y' }), ['firstOn date-format', 'every period-format', 'remindBefore reminder-format'])
})

test('a first date must be after today (INS-3, A-10)', () => {
  assert.deepEqual(problems({ firstOn: '2026-11-22' }), ['firstOn date-not-future'])
  assert.deepEqual(problems({ firstOn: '2026-11-23' }), ['firstOn date-not-future'])
  assert.deepEqual(problems({ firstOn: '2026-11-24' }), [])
})

test('an import may carry a first date from the past', () => {
  assert.deepEqual(problems({ firstOn: '2016-11-23' }, { imported: true }), [])
  assert.deepEqual(problems({ firstOn: '2016-11-31' }, { imported: true }), ['firstOn date-format'])
})

test('a technical survey of a public building may be 10 years apart and not a month more (INS-4, A-8)', () => {
  const survey = (every: string, isPublic: boolean) => problems({ type: 'PERIODIC_TECHNICAL_SURVEY', every }, { isPublic })
  for (const every of ['P10Y', 'P120M', 'P9Y']) assert.deepEqual(survey(every, true), [], every)
  for (const every of ['P121M', 'P11Y']) assert.deepEqual(survey(every, true), ['every period-over-limit'], every)
  for (const every of ['P121M', 'P11Y']) assert.deepEqual(survey(every, false), [], every)
  assert.deepEqual(problems({ every: 'P11Y' }, { isPublic: true }), [], 'another type of a public building')
})

test('the limit holds on an edit too, and a longer period set before the building was public is told apart (A-9)', () => {
  const stored = { ...draft, type: 'PERIODIC_TECHNICAL_SURVEY', every: 'P15Y' }
  assert.deepEqual(editProblems(stored, { remindBefore: 'P2M' }, { isPublic: true }), ['every period-over-limit'])
  assert.equal(exceededLimit('PERIODIC_TECHNICAL_SURVEY', parsePeriod('P15Y')!, true), 120)
  assert.equal(exceededLimit('PERIODIC_TECHNICAL_SURVEY', parsePeriod('P15Y')!, false), undefined)
})

test('a period is a whole number from 1 on, of 100 years at most (A-8)', () => {
  for (const every of ['P0M', 'P0Y', 'P-1M', 'P1.5Y', '6', 'P6', 'P1Y6M', 'PT6M']) assert.deepEqual(problems({ every, remindBefore: '' }), ['every period-format'], every)
  for (const every of ['P1M', 'P100Y', 'P1200M']) assert.deepEqual(problems({ every, remindBefore: '' }), [], every)
  for (const every of ['P101Y', 'P1201M']) assert.deepEqual(problems({ every }), ['every period-too-long'], every)
})

test('a name of a system type in any language, case or spelling is refused as own words (A-7)', () => {
  for (const type of ['Periodiskā tehniskā apsekošana', 'PERIODISKA  TEHNISKA apsekosana', 'periodic technical survey', 'Ugunsdrosibas parbaude', 'fire_safety', 'Fire safety inspection', 'Tehniskā apsekošana'])
    assert.deepEqual(problems({ type }), ['type system-name'], type)
  assert.deepEqual(problems({ type: 'Jumta tehniskā apsekošana' }), [])
  assert.deepEqual(problems({ type: 'FIRE_SAFETY' }), [])
})

test('words may be 200 characters long', () => {
  assert.deepEqual(problems({ type: 'ā'.repeat(200), label: 'ā'.repeat(200) }), [])
  assert.deepEqual(problems({ type: 'ā'.repeat(201), label: 'ā'.repeat(201) }), ['type too-long', 'label too-long'])
})

test('a reminder falls after the inspection before: it is shorter than the period (A-22)', () => {
  assert.deepEqual(problems({ every: 'P6M', remindBefore: 'P12M' }), ['remindBefore reminder-not-shorter'])
  assert.deepEqual(problems({ every: 'P6M', remindBefore: 'P6M' }), ['remindBefore reminder-not-shorter'])
  assert.deepEqual(problems({ every: 'P6M', remindBefore: 'P5M' }), [])
  assert.deepEqual(problems({ every: 'P1M', remindBefore: 'P27D' }), [])
  assert.deepEqual(problems({ firstOn: '2027-03-01', every: 'P1M', remindBefore: 'P28D' }), ['remindBefore reminder-not-shorter'], 'February has 28 days')
  assert.deepEqual(problems({ firstOn: '2027-04-01', every: 'P1M', remindBefore: 'P28D' }), [], 'March has 31')
})

test('while the first date is in the future, both it and the type may be changed (INS-6, A-11)', () => {
  assert.deepEqual(editProblems(draft, { type: 'Jumta apskate', label: 'A', firstOn: '2027-05-01' }), [])
  assert.deepEqual(editProblems(draft, { firstOn: '2026-11-23' }), ['firstOn date-not-future'])
})

test('from the first date on, neither it nor the type may be changed, but for the spelling (INS-6, A-10)', () => {
  for (const firstOn of ['2026-11-23', '2020-01-01']) {
    const stored = { ...draft, type: 'Jumta apskate', firstOn }
    assert.deepEqual(editProblems(stored, { type: 'Pagraba apskate' }), ['type fixed'])
    assert.deepEqual(editProblems(stored, { label: 'A' }), ['type fixed'])
    assert.deepEqual(editProblems(stored, { firstOn: '2027-01-01' }), ['firstOn fixed'])
    assert.deepEqual(editProblems(stored, { type: 'JUMTA apskate', every: 'P2Y', remindBefore: '' }), [])
  }
})
