// Operators announce: what is planned and what goes on is seen above every page, on a page of its own, in feeds and by machines (BAN-1).
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { calendarReaders } from '../icalendar.ts'
import { openSite, wordsOf } from '../site.ts'
import { openWorld } from '../world.ts'

const outage = {
  category: 'partners', audience: 'everyone', leadHours: '24', isUrgent: '',
  titleLv: 'Būs pārtraukta pierakstīšanās', titleEn: 'Sign-in will be interrupted', textLv: 'Strādās tikai lasīšana.\nAtvainojiet!', textEn: 'Only reading will work.\nSorry!',
  startsOn: '24.11.2026', fromTime: '20.00', endsOn: '24.11.2026', toTime: '22:00',
}
const deliveries = { ...outage, category: 'deliveries', titleLv: 'Piegādes', titleEn: 'Deliveries', startsOn: '01.11.2026', endsOn: '31.12.2026', fromTime: '18:00', toTime: '23:00', leadHours: '2', day2: 'yes', day4: 'yes' }

/** Monday, 23 November 2026, nine in the morning in Riga; `at` moves the clock. */
async function installed() {
  const world = await openWorld()
  const [olga, anna] = [await world.person('Olga Operatore'), await world.person('Anna Kalniņa')]
  let now = world.now
  const visit = await openSite(world, { operators: [olga], clock: () => now })
  const { server, stranger } = visit
  const operator = await visit(olga)
  const drafted = async (form: Record<string, string>) => {
    const { status, to } = await operator.post('/announcements/new', form)
    assert.equal(status, 303)
    return /^\/announcements\/\d+/.exec(to!)![0]
  }
  /** The form of an announcement as it stands, saved with changes. */
  const edited = async (place: string, form: Record<string, string>) => {
    const [, revision = ''] = /name="revision" value="(\d+)"/.exec((await operator.get(`${place}/edit`)).page) ?? []
    return operator.post(`${place}/edit`, { ...form, revision })
  }
  return {
    world, anna, olga, visit, operator, server, drafted, edited,
    published: async (form: Record<string, string>) => {
      const place = await drafted(form)
      assert.match((await operator.post(place, { step: 'publish' })).to!, /said=announcement-published/)
      return place
    },
    at: (instant: string) => (now = new Date(instant)),
    /** What stands above the page for somebody who is not signed in; undefined when nothing does. */
    banner: async (language: 'lv' | 'en' = 'lv', cookies: Record<string, string> = {}) => {
      const { body } = await server.inject({ url: '/sign-in', cookies: { nams_language: language, ...cookies } })
      const [aside] = /<aside aria-label="(Sistēmas ziņas|System announcements)">.*?<\/aside>/s.exec(body) ?? []
      return aside && wordsOf(aside).trim()
    },
    list: (language: 'lv' | 'en' = 'lv') => stranger.get('/announcements', language),
    status: async () => (await server.inject('/status')).json(),
    atom: async (language: 'lv' | 'en' = 'lv') => (await server.inject({ url: `/announcements/${language}.atom`, headers: { host: 'nams.example.lv' } })).body,
  }
}

test('an outage is seen by everyone before and while it lasts, not after, in the reader’s language', async () => {
  const { published, at, banner, list, status } = await installed()
  await published(outage)
  at('2026-11-23T17:59:59Z')
  assert.deepEqual([await banner(), (await status()).status], [undefined, 'ok'])
  assert.match((await list()).words, /Šobrīd un turpmāk Plānots Sistēmas darbība \(sadarbības partneri\) Būs pārtraukta pierakstīšanās 24\.11\.2026\.? 20:00–22:00 Strādās tikai lasīšana/)
  at('2026-11-23T18:00:00Z')
  assert.match((await banner())!, /^Sistēmas darbība \(sadarbības partneri\) Būs pārtraukta pierakstīšanās Plānots 24\.11\.2026\.? 20:00–22:00 Paslēpt/)
  assert.match((await banner('en'))!, /^System operation \(cooperation partners\) Sign-in will be interrupted Planned 24\/11\/2026 20:00–22:00 Hide/)
  assert.equal((await status()).status, 'planned')
  at('2026-11-24T18:00:00Z')
  assert.match((await banner())!, /Šobrīd, līdz 22:00/)
  const { status: word, announcements } = await status()
  assert.deepEqual([word, announcements.map(({ category, from, to }: any) => [category, from, to])], ['now', [['partners', '2026-11-24T18:00:00.000Z', '2026-11-24T20:00:00.000Z']]])
  at('2026-11-24T20:00:00Z')
  assert.deepEqual([await banner(), (await status()).status], [undefined, 'ok'])
  assert.match((await list('en')).words, /Nothing is planned\. Before Over System operation/)
})

