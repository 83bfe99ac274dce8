// Somebody without an account reaches support; and whoever is answered by mail answers by mail.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createTransport } from 'nodemailer'
import { listenForBounces } from '../../src/notifications/bounces/listener.ts'
import { replyAddress } from '../../src/problems/reply-address.ts'
import { replyDoor } from '../../src/problems/take-reply.ts'
import { bounceDomain, openOffice, replyDomain, secret } from '../post.ts'
import { openSite } from '../site.ts'
import { openWorld } from '../world.ts'

const told = { kind: 'question', topic: 'sign-in', subject: 'Nevaru pierakstīties', description: 'Banka saka “kļūda”.', happenedOn: '23.11.2026', happenedAt: '8:30', replyName: 'Pēteris Bērziņš', replyAddress: 'peteris@example.test' }
const replies = { secret, domain: replyDomain }

async function installed() {
  const world = await openWorld()
  const [anna, marta] = [await world.person('Anna Kalniņa', 'anna@example.test'), await world.person('Marta Saulīte')]
  const settings = { ...world.system().settings, contact: { phone: '+371 67 000 000', email: 'atbalsts@example.test' } }
  const visit = await openSite(world, { support: [marta], settings })
  const office = await openOffice(world)
  const listener = await listenForBounces({ fresh: () => world.system(), sealing: { secret, bounceDomain }, configured: ['email'], also: replyDoor(replies) }, { host: '127.0.0.1', port: 0 })
  after(() => listener.close())
  const other = createTransport({ host: '127.0.0.1', port: listener.port, secure: false, ignoreTLS: true })
  after(() => other.close())
  const [guest, desk] = [await visit(anna), await visit(marta)]
  const messages = () => world.db.selectFrom('problem_message').select(['side', 'via', 'body', 'author_id']).orderBy('id').execute()
  return { world, anna, marta, visit, office, other, guest, desk, messages }
}

test('the contact page says how support is reached, and takes a report that is answered by mail', async () => {
  const { visit, desk, office, messages, guest } = await installed()
  const { stranger } = visit
  assert.ok((await stranger.get('/sign-in')).page.includes('href="/contact?page=%2Fsign-in"'))
  const { page, words } = await stranger.get('/contact?page=%2Fsign-in')
  assert.match(words, /Tālrunis \+371 67 000 000 E-pasts atbalsts@example\.test Darba laiks darba dienās 08:30–17:00/)
  assert.match(page, /href="tel:\+37167000000".*<option value="sign-in" selected>/s)
  const wrong = await stranger.post('/contact', { ...told, replyAddress: 'nekas', subject: '' })
  assert.equal(wrong.status, 422)
  assert.ok(wrong.words.includes('Ierakstiet vienu e-pasta adresi') && wrong.page.includes('Banka saka “kļūda”.</textarea>'))
  assert.match((await stranger.post('/contact', told)).words, /Tā numurs ir PR-000001\. Atbildēsim uz peteris@example\.test/)
  assert.match((await desk.get('/desk/PR-000001')).words, /Pēteris Bērziņš · bez konta: peteris@example\.test Jauns/)
  await desk.post('/desk/PR-000001', { step: 'ask', body: 'Kura banka?' })
  const [mail] = await office.sendAfter()
  assert.deepEqual([mail!.to!.text, mail!.subject], ['"Pēteris Bērziņš" <peteris@example.test>', 'Atbilde uz ziņojumu PR-000001 – Nevaru pierakstīties'])
  assert.ok(mail!.text!.includes('Kura banka?') && mail!.text!.includes('atbildiet uz šo e-pastu'))
  assert.equal((await messages()).length, 1)
  assert.deepEqual(await office.sendAfter(60), [], 'once')
  assert.equal((await guest.get('/contact')).page.includes('<textarea'), false, 'whoever is signed in is led to a report of their own')
})

test('from one address few reports are taken in an hour, and what was typed is not lost', async () => {
  const { visit, world } = await installed()
  for (let count = 0; count < 5; count++) assert.equal((await visit.stranger.post('/contact', told)).status, 200)
  assert.equal((await visit.stranger.post('/contact', { ...told, subject: '' })).status, 422)
  const { status, page } = await visit.stranger.post('/contact', told)
  assert.deepEqual([status, page.includes('Banka saka “kļūda”.</textarea>')], [429, true])
  assert.equal((await world.db.selectFrom('problem_report').selectAll().execute()).length, 5)
})

