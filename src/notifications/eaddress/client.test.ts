import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import type { PlainDate } from '../../kernel/date.ts'
import { openAuthority } from '../../../test/certificates.ts'
import { Fault, isSigned } from '../../../test/eaddress-requests.ts'
import { openEAddressServer } from '../../../test/eaddress-server.ts'
import { eaddressClient, type ClientSettings } from './client.ts'
import { encryptFor } from './encryption.ts'
import { signedEnvelope } from './envelope.ts'
import { EAddressFailure } from './faults.ts'
import { readIdentity } from './identity.ts'
import { addressOf, attachmentsOf, type Attachment, type EncryptionInfo } from './message.ts'

const anna = { kind: 'person', code: '32000000001' } as const
const house = { kind: 'organisation', code: '40003521600' } as const
const address = addressOf(anna.kind, anna.code)
const megabyte = 1024 * 1024

/** A service where Anna has an e-address, and our client to it. */
async function opened(settings: Partial<ClientSettings> = {}) {
  const server = await openEAddressServer()
  server.known.active.add(address)
  const identity = readIdentity(server.client.certFile, server.client.keyFile)
  const all: ClientSettings = {
    ...{ url: server.url, to: server.url, sender: server.sender, identity, hash: 'sha1', ca: server.authority.cert, limit: 30_000 },
    ...{ clock: () => new Date() },
    ...settings,
  }
  const letter = (attachments: readonly Attachment[] = [], { senderRef = 'n1-p2', recipient = address, encryption = undefined as EncryptionInfo | undefined } = {}) => {
    const message = {
      ...{ sender: server.sender, senderTitle: 'Cēsu novada būvvalde', recipients: [{ address: recipient, ...(encryption && { encryption }) }], senderRef },
      ...{ title: 'Būvatļauja izdota', text: 'Ēka «Ķiršu iela 12» & citi <būvdarbi>\r\nOtrā rinda', writtenOn: '2026-11-26' as PlainDate, attachments },
    }
    return { envelope: signedEnvelope(message, identity, new Date()), senderRef, attachments }
  }
  return { server, identity, client: eaddressClient(all), letter }
}

/** As the recipient's own program would: with openssl alone. */
function decrypted(wrapped: string, bytes: Buffer, keyFile: string): string {
  const unwrap = ['pkeyutl', '-decrypt', '-inkey', keyFile, '-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha1']
  const secret = execFileSync('openssl', unwrap, { input: Buffer.from(wrapped, 'base64') })
  const [key, start] = [secret.subarray(1, 1 + secret[0]!), secret.subarray(1 + secret[0]!)]
  const args = ['enc', '-d', `-aes-${key.length * 8}-cbc`, '-K', key.toString('hex'), '-iv', start.toString('hex')]
  return execFileSync('openssl', args, { input: bytes, encoding: 'utf8' })
}

const failing = (code: string, obstacle: string) => (error: unknown) => {
  assert.ok(error instanceof EAddressFailure)
  assert.deepEqual([error.code, error.obstacle], [code, obstacle])
  return true
}

const pdf = (size: number, name = 'lēmums.pdf') => ({ name, type: 'application/pdf', bytes: randomBytes(size) })

test('a message is taken with its attachments, and taken once however often it is sent', async () => {
  const { server, client, letter } = await opened()
  const outgoing = letter(attachmentsOf([pdf(1000), pdf(0, 'tukšs.pdf'), pdf(2000)]))
  const id = await client.send(outgoing)
  assert.equal(await client.send(outgoing), id)
  assert.equal(server.messages.length, 1)
  assert.deepEqual(server.messages[0]!.attachments.map(({ bytes }) => bytes.length), [1000, 0, 2000])
  assert.equal(server.messages[0]!.envelope, outgoing.envelope.toString())
  assert.deepEqual(server.calls, ['SendMessage', 'SendMessage'])
})

test('the time and the addressee may be signed with SHA-256 as well', async () => {
  const { client, letter } = await opened({ hash: 'sha256' })
  assert.match(await client.send(letter()), /^DIV-/)
})

test('the same reference with another content is refused for good', async () => {
  const { client, letter } = await opened()
  await client.send(letter())
  await assert.rejects(client.send({ ...letter(attachmentsOf([pdf(10)])) }), failing('BL.PSS.008', 'refused'))
})

