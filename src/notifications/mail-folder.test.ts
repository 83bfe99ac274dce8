import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { simpleParser } from 'mailparser'
import { folderTransport, keptMails } from './mail-folder.ts'
import type { Mail } from './mail.ts'

const directory = mkdtempSync(join(tmpdir(), 'nams-mail-'))
after(() => rmSync(directory, { recursive: true }))

const mail = (id: string): Mail => ({
  messageId: `<${id}@127.0.0.1>`,
  to: { name: 'Zane Liepa', address: 'zane@example.test' },
  subject: `Ugunsdrošības pārbaude ${id}`,
  text: 'Jāveic līdz 01.03.2027.\n',
  html: '<p>Jāveic līdz 01.03.2027.</p>',
  language: 'lv',
  date: new Date('2026-11-23T07:00:00Z'),
  host: '127.0.0.1',
})

test('a folder keeps each mail once, as a file for mail programs and as values for a page, the latest notice first', async () => {
  const folder = join(directory, 'mail')
  assert.deepEqual(await keptMails(folder), [])
  const transport = folderTransport(folder, 'Nams <nams@localhost>')
  for (const id of ['9.1.a', '10.1.a', '10.1.a']) await transport.send(mail(id))
  const { to: { address: to }, subject, text, html, date } = mail('10.1.a')
  const kept = await keptMails(folder)
  assert.deepEqual(kept[0], { id: '10.1.a@127.0.0.1', to, subject, text, html, date })
  assert.deepEqual(kept.map(({ id }) => id), ['10.1.a@127.0.0.1', '9.1.a@127.0.0.1'])
  assert.deepEqual((await keptMails(folder, 1)).length, 1)
  assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith('.eml')).sort(), ['10.1.a@127.0.0.1.eml', '9.1.a@127.0.0.1.eml'])
  const read = await simpleParser(readFileSync(join(folder, '10.1.a@127.0.0.1.eml')))
  assert.deepEqual([read.subject, read.messageId, read.to!.value[0]!.address, read.html], [subject, '<10.1.a@127.0.0.1>', to, html])
  assert.equal(read.text!.trim(), text.trim())
})
