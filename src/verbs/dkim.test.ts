import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { examineConfig } from '../platform/config.ts'
import { dkimCheck } from './dkim.ts'

const folder = mkdtempSync(join(tmpdir(), 'nams-dkim-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const pem = { privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'der' } } as const

/** An installation that signs with a key of its own. */
function signing(changes: Record<string, string> = {}, bits = 2048) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits, ...pem })
  const file = join(folder, `${bits}.pem`)
  writeFileSync(file, privateKey)
  const env = { NAMS_MAIL_FROM: 'Nams <nams@nams.example.test>', NAMS_DKIM_DOMAIN: 'example.test', NAMS_DKIM_SELECTOR: 's1', NAMS_DKIM_KEY_FILE: file, ...changes }
  const { config, problems } = examineConfig(env)
  const text = publicKey.toString('base64')
  const check = (records: string[][] | Error) => dkimCheck(config, problems, async (name) => (assert.equal(name, 's1._domainkey.example.test'), records instanceof Error ? Promise.reject(records) : records))
  return { text, check, problems }
}

test('the record is printed, found in pieces, and another key or none is said', async () => {
  const { text, check } = signing()
  const whole = `s1._domainkey.example.test TXT "v=DKIM1; k=rsa; p=${text}"`
  const found = await check([['v=spf1 -all'], ['v=DKIM1; k=rsa; p=', `${text.slice(0, 200)} `, text.slice(200)]])
  assert.deepEqual([found.state, found.detail.endsWith(whole)], ['ok', true])
  for (const [records, words] of [
    [Object.assign(new Error('x'), { code: 'ENOTFOUND' }), 'there is no such record in DNS yet'],
    [[['v=DKIM1; p=MIIB']], 'another key'],
  ] as const) {
    const { state, detail } = await check(records as never)
    assert.deepEqual([state, detail.includes(words), detail.endsWith(whole)], ['problem', true, true], detail)
  }
  assert.match((await check(Object.assign(new Error('queryTxt ETIMEOUT'), { code: 'ETIMEOUT' }))).detail, /ETIMEOUT/)
})

test('a sender of another domain, a short key, a key that is none and settings that are not complete are told', async () => {
  const foreign = await signing({ NAMS_MAIL_FROM: 'Nams <nams@other.test>' }).check([])
  assert.deepEqual([foreign.state, foreign.detail.includes('other.test, which is not under example.test')], ['problem', true])
  const short = signing({}, 1024)
  assert.equal((await short.check([[`v=DKIM1; p=${short.text}`]])).state, 'warn')
  writeFileSync(join(folder, 'none.pem'), 'x')
  assert.equal((await signing({ NAMS_DKIM_KEY_FILE: join(folder, 'none.pem') }).check([])).state, 'problem')
  assert.match((await signing({ NAMS_DKIM_KEY_FILE: join(folder, 'absent.pem') }).check([])).detail, /ENOENT/)
  assert.deepEqual(signing({ NAMS_DKIM_KEY_FILE: '' }).problems, ['a signature on mails needs a domain, a selector and a key: set NAMS_DKIM_KEY_FILE'])
  assert.deepEqual(examineConfig({ NAMS_MAIL_LISTEN: '127.0.0.1:2525' }).problems, ['what comes back needs a domain to come back to: set NAMS_BOUNCE_DOMAIN'])
})
