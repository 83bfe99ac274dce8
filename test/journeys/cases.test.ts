// What people see of cases, their calendar and their history, through the pages' own addresses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addInspectionType, editInspectionType, recordInspection, removeInspectionType } from '../../src/inspections/actions.ts'
import type { Party } from '../../src/people/actor.ts'
import { writing } from '../../src/platform/database.ts'
import { openSite, type Visit } from '../site.ts'
import { date, openWorld, type World } from '../world.ts'

const draft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M', justification: '' }

async function houseCase(world: World, number: string, propertyNumber: string, buildings: { id: number }[]) {
  const file = { kind: 'house' as const, number, building_id: null, property_number: propertyNumber, property_kind: 'apartments' as const, opened_at: world.now }
  await writing(world.db, async (tx) => {
    const { id } = await tx.insertInto('case_file').values(file).returning('id').executeTakeFirstOrThrow()
    await tx.insertInto('house_case_building').values(buildings.map((building) => ({ case_id: id, building_id: building.id }))).execute()
  })
}

/** A house of flats with a manager, and the villa and the office of others. */
async function town() {
  const world = await openWorld()
  const names = ['Dace Dzīvokle', 'Vija Viena', 'Jānis Ozols', 'Inese Direktore', 'Svens Svešais'] as const
  const persons = await Promise.all(names.map((name) => world.person(name)))
  const [flatOwner, villaOwner, answering, director, stranger] = persons.map((person) => person!) as [Party, Party, Party, Party, Party]
  const [manager, office] = [await world.organisation('SIA “Ķiršu nami”'), await world.organisation('AS “Birojs”')]
  const flats = await world.building('Ķiršu iela 12, Cēsis')
  const garage = await world.building('Ķiršu iela 2, Cēsis')
  const villa = await world.building('Āgenskalna iela 7, Rīga')
  await world.holds(flatOwner, flats, { premises: `${flats.designation}001` })
  await world.holds(stranger, flats, { premises: `${flats.designation}002`, from: date('2027-01-01') })
  await world.holds(office, flats, { premises: `${flats.designation}003`, right: 'possessor' })
  await world.manages(manager, flats, answering)
  await world.manages(manager, garage, answering)
  await world.holds(villaOwner, villa)
  await houseCase(world, 'ML-1', '01000010000', [flats, garage])
  await world.represents(director, manager)
  await world.represents(director, office, 'joint')
  const visit = await openSite(world)
  return { world, visit, people: { flatOwner, villaOwner, answering, director, stranger }, manager, office, flats, garage, villa }
}

const here = await town()
const { world, people, visit } = here

/** The addresses that a page links to as cases, in their order. */
const listedCases = ({ page }: Visit) => [...page.matchAll(/<td[^>]*class="main"><a href="\/cases\/([^"]+)"/g)].map(([, number]) => number)

const guests = {
  'the owner of a flat': () => visit(people.flatOwner),
  'a joint representative of a possessor of a flat': () => visit(people.director, here.office),
  'a representative of the manager': () => visit(people.director, here.manager),
  'the responsible person': () => visit(people.answering),
  'the owner of a villa': () => visit(people.villaOwner),
  'a representative in her own profile': () => visit(people.director),
  'whoever becomes an owner next year': () => visit(people.stranger),
}

const seen: Record<keyof typeof guests, (keyof Pick<typeof here, 'flats' | 'garage' | 'villa'>)[]> = {
  'the owner of a flat': ['flats'],
  'a joint representative of a possessor of a flat': ['flats'],
  'a representative of the manager': ['garage', 'flats'],
  'the responsible person': ['garage', 'flats'],
  'the owner of a villa': ['villa'],
  'a representative in her own profile': [],
  'whoever becomes an owner next year': [],
}

for (const [name, enter] of Object.entries(guests))
  test(`the list of cases of ${name} is what they may open`, async () => {
    const guest = await enter()
    const own = seen[name as keyof typeof guests].map((key) => here[key])
    assert.deepEqual(listedCases(await guest.get('/cases')), own.map(({ number }) => number))
    for (const building of [here.flats, here.garage, here.villa])
      for (const page of ['', '/basic', '/history'])
        assert.equal((await guest.get(`/cases/${building.number}${page}`)).status, own.includes(building) ? 200 : 404)
    assert.equal((await guest.get('/cases/ML-1')).status, own.some((building) => building !== here.villa) ? 200 : 404)
  })

test('whoever has no case is told who sees cases and where to choose another profile', async () => {
  const { words, page } = await (await visit(people.director)).get('/')
  assert.match(words, /Savā vārdā Jums nav nevienas lietas/)
  assert.match(words, /Lietu redz ēkas vai tās daļas īpašnieki/)
  assert.match(page, /href="\/profile"/)
})

