// A person lets support look for 72 hours: what support sees, what the person learns of it, and that it ends to the second (SUP-3, A-48, A-49).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unreadCount } from '../../src/notifications/store.ts'
import { tell } from '../../src/notifications/tell.ts'
import { writing } from '../../src/platform/database.ts'
import { closeReport } from '../../src/problems/report-actions.ts'
import { supportWorld, type SupportWorld } from '../support-world.ts'

const access = '/profile/support-access'
const hour = 3600

type Browser = Awaited<ReturnType<SupportWorld['browser']>>

const open = (browser: Browser, form: Record<string, string> = { scope: 'all' }) => browser.post(`${access}/open`, form)
const look = (browser: Browser, report: string) => browser.post('/support-access', { report })

/** Anna has let support look, and Marta does. */
async function looking(form?: Record<string, string>) {
  const built = await supportWorld()
  const [own, staff] = [await built.browser(built.anna), await built.browser(built.marta)]
  assert.equal((await open(own, form)).status, 303)
  const begun = await look(staff, built.report)
  assert.equal(begun.status, 303, begun.words)
  return { ...built, own, staff, begun }
}

test('a person opens access knowingly, watches the time run down, begins anew and closes it; the history says all of it', async () => {
  const { browser, anna, at } = await supportWorld()
  const own = await browser(anna)
  assert.match((await own.get(access)).words, /Piekļuve nav atvērta Atļaut piekļuvi profilam/)
  assert.match((await own.get(`${access}/open`)).words, /neko nevarēs mainīt.*organizācijām, kuras pārstāvat.*72 stundām.*Personas kodi ir aizklāti.*jebkurā brīdī/)
  assert.equal((await open(own)).to, `${access}?said=access-opened`)
  assert.match((await own.get(access)).page, /Piekļuve atvērta.*<b data-countdown="259200" role="timer">72:00:00<\/b>/s)
  at(61)
  assert.match((await own.get(access)).words, /Atlikušais laiks 71:58:59/)
  await open(own, { scope: 'case', case: 'EL-1' })
  assert.match((await own.get(access)).words, /Atlikušais laiks 72:00:00 Pati aizvērsies 26\.11\.2026,? 09:01 · redzama tikai lieta EL-1/)
  at(120)
  assert.equal((await own.post(`${access}/close`, {})).status, 303)
  const lines = (await own.get(access)).words
  assert.match(lines, /Piekļuve nav atvērta.*Piekļuvi aizvērāt Jūs.*Piekļuve atvērta uz 72 stundām redzama tikai lieta EL-1.*Iepriekšējā piekļuve beigusies, jo atvērta jauna.*Piekļuve atvērta uz 72 stundām redzams viss/)
})

test('only the profile of the natural person opens it: an organisation’s is shown the way there', async () => {
  const { browser, anna, firm } = await supportWorld()
  const own = await browser(anna)
  await own.post('/profile/choose', { profile: String(firm.id) })
  for (const path of [access, `${access}/open`]) {
    const { words, page } = await own.get(path)
    assert.match(words, /tikai fiziskās personas profilā/)
    assert.ok(!page.includes('name="scope"') && page.includes(`name="profile" value="${anna.id}"`))
  }
  assert.equal((await open(own)).status, 403)
  assert.match((await own.get(access)).words, /Piekļuve nav atvērta/)
  await own.post('/profile/choose', { profile: String(anna.id), to: access })
  assert.equal((await open(own)).status, 303)
})

test('a case that the person does not see cannot be opened, and what was chosen stays chosen', async () => {
  const { browser, anna } = await supportWorld()
  const own = await browser(anna)
  for (const number of ['EL-99', '']) {
    const { status, page } = await open(own, { scope: 'case', case: number })
    assert.equal(status, 422)
    assert.match(page, /value="case" checked.*id="case-error"/s)
  }
  assert.equal((await open(own, { scope: 'case', case: 'EL-3' })).status, 303, 'one seen in another profile')
})

test('support looks only for an open report whose person has opened access, and nobody else looks', async () => {
  const { browser, anna, marta, janis, report, ctxOf } = await supportWorld()
  const [own, staff, other] = [await browser(anna), await browser(marta), await browser(janis)]
  for (const [number, words] of [['', 'Ievadiet ziņojuma numuru'], ['PR-000099', 'nav'], ['Anna', 'nav'], [report, 'Anna Kalniņa: piekļuve nav atvērta']] as const) {
    const answer = await look(staff, number)
    assert.deepEqual([answer.status, answer.words.includes(words), answer.page.includes(`value="${number}"`)], [422, true, true], number)
  }
  await open(own)
  assert.equal((await other.get('/support-access')).status, 404)
  assert.equal((await look(other, report)).status, 403)
  assert.equal((await look(staff, report.toLowerCase())).to, '/')
  await staff.post('/support-access/end', {})
  await closeReport(ctxOf(anna), 1)
  assert.match((await look(staff, report)).words, /jau ir atrisināts vai slēgts/)
})

