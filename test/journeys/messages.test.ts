// People of a house write to each other: the manager to all, an owner to chosen ones, by page and by API.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pdf, picture } from '../files.ts'
import { openOffice } from '../post.ts'
import { openProgram, problems } from '../program.ts'
import { openSite } from '../site.ts'
import { openWorld } from '../world.ts'

/** A house of three flats with a manager and a person who answers for it. */
async function flats(owners = 3) {
  const world = await openWorld()
  const building = await world.building('Ķiršu iela 12, Cēsis')
  const parties = []
  for (let at = 1; at <= owners; at++) {
    const party = await world.person(`Īpašnieks Nr${at}`, `o${at}@example.test`)
    await world.holds(party, building, { premises: `${building.designation}${String(at).padStart(3, '0')}` })
    parties.push(party)
  }
  const [zane, head] = [await world.person('Zane Liepa'), await world.person('Inese Bērziņa')]
  const firm = await world.organisation('SIA Namu gādība')
  await world.represents(head, firm)
  await world.manages(firm, building, zane)
  const house = await world.house('ML-1', [building], 'apartments')
  return { world, house, owners: parties, zane, head, firm, visit: await openSite(world), program: await openProgram(world) }
}

const text = { subject: 'Ūdens atslēgšana', body: 'Rīt no 9 līdz 12.\r\n\r\n<b>Lūdzu</b> sagatavojieties.' }
const idIn = (to: string | undefined) => Number(/messages\/(\d+)/.exec(to ?? '')?.[1])

test('the responsible person writes to all owners; one reads it, answers the manager, and both see what became of it', async () => {
  const { owners, zane, head, firm, visit, world } = await flats()
  const manager = await visit(zane)
  const sent = await manager.post('/cases/ML-1/messages/new', { ...text, to: 'all', step: 'send' })
  assert.match(sent.to!, /^\/cases\/ML-1\/messages\/\d+\?said=message-sent$/)
  const owner = await visit(owners[1]!)
  const list = await owner.get('/cases/ML-1/received')
  assert.match(list.words, /Saņemtās ziņas 1.*Ūdens atslēgšana.*Zane Liepa.*Nelasīts/)
  const path = /href="(\/notices\/\d+)"><strong>/.exec(list.page)![1]!
  const opened = await owner.get(path)
  assert.ok(opened.page.includes('class="govuk-body-l written">Rīt no 9 līdz 12.\n\n&lt;b&gt;Lūdzu&lt;/b&gt; sagatavojieties.</p>'))
  assert.match((await owner.get('/cases/ML-1/received?state=unread')).words, /Nav ziņu, kas atbilst atlasei/)
  assert.match((await manager.get(`/cases/ML-1/messages/${idIn(sent.to)}`)).words, /Izlasījuši 1 no 3.*Īpašnieks Nr1 nav izlasīts.*Īpašnieks Nr2 izlasīts/)

  const answer = /href="([^"]*\/messages\/new\?answer=\d+)"/.exec(opened.page)![1]!
  const form = await owner.get(answer)
  assert.ok(form.page.includes('value="Atb.: Ūdens atslēgšana"'))
  assert.match(form.page, /name="manager" type="checkbox" value="yes" checked/)
  await owner.post('/cases/ML-1/messages/new', { subject: 'Atb.: Ūdens atslēgšana', body: 'Būšu mājās.', manager: 'yes', step: 'send' })
  for (const guest of [manager, await visit(head, firm)]) assert.match((await guest.get('/cases/ML-1/received')).words, /Atb\.: Ūdens atslēgšana Sūtītājs|Atb\.: Ūdens atslēgšana Īpašnieks Nr2/)
  assert.doesNotMatch((await (await visit(owners[0]!)).get('/cases/ML-1/received')).words, /Atb\.:/)
  const mails = await world.db.selectFrom('delivery').select('party_id').where('channel', '=', 'email').execute()
  assert.deepEqual(mails.map(({ party_id }) => party_id).sort(), owners.map(({ id }) => id).sort())
})