test('the list is found, sorted and turned by its address alone', async () => {
  const guest = await visit(people.answering)
  const numbers = async (query: string) => listedCases(await guest.get(`/cases${query}`))
  const [flats, garage] = [here.flats.number, here.garage.number]
  assert.deepEqual(await numbers(''), [garage, flats])
  assert.deepEqual(await numbers('?sort=-address'), [flats, garage])
  assert.deepEqual(await numbers('?address=KIRSU+iela+12'), [flats])
  assert.deepEqual(await numbers(`?designation=${here.garage.designation.slice(8)}`), [garage])
  assert.deepEqual(await numbers(`?number=${flats}`), [flats])
  const nothing = await guest.get('/cases?address=Liep%C4%81ja')
  assert.match(nothing.words, /Neviena lieta neatbilst meklētajam/)
  assert.match(nothing.page, /value="Liepāja"/)
})

test('a column says how it sorts, and its link turns the order', async () => {
  const { page } = await (await visit(people.answering)).get('/cases?sort=number')
  assert.match(page, /aria-sort="ascending"><a href="\/cases\?sort=-number"/)
  assert.match(page, /aria-sort="none"><a href="\/cases">Adrese/)
})

test('house cases are listed with property, addresses, manager and responsible person', async () => {
  const guest = await visit(people.flatOwner)
  const { words, page } = await guest.get('/cases?kind=house')
  assert.match(words, /Ķiršu iela 2, Cēsis; Ķiršu iela 12, Cēsis ML-1 0100 001 0000 – SIA “Ķiršu nami” Jānis Ozols/)
  assert.match(page, /href="\/cases\/ML-1"/)
  assert.deepEqual(listedCases(await guest.get('/cases?kind=house&manager=birojs')), [])
  assert.deepEqual(listedCases(await guest.get('/cases?kind=house&manager=kirsu')), ['ML-1'])
})

test('a manager of many buildings leafs through them fifty at a time', async () => {
  const manager = await world.person('Māris Pārvaldnieks')
  for (let at = 1; at <= 52; at++) await world.manages(manager, await world.building(`Garā iela ${at}, Rīga`))
  const guest = await visit(manager)
  const first = await guest.get('/cases')
  assert.equal(listedCases(first).length, 50)
  assert.match(first.words, /1–50 no 52/)
  assert.match(first.page, /rel="next"/)
  const second = await guest.get('/cases?page=2')
  assert.match(second.words, /Garā iela 51, Rīga.*Garā iela 52, Rīga.*51–52 no 52/)
  assert.equal(listedCases(second).length, 2)
})

test('the basic data name who holds and who manages, never a personal code', async () => {
  const { words, page } = await (await visit(people.flatOwner)).get(`/cases/${here.flats.number}/basic`)
  assert.match(words, /Dzīvokļu īpašumi/)
  assert.match(words, /Dace Dzīvokle/)
  assert.match(words, /AS “Birojs” reģ\. nr\. \d{11} tiesiskais valdītājs/)
  assert.match(words, /Jānis Ozols kopš 01\.01\.2000/)
  assert.doesNotMatch(words, /Svens Svešais/)
  for (const code of [...Object.values(people).map((person) => person.code), '-*****']) assert.ok(!page.includes(code), code)
})

test('a house case leads to the operation cases of its buildings, and back', async () => {
  const guest = await visit(people.flatOwner)
  const house = await guest.get('/cases/ML-1')
  assert.match(house.words, /0100 001 0000 · Dzīvokļu īpašumi/)
  assert.deepEqual(listedCases(house), [here.garage.number, here.flats.number])
  const basic = await guest.get(`/cases/${here.flats.number}/basic`)
  assert.match(basic.page, /<a href="\/cases\/ML-1">Mājas lieta ML-1<\/a>/)
  for (const code of [...Object.values(people).map((person) => person.code), '-*****']) assert.ok(!house.page.includes(code), code)
})

/** A villa whose only owner has set three types, one of them long ago, and the house beside it. */
async function plannedVilla() {
  const [owner, neighbour] = [await world.person('Anna Kalniņa'), await world.person('Jānis Blakus')]
  const villa = await world.building('Bērzu iela 7, Sigulda')
  await world.holds(owner, villa)
  await world.holds(neighbour, await world.building('Liepu iela 1, Sigulda'))
  const longAgo = { ...world.as(owner), today: date('2025-06-01'), now: new Date('2025-06-01T09:00:00Z') }
  await addInspectionType(longAgo, villa.number, { ...draft, type: 'Dūmvada tīrīšana', firstOn: '2025-09-10', remindBefore: 'P10D' })
  await addInspectionType(world.as(owner), villa.number, draft)
  await addInspectionType(world.as(owner), villa.number, { ...draft, type: 'DANGEROUS_EQUIPMENT', label: 'Lifts 1', firstOn: '2029-01-01', remindBefore: '' })
  return { owner, neighbour, villa, link: (type: string) => `<a href="/cases/${villa.number}">${type}</a>` }
}

