import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newKeys } from '../../../test/push-service.ts'
import { endpointProblem, keysProblem, knownServices } from './subscription.ts'

const codeOf = (endpoint: string, services = knownServices) => endpointProblem(endpoint, services)?.code

test('the push services of the usual browsers are sent to', () => {
  for (const endpoint of [
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
    'https://web.push.apple.com/QGuQyavXutnMH',
    'https://wns2-am3p.notify.windows.com/w/?token=BQYAAA',
  ])
    assert.equal(codeOf(endpoint), undefined, endpoint)
})

test('nothing else that a browser may name is sent to: not this machine, its network or another site', () => {
  for (const endpoint of [
    'http://fcm.googleapis.com/fcm/send/abc',
    'ftp://fcm.googleapis.com/',
    'https://user:word@fcm.googleapis.com/x',
    `https://fcm.googleapis.com/${'x'.repeat(1000)}`,
    'fcm.googleapis.com',
    '',
  ])
    assert.equal(codeOf(endpoint), 'unreadable', endpoint)
  for (const endpoint of [
    'https://localhost/x',
    'https://127.0.0.1:5432/x',
    'http://127.0.0.1/x',
    'http://[::1]/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://10.0.0.7/x',
    'https://192.168.1.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://db.internal/x',
    'https://fcm.googleapis.com.evil.test/x',
    'https://evilfcm.googleapis.com.test/x',
    'https://notfcm.googleapis.com/x',
  ])
    assert.equal(codeOf(endpoint), 'service-unknown', endpoint)
})

test('a demo may be told to push to this machine, also without encryption, and to nothing else without it', () => {
  const services = ['127.0.0.1', 'push.example.test']
  assert.equal(codeOf('http://127.0.0.1:9000/notify/1', services), undefined)
  assert.equal(codeOf('http://push.example.test/1', services), 'unreadable')
  assert.equal(codeOf('https://push.example.test/1', services), undefined)
})

test('keys that nothing could be encrypted with are refused', () => {
  const endpoint = 'https://fcm.googleapis.com/x'
  const [p256dh, auth] = [newKeys().publicKey, Buffer.alloc(16, 7).toString('base64url')]
  const off = Buffer.from(p256dh, 'base64url')
  off[64]! ^= 1
  assert.equal(keysProblem({ endpoint, p256dh, auth }), undefined)
  for (const wrong of [{ p256dh: '' }, { p256dh: off.toString('base64url') }, { p256dh: auth }, { auth: '' }, { auth: p256dh }, { auth: 'ā'.repeat(22) }])
    assert.equal(keysProblem({ endpoint, p256dh, auth, ...wrong })?.code, 'unreadable')
})