test('what goes to all stands in the case’s history, what goes to some does not', async () => {
  const { owners, zane, visit } = await flats()
  const [manager, owner] = [await visit(zane), await visit(owners[0]!)]
  await manager.post('/cases/ML-1/messages/new', { ...text, to: 'all', step: 'send' })
  await owner.post('/cases/ML-1/messages/new', { subject: 'Kaimiņu lieta', body: 'Sveiki!', [`to-${owners[1]!.id}`]: 'yes', step: 'send' })
  const { words } = await (await visit(owners[2]!)).get('/cases/ML-1/history')
  assert.match(words, /Ziņa visiem īpašniekiem.*Ūdens atslēgšana/)
  assert.doesNotMatch(words, /Kaimiņu lieta/)
})

test('the eleventh message of an owner in a day is refused, with what was typed still there, and goes the next day', async () => {
  const { owners, visit, world, zane } = await flats()
  const [guest, to] = [await visit(owners[0]!), `to-${owners[1]!.id}`]
  for (let at = 0; at < 10; at++) assert.equal((await guest.post('/cases/ML-1/messages/new', { ...text, [to]: 'yes', step: 'send' })).status, 303)
  const refused = await guest.post('/cases/ML-1/messages/new', { ...text, body: 'Vienpadsmitā', [to]: 'yes', step: 'send' })
  assert.equal(refused.status, 422)
  assert.match(refused.words, /Šodien jau nosūtījāt 10 ziņas/)
  assert.ok(refused.page.includes('Vienpadsmitā</textarea>') && refused.page.includes(`name="${to}" type="checkbox" value="yes" checked`))
  assert.equal((await guest.post('/cases/ML-1/messages/new', { ...text, body: 'Vienpadsmitā', [to]: 'yes', step: 'draft' })).status, 303)
  const { id } = await world.db.selectFrom('house_message').select('id').where('sent_at', 'is', null).executeTakeFirstOrThrow()
  const next = await openSite(world, { clock: () => new Date(world.now.getTime() + 86_400_000) })
  assert.equal((await (await next(owners[0]!)).post(`/cases/ML-1/messages/${id}`, { ...text, [to]: 'yes', step: 'send' })).status, 303)
  const manager = await visit(zane)
  for (let at = 0; at < 11; at++) assert.equal((await manager.post('/cases/ML-1/messages/new', { ...text, to: 'all', step: 'send' })).status, 303)
})

test('an owner’s recipients of a day are counted too, and two messages at once do not slip past', async () => {
  const { owners, program } = await flats(41)
  const owner = await program.as(owners[0]!)
  const send = (count: number) => owner('POST', '/cases/ML-1/messages', { ...text, recipients: owners.slice(1, count + 1).map(({ id }) => id) })
  const statuses = (await Promise.all([send(40), send(40)])).map(({ status }) => status)
  assert.deepEqual(statuses.sort(), [201, 422])
  const refused = await send(11)
  assert.deepEqual([problems(refused), refused.body.problems[0].detail], [[' recipients-a-day'], 'Messages may go to 50 recipients a day: 10 are left today'])
  assert.equal((await send(10)).status, 201)
})

test('every problem of a message is named, and an owner neither writes to all nor to whoever is not of the house', async () => {
  const { owners, zane, program, world } = await flats()
  const stranger = await world.person('Svešs Cilvēks')
  const [owner, manager] = [await program.as(owners[0]!), await program.as(zane)]
  const refused = async (ask: typeof owner, body: object) => problems(await ask('POST', '/cases/ML-1/messages', { ...text, ...body }))
  assert.deepEqual(await refused(owner, { subject: ' ', body: '\n' }), ['to required', 'subject required', 'body required'])
  assert.deepEqual(await refused(owner, { all: true }), ['to not-to-all'])
  assert.deepEqual(await refused(owner, { recipients: [stranger.id] }), ['to not-of-house'])
  assert.deepEqual(await refused(owner, { recipients: [owners[0]!.id] }), ['to not-of-house'])
  assert.deepEqual(await refused(manager, { all: true, recipients: [owners[0]!.id] }), ['to all-or-chosen'])
  assert.deepEqual(await refused(manager, { manager: true }), ['to no-manager'])
  assert.equal((await (await program.as(stranger))('POST', '/cases/ML-1/messages', { ...text, all: true })).status, 404)
  const { body } = await owner('GET', '/cases/ML-1/addressees')
  assert.deepEqual([body.all, body.management, body.items.map(({ name, premises }: any) => `${name} ${premises}`)], [false, ['SIA Namu gādība', 'Zane Liepa'], ['Īpašnieks Nr2 2', 'Īpašnieks Nr3 3']])
  assert.ok(!JSON.stringify(body).includes('example.test') && !JSON.stringify(body).includes(owners[1]!.code))
})

