import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { after, test } from 'node:test'
import { openMailServer } from '../../test/mail-server.ts'
import { date } from '../../test/world.ts'
import { mailOf } from './email.ts'
import { catalogue } from '../app.ts'
import { smtpTransport } from './smtp.ts'

const keys = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } })
const record = `v=DKIM1; k=rsa; p=${keys.publicKey.toString('base64')}`

async function sentMail() {
  const server = await openMailServer()
  const transport = smtpTransport(server.url, 'Nams <nams@nams.example.test>', { dkim: { domain: 'nams.example.test', selector: 's1', key: keys.privateKey } })
  after(() => transport.close())
  const data = { number: 'P-7', authority: 'Cēsu būvvalde', date: '2026-11-20', about: 'Ķiršu iela 12, Cēsis' }
  const letter = { id: 7, caseId: 0, subjectId: 0, kind: 'DESIGN_APPROVED' as const, data, createdOn: date('2026-11-23'), createdAt: new Date(0), partyId: 3, partyKind: 'person' as const, code: '32000000000', profile: 'Anna Kalniņa', address: 'anna@example.test', language: 'lv' as const, isCourtesy: false }
  await transport.send(mailOf(letter, { texts: catalogue, publicUrl: 'https://ekspluatacija.gara-nosaukuma-pasvaldiba.example.test', secret: 'x'.repeat(64) }, new Date('2026-11-23T07:00:00Z')))
  return server.raw[0]!
}

const judge = (message: Buffer) => {
  const { stdout, stderr } = spawnSync('/usr/bin/python3', ['test/dkim-verify.py', record], { input: message, encoding: 'utf8' })
  assert.equal(stderr, '')
  const [verdict, headers = ''] = stdout.trim().split('\n')
  return { verdict, headers: headers.split(' ') }
}

test('an independent reader verifies the signature, which covers what switches the mails off', async () => {
  const message = await sentMail()
  assert.match(message.toString(), /^List-Unsubscribe: <https:\/\/[^\s]+>\r$/m, 'in one line')
  const { verdict, headers } = judge(message)
  assert.equal(verdict, 'pass')
  for (const name of ['from', 'subject', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post', 'auto-submitted']) assert.ok(headers.includes(name), name)
})

test('what was changed on the way no longer verifies', async () => {
  const text = (await sentMail()).toString('latin1')
  for (const changed of [text.replace(/\/u\/3\./, '/u/4.'), text.replace('One-Click', 'One-click'), text.replace('auto-generated', 'auto-replied')]) {
    assert.notEqual(changed, text)
    assert.equal(judge(Buffer.from(changed, 'latin1')).verdict, 'fail')
  }
})
