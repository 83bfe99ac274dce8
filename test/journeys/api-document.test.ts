import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { endpoints } from '../../src/app.ts'
import { kinds } from '../../src/api/problem.ts'
import { sweep } from '../../src/inspections/sweep.ts'
import { isMessageKey, locales, say } from '../../src/ui/locale.ts'
import { openProgram, type Answer } from '../program.ts'
import { date, openWorld } from '../world.ts'

const fire = { type: 'FIRE_SAFETY', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M' }
const done = { type: 'FIRE_SAFETY', performedOn: '2026-10-01', periodic: true, number: '7' }

async function describedHouse() {
  const world = await openWorld()
  const [anna, zane] = [await world.person('Anna Kalniņa'), await world.person('Zane Liepa', 'zane@example.test')]
  const house = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(anna, house)
  await world.manages(await world.organisation('SIA Namu gādība'), house, zane)
  const board = await world.organisation('Cēsu būvvalde', null, '90000123450')
  await world.represents(anna, board)
  const program = await openProgram(world, { settings: { ...world.system().settings, authorities: new Set([board.code]) } })
  const { body: document, status } = await program.ask('GET', '/openapi.json')
  assert.equal(status, 200)
  const operations = Object.entries<any>(document.paths).flatMap(([path, methods]) => Object.entries<any>(methods).map(([method, operation]) => ({ path, method, operation })))
  return { world, program, house, document, operations, owner: await program.as(anna), responsible: await program.as(zane), authority: await program.as(anna, board) }
}

/** Judges values by the schemas of the document. */
function judge(document: any) {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'api', components: document.components })
  const inDocument = (schema: object) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components'))
  return (schema: object, value: unknown, name: string) => {
    const isValid = ajv.validate(inDocument(schema), value)
    assert.ok(isValid, `${name}: ${ajv.errorsText()}`)
  }
}

/** `/api/v1/cases/{number} get`, from the tree of routes that Fastify prints. */
function routesIn(printed: string): string[] {
  const stack: string[] = []
  return printed.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+)(?: \((.+)\))?$/.exec(line) ?? []
    if (!part) return []
    stack.splice(indent.length / 4, Infinity, part)
    const path = stack.join('').replace(/:(\w+)/g, '{$1}')
    return methods.split(', ').filter((method) => method && method !== 'HEAD').map((method) => `${path} ${method.toLowerCase()}`)
  })
}

test('the description is valid OpenAPI 3.1', async () => {
  const { document } = await describedHouse()
  const validator = new Validator()
  const { valid, errors } = await validator.validate(structuredClone(document))
  assert.ok(valid, JSON.stringify(errors))
  assert.equal(validator.version, '3.1')
  assert.deepEqual(document.security, [{ token: [] }])
  assert.equal(document.components.securitySchemes.token.scheme, 'bearer')
})

test('every route of the API is described, and nothing else', async () => {
  const { program, operations } = await describedHouse()
  const routes = routesIn(program.server.printRoutes({ commonPrefix: false })).filter((route) => route.startsWith('/api/v1'))
  assert.deepEqual(operations.map(({ path, method }) => `${path} ${method}`).sort(), routes.sort())
  assert.equal(routes.length, endpoints.length + 1)
})

test('every operation has a name of its own, a summary, and every answer that it may give', async () => {
  const { operations } = await describedHouse()
  assert.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length)
  for (const { path, method, operation } of operations.filter(({ path }) => !path.endsWith('openapi.json'))) {
    const statuses = Object.keys(operation.responses)
    const expected = ['401', '429', '500', ...(path.includes('{') ? ['404'] : []), ...(operation.requestBody ? ['400', '413', '415', '422'] : [])]
    assert.deepEqual(expected.filter((status) => !statuses.includes(status)), [], `${path} ${method}`)
    assert.ok(operation.summary)
    const errors = Object.entries<any>(operation.responses).filter(([status]) => Number(status) >= 400)
    assert.ok(errors.every(([, { content }]) => content['application/problem+json']))
  }
})

test('what is given as an example is valid', async () => {
  const { document, operations } = await describedHouse()
  const judged = judge(document)
  let count = 0
  for (const { path, method, operation } of operations)
    for (const { content = {} } of [operation.requestBody ?? {}, ...Object.values<any>(operation.responses)])
      for (const media of Object.values<any>(content)) judged(media.schema, media.example, `${path} ${method} ${count++}`)
  assert.ok(count > operations.length)
})

