// How a person chooses to be told, the proof that they were, and what the operator sees of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue } from '../../src/app.ts'
import { deliverAll } from '../../src/notifications/delivery.ts'
import { emailChannel } from '../../src/notifications/email-channel.ts'
import { Undelivered, type Mail } from '../../src/notifications/mail.ts'
import { switches } from '../../src/notifications/preferences.ts'
import { tell } from '../../src/notifications/tell.ts'
import { writing } from '../../src/platform/database.ts'
import { openSite } from '../site.ts'
import { openWorld } from '../world.ts'

const everything = Object.fromEntries(switches.map((one) => [`on-${one}`, 'yes']))
const unset = { quietFrom: '', quietTo: '', digestHour: '' }

async function told() {
  const world = await openWorld()
  const [anna, janis, dace] = [await world.person('Anna Kalniņa', 'anna@example.test'), await world.person('Jānis Ozols', 'janis@example.test'), await world.person('Dace Liepa')]
  const operator = await world.person('Olga Operatore')
  const visit = await openSite(world, { operators: [operator] })
  const mails: Mail[] = []
  const refused = new Set<string>()
  const transport = {
    send: async (mail: Mail) => {
      if (refused.has(mail.to.address)) throw new Undelivered('refused', `550 5.1.1 <${mail.to.address}> User unknown`)
      mails.push(mail)
      return '250 2.0.0 OK queued as 4F1'
    },
    check: async () => {},
    close: () => {},
  }
  const post = { texts: catalogue, channels: { email: emailChannel({ transport, texts: catalogue, publicUrl: 'https://nams.example.test' }) } }
  const deliver = (now = world.now) => deliverAll(() => ({ ...world.system(), now }), post)
  const notice = (kind: 'READING_DUE' | 'INSTRUCTION_DEADLINE', to = [anna, janis], sender = world.system()) =>
    writing(world.db, (tx) => tell(tx, sender, { kind, data: { address: 'Ķiršu iela 12', type: 'WATER', number: '44-1', on: '2026-12-01', about: 'Ķiršu iela 12', date: '2026-12-01', authority: 'BVKB' }, recipients: to.map(({ id }) => id) }))
  return { world, anna, janis, dace, operator, visit, mails, refused, deliver, notice }
}

test('a muted category stays silent for that profile alone; it is in the list of notices all the same', async () => {
  const { anna, visit, notice, deliver, mails } = await told()
  const guest = await visit(anna)
  const { 'on-deadlines:email': _, ...rest } = everything
  assert.equal((await guest.post('/profile/notices', { ...rest, ...unset })).to, '/profile/notices?said=preferences-changed')
  assert.doesNotMatch((await guest.get('/profile/notices')).page, /name="on-deadlines:email"[^>]* checked/)
  await notice('READING_DUE')
  await deliver()
  assert.deepEqual(mails.map(({ to }) => to.address), ['janis@example.test'])
  assert.match((await guest.get('/notices')).words, /44-1/)
})

test('a person sets quiet hours and a digest, and gets one mail a day with all that was told', async () => {
  const { anna, visit, notice, deliver, mails } = await told()
  const guest = await visit(anna)
  await guest.post('/profile/notices', { ...everything, quietFrom: '20', quietTo: '8', digestHour: '7' })
  const ids = [await notice('READING_DUE', [anna]), await notice('READING_DUE', [anna])]
  for (const instant of ['2026-11-23T07:00:00Z', '2026-11-23T19:00:00Z', '2026-11-24T05:00:00Z', '2026-11-24T05:59:00Z']) await deliver(new Date(instant))
  assert.equal(mails.length, 0, 'the hour of the digest lies in the quiet hours')
  assert.match((await guest.get(`/notices/${ids[0]}/proof`)).words, /Gaida ne agrāk kā 24\.11\.2026/)
  await deliver(new Date('2026-11-24T06:00:00Z'))
  assert.equal(mails.length, 1)
  for (const id of ids) assert.ok(mails[0]!.text.includes(`/notices/${id}`))
  assert.match((await guest.get(`/notices/${ids[1]}/proof`)).words, /Nosūtīts 24\.11\.2026/)
})

test('what cannot be muted is sent though its category is off, and the page says why', async () => {
  const { anna, visit, notice, deliver, mails } = await told()
  const guest = await visit(anna)
  await guest.post('/profile/notices', unset)
  assert.match((await guest.get('/profile/notices')).words, /Vienmēr sūta, jo no tā atkarīgas Jūsu tiesības un termiņi: Norādījumu izpildes termiņš/)
  await notice('INSTRUCTION_DEADLINE', [anna])
  await deliver()
  assert.equal(mails.length, 1)
})

test('half of the quiet hours, or none between them, is refused beside its field with the choice kept', async () => {
  const { anna, visit, world } = await told()
  const guest = await visit(anna)
  const half = await guest.post('/profile/notices', { ...everything, ...unset, quietFrom: '22' })
  assert.equal(half.status, 422)
  assert.match(half.page, /id="quietTo-error"/)
  assert.match(half.page, /<option value="22" selected>/)
  assert.equal((await guest.post('/profile/notices', { ...everything, quietFrom: '7', quietTo: '7', digestHour: '' })).status, 422)
  assert.equal((await guest.post('/profile/notices', { ...everything, quietFrom: '22', quietTo: '7', digestHour: '18' })).status, 303)
  const event = await world.db.selectFrom('event').select(['before', 'after']).where('action', '=', 'preferences.changed').executeTakeFirstOrThrow()
  assert.deepEqual(event.after, { quietFrom: 22, quietTo: 7, digestHour: 18, muted: [] })
})

