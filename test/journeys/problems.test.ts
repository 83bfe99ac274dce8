// Somebody reports a problem and follows it: every page leads there, and what the program knows is shown and may be left out (SUP-1, SUP-2).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionCookie } from '../../src/people/door.ts'
import { startSession } from '../../src/people/session.ts'
import { pdf, picture } from '../files.ts'
import { openSite, type Guest } from '../site.ts'
import { openWorld } from '../world.ts'

const told = { kind: 'problem', topic: 'meters', subject: '  Rādījumu nevar iesniegt ', description: 'Spiežu “Saglabāt”, un nekas nenotiek.', happenedOn: '23.11.2026', happenedAt: '8.30' }

async function installed() {
  const world = await openWorld()
  const [anna, janis] = [await world.person('Anna Kalniņa'), await world.person('Jānis Ozols')]
  const firm = await world.organisation('SIA “Jaunā māja”')
  await world.represents(anna, firm)
  await world.represents(janis, firm)
  let now = world.now
  const visit = await openSite(world, { clock: () => (now = new Date(now.getTime() + 1000)) })
  return { world, anna, janis, firm, visit, guest: await visit(anna) }
}

/** The place of a new report. */
async function reported(guest: Guest, form: Record<string, string>): Promise<string> {
  const { status, to, words } = await guest.post('/problems/new', form)
  assert.equal(status, 303, words)
  return /^\/problems\/PR-\d{6}/.exec(to!)![0]
}

test('every page leads to a report that knows the page, the topic and the profile; so does a page that cannot be shown', async () => {
  const { visit, anna, firm } = await installed()
  const guest = await visit(anna, firm)
  for (const path of ['/cases', '/nowhere?x=1']) assert.ok((await guest.get(path)).page.includes(`href="/problems/new?page=${encodeURIComponent(path)}"`), path)
  const { page, words } = await guest.get('/problems/new?page=%2Fcases%2FEL-1%2Fmeters')
  assert.match(page, /<input type="hidden" name="page" value="\/cases\/EL-1\/meters">/)
  assert.match(page, /<option value="meters" selected>/)
  assert.match(page, new RegExp(`<option value="${firm.id}" selected>`))
  assert.match(page, /name="happenedOn" value="23\.11\.2026\.?".*name="happenedAt" type="text" value="09:00"/s)
  assert.match(words, /Ko sistēma pievieno pati .* Lapa \/cases\/EL-1\/meters Pārlūks test Valoda latviešu Sistēmas versija \d+\.\d+\.\d+/)
})

test('the numbers of the last requests come along, the one that failed first, and none that was made up', async () => {
  const { visit, world, anna } = await installed()
  const { server } = visit
  const session = { [sessionCookie]: await startSession(world.db, anna.id, 'test', world.now) }
  const ask = (url: string, cookies: Record<string, string> = {}) => server.inject({ url, cookies: { ...session, ...cookies } })
  const keptBy = ({ cookies }: Awaited<ReturnType<typeof ask>>) => ({ nams_requests: cookies.find(({ name }) => name === 'nams_requests')!.value })
  const first = keptBy(await ask('/cases'))
  const failed = keptBy(await ask('/nowhere', first))
  const shown = (text: string) => /name="requests" value="([^"]*)"/.exec(text)?.[1]
  assert.match(shown((await ask('/problems/new', failed)).body)!, /^req-[0-9a-f]{12}-\w+, req-[0-9a-f]{12}-\w+$/)
  assert.ok(failed.nams_requests.startsWith(shown((await ask('/problems/new', failed)).body)!.split(',')[0]!), 'the latest first')
  assert.equal(shown((await ask('/problems/new', { nams_requests: `req-made-up${failed.nams_requests}` })).body), undefined)
})

test('what is ticked is sent, what is not is kept nowhere', async () => {
  const { guest, world } = await installed()
  const known = { page: '/cases?find=x', browser: 'Firefox, Windows', language: 'latviešu', version: '0.1.0', requests: 'req-1, req-2' }
  const place = await reported(guest, { ...told, ...known, 'with-browser': 'yes', 'with-requests': 'yes' })
  const { words } = await guest.get(place)
  assert.match(words, /Rādījumu nevar iesniegt PR-000001 Jauns/)
  assert.match(words, /Kad tas notika 23\.11\.2026\.?,? 08:30 Kurā profilā tas notika Anna Kalniņa Pārlūks Firefox, Windows Pēdējo pieprasījumu numuri req-1, req-2/)
  const row = await world.db.selectFrom('problem_report').select(['page', 'language', 'version', 'request_ids', 'subject']).executeTakeFirstOrThrow()
  assert.deepEqual(row, { page: null, language: null, version: null, request_ids: ['req-1', 'req-2'], subject: 'Rādījumu nevar iesniegt' })
})

