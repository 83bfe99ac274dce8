// What people do with meters and readings of a house, through the pages' own addresses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meters } from '../../src/meters/store.ts'
import { openSite, type Guest } from '../site.ts'
import { openWorld } from '../world.ts'

const list = '/cases/ML-1/meters'
const form = { type: 'WATER', number: '44-71820', installedOn: '01.01.2026', initial: '100,000', status: 'ACTIVE', validUntil: '', periodMonths: '1', designation: '', premises: '', justification: '' }
const reading = (readOn: string, value: string) => ({ readOn, value, difference: '', justification: '' })

/** A house of one owner with a manager who looks after it. */
async function oneHouse() {
  const world = await openWorld()
  const [anna, janis, svens] = [await world.person('Anna Kalniņa'), await world.person('Jānis Ozols'), await world.person('Svens Svešais')]
  const firm = await world.organisation('SIA “Nami”')
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(anna, building)
  await world.manages(firm, building, janis)
  const { caseId } = await world.house('ML-1', [building])
  const visit = await openSite(world)
  const owner = await visit(anna)
  const stored = () => meters(world.db, caseId)
  return { world, building, owner, responsible: await visit(janis), stranger: await visit(svens), stored }
}

/** The place that the answer sends to, without what is said there. */
async function sent(answer: ReturnType<Guest['post']>): Promise<string> {
  const { status, to, words } = await answer
  assert.equal(status, 303, words)
  return to!
}

async function withMeter(change: Partial<typeof form> = {}) {
  const house = await oneHouse()
  await sent(house.owner.post(`${list}/new`, { ...form, ...change }))
  const [meter] = await house.stored()
  return { ...house, meter: meter!, path: `${list}/${meter!.id}` }
}

test('the section of meters says what to do when it is empty, to whoever may and to whoever may not', async () => {
  const { owner, responsible, stranger } = await oneHouse()
  assert.match((await owner.get(list)).words, /vēl nav neviena skaitītāja.*Pievienojiet pirmo.*Pievienot skaitītāju/)
  const seen = (await responsible.get(list)).words
  assert.match(seen, /Skaitītājus pievieno mājas vienīgais īpašnieks/)
  assert.doesNotMatch(seen, /Pievienot skaitītāju/)
  assert.equal((await stranger.get(list)).status, 404)
  assert.equal((await responsible.get(`${list}/new`)).status, 403)
})

test('a refused meter stays as it was typed, each message beside its field', async () => {
  const { owner, stored } = await oneHouse()
  const { status, words, page } = await owner.post(`${list}/new`, { ...form, number: '', installedOn: '01.01.2027', initial: 'daudz', periodMonths: '13', status: 'INACTIVE' })
  assert.equal(status, 422)
  for (const sentence of [/Ierakstiet skaitītāja numuru/, /Uzstādīšanas datums nevar būt nākotnē/, /ne vairāk kā trim cipariem aiz komata/, /vesels mēnešu skaits no 1 līdz 12/]) assert.match(words, sentence)
  for (const typed of ['daudz', '01.01.2027', '13']) assert.ok(page.includes(`value="${typed}"`), typed)
  assert.match(page, /value="INACTIVE" checked/)
  assert.match(page, /id="installedOn-error"/)
  assert.deepEqual(await stored(), [])
})

test('the front page of a house says how many readings are late or due soon, and leads to the round', async () => {
  const { owner } = await oneHouse()
  const line = async () => /<p class="govuk-body house-due">.*?<\/p>/.exec((await owner.get('/cases/ML-1')).page)?.[0]
  await sent(owner.post(`${list}/new`, { ...form, number: 'B-1', periodMonths: '12', installedOn: '23.11.2026' }))
  assert.equal(await line(), undefined)
  await sent(owner.post(`${list}/new`, { ...form, number: 'B-2', periodMonths: '1', installedOn: '01.10.2026' }))
  await sent(owner.post(`${list}/new`, { ...form, number: 'B-3', periodMonths: '1', installedOn: '25.10.2026' }))
  assert.match((await line())!, /1 nokavēts rādījums.*Drīz jānodod 1 rādījums.*<a href="\/cases\/ML-1\/round">Rādījumu apgaita<\/a>/)
})