test('an answer to the mail joins the talk in its writer’s name, once, and takes up what was resolved', async () => {
  const { guest, desk, office, other, messages, anna, world } = await installed()
  const { replyName: _, replyAddress: __, ...form } = told
  await guest.post('/problems/new', form)
  await desk.post('/desk/PR-000001', { step: 'resolve', body: 'Mēģiniet vēlreiz.' })
  const [mail] = await office.sendAfter()
  assert.ok(mail!.text!.includes('Uz šo e-pastu var atbildēt') && !mail!.text!.includes('atbildes uz to netiek lasītas'))
  const to = mail!.headers.get('reply-to') as unknown as { value: { address: string }[] }
  const address = to.value[0]!.address
  assert.match(address, /^support\+pr-000001\.[a-z0-9]+\.[0-9a-f]{24}@atbalsts\.example\.test$/)
  const answer = { from: 'anna@example.test', to: address.toUpperCase(), subject: `Re: ${mail!.subject}`, text: 'Joprojām nevaru.\n\nNams rakstīja:\n> Mēģiniet vēlreiz.\n', messageId: '<a1@example.test>' }
  await other.sendMail(answer)
  await other.sendMail(answer)
  assert.deepEqual((await messages()).at(-1), { side: 'person', via: 'mail', body: 'Joprojām nevaru.', author_id: anna.id })
  assert.equal((await messages()).length, 2)
  assert.match((await guest.get('/problems/PR-000001')).words, /Tiek risināts .* Anna Kalniņa, pa e-pastu .* Joprojām nevaru\./)
  assert.match((await desk.get('/desk')).words, /PR-000001 .* Jāatbild/)
  const event = await world.db.selectFrom('event').select(['action', 'actor_id', 'before', 'after']).orderBy('id', 'desc').executeTakeFirstOrThrow()
  assert.deepEqual(event, { action: 'problem-report.replied', actor_id: anna.id, before: { state: 'RESOLVED' }, after: { state: 'IN_PROGRESS' } })
})

test('an answer that was made up, for another person or report, is not taken; nor is what a machine wrote', async () => {
  const { visit, world, other, messages, anna, marta, guest } = await installed()
  const { replyName: _, replyAddress: __, ...form } = told
  await guest.post('/problems/new', form)
  await visit.stranger.post('/contact', told)
  const own = replyAddress(replies, { reportId: 1, personId: anna.id })
  const send = (to: string, more: object = {}) => other.sendMail({ from: 'anna@example.test', to, subject: 'Re', text: 'Labdien!', ...more })
  const strange = [`support@${replyDomain}`, own.replace('pr-000001', 'pr-000002'), own.replace(/.@/, '@'), own.replace(replyDomain, bounceDomain), replyAddress({ ...replies, secret: 'y'.repeat(64) }, { reportId: 1, personId: anna.id })]
  for (const to of strange) await assert.rejects(send(to), /550/, to)
  await assert.rejects(send(own, { text: 'x'.repeat(2 ** 21) }), /552/)
  for (const ids of [{ reportId: 1, personId: marta.id }, { reportId: 1, personId: 0 }, { reportId: 2, personId: anna.id }, { reportId: 99, personId: anna.id }]) await send(replyAddress(replies, ids))
  await send(own, { headers: { 'Auto-Submitted': 'auto-replied' } })
  assert.deepEqual(await messages(), [])
  await send(own)
  await send(replyAddress(replies, { reportId: 2, personId: 0 }), { text: 'Swedbank' })
  assert.deepEqual((await messages()).map(({ body, author_id }) => [body, author_id]), [['Labdien!', anna.id], ['Swedbank', null]])
  for (let count = 0; count < 35; count++) await send(own, { text: `Atbilde ${count}` })
  assert.equal((await world.db.selectFrom('problem_message').select('id').where('report_id', '=', 1).execute()).length, 30, 'two machines cannot talk on')
})
