import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sweep } from '../../src/inspections/sweep.ts'
import { startSession } from '../../src/people/session.ts'
import { revokeToken, tokensOf } from '../../src/people/token.ts'
import { writing } from '../../src/platform/database.ts'
import { limits } from '../../src/api/door.ts'
import { openProgram, problems } from '../program.ts'
import { date, openWorld } from '../world.ts'

const fire = { type: 'FIRE_SAFETY', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M' }
const done = { type: 'FIRE_SAFETY', performedOn: '2026-10-01', periodic: false, number: 'PT-7' }

/** A house that Anna owns, Zane answers for as its manager's person, and Pēteris has nothing to do with. */
async function oneHouse() {
  const world = await openWorld()
  const [anna, zane, peteris] = [await world.person('Anna Kalniņa'), await world.person('Zane Liepa'), await world.person('Pēteris Ozols')]
  const manager = await world.organisation('SIA Namu gādība')
  const house = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(anna, house)
  await world.manages(manager, house, zane)
  const program = await openProgram(world)
  const [owner, responsible, stranger] = [await program.as(anna), await program.as(zane), await program.as(peteris)]
  return { world, program, anna, zane, house, owner, responsible, stranger, path: `/cases/${house.number}` }
}

test('a program asks whom it acts as, in the own name or for an organisation', async () => {
  const { world, program, anna, owner } = await oneHouse()
  assert.deepEqual((await owner('GET', '/profile')).body, {
    person: 'Anna Kalniņa',
    profile: { kind: 'person', name: 'Anna Kalniņa', registrationNumber: null },
    represents: 'self',
  })
  const company = await world.organisation('SIA Rasa')
  await world.represents(anna, company, 'joint')
  const forCompany = await program.as(anna, company)
  assert.deepEqual((await forCompany('GET', '/profile')).body, {
    person: 'Anna Kalniņa',
    profile: { kind: 'organisation', name: 'SIA Rasa', registrationNumber: company.code },
    represents: 'joint',
  })
})

test('without a valid token nothing is told, whatever cookies are sent', async () => {
  const { world, program, anna, owner } = await oneHouse()
  const none = await program.ask('GET', '/cases')
  assert.equal(none.status, 401)
  assert.equal(none.headers['www-authenticate'], 'Bearer realm="Nams"')
  assert.equal(none.headers['content-type'], 'application/problem+json')
  assert.equal(none.body.type, 'urn:nams:problem:unauthenticated')
  const session = await startSession(world.db, anna.id, 'Browser', world.now)
  assert.equal((await program.ask('GET', '/cases', undefined, { cookie: `nams_session=${session}` })).status, 401)
  assert.equal((await owner('GET', '/cases')).status, 200)
  const [token] = await tokensOf(world.db, anna.id)
  await revokeToken(world.as(anna), token!.id)
  const revoked = await owner('GET', '/cases')
  assert.equal(revoked.status, 401)
  assert.match(String(revoked.headers['www-authenticate']), /error="invalid_token"/)
})

test('whoever has no token is told so before the body is read', async () => {
  const { program, path } = await oneHouse()
  assert.equal((await program.ask('POST', `${path}/inspections`, '{', { 'content-type': 'application/json' })).status, 401)
})

test('a token may be used from a page of another site: it is not a cookie', async () => {
  const { owner, path } = await oneHouse()
  const answer = await owner('POST', `${path}/inspection-types`, fire, { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' })
  assert.equal(answer.status, 201)
})

test('cases are listed and filtered for whoever may see them', async () => {
  const { world, owner, stranger, anna, house } = await oneHouse()
  const other = await world.building('Liepu iela 2, Rīga')
  await world.holds(anna, other)
  const numbers = async (query: string) => (await owner('GET', `/cases${query}`)).body.items.map(({ number }: { number: string }) => number)
  assert.deepEqual(await numbers(''), [house.number, other.number])
  assert.deepEqual(await numbers('?address=kirsu'), [house.number])
  assert.deepEqual(await numbers(`?designation=${other.designation}`), [other.number])
  assert.deepEqual(await numbers(`?number=${house.number}`), [house.number])
  assert.deepEqual(await numbers('?kind=house'), [])
  assert.deepEqual((await stranger('GET', '/cases')).body, { items: [], next: null })
})

test('a filter that there is not, or not of this kind of case, is refused by name', async () => {
  const { owner } = await oneHouse()
  assert.deepEqual(problems(await owner('GET', '/cases?adress=x&limit=0')), ['limit too-small', 'adress unknown-field'])
  assert.deepEqual(problems(await owner('GET', '/cases?kind=house&designation=1')), ['designation not-of-this-kind'])
  assert.deepEqual(problems(await owner('GET', '/cases?kind=flat')), ['kind not-an-option'])
  assert.deepEqual(problems(await owner('GET', '/cases?cursor=x')), ['cursor unknown'])
})

test('a case shows what comes next, who is who and what the profile may do, and no personal code', async () => {
  const { world, owner, responsible, stranger, anna, zane, house, path } = await oneHouse()
  await owner('POST', `${path}/inspection-types`, fire)
  const { body, text } = await responsible('GET', path)
  assert.equal(body.kind, 'operation')
  assert.deepEqual(body.inspectionTypes.map(({ nextOn, remindOn }: { nextOn: string; remindOn: string }) => [nextOn, remindOn]), [['2027-03-01', '2027-02-01']])
  assert.deepEqual(body.may, { configureInspectionTypes: false, recordInspections: true })
  assert.deepEqual(body.holders, [{ kind: 'person', name: 'Anna Kalniņa', registrationNumber: null, right: 'owner', premises: null, from: '2000-01-01' }])
  assert.deepEqual(body.responsible, [{ kind: 'person', name: 'Zane Liepa', registrationNumber: null }])
  assert.ok(!text.includes(anna.code) && !text.includes(zane.code))
  assert.equal((await stranger('GET', path)).status, 404)

  await writing(world.db, async (tx) => {
    const file = { kind: 'house' as const, number: 'ML/1', building_id: null, property_number: '42010000001', property_kind: 'joint' as const, opened_at: world.now }
    const { id } = await tx.insertInto('case_file').values(file).returning('id').executeTakeFirstOrThrow()
    await tx.insertInto('house_case_building').values({ case_id: id, building_id: house.id }).execute()
  })
  const whole = await owner('GET', '/cases/ML%2F1')
  assert.equal(whole.body.kind, 'house')
  assert.deepEqual(whole.body.buildings.map((building: { case: string }) => building.case), [house.number])
  assert.deepEqual((await owner('GET', '/cases?kind=house')).body.items.map(({ number }: { number: string }) => number), ['ML/1'])
  assert.deepEqual((await owner('GET', '/cases/ML%2F1/history')).body, { items: [], next: null })
  assert.equal((await stranger('GET', '/cases/ML%2F1')).status, 404)
})

test('an inspection type is added, listed, edited with a reason, removed with a reason, and its history stays', async () => {
  const { owner, path } = await oneHouse()
  const added = await owner('POST', `${path}/inspection-types`, fire)
  assert.equal(added.status, 201)
  const { id, ...setting } = added.body
  assert.equal(added.headers['location'], `/api/v1${path}/inspection-types/${id}`)
  assert.deepEqual(setting, {
    ...fire,
    label: '',
    title: 'Fire-safety inspection',
    lastPerformedOn: null,
    nextOn: '2027-03-01',
    remindOn: '2027-02-01',
    lastNotifiedOn: null,
    status: 'ahead',
    exceedsLimit: false,
  })
  assert.deepEqual((await owner('GET', `${path}/inspection-types`)).body, { items: [added.body], next: null })
  const one = `${path}/inspection-types/${id}`
  assert.deepEqual((await owner('GET', one)).body, added.body)
  const edited = await owner('PUT', one, { ...fire, label: 'A', every: 'P6M', remindBefore: null, justification: 'More often' })
  assert.deepEqual([edited.status, edited.body.every, edited.body.remindOn], [200, 'P6M', null])
  assert.deepEqual(problems(await owner('DELETE', one)), ['justification required'])
  assert.equal((await owner('DELETE', `${one}?justification=${encodeURIComponent('Vairs nevajag')}`)).status, 204)
  assert.equal((await owner('GET', one)).status, 404)
  const { body } = await owner('GET', `${one}/history`)
  const told = body.items.map(({ kind, via, actor, justification }: Record<string, string>) => [kind, via, actor, justification])
  assert.deepEqual(told, [
    ['DELETE', 'api', 'Anna Kalniņa', 'Vairs nevajag'],
    ['UPDATE', 'api', 'Anna Kalniņa', 'More often'],
    ['CREATE', 'api', 'Anna Kalniņa', null],
  ])
})

test('whoever sees the case but may not configure it is forbidden, whoever does not see it finds nothing', async () => {
  const { owner, responsible, stranger, path } = await oneHouse()
  const { id } = (await owner('POST', `${path}/inspection-types`, fire)).body
  const one = `${path}/inspection-types/${id}`
  const edit = { ...fire, every: 'P2Y', justification: 'Tā vajag' }
  const outcomes = async (ask: typeof owner) => [
    (await ask('GET', `${path}/inspection-types`)).status,
    (await ask('POST', `${path}/inspection-types`, { ...fire, label: 'B' })).status,
    (await ask('GET', one)).status,
    (await ask('PUT', one, edit)).status,
    (await ask('DELETE', `${one}?justification=Tad`)).status,
    (await ask('GET', `${one}/history`)).status,
  ]
  assert.deepEqual(await outcomes(responsible), [403, 403, 403, 403, 403, 200])
  assert.deepEqual(await outcomes(stranger), [404, 404, 404, 404, 404, 404])
  assert.deepEqual(await outcomes(owner), [200, 201, 200, 200, 204, 200])
  assert.deepEqual(problems(await responsible('GET', `${path}/inspection-types`)), [' forbidden'])
})

test('every problem of a setting is named with its field, in the language asked for', async () => {
  const { owner, path } = await oneHouse()
  const wrong = { type: 'Ugunsdrošības pārbaude', firstOn: '2026-11-23', every: 'P1D', remindBefore: 'soon' }
  const answer = await owner('POST', `${path}/inspection-types`, wrong, { 'accept-language': 'de, lv;q=0.5, en;q=0.8' })
  assert.equal(answer.status, 422)
  assert.equal(answer.headers['content-language'], 'en')
  assert.deepEqual(problems(answer), ['type system-name', 'firstOn date-not-future', 'every period-format', 'remindBefore reminder-format'])
  assert.equal(answer.body.problems[1].detail, 'The first inspection date must be in the future')
  const latvian = await owner('POST', `${path}/inspection-types`, wrong, { 'accept-language': '' })
  assert.equal(latvian.body.problems[1].detail, 'Pirmās pārbaudes datumam jābūt nākotnē')
  const shapeless = await owner('POST', `${path}/inspection-types`, { type: 7, firstOn: '2027-03-01', every: 'P1Y', reminder: 'P1M' })
  assert.deepEqual(problems(shapeless), ['type wrong-type', 'remindBefore required', 'reminder unknown-field'])
})

test('a type that is there already is a conflict', async () => {
  const { owner, path } = await oneHouse()
  assert.equal((await owner('POST', `${path}/inspection-types`, fire)).status, 201)
  const again = await owner('POST', `${path}/inspection-types`, fire)
  assert.equal(again.status, 409)
  assert.deepEqual(problems(again), ['label already-there'])
})

test('an inspection is recorded and annulled, and the next date moves with it', async () => {
  const { owner, responsible, stranger, path } = await oneHouse()
  const type = await owner('POST', `${path}/inspection-types`, fire)
  const nextOn = async () => (await owner('GET', `${path}/inspection-types/${type.body.id}`)).body.nextOn
  assert.equal((await stranger('POST', `${path}/inspections`, done)).status, 404)
  const recorded = await responsible('POST', `${path}/inspections`, done)
  assert.equal(recorded.status, 201)
  assert.deepEqual((await owner('GET', String(recorded.headers['location']).slice('/api/v1'.length))).body, recorded.body)
  assert.equal(await nextOn(), '2027-10-01')
  const annulment = `${path}/inspections/${recorded.body.id}/annulment`
  assert.deepEqual(problems(await responsible('POST', annulment, {})), ['justification required'])
  assert.equal((await stranger('POST', annulment, { justification: 'Kļūda' })).status, 404)
  assert.equal((await responsible('POST', annulment, { justification: 'Kļūda' })).body.status, 'annulled')
  assert.equal(await nextOn(), '2027-03-01')
  assert.deepEqual(problems(await responsible('POST', annulment, { justification: 'Kļūda' })), ['status already-annulled'])
  assert.deepEqual((await owner('GET', `${path}/inspections`)).body.items.map(({ status }: { status: string }) => status), ['annulled'])
})

test('an inspection cannot be in the future, and an owner of half a flat may not record one', async () => {
  const { world, program, house, owner, path } = await oneHouse()
  assert.deepEqual(problems(await owner('POST', `${path}/inspections`, { ...done, performedOn: '2026-11-24' })), ['performedOn date-in-future'])
  const [half, other] = [await world.person('Pauls Puse'), await world.person('Otra Puse')]
  for (const person of [half, other]) await world.holds(person, house, { premises: `${house.designation}001` })
  const asHalf = await program.as(half)
  assert.equal((await asHalf('POST', `${path}/inspections`, done)).status, 403)
  assert.equal((await owner('POST', `${path}/inspections`, done)).status, 201)
})

test('a draft is shown to whoever may record, and to nobody else', async () => {
  const { world, program, house, responsible, path } = await oneHouse()
  const row = { case_id: house.caseId, type: 'FIRE_SAFETY', type_key: 'FIRE_SAFETY', label: '', label_key: '', performed_on: date('2026-01-01'), periodic: true, status: 'draft' as const, number: '' }
  const { id } = await writing(world.db, (tx) => tx.insertInto('inspection').values(row).returning('id').executeTakeFirstOrThrow())
  const director = await world.person('Jānis Bērziņš')
  const office = await world.organisation('SIA Otrā gādība')
  await world.represents(director, office, 'joint')
  await world.manages(office, house)
  const joint = await program.as(director, office)
  const seen = async (ask: typeof joint) => [(await ask('GET', `${path}/inspections`)).body.items.length, (await ask('GET', `${path}/inspections/${id}`)).status]
  assert.deepEqual(await seen(responsible), [1, 200])
  assert.deepEqual(await seen(joint), [0, 404])
})

test('a notice is listed, shown without marking it, marked read and unread again, by its profile alone', async () => {
  const { world, owner, responsible, stranger, path } = await oneHouse()
  await owner('POST', `${path}/inspection-types`, fire)
  await sweep(world.system(date('2027-02-01')))
  const { body } = await responsible('GET', '/notices?unread=true')
  assert.equal(body.unread, 1)
  const [notice] = body.items
  assert.equal(notice.title, 'Inspection deadline is approaching: Fire-safety inspection')
  assert.deepEqual([notice.remindOn, notice.readAt, notice.caseNumber], ['2027-02-01', null, path.slice('/cases/'.length)])
  assert.deepEqual((await responsible('GET', `/notices/${notice.id}`)).body, notice)
  const read = await responsible('PUT', `/notices/${notice.id}/read`)
  assert.deepEqual([read.status, read.body.readBy, read.body.readAt], [200, 'Zane Liepa', world.now.toISOString()])
  assert.deepEqual((await responsible('GET', '/notices?unread=true')).body, { items: [], next: null, unread: 0 })
  assert.equal((await responsible('GET', '/notices?from=2027-02-02')).body.items.length, 0)
  assert.equal((await responsible('GET', '/notices?unread=false&from=2027-02-01&to=2027-02-01')).body.items.length, 1)
  assert.equal((await responsible('DELETE', `/notices/${notice.id}/read`)).status, 204)
  assert.equal((await responsible('GET', `/notices/${notice.id}`)).body.readAt, null)
  for (const method of ['PUT', 'DELETE'] as const) assert.equal((await stranger(method, `/notices/${notice.id}/read`)).status, 404)
  assert.equal((await stranger('GET', `/notices/${notice.id}`)).status, 404)
  assert.deepEqual(problems(await responsible('GET', '/notices?from=yesterday&unread=no')), ['unread not-an-option'])
  assert.deepEqual(problems(await responsible('GET', '/notices?from=yesterday&to=tomorrow')), ['from date-format', 'to date-format'])
})

test('the notices of a case tell whoever may configure to whom they went', async () => {
  const { world, owner, responsible, stranger, path } = await oneHouse()
  await owner('POST', `${path}/inspection-types`, fire)
  await sweep(world.system(date('2027-02-01')))
  const [forOwner] = (await owner('GET', `${path}/notices`)).body.items
  assert.equal(forOwner.own, null)
  assert.deepEqual(forOwner.recipients, [{ kind: 'person', name: 'Zane Liepa', readAt: null, readBy: null, email: null }])
  const [forZane] = (await responsible('GET', `${path}/notices`)).body.items
  assert.deepEqual([forZane.own, forZane.recipients], [{ readAt: null, readBy: null }, null])
  assert.equal((await stranger('GET', `${path}/notices`)).status, 404)
})

test('the history of a case tells who did what through which door, to whoever sees the case', async () => {
  const { owner, responsible, stranger, path } = await oneHouse()
  await owner('POST', `${path}/inspection-types`, { ...fire, justification: 'Pēc līguma' })
  const { body } = await responsible('GET', `${path}/history`)
  const [{ id: _, subjectId: __, ...event }] = body.items
  assert.deepEqual(event, {
    at: '2026-11-23T07:00:00.000Z',
    action: 'inspection-type.added',
    kind: 'CREATE',
    actor: 'Anna Kalniņa',
    actingFor: null,
    via: 'api',
    justification: 'Pēc līguma',
    before: null,
    after: { ...fire, label: '' },
  })
  assert.equal((await stranger('GET', `${path}/history`)).status, 404)
})

test('what cannot be understood is said as a problem too', async () => {
  const { program, owner, path } = await oneHouse()
  const sent = async (body: string, type: string) => {
    const answer = await owner('POST', `${path}/inspections`, body, { 'content-type': type })
    return [answer.status, answer.body.type, answer.headers['content-type']]
  }
  assert.deepEqual(await sent('{', 'application/json'), [400, 'urn:nams:problem:malformed', 'application/problem+json'])
  assert.deepEqual(await sent('type=FIRE_SAFETY', 'application/x-www-form-urlencoded'), [415, 'urn:nams:problem:unsupported-media-type', 'application/problem+json'])
  assert.deepEqual(await sent(`"${'x'.repeat(1024 * 1024)}"`, 'application/json'), [413, 'urn:nams:problem:too-large', 'application/problem+json'])
  for (const place of ['/nowhere', '', `${path}/inspection-types/first`]) assert.equal((await owner('GET', place)).body.type, 'urn:nams:problem:missing')
  const unknown = await program.ask('GET', '/nowhere')
  assert.deepEqual([unknown.status, unknown.headers['content-type']], [404, 'application/problem+json'])
})

test('an address that does not take a method says which it takes', async () => {
  const { program, owner, path } = await oneHouse()
  const ask = async (method: 'PATCH' | 'POST' | 'GET' | 'OPTIONS', place: string, headers = {}) => {
    const answer = await program.server.inject({ method, url: `/api/v1${place}`, headers: { 'accept-language': 'en', ...headers } })
    return [answer.statusCode, answer.headers['allow'], answer.headers['content-type'], answer.json().type]
  }
  const wrong = (allow: string) => [405, allow, 'application/problem+json', 'urn:nams:problem:method-not-allowed']
  assert.deepEqual(await ask('PATCH', `${path}/inspection-types/1`), wrong('GET, HEAD, PUT, DELETE'))
  assert.deepEqual(await ask('PATCH', `${path}/inspection-types?x=1`, { 'content-type': 'application/merge-patch+json' }), wrong('GET, HEAD, POST'))
  assert.deepEqual(await ask('OPTIONS', '/openapi.json'), wrong('GET, HEAD'))
  assert.deepEqual(await ask('GET', '/readings/batch'), wrong('POST'))
  assert.equal((await ask('POST', '/nowhere'))[0], 404)
  assert.equal((await owner('GET', `${path}/inspection-types`)).status, 200)
})

test('a fault is answered with the number of the request and nothing of the program', async () => {
  const { world, owner, responsible, path } = await oneHouse()
  await owner('POST', `${path}/inspection-types`, fire)
  await sweep(world.system(date('2027-02-01')))
  assert.equal((await responsible('GET', '/notices')).status, 200)
  await writing(world.db, (tx) => tx.updateTable('notice').set({ kind: 'OF_ANOTHER_VERSION' as never }).execute())
  const fault = await responsible('GET', '/notices')
  assert.deepEqual([fault.status, fault.body.type], [500, 'urn:nams:problem:fault'])
  assert.match(fault.body.requestId, /^req-/)
  assert.deepEqual(Object.keys(fault.body), ['type', 'title', 'status', 'detail', 'requestId', 'problems'])
  assert.ok(!/undefined|\.ts/.test(fault.text))
})

test('too many requests without a token are held back, those with one go on', async () => {
  const { program, owner } = await oneHouse()
  const statuses = new Set<number>()
  for (let count = 0; count < limits.address; count++) statuses.add((await program.ask('GET', '/profile')).status)
  assert.deepEqual([...statuses], [401])
  const held = await program.ask('GET', '/profile')
  assert.deepEqual([held.status, held.body.type], [429, 'urn:nams:problem:too-many-requests'])
  assert.match(String(held.headers['retry-after']), /^\d+$/)
  assert.equal((await owner('GET', '/profile')).status, 200)
})