test('meters are listed with their last reading and what is due, sorted by status, type or number', async () => {
  const { owner, building, stored } = await oneHouse()
  await sent(owner.post(`${list}/new`, { ...form, number: 'B-10', type: 'HEAT', periodMonths: '12', validUntil: '20.12.2026' }))
  await sent(owner.post(`${list}/new`, { ...form, number: 'B-9', validUntil: '01.11.2026' }))
  await sent(owner.post(`${list}/new`, { ...form, number: 'A-1', type: 'GAS', status: 'INACTIVE', designation: building.designation, premises: '5' }))
  const order = async (query: string) => [...(await owner.get(list + query)).page.matchAll(/class="main"><a[^>]*>([^<]*)/g)].map(([, number]) => number)
  assert.deepEqual(await order(''), ['B-9', 'B-10', 'A-1'])
  assert.deepEqual(await order('?sort=type'), ['B-9', 'A-1', 'B-10'])
  assert.deepEqual(await order('?sort=number'), ['A-1', 'B-9', 'B-10'])
  assert.deepEqual(await order('?sort=-number'), ['B-10', 'B-9', 'A-1'])
  const { words, page } = await owner.get(list)
  assert.match(words, /Skaitītāji 3 .*Skaitītāji Rādījumu apgaita Statuss/)
  assert.match(words, /Nokavēts par 295 dienām/)
  assert.match(words, /01\.11\.2026 Beidzies/)
  assert.match(words, /20\.12\.2026 Beidzas pēc 27 dienām/)
  assert.match(words, /Gāzes skaitītājs Ķiršu iela 12, telpu grupa 5/)
  assert.match(page, /aria-sort="ascending"><a href="\/cases\/ML-1\/meters\?sort=-status"/)
  assert.match((await owner.get('/cases/ML-1')).page, /href="\/cases\/ML-1\/meters">Skaitītāji <b>3<\/b>/)
  assert.equal((await stored())[2]!.premises, `${building.designation}005`)
  assert.match((await owner.get('/cases?kind=house')).words, /Skaitītāji .*ML-1 .* 1 nokavēts rādījums 1 skaitītājam beidzies termiņš/)
})

test('a meter is edited with a reason, removed only without readings, and its history keeps both', async () => {
  const { owner, path, meter } = await withMeter()
  assert.match((await owner.post(`${path}/edit`, { ...form, periodMonths: '3' })).words, /Norādiet darbības pamatojumu/)
  await sent(owner.post(`${path}/edit`, { ...form, periodMonths: '3', justification: 'Retāk' }))
  await sent(owner.post(path, reading('01.02.2026', '110,5')))
  assert.match((await owner.get(`${path}/edit`)).words, /Veidu vairs nevar mainīt/)
  assert.match((await owner.get(`${path}/remove`)).words, /nevar dzēst, jo tam ir reģistrēti rādījumi/)
  assert.match((await owner.post(`${path}/remove`, { justification: 'Prom' })).words, /nevar dzēst, jo tam ir reģistrēti rādījumi/)
  await sent(owner.post(`${path}/readings/2026-02-01/remove`, { justification: 'Kļūda' }))
  assert.equal(await sent(owner.post(`${path}/remove`, { justification: 'Nav tāda' })), `${list}?said=meter-removed`)
  assert.equal((await owner.get(path)).status, 404)
  const own = (await owner.get(`${list}/${meter.id}/history`)).words
  for (const sentence of [/Dzēšana Ūdens skaitītājs 44-71820 Pamatojums: Nav tāda/, /Dzēšana Rādījums: 44-71820, 01\.02\.2026/, /Nodošanas periods \(mēneši\) 1 3/, /Anna Kalniņa/]) assert.match(own, sentence)
  const all = (await owner.get(`${list}/history`)).words
  assert.match(all, /Dzēšana Ūdens skaitītājs.*Labošana Ūdens skaitītājs.*Pievienošana Ūdens skaitītājs/)
  assert.doesNotMatch(all, /Rādījums:/)
})

