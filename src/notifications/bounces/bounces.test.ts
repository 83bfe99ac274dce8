import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createTransport } from 'nodemailer'
import { bounces } from '../../../test/bounces.ts'
import { bounceDomain, linkIn, openOffice, secret } from '../../../test/post.ts'
import { openSite } from '../../../test/site.ts'
import { openWorld } from '../../../test/world.ts'
import { writing } from '../../platform/database.ts'
import { tell } from '../tell.ts'
import { bounceAddress } from './bounce-address.ts'
import { listenForBounces } from './listener.ts'

const data = { number: 'P-7', authority: 'Cēsu būvvalde', date: '2026-11-20', about: 'Ķiršu iela 12, Cēsis' }
const sealing = { secret, bounceDomain }

/** A mail on its way to Anna, and a mail server that can send it back. */
async function openSent() {
  const world = await openWorld()
  const person = await world.person('Anna Kalniņa', 'Anna@example.test')
  const office = await openOffice(world)
  const enter = await openSite(world)
  const told = async () => {
    await writing(world.db, (tx) => tell(tx, world.system(), { kind: 'DESIGN_APPROVED', data, recipients: [person.id] }))
    await office.sendAfter()
    return office.senders.at(-1)!
  }
  const listener = await listenForBounces({ fresh: () => world.system(), sealing, configured: ['email', 'push'] }, { host: '127.0.0.1', port: 0 })
  after(() => listener.close())
  const other = createTransport({ host: '127.0.0.1', port: listener.port, secure: false, ignoreTLS: true })
  after(() => other.close())
  const sendBack = (shape: keyof typeof bounces, to: string) => other.sendMail({ envelope: { from: '', to }, raw: bounces[shape](to) })
  const rows = () => world.db.selectFrom('delivery').select(['state', 'answer']).where('channel', '=', 'email').orderBy('notice_id').execute()
  const suppressed = () => world.db.selectFrom('suppressed_address').select(['address', 'answer']).execute()
  return { world, person, office, enter, told, sendBack, other, rows, suppressed }
}

for (const [shape, words] of [
  ['postfix', /^550 5\.1\.1 <anna@example\.test>: Recipient address rejected: User unknown$/],
  ['exchange', /^550 5\.1\.10 RESOLVER\.ADR\.RecipientNotFound; Recipient anna@example\.test not found/],
  ['gmail', /^550-5\.1\.1 The email account that you tried to reach does not exist\. Please try 550-5\.1\.1 double-checking/],
] as const)
  test(`a mail that ${shape} sends back fails with its words, and its address gets no more mail`, async () => {
    const { told, sendBack, rows, suppressed, office, world } = await openSent()
    const back = await told()
    assert.match(back, /^bounce\+[a-z0-9.]+@atpakal\.example\.test$/)
    await sendBack(shape, back.toUpperCase())
    const [row] = await rows()
    assert.equal(row!.state, 'failed')
    assert.match(row!.answer!.replace(/^bounced: /, ''), words)
    const [dead] = await suppressed()
    assert.equal(dead!.address, 'anna@example.test')
    assert.match(dead!.answer, words)
    await sendBack(shape, back)
    const tried = await world.db.selectFrom('delivery_attempt').select('obstacle').orderBy('id').execute()
    assert.deepEqual(tried.map(({ obstacle }) => obstacle), [null, 'refused'], 'the same report again changes nothing')
    const before = office.mails.length
    await told()
    assert.equal(office.mails.length, before)
    assert.deepEqual((await rows()).at(-1), { state: 'failed', answer: 'suppressed' })
  })

test('a delay is noted, a server that gives up fails the delivery, and neither strikes the address', async () => {
  const { told, sendBack, rows, suppressed } = await openSent()
  const back = await told()
  await sendBack('delayed', back)
  assert.equal((await rows())[0]!.state, 'sent')
  await sendBack('givenUp', back)
  const [row] = await rows()
  assert.equal(row!.state, 'failed')
  assert.match(row!.answer!, /^bounced: connect to mail\.example\.test/)
  assert.deepEqual(await suppressed(), [])
})