test('exactly 4 MB go in one call; more goes in sections of 4 MB, with an empty last one where the size is a multiple', async () => {
  const { server, client, letter } = await opened()
  await client.send(letter(attachmentsOf([pdf(4 * megabyte)]), { senderRef: 'whole' }))
  assert.deepEqual(server.calls.splice(0), ['SendMessage'])
  const sent = attachmentsOf([pdf(8 * megabyte, 'a.pdf'), pdf(4 * megabyte + 1, 'b.pdf'), pdf(3 * megabyte, 'c.pdf'), pdf(megabyte, 'd.pdf'), pdf(0, 'e.pdf')])
  const id = await client.send(letter(sent, { senderRef: 'parts' }))
  assert.deepEqual(server.calls, ['InitSendMessage', ...Array(5).fill('SendAttachmentSection'), 'CompleteSendMessage'])
  const message = server.messages.find((one) => one.senderRef === 'parts')!
  assert.equal(message.id, id)
  for (const [place, { bytes }] of sent.entries()) assert.ok(message.attachments[place]!.bytes.equals(bytes))
})

test('what the service finds too big for one call is sent in sections', async () => {
  const { server, client, letter } = await opened()
  server.trouble.isTooBigAbove = 100
  await client.send(letter(attachmentsOf([pdf(101), pdf(50)])))
  assert.deepEqual(server.calls, ['SendMessage', 'InitSendMessage', 'SendAttachmentSection', 'SendAttachmentSection', 'CompleteSendMessage'])
  assert.equal(server.messages.length, 1)
})

test('who has an e-address is asked once in 24 hours', async () => {
  let now = new Date()
  const { server, client } = await opened({ clock: () => now })
  assert.equal(await client.isActive(anna), true)
  assert.equal(await client.isActive(house), false)
  server.known.active.clear()
  now = new Date(now.getTime() - 1)
  assert.equal(await client.isActive(anna), true)
  assert.deepEqual(server.calls, ['ValidateEAddress', 'ValidateEAddress'])
})

test('after 24 hours it is asked again', async () => {
  let now = new Date('2026-11-26T10:00:00Z')
  const server = await openEAddressServer({ clock: () => now })
  const identity = readIdentity(server.client.certFile, server.client.keyFile)
  const line = { url: server.url, to: server.url, sender: server.sender, identity, ca: server.authority.cert, limit: 30_000 }
  const client = eaddressClient({ ...line, hash: 'sha1', clock: () => now })
  assert.equal(await client.isActive(anna), false)
  server.known.active.add(address)
  now = new Date('2026-11-27T09:59:59Z')
  assert.equal(await client.isActive(anna), false)
  now = new Date('2026-11-27T10:00:00Z')
  assert.equal(await client.isActive(anna), true)
})

test('what became of a message is told until it is confirmed, and the service signs that it took it', async () => {
  const { server, client, letter } = await opened()
  const id = await client.send(letter())
  server.deliver(server.messages[0]!)
  const told = await client.notifications()
  assert.deepEqual(
    told.notifications.map(({ messageId, type, status, recipients }) => [messageId, type, status, recipients]),
    [
      [id, 'MessageProcessed', 'Accepted', [address]],
      [id, 'MessageDelivered', 'RecipientAccepted', [address]],
    ],
  )
  assert.deepEqual([(await client.notifications(1)).notifications.length, (await client.notifications(1)).hasMore], [1, true])
  await client.confirmNotifications(told.notifications.map((one) => one.id))
  assert.deepEqual(await client.notifications(), { notifications: [], hasMore: false })
  for (const _ of ['plain', 'MTOM']) {
    const word = (await client.serverConfirmation(id))!.toString()
    const type = ['http://ivis.eps.gov.lv/XMLSchemas/100001/DIV/v1-0:ServerTransportMetadata']
    assert.ok(isSigned(word, new X509Certificate(server.own.cert).toString(), type, '//*[local-name()="Signature"]', server.authority.folder))
  }
  server.known.isConfirming = false
  assert.equal(await client.serverConfirmation(id), null)
})