test('readings are grouped by year with what was used, who entered them and what they warn of', async () => {
  const { owner, path } = await withMeter({ installedOn: '01.11.2025' })
  await sent(owner.post(path, { ...reading('01.12.2025', '105'), difference: '-0,5' }))
  await sent(owner.post(path, reading('01.01.2026', '110.25')))
  const to = await sent(owner.post(path, { ...reading('01.03.2026', '120'), estimated: 'yes' }))
  assert.equal(to, `${path}?read=2026-03-01&said=reading-warned`)
  const { words } = await owner.get(to)
  assert.match(words, /Pieņemts ar brīdinājumu 01\.03\.2026: 120,000 m³, patēriņš 9,750 m³\. Nav ievērots nodošanas periods: rādījums bija jānodod līdz 01\.02\.2026/)
  assert.match(words, /2026 patērēts 15,000 m³.*01\.03\.2026 120,000 9,750 Anna Kalniņa aplēsts.*01\.01\.2026 110,250 5,250.*2025 patērēts 5,000 m³.*01\.12\.2025 105,000 5,000 -0,500/)
  const english = (await owner.get(path, 'en')).words
  assert.match(english, /01\/03\/2026 120\.000 9\.750 Anna Kalniņa estimated Submission period not observed/)
})

test('an unusual reading is accepted, and the page says what was usual', async () => {
  const { owner, path } = await withMeter({ installedOn: '01.01.2026', initial: '0' })
  for (const [on, value] of [['31.01.2026', '3'], ['02.03.2026', '6'], ['01.04.2026', '10']] as const) await sent(owner.post(path, reading(on, value)))
  const to = await sent(owner.post(path, reading('01.05.2026', '50')))
  assert.match((await owner.get(to)).words, /Neparasts patēriņš: parasti no 3,04 līdz 4,06 m³ mēnesī, tagad 40,6 m³ mēnesī/)
})

test('a reading is edited between its neighbours with a reason, and a refused one stays typed', async () => {
  const { owner, path } = await withMeter()
  for (const [on, value] of [['01.02.2026', '110'], ['01.03.2026', '120']] as const) await sent(owner.post(path, reading(on, value)))
  const edit = `${path}/readings/2026-02-01/edit`
  assert.match((await owner.get(edit)).page, /value="110,000"/)
  const refused = await owner.post(edit, { ...reading('01.02.2026', '121,5'), justification: 'Pārrakstījos' })
  assert.match(refused.words, /Rādījums ir lielāks par nākamo/)
  assert.match(refused.page, /value="121,5"[\s\S]*Pārrakstījos/)
  await sent(owner.post(edit, { ...reading('02.02.2026', '112'), justification: 'Pārrakstījos' }))
  assert.match((await owner.get(path)).words, /01\.03\.2026 120,000 8,000.*02\.02\.2026 112,000 12,000/)
  assert.equal((await owner.get(edit)).status, 404)
})

test('whoever may not change meters sees the readings and no field for them', async () => {
  const { owner, responsible, path } = await withMeter()
  await sent(owner.post(path, reading('01.02.2026', '110')))
  const seen = await responsible.get(path)
  assert.match(seen.words, /110,000/)
  assert.doesNotMatch(seen.page, /name="value"/)
  assert.equal((await responsible.post(path, reading('01.03.2026', '120'))).status, 403)
  for (const page of ['/edit', '/remove', '/answer', '/readings/2026-02-01/edit']) assert.equal((await responsible.get(path + page)).status, 403)
})

/** A meter with a reading of 9998, and a lower one that is questioned; the links of its answers by their names. */
async function questioned({ estimated = false } = {}) {
  const house = await withMeter({ initial: '9990', periodMonths: '12' })
  const { owner, path } = house
  await sent(owner.post(path, { ...reading('01.02.2026', '9998'), ...(estimated && { estimated: 'yes' }) }))
  const { status, page, words } = await owner.post(path, { ...reading('01.03.2026', '5'), difference: '1,5' })
  assert.equal(status, 422)
  assert.match(words, /Rādījums ir mazāks par iepriekšējo.*Kas notika\? Iepriekšējais rādījums bija 9998,000 m³ \(01\.02\.2026\)/)
  assert.match(page, /name="value"[^>]*value="5"/)
  const links = [...page.matchAll(/href="([^"]*\/answer\?[^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))
  const linkOf = (answer: string) => links.find((href) => href.endsWith(`answer=${answer}`))
  return { ...house, linkOf }
}