test('deliveries of every Tuesday and Thursday are seen each time anew, until their last day', async () => {
  const { published, at, banner, list } = await installed()
  await published(deliveries)
  assert.match((await list()).words, /Otrdienās un ceturtdienās 18:00–23:00, no 01\.11\.2026\.? līdz 31\.12\.2026\.? Nākamreiz 24\.11\.2026\.? 18:00–23:00/)
  const seen = async (instant: string) => {
    at(instant)
    return (await banner())?.replace(/.*Piegādes (.*) Paslēpt.*/, '$1')
  }
  assert.equal(await seen('2026-11-24T13:59:59Z'), undefined)
  assert.match((await seen('2026-11-24T14:00:00Z'))!, /^Plānots 24\.11\.2026/)
  assert.equal(await seen('2026-11-24T20:59:59Z'), 'Šobrīd, līdz 23:00')
  assert.equal(await seen('2026-11-24T21:00:00Z'), undefined)
  assert.equal(await seen('2026-11-25T17:00:00Z'), undefined)
  assert.equal(await seen('2026-11-26T17:00:00Z'), 'Šobrīd, līdz 23:00')
  assert.equal(await seen('2026-12-31T20:00:00Z'), 'Šobrīd, līdz 23:00')
  assert.equal(await seen('2027-01-05T17:00:00Z'), undefined)
})

test('a draft is seen by operators alone, in both languages, until it is published', async () => {
  const { drafted, at, banner, list, status, atom, operator, visit, anna } = await installed()
  const place = await drafted({ ...outage, startsOn: '23.11.2026', endsOn: '23.11.2026', fromTime: '08:00' })
  assert.match((await operator.get(place)).words, /Kā to lasīs.*Melnraksts.*Būs pārtraukta pierakstīšanās.*Draft.*Sign-in will be interrupted.*Publicēt/)
  assert.match((await operator.get('/announcements')).words, /Melnraksti Melnraksts/)
  const reader = await visit(anna)
  assert.equal((await reader.get(place)).status, 404)
  assert.ok(!(await reader.get('/announcements')).words.includes('Būs pārtraukta'))
  at('2026-11-23T07:01:00Z')
  assert.deepEqual([await banner(), (await status()).status, (await list()).words.includes('Būs pārtraukta'), (await atom()).includes('<entry>')], [undefined, 'ok', false, false])
  await operator.post(place, { step: 'publish' })
  assert.ok(await banner())
})

test('what is cancelled shows no more, and the page, the feed and the history say so', async () => {
  const { published, at, banner, list, atom, operator, status, edited } = await installed()
  const place = await published({ ...outage, leadHours: '48' })
  assert.ok(await banner())
  at('2026-11-23T07:10:00Z')
  await operator.post(place, { step: 'cancel' })
  assert.deepEqual([await banner(), (await status()).status], [undefined, 'ok'])
  assert.match((await list()).words, /Atcelts Sistēmas darbība.*atcelts 23\.11\.2026\.?,? 09:10/)
  assert.match(await atom(), /<title>Būs pārtraukta pierakstīšanās – atcelts 23\.11\.2026[^<]*<\/title>\s*<published>2026-11-23T07:00:00\.000Z<\/published>\s*<updated>2026-11-23T07:10:00\.000Z/)
  assert.match((await operator.get(place)).words, /Atcelšana.*Publicēšana.*Pievienošana/)
  const again = await edited(place, { ...outage, titleLv: 'Cits' })
  assert.equal(again.status, 409)
  assert.match(again.words, /vairs nevar mainīt/)
  assert.ok(!(await list()).words.includes('Cits'))
})