test('attachments are encrypted for a recipient who has a key, and only that key opens them', async () => {
  const { server, client, letter } = await opened()
  const recipient = server.authority.issue('recipient', '/C=LV/CN=Anna')
  const jwk = new X509Certificate(recipient.cert).publicKey.export({ format: 'jwk' })
  const [modulus, exponent] = [jwk.n!, jwk.e!].map((part) => Buffer.from(part, 'base64url'))
  const thumbprint = createHash('sha1').update(new X509Certificate(recipient.cert).raw).digest()
  server.known.keys.set(address, { thumbprint, modulus: modulus!, exponent: exponent! })
  const keys = await client.publicKeys([address, addressOf(house.kind, house.code)])
  assert.deepEqual(keys.map((key) => key.address), [address])
  const plain = attachmentsOf([{ name: 'akts.txt', type: 'text/plain', bytes: Buffer.from('Lifta apkope\n') }])
  const { attachments, infos } = encryptFor(plain, keys)
  await client.send(letter(attachments, { encryption: infos.get(address)! }))
  const { envelope, attachments: received } = server.messages[0]!
  assert.match(envelope, /<MimeType>application\/octet-stream<\/MimeType>/)
  assert.equal(decrypted(/<Key>([^<]+)</.exec(envelope)![1]!, received[0]!.bytes, recipient.keyFile), 'Lifta apkope\n')
})

test('each fault means what the table says, and whether the message may be tried again', async () => {
  const { server, client, letter } = await opened()
  const table: [string, 'Sender' | 'Receiver', string][] = [
    ['BL.PSS.001', 'Sender', 'misconfigured'],
    ['BL.AKL.PSL.014', 'Sender', 'misconfigured'],
    ['BL.PSS.058', 'Sender', 'misconfigured'],
    ['BL.PSS.036', 'Sender', 'refused'],
    ['BL.PSS.041', 'Sender', 'refused'],
    ['BL.KOP.017', 'Sender', 'delayed'],
    ['BL.KOP.020', 'Sender', 'delayed'],
    ['BL.XYZ.999', 'Sender', 'refused'],
    ['InternalServiceFault', 'Receiver', 'delayed'],
  ]
  for (const [code, side, obstacle] of table)
    for (const _ of ['plain', 'MTOM']) {
      server.trouble.next.push(new Fault(code, side))
      await assert.rejects(client.send(letter()), failing(code, obstacle))
    }
  await client.send(letter())
  assert.equal(server.messages.length, 1)
})

test('a recipient without an e-address is refused, and so is a malformed one', async () => {
  const { client, letter } = await opened()
  await assert.rejects(client.send(letter([], { recipient: '_PRIVATE@32000000002' })), failing('BL.PSS.024', 'refused'))
  await assert.rejects(client.send(letter([], { recipient: 'Anna Kalniņa', senderRef: 'n2' })), failing('BL.PSS.021', 'refused'))
})

test('an answer that is lost after the message was taken leaves one message, and the next attempt names it', async () => {
  const { server, client, letter } = await opened({ limit: 4000 })
  const outgoing = letter()
  server.trouble.lost = 1
  await assert.rejects(client.send(outgoing), failing('ABORT_ERR', 'unreachable'))
  assert.equal(await client.send(outgoing), server.messages[0]!.id)
  assert.equal(server.messages.length, 1)
})

test('with one fault in three of the service, every message arrives once', async () => {
  const { server, client, letter } = await opened()
  server.trouble.every = 3
  for (let place = 0; place < 10; place++) {
    const outgoing = letter([], { senderRef: `n${place}` })
    await client.send(outgoing).catch(() => client.send(outgoing))
  }
  assert.equal(server.messages.length, 10)
})

test('a service that is away, or answers without SOAP, is unreachable', async () => {
  const { server, client, letter } = await opened()
  server.trouble.status = 503
  await assert.rejects(client.send(letter()), failing('HTTP 503', 'unreachable'))
  server.trouble.status = 403
  await assert.rejects(client.send(letter()), failing('HTTP 403', 'misconfigured'))
  const away = await opened({ url: 'https://127.0.0.1:1/' })
  await assert.rejects(away.client.send(away.letter()), failing('ECONNREFUSED', 'unreachable'))
})

test('a certificate that the service does not take, or that we do not take of the service, is for the operator', async () => {
  const stranger = openAuthority().issue('stranger', '/CN=stranger')
  const refused = await opened({ identity: readIdentity(stranger.certFile, stranger.keyFile) })
  await assert.rejects(refused.client.send(refused.letter()), failing('HTTP 403', 'misconfigured'))
  const untrusting = await opened({ ca: undefined })
  await assert.rejects(untrusting.client.send(untrusting.letter()), failing('SELF_SIGNED_CERT_IN_CHAIN', 'misconfigured'))
})

test('a clock that is an hour behind is found out by the service', async () => {
  const { client, letter } = await opened({ clock: () => new Date(Date.now() - 3_600_000) })
  await assert.rejects(client.send(letter()), failing('BL.AKL.PSL.002', 'misconfigured'))
})