test('beside its choices a person reads where mails go, and above the notices that none can', async () => {
  const { world, anna, visit } = await told()
  const guest = await visit(anna)
  const { page, words } = await guest.get('/profile/notices')
  assert.match(words, /E-pasts\. Sūtām uz anna@example\.test\./)
  assert.match(page, /href="\/profile\/email".*href="\/profile\/devices"/s)
  assert.doesNotMatch((await guest.get('/notices')).words, /anna@example\.test/)
  await writing(world.db, (tx) => tx.updateTable('party').set({ email_verified_on: null }).where('id', '=', anna.id).execute())
  for (const path of ['/profile/notices', '/notices']) {
    const seen = await guest.get(path)
    assert.match(seen.words, /Adrese anna@example\.test nav apstiprināta, tāpēc paziņojumus uz to nesūtām\./)
    assert.match(seen.page, /<a href="\/profile\/email">/)
  }
})

test('who represents an organisation jointly sees its choice and cannot change it', async () => {
  const { anna, janis, visit, world } = await told()
  const firm = await world.organisation('SIA Namu gādība')
  await world.represents(anna, firm, 'sole')
  await world.represents(janis, firm, 'joint')
  assert.equal((await (await visit(anna, firm)).post('/profile/notices', { ...everything, ...unset })).status, 303)
  const joint = await visit(janis, firm)
  assert.equal((await joint.get('/profile/notices')).status, 200)
  assert.equal((await joint.post('/profile/notices', { ...everything, ...unset })).status, 403)
})

test('the proof shows the text, the moment, the answer and the opening; a recipient sees its own part alone', async () => {
  const { anna, janis, dace, visit, notice, deliver, refused } = await told()
  refused.add('janis@example.test')
  const id = await notice('READING_DUE')
  await deliver()
  const guest = await visit(anna)
  const before = await guest.get(`/notices/${id}/proof`)
  assert.match(before.words, /250 2\.0\.0 OK queued as 4F1/)
  assert.match(before.words, /nav atvērts/)
  assert.match(before.words, /Ķiršu iela 12/)
  assert.doesNotMatch(before.words, /Jānis Ozols/)
  await guest.get(`/notices/${id}`)
  assert.match((await guest.get(`/notices/${id}/proof`, 'en')).words, /Read by Anna Kalniņa, 23\/11\/2026/)
  assert.match((await (await visit(janis)).get(`/notices/${id}/proof`)).words, /550 5\.1\.1 <janis@example\.test> User unknown/)
  assert.equal((await (await visit(dace)).get(`/notices/${id}/proof`)).status, 404)
})

test('sender and operator see every recipient, and nobody’s address', async () => {
  const { world, anna, janis, dace, operator, visit, notice, deliver, refused } = await told()
  refused.add('janis@example.test')
  const id = await notice('READING_DUE', [anna, janis], world.as(dace))
  await deliver()
  for (const guest of [await visit(dace), await visit(operator)]) {
    const { words } = await guest.get(`/notices/${id}/proof`)
    assert.match(words, /Anna Kalniņa.*Jānis Ozols/)
    assert.match(words, /550 5\.1\.1 <…@…> User unknown/)
    assert.doesNotMatch(words, /(anna|janis)@/)
    assert.match(words, /Adresāti: 2 · atvēruši: 0 · nosūtīts arī citā kanālā: 1 · vēl gaida: 0/)
  }
})

test('a proof names its recipients in the order of the Latvian alphabet', async () => {
  const { world, dace, operator, visit, notice } = await told()
  const others = [await world.person('Zane Liepa'), await world.person('Ģirts Kļaviņš'), await world.person('Gunta Ziediņa'), await world.person('Hugo Alksnis')]
  const id = await notice('READING_DUE', [dace, ...others])
  assert.match((await (await visit(operator)).get(`/notices/${id}/proof`)).words, /Dace Liepa.*Gunta Ziediņa.*Ģirts Kļaviņš.*Hugo Alksnis.*Zane Liepa/)
})

test('the operator sees what waits, was sent and failed; nobody else does', async () => {
  const { anna, operator, visit, notice, deliver, refused } = await told()
  refused.add('janis@example.test')
  await notice('READING_DUE')
  await deliver()
  const page = await (await visit(operator)).get('/deliveries')
  assert.match(page.words, /E-pasts 0 – 0 1 100 % 1/)
  assert.match(page.words, /Jānis Ozols/)
  assert.equal((await (await visit(anna)).get('/deliveries')).status, 404)
})

test('the metrics are for this machine, or for whoever shows the token', async () => {
  const { world, visit, notice } = await told()
  await notice('READING_DUE')
  const here = await visit.server.inject({ url: '/metrics' })
  assert.match(here.body, /^nams_deliveries_queued\{channel="email"\} 2$/m)
  assert.equal((await visit.server.inject({ url: '/metrics', remoteAddress: '192.0.2.7' })).statusCode, 403)
  assert.equal((await visit.server.inject({ url: '/metrics', headers: { 'x-forwarded-for': '192.0.2.7' } })).statusCode, 403)
  const { server } = await openSite(world, { metricsToken: 'a-token-of-enough-length' })
  const ask = (authorization: string) => server.inject({ url: '/metrics', remoteAddress: '192.0.2.7', headers: { authorization } })
  assert.equal((await ask('Bearer a-token-of-enough-length')).statusCode, 200)
  assert.equal((await ask('Bearer another')).statusCode, 403)
})