type Walk = (path: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', body?: object, at?: { id?: number; query?: string; readOn?: string }) => Promise<Answer>

const water = { type: 'WATER', number: '44-71820', installedOn: '2026-01-01', initial: '100', periodMonths: 1 }

async function walkMeters(own: Walk): Promise<void> {
  const meters = '/cases/{number}/meters'
  const meter = { id: (await own(meters, 'POST', water)).body.id }
  const [first, why] = [{ readOn: '2026-02-01', value: '110' }, { justification: 'Kļūda' }]
  await own(meters, 'GET')
  await own(`${meters}/{id}`, 'GET', undefined, meter)
  await own(`${meters}/{id}`, 'PUT', { ...water, ...why, periodMonths: 2 }, meter)
  await own(`${meters}/{id}/readings`, 'POST', first, meter)
  await own(`${meters}/{id}/readings`, 'POST', { ...first, value: 'x' }, meter)
  await own(`${meters}/{id}/readings`, 'GET', undefined, meter)
  await own(`${meters}/{id}/readings/{readOn}`, 'PUT', { ...first, value: '109', ...why }, { ...meter, ...first })
  await own(`${meters}/{id}/readings/{readOn}`, 'DELETE', undefined, { ...meter, ...first, query: '?justification=x' })
  await own('/meters/batch', 'POST', { rows: [{ ...water, caseNumber: 'ML-1' }, { ...water, caseNumber: 'ML-1', number: '' }], ...why })
  await own('/readings/batch', 'POST', { rows: [{ caseNumber: 'ML-1', type: 'WATER', number: water.number, ...first }] })
  const fresh = await own(`${meters}/{id}/replacement`, 'POST', { replacedOn: '2026-03-01', finalValue: '120', number: 'N-1', initial: '0', ...why }, meter)
  await own(`${meters}/{id}`, 'DELETE', undefined, { id: fresh.body.id, query: '?justification=x' })
}

async function walkReports(office: Walk): Promise<void> {
  const { id } = (await office('/reports', 'POST', { kind: 'PERMIT_ISSUED', number: 'BA-1', date: '2026-11-20', about: 'garāža', recipients: [{ code: '32999999991', name: 'Ivars Iniciators' }] })).body
  await office('/reports', 'GET')
  await office('/reports/{id}', 'GET', undefined, { id })
}

async function walkMessages(theirs: Walk, own: Walk): Promise<void> {
  await theirs('/cases/{number}/addressees', 'GET')
  const { id } = (await theirs('/cases/{number}/messages', 'POST', { subject: 'Ūdens', body: 'Rīt no 9', all: true })).body
  await theirs('/cases/{number}/messages', 'GET')
  await theirs('/cases/{number}/messages/{id}', 'GET', undefined, { id })
  await own('/cases/{number}/received-messages', 'GET')
}

test('what is answered is what the description says', async () => {
  const { world, document, operations, owner, responsible, authority, house, program } = await describedHouse()
  const judged = judge(document)
  const seen = new Set<string>()
  const check = (path: string, method: string, { status, body, text, headers }: Answer) => {
    const { operation } = operations.find((one) => one.path === `/api/v1${path}` && one.method === method.toLowerCase())!
    const described = operation.responses[status]
    assert.ok(described, `${method} ${path} answers ${status}: ${text}`)
    seen.add(`${operation.operationId} ${status}`)
    const media = String(headers['content-type']).split(';')[0]!
    if (status === 204) assert.equal(text, '')
    else judged(described.content[media].schema, body, `${method} ${path} ${status}`)
  }
  const via = (ask: typeof owner, number = house.number) => async (path: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', body?: object, { id = 1, query = '', readOn = '' } = {}) => {
    const answer = await ask(method, `${path.replace('{number}', number).replace('{readOn}', readOn).replace('{id}', String(id))}${query}`, body)
    check(path, method, answer)
    return answer
  }
  const [own, theirs, nobody] = [via(owner), via(responsible), via(program.ask)]
  const [types, inspections] = ['/cases/{number}/inspection-types', '/cases/{number}/inspections']
  const type = (await own(types, 'POST', fire)).body.id
  await own(types, 'POST', fire)
  await own(types, 'POST', {})
  await theirs(types, 'POST', { ...fire, label: 'B' })
  await sweep(world.system(date('2027-02-01')))
  await own(types, 'GET')
  await theirs(types, 'GET')
  await own(`${types}/{id}`, 'GET', undefined, { id: type })
  await own(`${types}/{id}`, 'PUT', { ...fire, every: 'P6M', justification: 'Biežāk' }, { id: type })
  await own(`${types}/{id}/history`, 'GET', undefined, { id: type })
  const inspection = (await own(inspections, 'POST', done)).body.id
  await own(inspections, 'GET')
  await own(`${inspections}/{id}`, 'GET', undefined, { id: inspection })
  await own(`${inspections}/{id}/annulment`, 'POST', { justification: 'Kļūda' }, { id: inspection })
  await own(`${inspections}/{id}/annulment`, 'POST', { justification: 'Kļūda' }, { id: inspection })
  for (const path of ['/cases', '/cases/{number}', '/cases/{number}/notices', '/cases/{number}/history', '/notices', '/profile']) await own(path, 'GET')
  await own('/cases', 'GET', undefined, { query: '?limit=0' })
  await nobody('/cases', 'GET')
  const [notice] = (await theirs('/notices', 'GET')).body.items
  await theirs('/notices/{id}', 'GET', undefined, notice)
  await own('/notices/{id}', 'GET', undefined, notice)
  await theirs('/notices/{id}/read', 'PUT', undefined, notice)
  await theirs('/notices/{id}/proof', 'GET', undefined, notice)
  const choice = (await theirs('/notice-preferences', 'GET')).body
  await theirs('/notice-preferences', 'PUT', { ...choice, quietFrom: 22 })
  await theirs('/notice-preferences', 'PUT', { ...choice, muted: ['messages:push'], quietFrom: 22, quietTo: 7 })
  await theirs('/notices', 'GET')
  await theirs('/cases/{number}/notices', 'GET')
  await theirs('/notices/{id}/read', 'DELETE', undefined, notice)
  await own(`${types}/{id}`, 'DELETE', undefined, { id: type, query: '?justification=Vairs%20nevajag' })
  await own(`${types}/{id}`, 'GET', undefined, { id: type })
  await walkReports(via(authority))
  const { number } = await world.house('ML-1', [house])
  await walkMessages(via(responsible, number), via(owner, number))
  await walkMeters(via(owner, number))
  const successes = endpoints.map(({ name, status }) => `${name} ${status}`).filter((one) => !seen.has(one))
  assert.deepEqual(successes, [])
  assert.deepEqual(['401', '403', '404', '409', '422'].filter((status) => ![...seen].some((one) => one.endsWith(status))), [])
})

test('the page of the API says what each endpoint does in its own language, and English says what the description says', async () => {
  const { program, operations } = await describedHouse()
  const said = (locale: 'lv' | 'en', name: string) => {
    const key = `api.summary.${name}`
    return isMessageKey(key) ? say(locale, key) : undefined
  }
  const names = [...endpoints.map(({ name }) => name), 'describeApi']
  assert.deepEqual(names.filter((name) => said('lv', name) === undefined), [])
  assert.deepEqual(operations.filter(({ operation }) => said('en', operation.operationId) !== operation.summary), [])
  const { body } = await program.server.inject({ url: '/api', headers: { 'accept-language': 'lv' } })
  for (const { path, operation } of operations) assert.ok(body.includes(`<code>${path}</code> ${said('lv', operation.operationId)}</summary>`), operation.operationId)
})

test('the page of the API explains every endpoint and kind of problem in both languages, to everybody', async () => {
  const { program, operations } = await describedHouse()
  for (const locale of locales) {
    const page = await program.server.inject({ url: '/api', headers: { 'accept-language': locale } })
    assert.equal(page.statusCode, 200)
    assert.ok(page.body.includes(`<h1>${say(locale, 'api.title')}</h1>`))
    for (const { operation } of operations) assert.ok(page.body.includes(`id="${operation.operationId}"`), operation.operationId)
    for (const kind of Object.keys(kinds)) assert.ok(page.body.includes(`urn:nams:problem:${kind}`), kind)
    assert.ok(!/(?:src|href)="(?:https?:)?\/\//.test(page.body))
  }
})