test('all that is wrong is said at once beside its field, and what was typed and unticked stays', async () => {
  const { guest, world } = await installed()
  const { status, page, words } = await guest.post('/problems/new', { kind: 'x', topic: '', subject: ' ', description: 'Mans "apraksts"', happenedOn: '24.11.2026', happenedAt: '25:00', profile: '999', page: '/cases' })
  assert.equal(status, 422)
  for (const said of ['Izvēlieties tematu', 'Uzrakstiet tematu', 'Ievadiet laiku no 00:00']) assert.ok(words.includes(said), said)
  assert.ok(page.includes('Mans &quot;apraksts&quot;</textarea>'))
  assert.doesNotMatch(page, /name="with-page"[^>]* checked/)
  assert.match((await guest.post('/problems/new', { ...told, happenedAt: '9:05' })).words, /Tas vēl nav noticis/)
  assert.match((await guest.post('/problems/new', { ...told, profile: '999' })).words, /Jūs nepārstāvat|profil/)
  assert.equal((await world.db.selectFrom('problem_report').selectAll().execute()).length, 0)
})

test('a form sent twice is one report', async () => {
  const { guest, world } = await installed()
  const form = { ...told, key: 'a key of this form' }
  assert.equal(await reported(guest, form), await reported(guest, form))
  assert.equal((await world.db.selectFrom('problem_report').selectAll().execute()).length, 1)
})

test('the person adds to it, closes it and takes it up again; each is in the talk and in the history', async () => {
  const { guest, world, visit, anna, janis, firm } = await installed()
  const place = await reported(guest, { ...told, profile: String(firm.id) })
  await guest.post(place, { step: 'reply', body: 'Tas pats arī telefonā.' })
  assert.match((await guest.get(place)).words, /nekas nenotiek\. Anna Kalniņa .* Tas pats arī telefonā\./)
  await guest.post(place, { step: 'close' })
  assert.match((await guest.get('/problems')).words, /PR-000001 Rādījumu nevar iesniegt .* Aizvērts/)
  assert.equal((await guest.post(place, { step: 'helped' })).status, 409)
  assert.equal((await guest.post(place, { step: 'reopen', body: ' ' })).status, 422)
  await guest.post(place, { step: 'reopen', body: 'Atkal.' })
  assert.match((await guest.get(place)).words, /Tiek risināts .* Anna Kalniņa aizvēra ziņojumu .*Atkal\. .* Anna Kalniņa atsāka ziņojumu/)
  const events = await world.db.selectFrom('event').select(['action', 'actor_id', 'before', 'after']).orderBy('id').execute()
  assert.deepEqual(events.map(({ action }) => action), ['problem-report.told', 'problem-report.replied', 'problem-report.closed', 'problem-report.reopened'])
  assert.deepEqual([events[2]!.before, events[2]!.after, events[2]!.actor_id], [{ state: 'NEW' }, { state: 'CLOSED' }, anna.id])
  for (const other of [await visit(janis, firm), await visit(janis)]) assert.deepEqual([(await other.get(place)).status, (await other.post(place, { step: 'close' })).status], [404, 404])
  assert.equal((await (await visit(anna, firm)).get(place)).status, 200, 'it is the person’s in every profile')
})

test('files come with the words that they were sent with, for the reporter and support alone', async () => {
  const { guest, visit, janis, world, anna, firm } = await installed()
  const { status, to } = await guest.attach('/problems/new', told, [['ekrāns.png', await picture()], ['akts.pdf', pdf()]])
  assert.equal(status, 303)
  const place = /^\/problems\/PR-\d{6}/.exec(to!)![0]
  await guest.attach(place, { step: 'reply', body: 'Vēl viens.' }, [['otrs.png', await picture()]])
  assert.match((await guest.get(place)).words, /nekas nenotiek\. ekrāns\.png .*akts\.pdf .* Vēl viens\. otrs\.png/)
  const file = /href="(\/attachments\/\d+)"/.exec((await guest.get(place)).page)![1]!
  assert.deepEqual([(await guest.file(file)).status, (await (await visit(janis, firm)).file(file)).status], [200, 404])
  const bad = await guest.attach('/problems/new', { ...told, subject: 'Slikts' }, [['bilde.png', Buffer.from('<html><script>alert(1)</script></html>')]])
  assert.deepEqual([bad.status, bad.page.includes('value="Slikts"')], [422, true])
  assert.equal((await world.db.selectFrom('problem_report').selectAll().execute()).length, 1)
  const { after } = await world.db.selectFrom('event').select('after').where('action', '=', 'problem-report.told').executeTakeFirstOrThrow()
  assert.deepEqual((after!['files'] as { name: string }[]).map(({ name }) => name), ['ekrāns.png', 'akts.pdf'])
  assert.ok(anna)
})
