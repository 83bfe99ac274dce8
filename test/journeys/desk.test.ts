// Support works on reports at its desk: the queue, the answer that arrives in the inbox, notes that stay inside, known problems.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSite, type Guest } from '../site.ts'
import { openWorld } from '../world.ts'

const told = { kind: 'problem', topic: 'meters', subject: 'Rādījumu nevar iesniegt', description: 'Spiežu “Saglabāt”, un nekas nenotiek.', happenedOn: '23.11.2026', happenedAt: '8.30' }

/** Monday, 23 November 2026, nine in the morning in Riga; each request comes a second later; `at` moves the clock. */
async function installed() {
  const world = await openWorld()
  const [anna, janis, marta, kristaps] = [await world.person('Anna Kalniņa', 'anna@example.test'), await world.person('Jānis Ozols'), await world.person('Marta Saulīte'), await world.person('Kristaps Kļava')]
  let now = world.now
  const visit = await openSite(world, { support: [marta, kristaps], clock: () => (now = new Date(now.getTime() + 1000)) })
  const guest = await visit(anna)
  const reported = async (by: Guest, form: Record<string, string> = {}) => {
    const { status, to, words } = await by.post('/problems/new', { ...told, ...form })
    assert.equal(status, 303, words)
    return /PR-\d{6}/.exec(to!)![0]
  }
  return { world, anna, janis, marta, kristaps, visit, guest, desk: await visit(marta), other: await visit(kristaps), reported, at: (instant: string) => (now = new Date(instant)) }
}

const numbersIn = (page: string) => [...page.matchAll(/href="\/desk\/(PR-\d{6})"/g)].map((match) => match[1])

test('an answer arrives in the inbox, the person reads it, opens the report again, and at last it helped', async () => {
  const { guest, desk, reported } = await installed()
  const number = await reported(guest)
  assert.match((await desk.get('/desk')).words, /1 ziņojums gaida mūsu atbildi vai risinājumu, kavējas 0\. .* Rādījumu nevar iesniegt PR-000001 · Anna Kalniņa .* Jauns Jāatbild: vēl 3 h 59 min/)
  const place = `/desk/${number}`
  assert.equal((await desk.post(place, { step: 'ask', body: ' ' })).status, 422)
  await desk.post(place, { step: 'ask', body: 'Kurā pārlūkā tas ir?' })
  assert.match((await desk.get(place)).words, /Gaida ziņotāja atbildi .* Marta Saulīte, atbalsta dienests .* Kurā pārlūkā tas ir\?/)
  assert.deepEqual(numbersIn((await desk.get('/desk')).page), [], 'it is the person’s turn')
  assert.match((await guest.get('/notices')).words, /Nelasīts: Atbilde uz ziņojumu PR-000001 Rādījumu nevar iesniegt/)
  const notice = /href="(\/notices\/\d+)"/.exec((await guest.get('/notices')).page)![1]!
  const read = await guest.get(notice)
  assert.match(read.words, /Kurā pārlūkā tas ir\?/)
  assert.ok(read.page.includes(`href="/problems/${number}"`))
  await guest.post(`/problems/${number}`, { step: 'reply', body: 'Firefox.' })
  assert.match((await desk.get('/desk')).words, /Tiek risināts Jāatrisina: vēl 39 h/)
  await desk.post(place, { step: 'resolve', body: 'Salabots.' })
  assert.match((await guest.get(`/problems/${number}`)).words, /Atrisināts .* Salabots\. .* Marta Saulīte atzīmēja ziņojumu kā atrisinātu Vai tas palīdzēja\?/)
  await guest.post(`/problems/${number}`, { step: 'reopen', body: 'Vēl ne.' })
  assert.match((await desk.get('/desk')).words, /Jāatbild: vēl/, 'an answer is owed anew')
  await desk.post(place, { step: 'resolve', body: 'Tagad gan.' })
  await guest.post(`/problems/${number}`, { step: 'helped' })
  assert.match((await guest.get('/problems')).words, /PR-000001 .* Aizvērts/)
  assert.equal((await desk.post(place, { step: 'answer', body: 'Prieks!' })).status, 409)
})

