import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { Fault } from '../../../test/eaddress-requests.ts'
import { permitted } from '../../../test/eaddress-world.ts'

test('a decision goes to the e-address, is accepted and delivered, and its served-on day is the second working day', async () => {
  const { work, server, states, proof, row, mails, owner } = await permitted()
  await work('2026-11-23T08:00:00Z')
  assert.deepEqual(await states(), ['eaddress sent', 'email sent'])
  assert.match(mails[0]!.text, /e-adres/)
  const [message] = server.messages
  assert.match(message!.envelope, /<Title>Izsniegta būvatļauja Nr\. 12\/2026 – Ķiršu iela 12, Cēsis<\/Title>/)
  assert.match(message!.envelope, /<Description>Ķiršu iela 12, Cēsis\n\n.*izsniedza būvatļauju Nr\. 12\/2026/)
  assert.match(message!.envelope, new RegExp(`_PRIVATE@${owner.code}`))
  assert.partialDeepStrictEqual(await proof(), { status: 'accepted', servedOn: '2026-11-25', isConfirmed: true, deliveredAt: null })
  assert.match(Buffer.from((await row())!.server_confirmation!).toString(), /<ServerReceivedTime>2026-11-23T08:00:00/)
  server.deliver(message!)
  await work('2026-11-23T08:04:59Z')
  assert.deepEqual(await states(), ['eaddress sent', 'email sent'])
  await work('2026-11-23T08:05:00Z')
  assert.deepEqual(await states(), ['eaddress delivered', 'email sent'])
  assert.partialDeepStrictEqual(await proof(), { status: 'delivered', sentAt: new Date('2026-11-23T08:00:00Z'), deliveredAt: new Date('2026-11-23T08:05:00Z') })
  assert.ok(server.notices.every(({ isConfirmed }) => isConfirmed))
})

test('what was accepted and never opened stays sent: it counts as served', async () => {
  const { work, states, silence } = await permitted()
  await work('2026-11-23T08:00:00Z')
  await work('2026-11-27T08:00:00Z')
  assert.equal(await silence(), 0)
  assert.deepEqual(await states(), ['eaddress sent', 'email sent'])
})

test('after an outage the same bytes are sent again, by another process too', async () => {
  const { work, server, post, open, row, states } = await permitted({ limit: 4000 })
  const outage = new Fault('InternalServiceFault', 'Receiver')
  server.trouble.next.push(outage, null, outage)
  await work('2026-11-23T08:00:00Z')
  assert.deepEqual([await row(), await states()], [undefined, ['eaddress queued']])
  await work('2026-11-23T08:10:00Z')
  const { envelope, sender_ref } = (await row())!
  server.trouble.lost = 1
  await work('2026-11-23T09:00:00Z')
  assert.equal(server.messages.length, 1)
  assert.deepEqual(await states(), ['eaddress queued'])
  post.channels.eaddress = open()
  await work('2026-11-23T12:00:00Z')
  assert.deepEqual(await states(), ['eaddress sent', 'email sent'])
  assert.equal(server.messages.length, 1)
  assert.equal(server.messages[0]!.envelope, Buffer.from(envelope).toString())
  assert.equal(server.messages[0]!.senderRef, sender_ref)
  assert.equal((await row())!.message_id, server.messages[0]!.id)
})

test('who has no e-address gets the mail with the contents, and nothing is signed', async () => {
  const { work, states, mails, row } = await permitted({ hasEAddress: false })
  await work('2026-11-23T08:00:00Z')
  assert.deepEqual(await states(), ['eaddress failed', 'email sent'])
  assert.match(mails[0]!.text, /izsniedza būvatļauju Nr\. 12\/2026/)
  assert.equal(await row(), undefined)
})

test('a message that cannot be delivered to anyone fails for good, and the mail takes over', async () => {
  const { work, server, states, mails, proof } = await permitted()
  server.trouble.next.push(null, new Fault('BL.PSS.024'))
  await work('2026-11-23T08:00:00Z')
  assert.deepEqual(await states(), ['eaddress failed', 'email sent'])
  assert.match(mails[0]!.text, /izsniedza būvatļauju Nr\. 12\/2026/)
  assert.partialDeepStrictEqual(await proof(), { status: 'rejected', reason: 'BL.PSS.024 BL.PSS.024 (test)', servedOn: null })
})

test('a message that the recipient’s mailbox rejects fails, and the mail goes again with the contents', async () => {
  const { work, server, states, mails, proof } = await permitted()
  await work('2026-11-23T08:00:00Z')
  server.reject(server.messages[0]!, 'Pastkaste slēgta')
  await work('2026-11-23T08:06:00Z')
  await work('2026-11-23T08:07:00Z')
  assert.deepEqual(await states(), ['eaddress failed', 'email sent'])
  assert.match(mails[1]!.text, /izsniedza būvatļauju Nr\. 12\/2026/)
  assert.partialDeepStrictEqual(await proof(), { status: 'rejected', reason: 'RecipientRejected Pastkaste slēgta', servedOn: null })
})

test('a notification that is told twice counts once, and one of another system’s message is left to it', async () => {
  const { work, server, world } = await permitted()
  await work('2026-11-23T08:00:00Z')
  for (const notice of server.notices) notice.isConfirmed = false
  server.notices.push({ ...server.notices[0]!, id: 5000, messageId: 'DIV-OTHER' })
  await work('2026-11-23T08:06:00Z')
  const told = await world.db.selectFrom('eaddress_notification').select('id').execute()
  assert.deepEqual(told.map(({ id }) => id), ['1000'])
  assert.deepEqual(server.notices.map(({ id, isConfirmed }) => [id, isConfirmed]), [[1000, true], [5000, false]])
})

test('the service is not asked what became of messages before one was sent', async () => {
  const { work, server } = await permitted({ hasEAddress: false })
  await work('2026-11-23T08:00:00Z')
  assert.deepEqual(server.calls, ['ValidateEAddress'])
})

test('a certificate that is wrong stops the channel, and a right one in its place is used without a restart', async () => {
  const { work, config, states, server } = await permitted()
  const { certificateFile } = config
  config.certificateFile = `${certificateFile}.gone`
  await work('2026-11-23T08:00:00Z')
  assert.deepEqual(await states(), ['eaddress queued'])
  config.certificateFile = certificateFile
  await work('2026-11-23T08:02:00Z')
  assert.deepEqual(await states(), ['eaddress sent', 'email sent'])
  assert.equal(server.messages.length, 1)
})

test('the operator is alarmed when the certificate has 30, 14 and 7 days left, once each', async () => {
  const { work, said, server } = await permitted({ hasEAddress: false })
  const ends = new X509Certificate(server.client.cert).validToDate.getTime()
  for (const days of [40, 31, 30, 29, 15, 14, 8, 7, 1, -1]) await work(new Date(ends - days * 86_400_000).toISOString())
  assert.deepEqual(said.flatMap((one) => ('days' in one ? [one.days] : [])), [30, 14, 7])
})