test('a change and an early end are told', async () => {
  const { published, at, banner, list, atom, operator, edited } = await installed()
  const now = { ...outage, startsOn: '23.11.2026', endsOn: '23.11.2026', fromTime: '09:00' }
  const place = await published(now)
  at('2026-11-23T07:05:00Z')
  await edited(place, { ...now, toTime: '23:30' })
  assert.match((await banner())!, /Šobrīd, līdz 23:30/)
  assert.match((await list('en')).words, /changed 23\/11\/2026, 09:05/)
  assert.match(await atom('en'), /<title>Sign-in will be interrupted – changed/)
  assert.match((await operator.get(place)).words, /Labošana.*Līdz plkst\. 22:00 23:30/)
  at('2026-11-23T07:20:00Z')
  assert.match((await operator.get(place)).words, /Beidzies: vairs nerādīt/)
  await operator.post(place, { step: 'cancel' })
  assert.equal(await banner(), undefined)
  assert.match((await list()).words, /beidzies agrāk: 23\.11\.2026\.?,? 09:20/)
})

test('who asked is told by notice of what is published, changed and cancelled, until asking no more', async () => {
  const { world, anna, visit, published, drafted, edited, operator, at } = await installed()
  const reader = await visit(anna)
  const heard = async () => {
    const entries = await world.db.selectFrom('inbox_entry').innerJoin('notice', 'notice.id', 'inbox_entry.notice_id').select('notice.id').where('party_id', '=', anna.id).orderBy('notice.id').execute()
    return Promise.all(entries.map(async ({ id }) => (await reader.get(`/notices/${id}`)).words))
  }
  await published({ ...outage, titleLv: 'Pirms lūguma' })
  assert.match((await reader.get('/announcements')).page, /href="\/announcements\/follow"/)
  assert.match((await reader.get('/announcements/follow')).words, /Šim profilam nepaziņo\. Paziņot man/)
  await reader.post('/announcements/follow', { step: 'follow' })
  const place = await published(outage)
  await drafted({ ...outage, titleLv: 'Melnraksts' })
  await edited(place, { ...outage, toTime: '23:00' })
  await operator.post(place, { step: 'cancel' })
  at('2026-11-23T07:05:00Z')
  const going = await published({ ...outage, titleLv: 'Tagad', startsOn: '23.11.2026', endsOn: '23.11.2026', fromTime: '09:00' })
  at('2026-11-23T07:20:00Z')
  await operator.post(going, { step: 'cancel' })
  const told = await heard()
  const expected = [/Jauna ziņa: Būs pārtraukta pierakstīšanās.*24\.11\.2026\.? 20:00–22:00.*Strādās tikai lasīšana/, /Mainīta ziņa: Būs.*20:00–23:00/, /Atcelts: Būs/, /Jauna ziņa: Tagad/, /Beidzies agrāk: Tagad/]
  assert.equal(told.length, expected.length)
  for (const [at, words] of expected.entries()) assert.match(told[at]!, words)
  await reader.post('/announcements/follow', { step: 'unfollow' })
  await published({ ...outage, titleLv: 'Pēc tam' })
  assert.equal((await heard()).length, expected.length)
})

test('of two operators who edit at once the second is told, with what was typed still there', async () => {
  const { drafted, operator, edited } = await installed()
  const place = await drafted(outage)
  await edited(place, { ...outage, titleLv: 'Pirmā redakcija' })
  const second = { ...outage, titleLv: 'Otrā redakcija' }
  const { status, words, page } = await operator.post(`${place}/edit`, { ...second, revision: '1' })
  assert.equal(status, 409)
  assert.match(words, /mainīja kāds cits/)
  assert.match(page, /value="Otrā redakcija"/)
  assert.match((await operator.get(place)).words, /Pirmā redakcija/)
  assert.equal((await edited(place, second)).status, 303)
  assert.match((await operator.get(place)).words, /Otrā redakcija/)
})

test('nobody but an operator drafts, publishes, changes or cancels', async () => {
  const { world, drafted, visit, anna, operator } = await installed()
  const place = await drafted(outage)
  const guest = await visit(anna)
  const asked = [guest.post('/announcements/new', outage), guest.post(place, { step: 'publish' }), guest.post(place, { step: 'cancel' }), guest.post(`${place}/edit`, { ...outage, titleLv: 'Viltots' })]
  assert.deepEqual((await Promise.all(asked)).map(({ status }) => status), [403, 403, 403, 403])
  assert.deepEqual([(await guest.get('/announcements/new')).status, (await guest.get(`${place}/edit`)).status], [404, 404])
  assert.ok(!(await guest.get('/announcements')).page.includes('/announcements/new'))
  assert.match((await operator.get(place)).words, /Melnraksts.*Būs pārtraukta/)
  const { length } = await world.db.selectFrom('event').select('id').where('action', 'like', 'announcement.%').execute()
  assert.equal(length, 1)
})

