import assert from 'node:assert/strict'
import { createServer, type AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { catalogue } from '../app.ts'
import { addInspectionType } from '../inspections/actions.ts'
import { sweep } from '../inspections/sweep.ts'
import { writing } from '../platform/database.ts'
import { openMailServer, recipientsOf } from '../../test/mail-server.ts'
import { date, openWorld } from '../../test/world.ts'
import { claimDue } from './delivery-sql.ts'
import { deliverAll, deliverDue, retryAt } from './delivery.ts'
import { emailChannel } from './email-channel.ts'
import { smtpTransport } from './smtp.ts'

const draft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M', justification: '' }

/** A building whose owners all are told of one inspection; none has been sent anything yet. */
async function toldOwners(...addresses: (string | null)[]) {
  const world = await openWorld()
  const building = await world.building('Ķiršu iela 12, Cēsis')
  const owner = await world.person('Anna Kalniņa')
  await world.holds(owner, building)
  await addInspectionType(world.as(owner), building.number, draft)
  const parties = []
  for (const [place, address] of addresses.entries()) {
    const party = await world.person(`Īpašnieks ${place}`, address)
    await world.holds(party, building)
    parties.push(party)
  }
  const tell = () => sweep(world.system(date('2027-02-01')))
  const after = (minutes: number) => ({ ...world.system(), now: new Date(world.now.getTime() + minutes * 60_000) })
  const rows = () => world.db.selectFrom('delivery').select(['state', 'attempts', 'answer', 'sent_at']).orderBy('party_id').execute()
  const change = (party: { id: number }, set: { language?: 'lv' | 'en'; email_verified_on?: null }) =>
    writing(world.db, (tx) => tx.updateTable('party').set(set).where('id', '=', party.id).execute())
  return { world, building, parties, tell, after, rows, change }
}

function post(url: string, settings?: { limit: number }) {
  const transport = smtpTransport(url, 'Nams <nams@example.test>', settings)
  after(() => transport.close())
  return { texts: catalogue, channels: { email: emailChannel({ transport, texts: catalogue, publicUrl: 'https://nams.example.test' }) } }
}

const unhurried = { random: () => 0 }

test('everyone told who has a verified address gets one mail, in their language, as text and as HTML', async () => {
  const { parties, tell, after, change } = await toldOwners('zane@example.test', 'john@example.test', 'unverified@example.test', null)
  await change(parties[1]!, { language: 'en' })
  await change(parties[2]!, { email_verified_on: null })
  await tell()
  const server = await openMailServer()
  const office = post(server.url)
  assert.deepEqual(await deliverDue(after(0), office), { sent: 2, retried: 0, failed: 0, aside: 0, stopped: null })
  assert.deepEqual(await deliverDue(after(60 * 24 * 30), office), { sent: 0, retried: 0, failed: 0, aside: 0, stopped: null })
  assert.deepEqual(recipientsOf(server.mails), ['john@example.test', 'zane@example.test'])
  const [john, zane] = ['john@example.test', 'zane@example.test'].map((address) => server.mails.find((mail) => mail.to!.text.includes(address)))
  assert.equal(zane!.subject, 'Tuvojas pārbaudes termiņš: Ugunsdrošības pārbaude – Ķiršu iela 12, Cēsis')
  assert.equal(john!.subject, 'Inspection deadline is approaching: Fire-safety inspection – Ķiršu iela 12, Cēsis')
  for (const [mail, language, sentence] of [
    [zane!, 'lv', 'jāveic līdz 01.03.2027.'],
    [john!, 'en', 'is due by 1 March 2027.'],
  ] as const) {
    assert.ok(mail.text!.includes(sentence))
    assert.ok((mail.html as string).includes(sentence))
    assert.ok((mail.html as string).includes(`<html lang="${language}">`))
    assert.match(mail.text!, /https:\/\/nams\.example\.test\/notices\/\d+/)
    assert.match(mail.html as string, /<a href="https:\/\/nams\.example\.test\/notices\/\d+"/)
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
    assert.equal(mail.headers.get('content-language'), language)
    assert.match(mail.messageId!, /^<[\w.]+@nams\.example\.test>$/)
    assert.ok(mail.headerLines.some(({ line }) => /^List-ID: .*<notices\.nams\.example\.test>/i.test(line)))
    assert.deepEqual(mail.date, after(0).now)
  }
  assert.notEqual(zane!.messageId, john!.messageId)
})

test('a mail that its server puts off is sent after the wait, once', async () => {
  const { tell, after, rows } = await toldOwners('zane@example.test')
  await tell()
  const server = await openMailServer()
  const office = post(server.url)
  server.refusals.push({ code: 451, text: 'Greylisted' })
  assert.deepEqual(await deliverDue(after(0), office, unhurried), { sent: 0, retried: 1, failed: 0, aside: 0, stopped: null })
  assert.match((await rows())[0]!.answer!, /^451 .*Greylisted/)
  assert.equal((await deliverDue(after(4), office, unhurried)).sent, 0)
  assert.equal((await deliverDue(after(5), office, unhurried)).sent, 1)
  assert.equal((await deliverDue(after(600), office, unhurried)).sent, 0)
  assert.equal(server.mails.length, 1)
  const [row] = await rows()
  assert.deepEqual([row!.state, row!.attempts, row!.sent_at], ['sent', 2, after(5).now])
})

test('an address that its server does not know fails at once, with the answer kept, and the others get their mail', async () => {
  const { tell, after, rows } = await toldOwners('gone@example.test', 'zane@example.test')
  await tell()
  const server = await openMailServer()
  server.refusals.push({ code: 550, text: 'No such user here' })
  assert.deepEqual(await deliverDue(after(0), post(server.url)), { sent: 1, retried: 0, failed: 1, aside: 0, stopped: null })
  const failed = (await rows()).filter(({ state }) => state === 'failed')
  assert.equal(failed.length, 1)
  assert.match(failed[0]!.answer!, /^550 .*No such user here/)
  assert.equal((await deliverDue(after(600), post(server.url))).sent, 0)
})

test('while the mail server is down nothing is lost, and all is sent when it is back', async () => {
  const addresses = Array.from({ length: 12 }, (_, place) => `owner${place}@example.test`)
  const { tell, after, rows } = await toldOwners(...addresses)
  await tell()
  const gone = await openMailServer()
  await gone.close()
  const office = post(gone.url)
  const round = await deliverDue(after(0), office, unhurried)
  assert.deepEqual([round.sent, round.failed, round.stopped?.obstacle], [0, 0, 'unreachable'])
  assert.ok((await rows()).every(({ state }) => state === 'queued'))
  assert.ok(round.retried > 0 && round.retried < 12, 'the rest of the round is left alone')
  const server = await openMailServer({ port: gone.port })
  assert.deepEqual(await deliverDue(after(5), office, unhurried), { sent: 12, retried: 0, failed: 0, aside: 0, stopped: null })
  assert.deepEqual(recipientsOf(server.mails), addresses.toSorted())
})

test('a wrong password stops the mail without using up attempts, until it is put right', async () => {
  const { tell, after, rows } = await toldOwners('zane@example.test', 'janis@example.test')
  await tell()
  const server = await openMailServer({ password: 'pareizā' })
  const withPassword = (password: string) => post(`smtp://nams:${encodeURIComponent(password)}@127.0.0.1:${server.port}`)
  for (const minutes of [0, 1, 2]) {
    const { stopped, ...counts } = await deliverDue(after(minutes), withPassword('nepareiza'))
    assert.deepEqual(counts, { sent: 0, retried: 0, failed: 0, aside: 0 })
    assert.equal(stopped?.obstacle, 'misconfigured')
    assert.match(stopped!.answer, /^535 .*Wrong user name or password/)
  }
  assert.deepEqual((await rows()).map(({ state, attempts }) => [state, attempts]), [['queued', 0], ['queued', 0]])
  assert.equal((await deliverDue(after(3), withPassword('pareizā'))).sent, 2)
  assert.equal(server.mails.length, 2)
})

test('a sender address that the server refuses stops the mail without using up attempts', async () => {
  const { tell, after, rows } = await toldOwners('zane@example.test')
  await tell()
  const server = await openMailServer({ sender: 'someone@else.test' })
  assert.equal((await deliverDue(after(0), post(server.url))).stopped?.obstacle, 'misconfigured')
  const [row] = await rows()
  assert.deepEqual([row!.state, row!.attempts], ['queued', 0])
  assert.match(row!.answer!, /^550 .*Sender refused/)
})

test('a certificate that cannot be trusted stops the mail without using up attempts', async () => {
  const { tell, after, rows } = await toldOwners('zane@example.test')
  await tell()
  const server = await openMailServer({ encrypted: true })
  assert.equal((await deliverDue(after(0), post(server.url))).stopped?.obstacle, 'misconfigured')
  assert.equal((await rows())[0]!.attempts, 0)
  assert.equal((await deliverDue(after(1), post(`${server.url}?tls.rejectUnauthorized=false`))).sent, 1)
})

test('a server that never answers holds a mail up for its time limit only', async () => {
  const { tell, after, rows } = await toldOwners('zane@example.test')
  await tell()
  const mute = createServer(() => {})
  await new Promise<void>((ready) => mute.listen(0, '127.0.0.1', ready))
  mute.unref()
  const { port } = mute.address() as AddressInfo
  const round = await deliverDue(after(0), post(`smtp://127.0.0.1:${port}`, { limit: 200 }))
  assert.deepEqual([round.retried, round.stopped?.obstacle], [1, 'unreachable'])
  assert.deepEqual((await rows()).map(({ state, attempts }) => [state, attempts]), [['queued', 1]])
  mute.close()
})

test('workers at the same time never send a mail twice', async () => {
  const addresses = Array.from({ length: 30 }, (_, place) => `owner${place}@example.test`)
  const { tell, after } = await toldOwners(...addresses)
  await tell()
  const server = await openMailServer()
  const workers = [post(server.url), post(server.url), post(server.url)]
  const rounds = await Promise.all(workers.map((office) => deliverAll(() => after(0), office)))
  assert.equal(rounds.reduce((sum, round) => sum + round.sent, 0), 30)
  assert.deepEqual(recipientsOf(server.mails), addresses.toSorted())
})

test('what a worker had claimed when it died comes due again, under the same Message-ID', async () => {
  const { world, tell, after, rows } = await toldOwners('zane@example.test')
  await tell()
  const server = await openMailServer()
  const office = post(server.url)
  const [claimed] = await claimDue(world.db, after(0).now, 10)
  assert.equal((await deliverDue(after(9), office)).sent, 0)
  assert.equal((await deliverDue(after(10), office)).sent, 1)
  assert.equal((await rows())[0]!.attempts, 2)
  const { id, partyId } = claimed!
  assert.ok(server.mails[0]!.messageId!.startsWith(`<${id}.${partyId}.`))
  await writing(world.db, (tx) => tx.updateTable('delivery').set({ state: 'queued' }).execute())
  await deliverDue(after(30), office)
  assert.deepEqual(server.mails.map((mail) => mail.messageId), [server.mails[0]!.messageId, server.mails[0]!.messageId])
})

test('an address that was withdrawn while its mail waited gets none', async () => {
  const { parties, tell, after, rows, change } = await toldOwners('zane@example.test', 'janis@example.test')
  await tell()
  await change(parties[0]!, { email_verified_on: null })
  const server = await openMailServer()
  assert.deepEqual(await deliverDue(after(0), post(server.url)), { sent: 1, retried: 0, failed: 1, aside: 0, stopped: null })
  assert.deepEqual(recipientsOf(server.mails), ['janis@example.test'])
  assert.deepEqual((await rows()).map(({ state }) => state), ['failed', 'sent'])
  assert.equal((await rows())[0]!.answer, 'address-withdrawn')
})

test('a mail is tried for more than 72 hours before it fails', async () => {
  const { tell, after, rows } = await toldOwners('zane@example.test')
  await tell()
  const gone = await openMailServer()
  await gone.close()
  const office = post(gone.url)
  const hours = []
  for (let minutes = 0; (await rows())[0]!.state === 'queued'; minutes += 5)
    if ((await deliverDue(after(minutes), office, unhurried)).stopped) hours.push(minutes / 60)
  assert.equal((await rows())[0]!.state, 'failed')
  assert.match((await rows())[0]!.answer!, /ECONNREFUSED/)
  assert.ok(hours.at(-1)! > 72, `tried last after ${hours.at(-1)} hours`)
  assert.ok(hours.length > 10)
})

test('waits grow, are spread by up to a fifth, and come to more than 72 hours however they fall', () => {
  const start = new Date('2026-11-23T07:00:00Z')
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 30, maxLength: 30 }), (falls) => {
      let now = start
      let attempts = 0
      for (let next = retryAt(1, now, () => falls[0]!); next; next = retryAt(++attempts + 1, now, () => falls[attempts]!)) {
        const wait = next.getTime() - now.getTime()
        const least = retryAt(attempts + 1, now, () => 0)!.getTime() - now.getTime()
        assert.ok(wait >= least && wait <= least * 1.2)
        now = next
      }
      assert.ok(now.getTime() - start.getTime() > 72 * 3_600_000)
    }),
  )
})