test('a counter that rolled over is answered with what was used, and the value typed before is still there', async () => {
  const { owner, path, linkOf } = await questioned()
  const { page, words } = await owner.get(linkOf('rolled-over')!)
  assert.match(page, /name="value"[^>]*value="5"/)
  assert.match(page, /name="readOn" value="01\.03\.2026"/)
  assert.match(words, /Ja skaitītājs rāda ne vairāk kā 9999,999 m³, patērēts ir 7,000 m³/)
  const answer = { answer: 'rolled-over', ...reading('01.03.2026', '5'), difference: '1,5', consumed: '', justification: 'Apgāja apli' }
  const refused = await owner.post(`${path}/answer`, answer)
  assert.match(refused.words, /Norādiet patēriņu kopš iepriekšējā rādījuma/)
  assert.match(refused.page, /Apgāja apli/)
  const to = await sent(owner.post(`${path}/answer`, { ...answer, consumed: '7' }))
  assert.match((await owner.get(to)).words, /01\.03\.2026 5,000 7,000 1,500 Anna Kalniņa skaitītājs pārgājis pāri nullei/)
})

test('a replaced meter is answered with the old final and the new first value, and the new one takes the reading', async () => {
  const { owner, path, linkOf, stored } = await questioned()
  assert.match((await owner.get(linkOf('replaced')!)).words, /Noņemtais skaitītājs.*Jaunais skaitītājs/)
  const answer = { answer: 'replaced', ...reading('01.03.2026', '5'), replacedOn: '15.02.2026', finalValue: '9999', number: 'JAUNS-1', initial: '0,000', validUntil: '', justification: 'Beidzās termiņš' }
  const late = await owner.post(`${path}/answer`, { ...answer, replacedOn: '02.03.2026' })
  assert.match(late.words, /Šajā datumā skaitītājs vēl nebija uzstādīts/)
  assert.equal((await stored()).length, 1)
  const to = await sent(owner.post(`${path}/answer`, answer))
  const page = (await owner.get(to)).words
  assert.match(page, /Ūdens skaitītājs JAUNS-1.*01\.03\.2026 5,000 5,000.*Uzstādīts vietā Ūdens skaitītājs 44-71820/)
  assert.match((await owner.get(path)).words, /Neaktīvs.*15\.02\.2026 9999,000 1,000.*Nomainīts pret Ūdens skaitītājs JAUNS-1/)
  for (const history of [`${path}/history`, `${to.split('?')[0]}/history`])
    assert.match((await owner.get(history)).words, /Nomaiņa Ūdens skaitītājs 44-71820 Pamatojums: Beidzās termiņš.*Beigu rādījums – 9999,000.*Jaunā skaitītāja pirmais rādījums – 01\.03\.2026: 5,000/)
})

test('an earlier reading that was wrong is corrected together with the new one', async () => {
  const { owner, path, linkOf } = await questioned()
  assert.match((await owner.get(linkOf('earlier-wrong')!)).words, /Bija ierakstīts 9998,000 m³/)
  const to = await sent(owner.post(`${path}/answer`, { answer: 'earlier-wrong', ...reading('01.03.2026', '9995'), earlierValue: '9993', justification: 'Pārrakstījos' }))
  assert.match((await owner.get(to)).words, /01\.03\.2026 9995,000 2,000.*01\.02\.2026 9993,000 3,000/)
})

for (const estimated of [true, false])
  test(`an estimate ${estimated ? '' : 'that nobody marked as one '}gives way to the true reading`, async () => {
    const { owner, path, linkOf } = await questioned({ estimated })
    assert.match((await owner.get(linkOf('estimated')!)).words, /Šīs aplēses tiks izņemtas.*01\.02\.2026: 9998,000 m³/)
    const to = await sent(owner.post(`${path}/answer`, { answer: 'estimated', ...reading('01.03.2026', '9994'), justification: 'Nebija nolasīts' }))
    const { words } = await owner.get(to)
    assert.match(words, /01\.03\.2026 9994,000 4,000/)
    assert.doesNotMatch(words, /01\.02\.2026 9998/)
  })
