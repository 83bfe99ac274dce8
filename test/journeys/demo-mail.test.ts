import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { catalogue } from '../../src/app.ts'
import { deliverAll } from '../../src/notifications/delivery.ts'
import { emailChannel } from '../../src/notifications/email-channel.ts'
import { folderTransport } from '../../src/notifications/mail-folder.ts'
import { tell } from '../../src/notifications/tell.ts'
import { writing } from '../../src/platform/database.ts'
import { openSite } from '../site.ts'
import { openWorld } from '../world.ts'

const mailFolder = mkdtempSync(join(tmpdir(), 'nams-demo-mail-'))
after(() => rmSync(mailFolder, { recursive: true }))

test('a mail of the demo is opened, its links are followed, and the proof says where it is kept', async () => {
  const world = await openWorld()
  const anna = await world.person('Anna Kalniņa', 'anna@example.test')
  const visit = await openSite(world, { demo: true, mailFolder })
  const data = { address: 'Ķiršu iela 12', type: 'WATER', number: '<b>44-1', on: '2026-12-01' }
  const id = await writing(world.db, (tx) => tell(tx, world.system(), { kind: 'READING_DUE', data, recipients: [anna.id] }))
  const transport = folderTransport(mailFolder, 'Nams <nams@example.test>')
  await deliverAll(() => world.system(), { texts: catalogue, channels: { email: emailChannel({ transport, texts: catalogue, publicUrl: 'https://nams.example.test' }) } })
  const { page } = await visit.stranger.get('/demo/mail')
  assert.match(page, /<summary>[^<]*&lt;b&gt;44-1[^<]* <small>Kam: anna@example\.test · 23\.11\.2026/)
  assert.ok(page.includes(`<a href="https://nams.example.test/notices/${id}">https://nams.example.test/notices/${id}</a>\n`))
  const guest = await visit(anna)
  assert.match((await guest.get(`/notices/${id}/proof`)).words, /pieņemts glabājas demonstrācijas e-pastā/)
  assert.match((await guest.get(`/notices/${id}/proof`, 'en')).words, /kept in the demo mail/)
})