test('a program sends, sees who has read, and lists what was received', async () => {
  const { owners, zane, program } = await flats()
  const [owner, manager] = [await program.as(owners[0]!), await program.as(zane)]
  const sent = await manager('POST', '/cases/ML-1/messages', { ...text, all: true }, { 'idempotency-key': 'm-1' })
  const again = await manager('POST', '/cases/ML-1/messages', { ...text, all: true }, { 'idempotency-key': 'm-1' })
  assert.deepEqual([sent.status, again.body], [201, sent.body])
  const [received] = (await owner('GET', '/cases/ML-1/received-messages?unread=true')).body.items
  assert.deepEqual([received.from, received.subject, received.readAt], ['Zane Liepa', text.subject, null])
  await owner('PUT', `/notices/${received.id}/read`)
  assert.deepEqual((await owner('GET', '/cases/ML-1/received-messages?unread=true')).body.items, [])
  const { body } = await manager('GET', `/cases/ML-1/messages/${sent.body.id}`)
  assert.deepEqual([body.read, body.to.map(({ name, readAt }: any) => [name, readAt !== null])], [1, [['Īpašnieks Nr1', true], ['Īpašnieks Nr2', false], ['Īpašnieks Nr3', false]]])
  assert.equal((await owner('GET', `/cases/ML-1/messages/${sent.body.id}`)).status, 404)
})

test('drafts and templates are kept, used, changed and deleted, and are nobody else’s', async () => {
  const { zane, owners, visit, world } = await flats()
  const [manager, owner] = [await visit(zane), await visit(owners[0]!)]
  const made = await manager.post('/cases/ML-1/templates/new', { name: 'Ūdens', ...text })
  assert.equal(made.to, '/cases/ML-1/templates?said=template-saved')
  assert.equal((await manager.post('/cases/ML-1/templates/new', { name: 'Ūdens', ...text })).status, 409)
  const unnamed = await manager.post('/cases/ML-1/templates/new', { name: '', subject: '', body: 'Vārdi' })
  assert.deepEqual([unnamed.status, unnamed.page.includes('Vārdi</textarea>')], [422, true])
  const use = /href="([^"]*template=(\d+))"/.exec((await manager.get('/cases/ML-1/templates')).page)!
  assert.ok((await manager.get(use[1]!)).page.includes('value="Ūdens atslēgšana"'))
  assert.equal((await owner.get(`/cases/ML-1/templates/${use[2]}`)).status, 404)

  const draft = { ...text, [`to-${owners[1]!.id}`]: 'yes', to: 'chosen' }
  const key = 'one form'
  for (const _ of [1, 2]) await manager.post('/cases/ML-1/messages/new', { ...draft, key, step: 'draft' })
  const rows = await world.db.selectFrom('house_message').select(['id', 'sent_at']).execute()
  assert.equal(rows.length, 1)
  const place = `/cases/ML-1/messages/${rows[0]!.id}`
  assert.match((await manager.get('/cases/ML-1/sent')).words, /Ūdens atslēgšana.*Melnraksts/)
  assert.match((await manager.get(place)).page, new RegExp(`name="to-${owners[1]!.id}" type="checkbox" value="yes" checked`))
  for (const path of [place, `${place}/remove`]) assert.equal((await owner.get(path)).status, 404)
  assert.equal((await manager.post(place, { ...draft, subject: 'Cits temats', step: 'send' })).to, `${place}?said=message-sent`)
  assert.equal((await manager.post(`${place}/remove`, {})).status, 404)
  assert.match((await owner.get('/notices')).words, /Šim profilam vēl nav neviena paziņojuma/)

  await manager.post('/cases/ML-1/messages/new', { ...text, step: 'draft' })
  const { id } = await world.db.selectFrom('house_message').select('id').where('sent_at', 'is', null).executeTakeFirstOrThrow()
  assert.equal((await manager.post(`/cases/ML-1/messages/${id}/remove`, {})).to, '/cases/ML-1/sent?said=draft-removed')
  assert.equal((await manager.post(`/cases/ML-1/templates/${use[2]}`, { step: 'remove' })).to, '/cases/ML-1/templates?said=template-removed')
})