test('what is for signed-in people neither strangers nor programs see', async () => {
  const { published, banner, list, status, atom, visit, anna } = await installed()
  await published({ ...outage, audience: 'signed-in', leadHours: '48' })
  const reader = await visit(anna)
  assert.match((await reader.get('/cases')).words, /Būs pārtraukta pierakstīšanās Plānots/)
  assert.match((await reader.get('/announcements')).words, /Strādās tikai lasīšana/)
  assert.deepEqual([await banner(), (await list()).words.includes('Būs pārtraukta'), (await status()).status, (await atom()).includes('<entry>')], [undefined, false, 'ok', false])
})

test('every problem of an announcement stands beside its field, with what was typed', async () => {
  const { world, operator } = await installed()
  const empty = await operator.post('/announcements/new', {})
  assert.equal(empty.status, 422)
  assert.match(empty.words, /Izvēlieties kategoriju.*kam ziņu rādīt.*virsrakstu latviešu.*virsrakstu angļu.*tekstu latviešu.*tekstu angļu.*sākuma datumu.*beigu datumu.*no cikiem.*līdz cikiem.*veselu stundu skaitu no 0 līdz 336/)
  const refused = async (changes: Record<string, string>, said: RegExp) => {
    const { status, words } = await operator.post('/announcements/new', { ...outage, ...changes })
    assert.equal(status, 422)
    assert.match(words, said)
  }
  await refused({ toTime: '20:00' }, /Beigām jābūt pēc sākuma/)
  await refused({ endsOn: '23.11.2026' }, /Beigām jābūt pēc sākuma/)
  await refused({ fromTime: '25:00' }, /no 00:00 līdz 23:59/)
  await refused({ startsOn: '22.11.2026', endsOn: '22.11.2026' }, /Tas jau ir beidzies/)
  await refused({ day1: 'yes' }, /nav nevienas no šīm dienām/)
  await refused({ endsOn: '25.11.2028' }, /ne vairāk kā 24 mēneši/)
  await refused({ titleEn: 'x'.repeat(121) }, /Ne vairāk kā 120/)
  const kept = await operator.post('/announcements/new', { ...outage, titleLv: '"><script>x', toTime: 'vakarā', day3: 'yes' })
  assert.ok(kept.page.includes('value="&quot;&gt;&lt;script&gt;x"') && kept.page.includes('value="vakarā"') && /id="day3"[^>]* checked/.test(kept.page))
  assert.deepEqual(await world.db.selectFrom('announcement').select('id').execute(), [])
})

test('a banner is put away without scripts until it is changed or comes again; an urgent one stays', async () => {
  const { published, banner, server, at, edited } = await installed()
  const place = await published({ ...deliveries, leadHours: '48' })
  await published({ ...outage, isUrgent: 'yes', leadHours: '48' })
  const here = '/sign-in?to=%2Fcases'
  let cookies = {}
  const shown = async () => {
    const words = (await banner('lv', cookies)) ?? ''
    return [/Piegādes/, /Būs pārtraukta/].map((title) => title.test(words))
  }
  /** Presses the one button that there is. */
  const putAway = async () => {
    const { body } = await server.inject({ url: here, cookies: { ...cookies, nams_language: 'lv' } })
    const [dismissal = '', ...more] = [...body.matchAll(/name="banner" value="([^"]+)"/g)].map((match) => match[1]!)
    assert.deepEqual([more, /action="\/announcements\/dismiss"><input type="hidden" name="to" value="([^"]+)"/.exec(body)![1]], [[], here])
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const sent = await server.inject({ method: 'POST', url: '/announcements/dismiss', payload: String(new URLSearchParams({ banner: dismissal, to: here })), headers, cookies })
    assert.deepEqual([sent.statusCode, sent.headers.location], [303, here])
    cookies = Object.fromEntries(sent.cookies.map(({ name, value }) => [name, value]))
  }
  assert.deepEqual(await shown(), [true, true])
  await putAway()
  assert.deepEqual(await shown(), [false, true])
  await edited(place, { ...deliveries, leadHours: '48', toTime: '23:30' })
  assert.deepEqual(await shown(), [true, true])
  await putAway()
  assert.deepEqual(await shown(), [false, true])
  at('2026-11-25T07:00:00Z')
  assert.deepEqual(await shown(), [true, false])
})