test('an answer that somebody is on leave changes nothing', async () => {
  const { told, sendBack, rows, suppressed } = await openSent()
  await sendBack('onLeave', await told())
  assert.equal((await rows())[0]!.state, 'sent')
  assert.deepEqual(await suppressed(), [])
})

test('mail to any other address, or to one that was made up, is not taken', async () => {
  const { told, sendBack, rows, world, person } = await openSent()
  const back = await told()
  const elsewhere = bounceAddress({ secret: 'y'.repeat(64), bounceDomain }, { noticeId: 1, partyId: person.id, address: 'anna@example.test' })
  for (const to of [`nams@${bounceDomain}`, `bounce+1.2.3@${bounceDomain}`, back.replace(/.@/, '@'), back.replace(bounceDomain, 'example.test'), elsewhere])
    await assert.rejects(sendBack('postfix', to), /550/, to)
  assert.equal((await rows())[0]!.state, 'sent')
  assert.ok(world)
})

test('a mail that is too large is refused, and the next one is taken', async () => {
  const { told, other, sendBack, rows } = await openSent()
  const back = await told()
  await assert.rejects(other.sendMail({ envelope: { from: '', to: back }, raw: `To: ${back}\r\n\r\n${'x'.repeat(2 ** 21)}` }), /552/)
  await sendBack('postfix', back)
  assert.equal((await rows())[0]!.state, 'failed')
})

test('a bounce of an address that was changed meanwhile strikes the new one not', async () => {
  const { world, person, told, sendBack, rows, suppressed } = await openSent()
  const back = await told()
  await writing(world.db, (tx) => tx.updateTable('party').set({ email: 'jauna@example.test' }).where('id', '=', person.id).execute())
  await sendBack('postfix', back)
  assert.equal((await rows())[0]!.state, 'failed')
  assert.deepEqual(await suppressed(), [])
})

test('where a mail comes back the next channel takes over', async () => {
  const { world, person, told, sendBack } = await openSent()
  const back = await told()
  await writing(world.db, async (tx) => {
    const device = { party_id: person.id, person_id: person.id, endpoint: 'https://push.example.test/1', p256dh: 'x', auth: 'x', server_key: 'x', device: 'test', created_at: world.now }
    await tx.insertInto('push_subscription').values(device).execute()
  })
  await sendBack('postfix', back)
  const pushes = await world.db.selectFrom('delivery').select('state').where('channel', '=', 'push').execute()
  assert.deepEqual(pushes, [{ state: 'queued' }])
})

test('the owner sees that mail does not arrive, and verifying the address anew lets it go there again', async () => {
  const { person, told, sendBack, enter, office, rows } = await openSent()
  await sendBack('postfix', await told())
  const guest = await enter(person)
  assert.ok((await guest.get('/notices')).words.includes('Uz Jūsu adresi Anna@example.test e-pastu nevar piegādāt'))
  for (const path of ['/profile', '/profile/email']) assert.match((await guest.get(path)).words, /e-pastu nevar piegādāt .*User unknown/)
  await guest.post('/profile/email', { do: 'verify', id: '0' })
  const [mail] = await office.sendAfter()
  await enter.stranger.post(linkIn(mail!, '/verify/'), {})
  assert.ok(!(await guest.get('/notices')).words.includes('nevar piegādāt'))
  const before = office.mails.length
  await told()
  assert.deepEqual([office.mails.length, (await rows()).at(-1)!.state], [before + 1, 'sent'])
})

test('a link mail that comes back is said on the page', async () => {
  const { person, enter, office, sendBack, world } = await openSent()
  const guest = await enter(person)
  await guest.post('/profile/email', { do: 'add', address: 'darbs@example.test' })
  await office.sendAfter()
  await sendBack('postfix', office.senders.at(-1)!)
  assert.match((await guest.get('/profile/email')).words, /Vēstuli ar saiti neizdevās piegādāt: 550 5\.1\.1 .*User unknown/)
  assert.equal((await world.db.selectFrom('suppressed_address').selectAll().execute()).length, 0)
})