test('the calendar shows what is overdue, then each month, then what comes later', async () => {
  const { owner, neighbour } = await plannedVilla()
  const { words, page } = await (await visit(owner)).get('/calendar')
  assert.match(words, /Nokavētas 1 pārbaude 10 sept\. 2025 Dūmvada tīrīšana Bērzu iela 7, Sigulda/)
  assert.match(words, /Marts 2027 1 pārbaude 1 marts 2027 Ugunsdrošības pārbaude.*Vēlāk 1 pārbaude 1 janv\. 2029 Bīstamo iekārtu pārbaude · Lifts 1/)
  assert.match(page, /<a href="#part-2027-03" aria-label="2027\. g\. marts: 1 pārbaude"/)
  const other = await (await visit(neighbour)).get('/calendar')
  assert.match(other.words, /Nekas nav plānots/)
  assert.doesNotMatch(other.words, /Dūmvada/)
})

test('the calendar shows one kind of inspection, or one building, when asked', async () => {
  const { owner, link } = await plannedVilla()
  const guest = await visit(owner)
  const fire = await guest.get('/calendar?type=FIRE_SAFETY')
  assert.ok(fire.page.includes(link('Ugunsdrošības pārbaude')))
  assert.ok(!fire.page.includes(link('Dūmvada tīrīšana')))
  assert.ok((await guest.get('/calendar?building=berzu')).page.includes(link('Dūmvada tīrīšana')))
  assert.match((await guest.get('/calendar?building=liepu')).words, /Neviena pārbaude neatbilst meklētajam/)
})