test('the feed is read by another’s parser of XML and has what Atom asks for, whatever stands in the texts', async () => {
  const { published, atom } = await installed()
  await published({ ...outage, titleLv: 'A & B <b> "c" \u0007]]>', textLv: 'Rinda\r\n<script>' })
  await published(deliveries)
  const script = `
import sys, json, xml.etree.ElementTree as E
n = '{http://www.w3.org/2005/Atom}'
f = E.fromstring(sys.stdin.buffer.read())
g = lambda x, t: x.findtext(n + t)
e = [{ **{t: g(x, t) for t in ('id', 'title', 'published', 'updated', 'content')}, 'term': x.find(n + 'category').get('term'), 'link': x.find(n + 'link').get('href') } for x in f.findall(n + 'entry')]
print(json.dumps({ 'root': f.tag, 'id': g(f, 'id'), 'updated': g(f, 'updated'), 'author': f.findtext(n + 'author/' + n + 'name'), 'links': {l.get('rel'): l.get('href') for l in f.findall(n + 'link')}, 'entries': e }))`
  const feed = JSON.parse(execFileSync('/usr/bin/python3', ['-c', script], { input: await atom(), encoding: 'utf8' }))
  assert.deepEqual([feed.root, feed.author, feed.updated], ['{http://www.w3.org/2005/Atom}feed', 'Nams', '2026-11-23T07:00:00.000Z'])
  assert.deepEqual(feed.links, { self: 'http://nams.example.lv/announcements/lv.atom', alternate: 'http://nams.example.lv/announcements' })
  const [repeated, single] = feed.entries
  assert.deepEqual([repeated.term, single.term, single.title], ['deliveries', 'partners', 'A & B <b> "c" ]]>'])
  assert.match(single.content, /^24\.11\.2026\.? 20:00–22:00\nRinda\r?\n<script>$/)
  assert.notEqual(repeated.id, single.id)
  assert.match(single.link, /^http:\/\/nams\.example\.lv\/announcements#announcement-\d+$/)
})

test('calendar programs show each time as planned work, in the feed of all cases', async () => {
  const { published, visit, anna, server, operator, edited } = await installed()
  const guest = await visit(anna)
  const { page } = await guest.follow('/calendar/feeds', { name: 'Tālrunis', case: '' })
  const address = new URL(/<textarea[^>]*>([^<]*)</.exec(page)![1]!)
  const events = async () => {
    const { body } = await server.inject({ url: address.pathname, headers: { host: 'nams.example.lv' } })
    return calendarReaders.filter(({ isMissing }) => !isMissing).map(({ read }) => read(body).events)
  }
  const place = await published(outage)
  await published({ ...deliveries, startsOn: '24.11.2026', endsOn: '01.12.2026' })
  for (const read of await events()) {
    assert.deepEqual(read.map(({ on }) => on), ['2026-11-24', '2026-11-24', '2026-11-26', '2026-12-01'])
    const single = read.find(({ title }) => title.startsWith('Būs pārtraukta'))!
    assert.match(single.title, /\(24\.11\.2026\.? 20:00–22:00\)$/)
    assert.match(single.text, /Sistēmas darbība \(sadarbības partneri\)\nStrādās tikai lasīšana\.\nAtvainojiet!\nhttp/)
  }
  const before = (await events())[0]!.find(({ title }) => title.startsWith('Būs'))!
  await edited(place, { ...outage, toTime: '23:00' })
  const after = (await events())[0]!.find(({ title }) => title.startsWith('Būs'))!
  assert.ok(after.uid === before.uid && after.sequence > before.sequence)
  await operator.post(place, { step: 'cancel' })
  assert.deepEqual((await events())[0]!.map(({ title }) => title.slice(0, 8)), ['Piegādes', 'Piegādes', 'Piegādes'])
})