test('support sees what the person sees in each profile, in a frame that says whose, why and until when, and no personal code', async () => {
  const { staff, anna, firm, report } = await looking()
  const { words, page } = await staff.get('/cases')
  assert.match(words, new RegExp(`Jūs redzat to, ko redz ${anna.name} savā vārdā · ziņojums ${report} · līdz 26\\.11\\.2026,? 09:00 Mainīt profilu Beigt skatīties`))
  assert.ok(words.includes('Villas iela 1') && words.includes('Otra iela 2') && !words.includes('Biroja iela 3'))
  assert.ok(!page.includes('id="unread"'), 'no stream is asked for')
  const profile = await staff.get('/profile')
  assert.match(profile.words, /Personas kods \*{6}-\*{5}/)
  assert.ok(!profile.page.includes(anna.code.slice(0, 6)))
  assert.match((await staff.get('/support-access/profile')).words, /Anna Kalniņa.*SIA “Jaunā māja”/)
  await staff.post('/support-access/profile', { profile: String(firm.id) })
  const office = (await staff.get('/cases')).words
  assert.match(office, /SIA “Jaunā māja” vārdā · ziņojums/)
  assert.ok(office.includes('Biroja iela 3') && !office.includes('Villas iela 1'))
})

test('where one case was opened all else is closed: lists, other cases, notices and the profile', async () => {
  const { staff, villa, other, house, begun } = await looking({ scope: 'case', case: 'EL-1' })
  assert.equal(begun.to, `/cases/${villa.number}`)
  for (const path of ['', '/basic', '/inspections', '/history']) assert.equal((await staff.get(`/cases/${villa.number}${path}`)).status, 200, path)
  for (const path of ['/', '/cases', '/calendar', '/notices', '/profile', '/problems', `/cases/${other.number}`, `/cases/${house.number}`, `/cases/${other.number}/history`]) {
    const { status, words, page } = await staff.get(path)
    assert.deepEqual([status, words.includes('Persona ļāvusi skatīt tikai vienu lietu'), page.includes(`href="/cases/${villa.number}"`)], [404, true, true], path)
    assert.ok(!words.includes('Otra iela'), path)
  }
})

test('a notice that support opens stays unread, and the person is told once that support has begun', async () => {
  const { world, staff, own, anna, report, ctxOf } = await looking()
  const told = () => world.db.selectFrom('notice').select(['kind', 'data']).where('kind', '=', 'SUPPORT_LOOKS').execute()
  assert.deepEqual(await told(), [{ kind: 'SUPPORT_LOOKS', data: { staff: 'Marta Saulīte', report, case: null } }])
  const id = await writing(world.db, (tx) => tell(tx, ctxOf(anna), { kind: 'READING_DUE', data: { address: 'Villas iela 1', type: 'WATER', number: '44-1', on: '2026-12-01' }, recipients: [anna.id] }))
  const seen = await staff.get(`/notices/${id}`)
  assert.equal(seen.status, 200, seen.words)
  assert.equal(await unreadCount(world.db, anna.id), 2)
  assert.match((await own.get(`/notices/${id}`)).words, /Izlasīja Anna Kalniņa/)
  await staff.post('/support-access/end', {})
  await look(staff, report)
  assert.equal((await told()).length, 1)
})

test('secrets are neither shown nor handed out, and no stream is opened', async () => {
  const { staff, own } = await looking()
  await own.post('/profile/tokens', { name: 'Mājas programma', profile: '1' })
  for (const path of ['/profile/tokens', '/profile/tokens/issued', '/calendar/feeds', '/profile/devices']) {
    const { status, words } = await staff.get(path)
    assert.deepEqual([status, words.includes('Šo lapu atbalstam nerāda')], [403, true], path)
  }
  assert.equal((await staff.get('/notices/stream')).status, 403)
})

test('a stream that was open before ends when its session begins to look', async () => {
  const { server, browser, anna, marta, report } = await supportWorld({}, { lookEvery: 20 })
  await open(await browser(anna))
  const staff = await browser(marta)
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  const stream = await fetch(`${address}/notices/stream`, { headers: { cookie: `nams_session=${staff.key}` } })
  const reader = stream.body!.getReader()
  assert.equal((await reader.read()).done, false)
  await look(staff, report)
  while (!(await reader.read()).done);
})