test('files go with a message: sender and recipients open them, a neighbour does not, and the mail leads to them', async () => {
  const { owners, zane, visit, world } = await flats()
  const [manager, recipient, neighbour] = [await visit(zane), await visit(owners[0]!), await visit(owners[1]!)]
  const sent = await manager.attach('/cases/ML-1/messages/new', { ...text, to: 'chosen', [`to-${owners[0]!.id}`]: 'yes', step: 'send' }, [['Plāns.pdf', pdf()], ['foto.png', await picture()]])
  assert.match(sent.to!, /said=message-sent/)
  const opened = await recipient.get(/href="(\/notices\/\d+)"/.exec((await recipient.get('/cases/ML-1/received')).page)![1]!)
  const [plan] = [...opened.page.matchAll(/href="(\/attachments\/\d+)"/g)].map(([, path]) => path!)
  assert.match(opened.words, /Plāns\.pdf PDF, 78 baiti foto\.png PNG attēls/)
  for (const guest of [manager, recipient]) assert.deepEqual((await guest.file(plan!)).content, pdf())
  assert.equal((await neighbour.file(plan!)).status, 404)
  assert.match((await manager.get(sent.to!)).words, /Plāns\.pdf PDF/)
  const [mail] = await (await openOffice(world)).sendAfter()
  assert.match(mail!.text!, /sagatavojieties\.\n\nPielikumi: Plāns\.pdf, foto\.png\. Tos var atvērt ziņas lapā\./)
})

test('a draft keeps its files until they are taken away or it is sent; nobody else opens them, and they go with it when it is removed', async () => {
  const { owners, visit, world } = await flats()
  const [owner, other] = [await visit(owners[0]!), await visit(owners[1]!)]
  const to = { [`to-${owners[1]!.id}`]: 'yes' }
  const refused = await owner.attach('/cases/ML-1/messages/new', { ...text, ...to, step: 'draft' }, [['a.png', Buffer.from('<html>')]])
  assert.deepEqual([refused.status, /„a\.png” pēc satura/.test(refused.words), refused.page.includes('value="Ūdens atslēgšana"')], [422, true, true])
  await owner.attach('/cases/ML-1/messages/new', { ...text, ...to, step: 'draft' }, [['viens.pdf', pdf('1')], ['divi.pdf', pdf('2')]])
  const { id } = await world.db.selectFrom('house_message').select('id').executeTakeFirstOrThrow()
  const kept = () => world.db.selectFrom('attachment').select(['id', 'name', 'sha256']).orderBy('id').execute()
  const [one, two] = await kept()
  assert.equal((await other.file(`/attachments/${one!.id}`)).status, 404)
  assert.match((await owner.get(`/cases/ML-1/messages/${id}`)).words, /viens\.pdf PDF, \d+ baiti Noņemt/)
  await owner.attach(`/cases/ML-1/messages/${id}`, { ...text, ...to, [`remove-${one!.id}`]: 'yes', step: 'send' }, [['trīs.pdf', pdf('3')]])
  const [, three] = await kept()
  assert.deepEqual((await kept()).map(({ name }) => name), ['divi.pdf', 'trīs.pdf'])
  assert.equal((await other.file(`/attachments/${two!.id}`)).status, 200)
  const event = await world.db.selectFrom('event').select('after').where('action', '=', 'message.sent').executeTakeFirstOrThrow()
  assert.deepEqual(event.after?.['files'], [two, three].map((one) => ({ name: one!.name, sha256: one!.sha256 })))

  await owner.attach('/cases/ML-1/messages/new', { ...text, step: 'draft' }, [['lieks.pdf', pdf()]])
  await owner.post(`/cases/ML-1/messages/${id + 1}/remove`, {})
  assert.deepEqual((await kept()).map(({ name }) => name), ['divi.pdf', 'trīs.pdf'])
})
