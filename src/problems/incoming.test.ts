import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownText, readIncoming } from './incoming.ts'

test('what was quoted is left out, as each program quotes', () => {
  const own = 'Firefox.\n\nTas pats telefonā.'
  const gmail = `${own}\n\npirmd., 2026. g. 23. nov., plkst. 09:00 — lietotājs Nams <nams@example.lv>\nrakstīja:\n\n> Kurā pārlūkā tas ir?\n>\n`
  const thunderbird = `${own}\n\nOn 23/11/2026 09:00, Nams wrote:\n> Kurā pārlūkā tas ir?\n`
  const outlook = `${own}\r\n\r\nFrom: Nams <nams@example.lv>\r\nSent: Monday, 23 November 2026 09:00\r\nTo: Anna\r\nSubject: x\r\n\r\nKurā pārlūkā tas ir?`
  const signed = `${own}\n-- \nAnna Kalniņa\n29999999`
  const below = `> Kurā pārlūkā tas ir?\n\n${own}`
  for (const text of [own, gmail, thunderbird, outlook, signed, below]) assert.equal(ownText(text), own)
  assert.equal(ownText('From: the cellar I see nothing.\nNothing at all.'), 'From: the cellar I see nothing.\nNothing at all.')
})

const mail = (headers: string, body = 'Labdien!') => Buffer.from(`From: anna@example.test\r\nMessage-ID: <1@example.test>\r\n${headers}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`)

test('what a machine answered is nobody’s', async () => {
  assert.deepEqual(await readIncoming(mail('Subject: Re')), { messageId: '<1@example.test>', body: 'Labdien!' })
  assert.ok(await readIncoming(mail('Auto-Submitted: no')))
  for (const header of ['Auto-Submitted: auto-replied', 'Precedence: bulk', 'X-Autoreply: yes', 'List-Id: <x.example.test>']) assert.equal(await readIncoming(mail(header)), undefined, header)
  assert.equal(await readIncoming(mail('Subject: Re', '> Kurā pārlūkā?')), undefined, 'all of it is quoted')
})

test('a mail of HTML alone is read as text', async () => {
  const html = Buffer.from('From: a@example.test\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Labdien!<script>x</script></p><p>Firefox</p>\r\n')
  assert.equal((await readIncoming(html))?.body.replace(/\s+/g, ' '), 'Labdien! Firefox')
})