test('the person sees who looked when, for which report and at which pages', async () => {
  const { staff, own, at, report, villa } = await looking()
  at(60)
  await staff.get('/cases?find=%22x')
  at(125)
  await staff.get(`/cases/${villa.number}/basic`)
  await staff.post(`/cases/${villa.number}/inspections/new`, {})
  await staff.get('/profile/tokens')
  assert.match((await own.get(access)).words, new RegExp(`Marta Saulīte skatījās, ziņojums ${report} vēl skatās · 2 apskatītas lapas`))
  at(180)
  await staff.post('/support-access/end', {})
  const { words, page } = await own.get(access)
  assert.match(words, new RegExp(`Marta Saulīte skatījās, ziņojums ${report} līdz 23\\.11\\.2026,? 09:03 · 2 apskatītas lapas`))
  const seen = await own.get(/href="(\/profile\/support-access\/looks\/\d+)"/.exec(page)![1]!)
  assert.match(seen.words, /09:01 Lietas \/cases\?find=%22x Anna Kalniņa .*09:02 .*Villas iela 1 \/cases\/EL-1\/basic Anna Kalniņa/)
})

test('the events say who opened what, and who looked for whom', async () => {
  const { world, staff, own, anna, marta, firm, report } = await looking()
  await staff.post('/support-access/profile', { profile: String(firm.id) })
  await staff.post('/support-access/end', {})
  await own.post(`${access}/close`, {})
  const events = await world.db.selectFrom('event').select(['action', 'actor_id', 'before', 'after']).where('action', 'like', 'support-%').orderBy('id').execute()
  assert.deepEqual(events, [
    { action: 'support-access.opened', actor_id: anna.id, before: null, after: { case: null } },
    { action: 'support-look.started', actor_id: marta.id, before: null, after: { person: anna.name, report, case: null, profile: anna.name } },
    { action: 'support-look.turned', actor_id: marta.id, before: null, after: { profile: firm.name } },
    { action: 'support-look.ended', actor_id: marta.id, before: { report }, after: null },
    { action: 'support-access.closed', actor_id: anna.id, before: { case: null }, after: null },
  ])
})

test('what was looked at for another is missing', async () => {
  const { browser, janis } = await looking()
  assert.equal((await (await browser(janis)).get(`${access}/looks/1`)).status, 404)
})

test('a second after the person closes it nothing opens, in no window of the session, and the session is its own again', async () => {
  const { staff, own, at, villa } = await looking()
  at(10)
  assert.equal((await staff.get(`/cases/${villa.number}`)).status, 200)
  await own.post(`${access}/close`, {})
  at(11)
  const late = await staff.get(`/cases/${villa.number}`)
  assert.deepEqual([late.status, late.words.includes('Piekļuve ir beigusies'), late.words.includes('Villas iela')], [403, true, false])
  const back = await staff.get('/profile')
  assert.deepEqual([back.status, back.words.includes('Marta Saulīte'), back.page.includes('class="looking"')], [200, true, false])
  assert.equal((await staff.get(`/cases/${villa.number}`)).status, 404)
})

test('at hour 72 to the second nothing opens', async () => {
  const built = await supportWorld()
  const own = await built.browser(built.anna)
  await open(own)
  built.at(72 * hour - 60)
  const staff = await built.browser(built.marta)
  assert.equal((await look(staff, built.report)).status, 303)
  built.at(72 * hour - 1)
  assert.equal((await staff.get('/cases')).status, 200)
  built.at(72 * hour)
  assert.deepEqual([(await staff.get('/cases')).status, (await look(staff, built.report)).status], [403, 422])
  built.at(72 * hour + 1)
  const later = await built.browser(built.anna)
  const { words } = await later.get(access)
  assert.match(words, /Piekļuve nav atvērta.*Piekļuve beigusies pati pēc 72 stundām.*Marta Saulīte skatījās, ziņojums PR-000001 līdz 26\.11\.2026,? 09:00/)
  assert.equal((await look(await built.browser(built.marta), built.report)).status, 422)
})

test('the look ends when the report is closed, when it is opened anew, when support signs out or is of support no more', async () => {
  const closed = await looking()
  await closeReport(closed.ctxOf(closed.anna), 1)
  assert.equal((await closed.staff.get('/cases')).status, 403)
  const anew = await looking()
  await open(anew.own)
  assert.equal((await anew.staff.get('/cases')).status, 403)
  const out = await looking()
  await out.staff.post('/sign-out', {})
  assert.equal((await out.staff.get('/cases')).status, 303)
  assert.match((await out.own.get(access)).words, /skatījās, ziņojums PR-000001 līdz 23\.11\.2026/)
  const left = await looking()
  left.support.delete(left.marta.code)
  assert.deepEqual([(await left.staff.get('/cases')).status, (await left.staff.get('/support-access')).status], [403, 404])
})
