import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noticeText } from '../notifications/notice.ts'
import { date } from '../../test/world.ts'
import { inspectionNotices } from './notices.ts'

const data = {
  designation: '01000100000001',
  address: 'Skolas iela 3, Cēsis',
  caseNumber: 'EL-1',
  type: 'DANGEROUS_EQUIPMENT',
  label: 'Lifts 1',
  nextOn: '2027-08-31',
}
const due = { kind: 'INSPECTION_DUE' as const, data, createdOn: date('2027-07-31') }

test('a notice of an inspection due says what is due where and when, and what to do', () => {
  assert.deepEqual(noticeText(inspectionNotices, 'lv', due), {
    title: 'Tuvojas pārbaudes termiņš: Bīstamo iekārtu pārbaude · Lifts 1',
    about: 'Skolas iela 3, Cēsis',
    description:
      'Bīstamo iekārtu pārbaude (Lifts 1) ēkai Skolas iela 3, Cēsis (kadastra apzīmējums 0100 010 0000 001) jāveic līdz 31.08.2027. ' +
      'Lūdzu, laikus vienojieties ar pārbaudes veicēju. Kad pārbaude ir veikta, reģistrējiet to ekspluatācijas lietā EL-1, ' +
      'un nākamais termiņš tiks aprēķināts no jauna.',
  })
  assert.match(noticeText(inspectionNotices, 'en', due).description, /^Inspection of dangerous equipment \(Lifts 1\) .* is due by 31 August 2027\. /)
})

test('a notice told after the date says that the date has passed', () => {
  const late = { ...due, createdOn: date('2027-09-01') }
  assert.match(noticeText(inspectionNotices, 'lv', late).title, /^Pārbaudes termiņš ir pagājis: /)
  assert.match(noticeText(inspectionNotices, 'lv', late).description, / bija jāveic līdz 31\.08\.2027\. /)
  const onTheDay = { ...due, createdOn: date('2027-08-31') }
  assert.match(noticeText(inspectionNotices, 'lv', onTheDay).description, / jāveic līdz 31\.08\.2027\. /)
})

test("a person's own words for a type stand as they are in both languages", () => {
  const own = { ...due, data: { ...data, type: 'Skursteņu tīrīšana', label: '' } }
  assert.equal(noticeText(inspectionNotices, 'lv', own).title, 'Tuvojas pārbaudes termiņš: Skursteņu tīrīšana')
  assert.equal(noticeText(inspectionNotices, 'en', own).title, 'Inspection deadline is approaching: Skursteņu tīrīšana')
})

test('a notice of a period over the limit names the limit', () => {
  const over = { kind: 'LIMIT_EXCEEDED' as const, data: { ...data, type: 'PERIODIC_TECHNICAL_SURVEY', label: '' }, createdOn: date('2027-07-31') }
  assert.match(noticeText(inspectionNotices, 'lv', over).description, /„Periodiskā tehniskā apsekošana” jāveic vismaz reizi 10 gados\./)
  assert.match(noticeText(inspectionNotices, 'en', over).description, /at least once every 10 years\./)
})