test('a long calendar is read part by part', async () => {
  const manager = await world.person('Māris Daudzais')
  const typesOf = (caseId: number, next: string) =>
    Array.from({ length: 40 }, (_, at) => ({
      ...{ case_id: caseId, type: `Pārbaude ${at}`, type_key: `pārbaude ${at}`, label: next, label_key: next, first_on: date(next), next_on: date(next), period_value: 1 },
      ...{ period_unit: 'YEAR' as const, reminder_value: null, reminder_unit: null, last_performed_on: null, remind_on: null, last_notified_on: null, deleted_at: null },
    }))
  for (const street of ['A', 'B', 'C']) {
    const building = await world.building(`${street} iela 1, Rīga`)
    await world.manages(manager, building)
    for (const next of ['2026-10-01', '2026-12-01']) await writing(world.db, (tx) => tx.insertInto('inspection_type').values(typesOf(building.caseId, next)).execute())
  }
  const guest = await visit(manager)
  const items = ({ page }: Visit) => page.match(/<li class="is-/g)?.length
  const overdue = await guest.get('/calendar')
  assert.equal(items(overdue), 100)
  assert.match(overdue.words, /Nokavētas 120 pārbaužu/)
  assert.equal(items(await guest.get('/calendar?show=overdue&page=2')), 20)
  assert.match((await guest.get('/calendar?show=2026-12')).words, /Decembris 2026 120 pārbaužu/)
})

test('whoever may configure sees which reminders will be sent, when and to whom; others do not', async () => {
  const { owner, neighbour, villa } = await plannedVilla()
  const guest = await visit(owner)
  const { words } = await guest.get(`/cases/${villa.number}/plan`)
  assert.match(words, /nākamajā rītā Dūmvada tīrīšana 10\.09\.2025/)
  assert.match(words, /01\.02\.2027 Ugunsdrošības pārbaude 01\.03\.2027 Anna Kalniņa jau noteikts/)
  assert.match(words, /Atgādinājums netiks sūtīts.*Bīstamo iekārtu pārbaude · Lifts 1: nākamais termiņš 01\.01\.2029/)
  assert.equal((await (await visit(neighbour)).get(`/cases/${villa.number}/plan`)).status, 404)
  const manager = await visit(people.answering)
  assert.equal((await manager.get(`/cases/${here.flats.number}/plan`)).status, 403)
})

test('a history tells who did what, for whom, when and why, and what was before and after', async () => {
  const director = await world.person('Inese Direktore')
  const company = await world.organisation('AS “Birojs”')
  const building = await world.building('Tirgus iela 5, Valmiera')
  await world.holds(company, building)
  await world.represents(director, company)
  const ctx = world.as(director, company)
  const type = await addInspectionType(ctx, building.number, draft)
  await editInspectionType(ctx, building.number, type.id, { ...draft, every: 'P6M', remindBefore: '', justification: 'Tā prasa apdrošinātājs' })
  await recordInspection(ctx, building.number, { type: 'FIRE_SAFETY', label: '', performedOn: '2026-10-01', periodic: true, number: 'UD-7', justification: '' })
  await removeInspectionType(ctx, building.number, type.id, 'Vairs nevajag')
  const guest = await visit(director, company)
  const all = (await guest.get(`/cases/${building.number}/history`)).words
  assert.match(all, /23\.11\.2026 09:00 Inese Direktore AS “Birojs” vārdā Dzēšana Pārbaudes veids: Ugunsdrošības pārbaude Pamatojums: Vairs nevajag/)
  assert.match(all, /Pievienošana Veikta pārbaude: Ugunsdrošības pārbaude, 01\.10\.2026 Pamatojums: – .*Numurs UD-7/)
  assert.match(all, /Labošana Pārbaudes veids: Ugunsdrošības pārbaude Pamatojums: Tā prasa apdrošinātājs/)
  assert.match(all, /Pārbaudes periods ik gadu ik 6 mēnešus Atgādinājums 1 mēnesi pirms netiks sūtīts/)
  const ofType = (await guest.get(`/cases/${building.number}/inspection-types/${type.id}/history`)).words
  assert.match(ofType, /Vēsture: Ugunsdrošības pārbaude.*Dzēšana.*Labošana.*Pievienošana/)
  assert.doesNotMatch(ofType, /Veikta pārbaude:/)
  assert.equal((await guest.get(`/cases/${building.number}/inspection-types/${type.id + 1}/history`)).status, 404)
  assert.match((await guest.get(`/cases/${building.number}/inspection-types/history`, 'en')).words, /Deletion Inspection type: Fire-safety inspection Justification: Vairs nevajag/)
  const done = (await guest.get(`/cases/${building.number}/history?about=inspections`)).words
  assert.doesNotMatch(done, /Labošana/)
})

test('a long history goes on to what is older', async () => {
  const owner = await world.person('Anna Kalniņa')
  const building = await world.building('Bērzu iela 7, Sigulda')
  await world.holds(owner, building)
  for (let at = 1; at <= 33; at++) await addInspectionType(world.as(owner), building.number, { ...draft, type: `Pārbaude nr. ${at}` })
  const guest = await visit(owner)
  const latest = await guest.get(`/cases/${building.number}/history`)
  assert.equal(latest.page.match(/<li class="event"/g)?.length, 30)
  const [, older] = /rel="next" href="([^"]+)"/.exec(latest.page)!
  const rest = await guest.get(older!.replaceAll('&amp;', '&'))
  assert.deepEqual([...rest.words.matchAll(/Pārbaudes veids: Pārbaude nr\. (\d+) Pam/g)].map(([, at]) => at), ['3', '2', '1'])
})

test('nothing that people or registers wrote becomes a part of a page', async () => {
  const mark = `"><script>alert('x')</script>`
  const [owner, answering] = [await world.person(`Anna ${mark}`), await world.person(`Jānis ${mark}`)]
  const manager = await world.organisation(`SIA ${mark}`)
  const building = await world.building(`Iela ${mark} 1`)
  await world.holds(owner, building)
  await world.manages(manager, building, answering)
  await houseCase(world, 'ML-2', '01000020000', [building])
  const type = await addInspectionType(world.as(owner), building.number, { ...draft, type: mark, label: mark, justification: mark })
  await editInspectionType(world.as(owner), building.number, type.id, { ...draft, type: `B ${mark}`, label: mark, justification: mark })
  const guest = await visit(owner)
  const sought = encodeURIComponent(mark)
  const pages = ['', '/basic', '/history', '/plan', '/inspection-types/history', `/inspection-types/${type.id}/history`]
  const inCase = pages.map((page) => `/cases/${building.number}${page}`)
  const lists = ['/', `/cases?address=${sought}&sort=${sought}`, `/cases?kind=house&manager=${sought}`]
  const calendars = ['/calendar', `/calendar?building=${sought}&type=${sought}`]
  for (const path of [...inCase, ...lists, ...calendars, '/cases/ML-2', '/cases/ML-2/history']) {
    const { status, page } = await guest.get(path)
    assert.equal(status, 200, path)
    assert.ok(!page.includes('"><script>'), path)
    assert.ok(!page.includes("alert('x')"), path)
    assert.ok(page.includes('&lt;script&gt;'), path)
  }
})
