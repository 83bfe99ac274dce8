// What calendar programs get from the address that a person gave them, read by two parsers that are not ours.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addInspectionType, recordInspection, removeInspectionType } from '../../src/inspections/actions.ts'
import type { PlainDate } from '../../src/kernel/date.ts'
import { addMeter } from '../../src/meters/meter-actions.ts'
import { submitReading } from '../../src/meters/reading-actions.ts'
import type { Party } from '../../src/people/actor.ts'
import { writing } from '../../src/platform/database.ts'
import { calendarReaders } from '../icalendar.ts'
import { openProgram } from '../program.ts'
import { openSite, type Guest } from '../site.ts'
import { date, openWorld } from '../world.ts'

const readers = calendarReaders.filter(({ isMissing }) => !isMissing)
const read = (text: string) => readers[0]!.read(text).events

const roof = { type: 'Jumta, notekas; un dūmvadu pārbaude', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M', justification: '' }
const inspection = { type: roof.type, label: '', performedOn: '2026-11-20', periodic: true, number: '', justification: '' }
const water = { type: 'WATER', number: '44-71820', installedOn: '2026-11-01', initial: '100', status: 'ACTIVE', validUntil: '2027-10-31', periodMonths: '1', designation: '', premises: '', justification: '' }
const reading = { readOn: '2026-11-22', value: '105', difference: '', estimated: false, consumed: '', justification: '' }

/** Anna's house with a house case, an inspection type and a water meter; and another's house with a type of its own. */
async function twoHouses() {
  const world = await openWorld()
  const [anna, svens] = [await world.person('Anna Kalniņa'), await world.person('Svens Svešais')]
  const [own, other] = [await world.building('Ķiršu iela 12, Cēsis'), await world.building('Sveša iela 1, Rīga')]
  await world.holds(anna, own)
  await world.holds(svens, other)
  await world.house('ML-1', [own])
  await addInspectionType(world.as(anna), own.number, roof)
  await addInspectionType(world.as(svens), other.number, { ...roof, type: 'Svešā pārbaude' })
  const meter = await addMeter(world.as(anna), 'ML-1', water)
  let now = world.now
  const { server } = await openProgram(world, { clock: () => now })
  const site = await openSite(world)
  return {
    world, anna, svens, own, other, meter,
    on: (day: PlainDate) => (now = new Date(`${day}T07:00:00Z`)),
    visit: (person: Party, profile?: Party) => site(person, profile),
    /** As a calendar program asks: without a cookie. */
    fetched: async (address: string, headers: Record<string, string> = {}) => {
      const { statusCode, body, headers: sent } = await server.inject({ url: new URL(address).pathname, headers: { host: 'nams.example.lv', ...headers } })
      return { status: statusCode, text: body, headers: sent }
    },
  }
}

/** Fills in the form and takes the address from the page that shows it. */
async function subscribed(guest: Guest, caseNumber = ''): Promise<string> {
  const { page } = await guest.follow('/calendar/feeds', { name: 'Mans tālrunis', case: caseNumber })
  const [, address = ''] = /<textarea[^>]*>([^<]*)</.exec(page) ?? []
  assert.match(address, /^http:\/\/[^/]+\/calendar\/feed\/[\w-]{43}\.ics$/)
  return address
}

test('every parser reads what comes due in a person\'s houses, each on its whole day, with its alarm', async () => {
  const { anna, own, visit, fetched } = await twoHouses()
  const { status, text, headers } = await fetched(await subscribed(await visit(anna)))
  assert.deepEqual([status, headers['content-type']], [200, 'text/calendar; charset=utf-8'])
  const morning = 9 * 3600
  for (const reader of readers) {
    const { name, refresh, events } = reader.read(text)
    assert.deepEqual([name, refresh], ['Nams', 'PT6H'])
    assert.deepEqual(
      events.map(({ on, title, isWholeDay, alarm, location }) => ({ on, title, isWholeDay, alarm, location })),
      [
        { on: '2027-03-01', title: 'Jumta, notekas; un dūmvadu pārbaude – Ķiršu iela 12', isWholeDay: true, alarm: -28 * 86_400 + morning, location: 'Ķiršu iela 12, Cēsis' },
        { on: '2026-12-01', title: 'Jānodod rādījums: ūdens skaitītājs 44-71820 – Ķiršu iela 12', isWholeDay: true, alarm: morning, location: 'Ķiršu iela 12, Cēsis' },
        { on: '2027-10-31', title: 'Beidzas derīguma termiņš: ūdens skaitītājs 44-71820 – Ķiršu iela 12', isWholeDay: true, alarm: -31 * 86_400 + morning, location: 'Ķiršu iela 12, Cēsis' },
      ],
      reader.name,
    )
    assert.equal(events[0]!.text, `Pārbaude vēl nav reģistrēta\nPārbaude jāveic ik gadu\nEkspluatācijas lieta ${own.number}\nhttp://nams.example.lv/cases/${own.number}`)
  }
})

test('read again, a feed is the same to the letter, and is not sent again to whoever has it', async () => {
  const { anna, visit, fetched, on } = await twoHouses()
  const address = await subscribed(await visit(anna))
  const first = await fetched(address)
  on(date('2026-11-24'))
  const tag = String(first.headers['etag'])
  const second = await fetched(address, { 'if-none-match': `"other", ${tag}` })
  assert.deepEqual([second.status, second.text, second.headers['etag']], [304, '', tag])
  assert.equal((await fetched(address, { 'if-none-match': '"other"' })).text, first.text)
})

test('an inspection that is recorded moves its event, which keeps its identifier and grows in sequence', async () => {
  const { world, anna, own, visit, fetched } = await twoHouses()
  const address = await subscribed(await visit(anna))
  const before = await fetched(address)
  await recordInspection(world.as(anna), own.number, inspection)
  const after = await fetched(address, { 'if-none-match': String(before.headers['etag']) })
  assert.equal(after.status, 200)
  const [old, moved] = [read(before.text)[0]!, read(after.text)[0]!]
  assert.deepEqual([moved.uid, moved.on], [old.uid, '2027-11-20'])
  assert.ok(moved.sequence > old.sequence)
})

test('what is done or removed is no longer in the feed', async () => {
  const { world, anna, own, meter, visit, fetched } = await twoHouses()
  const address = await subscribed(await visit(anna))
  const dates = async () => read((await fetched(address)).text).map(({ on }) => on)
  await submitReading(world.as(anna), 'ML-1', meter.id, reading)
  assert.deepEqual(await dates(), ['2027-03-01', '2026-12-22', '2027-10-31'])
  const { id } = await world.db.selectFrom('inspection_type').select('id').where('case_id', '=', own.caseId).executeTakeFirstOrThrow()
  await removeInspectionType(world.as(anna), own.number, id, 'Vairs nevajag')
  assert.deepEqual(await dates(), ['2026-12-22', '2027-10-31'])
})

test('the meters of a house that are due on one day are one event', async () => {
  const { world, anna, visit, fetched } = await twoHouses()
  const address = await subscribed(await visit(anna), 'ML-1')
  for (let number = 1; number <= 21; number++) await addMeter(world.as(anna), 'ML-1', { ...water, number: `B-${number}`, validUntil: '' })
  const [, due] = read((await fetched(address)).text)
  assert.deepEqual([due!.on, due!.title], ['2026-12-01', 'Jānodod 22 skaitītāju rādījumi – Ķiršu iela 12'])
  const lines = due!.text.split('\n')
  assert.deepEqual([lines[0], lines[1], lines[20], lines.length], ['Ūdens skaitītājs 44-71820', 'Ūdens skaitītājs B-1', 'un vēl 2 skaitītāji', 23])
})

test('a feed reaches three months back and thirteen ahead', async () => {
  const { anna, visit, fetched, on } = await twoHouses()
  const address = await subscribed(await visit(anna))
  const dates = async (day: string) => {
    on(date(day))
    return read((await fetched(address)).text).map(({ on }) => on)
  }
  assert.deepEqual(await dates('2027-03-01'), ['2027-03-01', '2026-12-01', '2027-10-31'])
  assert.deepEqual(await dates('2027-06-01'), ['2027-03-01', '2027-10-31'])
  assert.deepEqual(await dates('2027-06-02'), ['2027-10-31'])
  assert.deepEqual(await dates('2026-10-01'), ['2027-03-01', '2026-12-01', '2027-10-31'])
  assert.deepEqual(await dates('2026-09-30'), ['2027-03-01', '2026-12-01'])
})

test('another\'s house is never in a feed, nor can one be made of it', async () => {
  const { anna, svens, own, other, visit, fetched } = await twoHouses()
  const guest = await visit(anna)
  for (const number of ['', own.number, 'ML-1']) assert.doesNotMatch((await fetched(await subscribed(guest, number))).text, /Sve/)
  assert.equal((await guest.post('/calendar/feeds', { name: 'Telefons', case: other.number })).status, 404)
  assert.equal((await guest.get(`/calendar/feeds?case=${other.number}`)).status, 404)
  const theirs = (await fetched(await subscribed(await visit(svens)))).text
  assert.match(theirs, /Svešā pārbaude/)
  assert.doesNotMatch(theirs, /Ķiršu/)
})

test('a feed of a house has its own events alone and its address for a name', async () => {
  const { world, anna, own, visit, fetched } = await twoHouses()
  const second = await world.building('Liepu iela 3, Cēsis')
  await world.holds(anna, second)
  await addInspectionType(world.as(anna), second.number, { ...roof, type: 'FIRE_SAFETY' })
  const guest = await visit(anna)
  const seen = async (number: string) => {
    const { name, events } = readers[0]!.read((await fetched(await subscribed(guest, number))).text)
    return [name, events.map(({ uid }) => uid.split('-')[0])]
  }
  assert.deepEqual(await seen(''), ['Nams', ['inspection', 'inspection', 'readings', 'validity']])
  assert.deepEqual(await seen('ML-1'), ['Nams: Ķiršu iela 12, Cēsis', ['inspection', 'readings', 'validity']])
  assert.deepEqual(await seen(own.number), ['Nams: Ķiršu iela 12, Cēsis', ['inspection', 'readings', 'validity']])
  assert.deepEqual(await seen(second.number), ['Nams: Liepu iela 3, Cēsis', ['inspection']])
})

test('a feed tells what its profile may see on the day that it is read', async () => {
  const { world, anna, own, visit, fetched } = await twoHouses()
  const guest = await visit(anna)
  const [all, one] = [await subscribed(guest), await subscribed(guest, own.number)]
  await writing(world.db, (tx) => tx.updateTable('holder').set({ valid_to: date('2026-11-22') }).where('party_id', '=', anna.id).execute())
  assert.deepEqual([(await fetched(one)).status, read((await fetched(all)).text)], [404, []])
})

test('the feed of an organisation ends with the representation of its person', async () => {
  const { world, svens, own, visit, fetched } = await twoHouses()
  const firm = await world.organisation('SIA “Nami”')
  await world.represents(svens, firm, 'joint')
  await world.manages(firm, own)
  const address = await subscribed(await visit(svens, firm))
  const { name, events } = readers[0]!.read((await fetched(address)).text)
  assert.deepEqual([name, events.length], ['Nams: SIA “Nami”', 3])
  await writing(world.db, (tx) => tx.updateTable('representative').set({ valid_to: date('2026-11-22') }).execute())
  assert.equal((await fetched(address)).status, 404)
})

test('an address is revoked by its person alone, and nothing is there any more', async () => {
  const { world, anna, svens, visit, fetched } = await twoHouses()
  const guest = await visit(anna)
  const address = await subscribed(guest)
  assert.match((await guest.get('/calendar/feeds')).words, /Mans tālrunis .*vēl nav nolasīta/)
  assert.equal((await fetched(address)).status, 200)
  const { page, words } = await guest.get('/calendar/feeds')
  assert.match(words, /Mans tālrunis Visas lietas Anna Kalniņa .*Atsaukt/)
  assert.doesNotMatch(words, /vēl nav nolasīta/)
  assert.ok(!page.includes(new URL(address).pathname))
  const revoke = /action="(\/calendar\/feeds\/\d+\/revoke)"/.exec(page)![1]!
  assert.equal((await (await visit(svens)).post(revoke, {})).status, 404)
  assert.equal((await guest.post(revoke, {})).to, '/calendar/feeds?said=feed-revoked')
  assert.equal((await fetched(address)).status, 404)
  assert.equal((await guest.post(revoke, {})).status, 404)
  const events = await world.db.selectFrom('event').select(['action', 'actor_id', 'before', 'after']).where('case_id', '=', 0).orderBy('id').execute()
  const data = { name: 'Mans tālrunis', profile: anna.name, case: null }
  assert.deepEqual(events, [
    { action: 'calendar-feed.created', actor_id: anna.id, before: null, after: data },
    { action: 'calendar-feed.revoked', actor_id: anna.id, before: data, after: null },
  ])
})

test('a secret that nobody was given is nobody\'s, and the secret itself is not kept', async () => {
  const { world, anna, visit, fetched } = await twoHouses()
  const guest = await visit(anna)
  const address = await subscribed(guest)
  const [, secret = ''] = /feed\/(.*)\.ics/.exec(address) ?? []
  assert.equal((await fetched(address.replace(secret, 'x'.repeat(43)))).status, 404)
  assert.ok(!JSON.stringify(await world.db.selectFrom('calendar_feed').selectAll().execute()).includes(secret))
  assert.match((await guest.get('/calendar/feeds/made')).words, /Adrese vairs nav redzama/)
})

test('whoever tries many addresses is told to wait', async () => {
  const { fetched } = await twoHouses()
  const guess = async () => (await fetched(`http://nams.example.lv/calendar/feed/${'x'.repeat(43)}.ics`)).status
  for (let times = 0; times < 120; times++) assert.equal(await guess(), 404)
  assert.equal(await guess(), 429)
})

test('an address needs a name, and one that is too long stays as it was typed', async () => {
  const { anna, own, visit } = await twoHouses()
  const guest = await visit(anna)
  assert.match((await guest.post('/calendar/feeds', { name: ' ', case: '' })).words, /Ierakstiet nosaukumu/)
  const refused = await guest.post('/calendar/feeds', { name: 'x'.repeat(101), case: own.number })
  assert.equal(refused.status, 422)
  assert.ok(refused.page.includes('x'.repeat(101)) && refused.page.includes(`name="case" value="${own.number}"`))
})

test('events are in the language of their person', async () => {
  const { world, anna, visit, fetched } = await twoHouses()
  const address = await subscribed(await visit(anna))
  await writing(world.db, (tx) => tx.updateTable('party').set({ language: 'en' }).where('id', '=', anna.id).execute())
  const [, due] = read((await fetched(address)).text)
  assert.equal(due?.title, 'A reading is due: water meter 44-71820 – Ķiršu iela 12')
})

test('the calendar and the pages of a case lead to a subscription of theirs', async () => {
  const { anna, own, visit } = await twoHouses()
  const guest = await visit(anna)
  for (const [path, to] of [['/calendar', '/calendar/feeds'], [`/cases/${own.number}`, `/calendar/feeds?case=${own.number}`], ['/cases/ML-1', '/calendar/feeds?case=ML-1']] as const)
    assert.ok((await guest.get(path)).page.includes(`href="${to}"`), path)
  assert.match((await guest.get('/calendar/feeds?case=ML-1')).words, /Mājas lieta ML-1, Ķiršu iela 12, Cēsis\. Profils: Anna Kalniņa/)
})