test('what support notes is seen at the desk alone: in no page, notice, event or mail of the person', async () => {
  const { guest, desk, reported, world } = await installed()
  const number = await reported(guest)
  const secret = 'Zvanīt vēlreiz uz 29999999'
  await desk.post(`/desk/${number}`, { step: 'note', note: secret })
  await desk.post(`/desk/${number}`, { step: 'answer', body: 'Skatāmies.' })
  assert.match((await desk.get(`/desk/${number}`)).words, /Marta Saulīte: iekšēja piezīme .* Zvanīt vēlreiz uz 29999999/)
  assert.deepEqual(numbersIn((await desk.get('/desk?standing=all&find=29999999')).page), [number], 'and found there')
  for (const path of [`/problems/${number}`, '/problems', '/notices', '/notices/1']) {
    const { page, status } = await guest.get(path)
    assert.deepEqual([status, page.includes('29999999'), /iekšēj/i.test(page)], [200, false, false], path)
  }
  const everywhere = JSON.stringify([await world.db.selectFrom('event').selectAll().execute(), await world.db.selectFrom('notice').selectAll().execute(), await world.db.selectFrom('problem_message').selectAll().execute()])
  assert.ok(everywhere.includes('problem-desk.noted') && !everywhere.includes('29999999'))
})

test('what waits for support comes by when it is due; waiting for the person, the clock rests', async () => {
  const { reported, at, visit, anna, janis, marta } = await installed()
  /** At each time somebody signs in anew. */
  const as = async (person: typeof anna, instant: string) => (at(instant), visit(person, person, new Date(instant)))
  const first = await reported(await as(anna, '2026-11-23T07:00:00Z'))
  const second = await reported(await as(janis, '2026-11-23T08:00:00Z'), { subject: 'Kā pievienot ēku?', kind: 'question' })
  assert.deepEqual(numbersIn((await (await as(marta, '2026-11-23T08:30:00Z')).get('/desk')).page), [first, second])
  assert.match((await (await as(marta, '2026-11-23T10:10:00Z')).get('/desk')).words, /Jāatbild: vēl 50 min .* Jāatbild: vēl 1 h 50 min/)
  const late = await as(marta, '2026-11-23T11:30:00Z')
  assert.match((await late.get('/desk')).words, /2 ziņojumi gaida .*, kavējas 1\. .* Atbilde kavējas 30 min/)
  assert.deepEqual(numbersIn((await late.get('/desk?overdue=yes')).page), [first])
  await late.post(`/desk/${first}`, { step: 'ask', body: 'Kurā mājā?' })
  // A week in which nobody works on it: 40 h less the 4.5 h that had passed are left.
  await (await as(anna, '2026-11-30T10:00:00Z')).post(`/problems/${first}`, { step: 'reply', body: 'Ķiršu 12' })
  assert.match((await (await as(marta, '2026-11-30T10:00:10Z')).get('/desk')).words, /Jāatrisina: vēl 35 h 2[89] min/)
})

test('the queue is filtered and searched, in every form of a word and by a number', async () => {
  const { guest, desk, other, reported, visit, janis, kristaps } = await installed()
  const [meters, houses] = [await reported(guest), await reported(await visit(janis), { topic: 'cases', kind: 'suggestion', subject: 'Māju saraksts', description: 'Gribētu kārtot pēc adreses.' })]
  const found = async (query: string) => numbersIn((await desk.get(`/desk?${query}`)).page)
  assert.deepEqual(await found('find=rādījums'), [meters])
  assert.deepEqual(await found('find=RADIJUMIEM+saglabat'), [meters])
  assert.deepEqual(await found('find=rādījums+adrese'), [])
  assert.deepEqual(await found('find=jānis'), [houses], 'by who reported')
  assert.deepEqual(await found(`find=${meters.toLowerCase()}`), [meters])
  assert.deepEqual([await found('topic=cases'), await found('kind=problem')], [[houses], [meters]])
  await other.post(`/desk/${meters}`, { step: 'assign', assignee: String(kristaps.id) })
  assert.deepEqual([await found('assignee=mine'), await found('assignee=nobody'), await found(`assignee=${kristaps.id}`)], [[], [houses], [meters]])
  assert.match((await desk.get('/desk')).words, /Kristaps Kļava .*Tiek risināts/)
  assert.match((await desk.post(`/desk/${houses}`, { step: 'assign', assignee: '1' })).words, /Izvēlieties kādu no atbalsta dienesta/)
  await desk.post(`/desk/${meters}`, { step: 'resolve', body: 'Gatavs' })
  assert.deepEqual([await found('standing=RESOLVED'), await found('standing=all'), await found('')], [[meters], [houses, meters], [houses]])
  assert.match((await desk.get("/desk?find='%3A*%26)(")).words, /Atrasts 1 ziņojums/, 'signs alone ask for nothing')
})

