import assert from 'node:assert/strict'
import { test } from 'node:test'
import { date } from '../../test/world.ts'
import { mailOf, type Letter } from './email.ts'
import { noticeKinds } from './notice-types.ts'
import type { Catalogue } from './notice.ts'

const words = { name: () => 'Kind', text: () => ({ title: 'Lifts', about: 'Ķiršu iela 12', description: 'Jāpārbauda.' }) }
const texts = Object.fromEntries(noticeKinds.map((kind) => [kind, words])) as unknown as Catalogue
const now = new Date('2026-11-23T07:00:00Z')
const letter: Letter & { address: string } = {
  id: 7,
  caseId: 1,
  subjectId: 1,
  partyKind: 'organisation',
  code: '40003000000',
  isCourtesy: false,
  kind: 'INSPECTION_DUE',
  data: {},
  createdOn: date('2026-11-23'),
  createdAt: now,
  partyId: 3,
  profile: 'SIA Namu gādība',
  address: 'info@example.test',
  language: 'lv',
}
const mail = (change: Partial<typeof letter> = {}, texts_ = texts, publicUrl = 'https://nams.example.test') =>
  mailOf({ ...letter, ...change }, { texts: texts_, publicUrl }, now)

test('line breaks in names do not reach the subject or the name of the recipient', () => {
  const text = () => ({ title: 'Lifts\r\nBcc: all@example.test', about: 'Iela\u2028 1\u0000', description: 'x' })
  const { subject, to } = mail({ profile: 'SIA\r\nX' }, { ...texts, INSPECTION_DUE: { ...words, text } })
  assert.equal(subject, 'Lifts Bcc: all@example.test – Iela 1')
  assert.equal(to.name, 'SIA X')
})

test('what people have written stands in the HTML as text, never as markup', () => {
  const text = () => ({ title: '"><script>alert(1)</script>', about: 'x', description: '<img src=x>' })
  const { html } = mail({ profile: '<b>SIA</b>' }, { ...texts, INSPECTION_DUE: { ...words, text } })
  assert.doesNotMatch(html, /<script|<img|<b>/)
  assert.match(html, /&lt;img src=x&gt;/)
})

test('the Message-ID tells notices, recipients and installations apart, and stays the same for a repeat', () => {
  const begunAnew = mail({ createdAt: new Date(now.getTime() + 1) })
  const ids = [mail(), mail({ id: 8 }), mail({ partyId: 4 }), begunAnew, mail({}, texts, 'https://other.example.test')]
  assert.equal(new Set(ids.map(({ messageId }) => messageId)).size, 5)
  assert.equal(mail({ language: 'en', profile: 'Renamed' }).messageId, mail().messageId)
})

test('a mail names the profile that its notice is addressed to, and leads to the notice', () => {
  const { text, html } = mail({}, texts, 'http://127.0.0.1:3000')
  for (const part of [text, html]) {
    assert.ok(part.includes('profilam „SIA Namu gādība”'))
    assert.ok(part.includes('http://127.0.0.1:3000/notices/7'))
  }
})