test('a long queue is leafed through to its end, each report once, in either order', async () => {
  const { guest, desk, reported } = await installed()
  for (let count = 0; count < 65; count++) await reported(guest, { subject: `Ziņojums ${count}` })
  for (const start of ['/desk', '/desk?standing=all']) {
    const seen: (string | undefined)[] = []
    for (let path: string | undefined = start; path; ) {
      const { page } = await desk.get(path)
      seen.push(...numbersIn(page))
      path = /rel="next" href="([^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
    }
    assert.deepEqual([seen.length, new Set(seen).size, seen[0]], [65, 65, start === '/desk' ? 'PR-000001' : 'PR-000065'])
  }
})

test('a canned answer is put into what is typed, in the language of the reporter', async () => {
  const { guest, desk, reported, world, anna } = await installed()
  const number = await reported(guest)
  assert.equal((await desk.post('/desk/answers/new', { name: '', textLv: '', textEn: 'x' })).status, 422)
  await desk.post('/desk/answers/new', { name: 'Paldies', textLv: 'Paldies par ziņojumu!', textEn: 'Thank you for the report!' })
  assert.equal((await desk.post('/desk/answers/new', { name: 'Paldies', textLv: 'x', textEn: 'x' })).status, 409)
  const { page } = await desk.post(`/desk/${number}`, { step: 'insert', canned: '1', body: 'Labdien!' })
  assert.match(page, /<textarea[^>]*id="body"[^>]*>Labdien!\n\nPaldies par ziņojumu!<\/textarea>/)
  assert.equal((await world.db.selectFrom('problem_message').selectAll().execute()).length, 0)
  const event = await world.db.selectFrom('event').select(['action', 'after']).where('action', '=', 'canned-answer.added').executeTakeFirstOrThrow()
  assert.equal(event.after!['textEn'], 'Thank you for the report!')
  await desk.post('/desk/answers/1', { step: 'remove' })
  assert.match((await desk.get('/desk/answers')).words, /Nav nevienas sagatavotas atbildes/)
  assert.ok(anna)
})

test('once a known problem is solved, each who reported it and still waits is answered in their language', async () => {
  const { guest, desk, reported, visit, janis, world } = await installed()
  const english = await visit(janis)
  await world.database.script(`reset role; update party set language = 'en' where id = ${janis.id}; set role nams_app`)
  const [one, two, apart] = [await reported(guest), await reported(english), await reported(guest)]
  const known = { titleLv: 'Rādījumi neiesniedzas', titleEn: 'Readings are not taken', textLv: 'Labojam.', textEn: 'We are on it.' }
  const { to } = await desk.post('/desk/known/new', known)
  const place = /^\/desk\/known\/\d+/.exec(to!)![0]
  const id = place.split('/').at(-1)!
  for (const number of [one, two]) await desk.post(`/desk/${number}`, { step: 'link', known: id })
  assert.match((await desk.get('/desk/known')).words, /Rādījumi neiesniedzas 2 Nav atrisināta/)
  assert.equal((await desk.post(place, { step: 'solve', saidLv: 'Salabots.', saidEn: '' })).status, 422)
  await desk.post(place, { step: 'solve', saidLv: 'Salabots.', saidEn: 'It works again.' })
  assert.match((await guest.get(`/problems/${one}`)).words, /Atrisināts .* Salabots\./)
  assert.match((await english.get(`/problems/${two}`)).words, /It works again\./)
  assert.match((await guest.get(`/problems/${apart}`)).words, new RegExp(`${apart} Jauns`))
  assert.equal((await desk.post(place, { step: 'solve', saidLv: 'Salabots.', saidEn: 'Again.' })).status, 409)
  assert.equal((await desk.post(`/desk/${apart}`, { step: 'link', known: id })).status, 422)
})

test('the desk is for support alone, and its way stands in the frame for nobody else', async () => {
  const { guest, desk, reported } = await installed()
  const number = await reported(guest)
  for (const path of ['/desk', `/desk/${number}`, '/desk/answers', '/desk/answers/new', '/desk/known', '/desk/known/new']) assert.deepEqual([(await guest.get(path)).status, (await desk.get(path)).status], [403, 200], path)
  for (const step of ['answer', 'note', 'assign', 'link', 'finish']) assert.equal((await guest.post(`/desk/${number}`, { step, body: 'x', note: 'x' })).status, 403, step)
  assert.deepEqual([(await guest.get('/cases')).page.includes('href="/desk"'), (await desk.get('/cases')).page.includes('href="/desk"')], [false, true])
})
