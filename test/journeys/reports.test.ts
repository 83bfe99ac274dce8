// An authority tells people of what it decided, by page and by API: each has it in the inbox and by mail (NTF-2 to NTF-5).
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { catalogue } from '../../src/app.ts'
import { kindsToldBy } from '../../src/notifications/notice-types.ts'
import { deliverAll } from '../../src/notifications/delivery.ts'
import { emailChannel } from '../../src/notifications/email-channel.ts'
import { smtpTransport } from '../../src/notifications/smtp.ts'
import { openMailServer, recipientsOf } from '../mail-server.ts'
import { openProgram, problems } from '../program.ts'
import { openSite } from '../site.ts'
import { openWorld } from '../world.ts'

const boardCode = '90000123450'

/** A school of two owners, and an authority with somebody who acts for it. */
async function school() {
  const world = await openWorld()
  const [clerk, anna, zane, initiator] = [await world.person('Solvita Upīte'), await world.person('Anna Kalniņa', 'anna@example.test'), await world.person('Zane Liepa', 'zane@example.test'), await world.person('Ivars Iniciators', 'ivars@example.test')]
  const board = await world.organisation('Cēsu būvvalde', null, boardCode)
  await world.represents(clerk, board, 'joint')
  const building = await world.building('Skolas iela 3', { isPublic: true })
  await world.holds(anna, building)
  await world.holds(zane, building, { right: 'possessor' })
  const manager = await world.organisation('SIA Namu gādība')
  await world.manages(manager, building)
  const settings = { ...world.system().settings, authorities: new Set([boardCode]) }
  const program = await openProgram(world, { settings })
  const visit = await openSite(world, { settings })
  return { world, building, clerk, board, anna, zane, initiator, program, visit, office: await program.as(clerk, board) }
}

async function deliver(world: Awaited<ReturnType<typeof school>>['world']) {
  const server = await openMailServer()
  const transport = smtpTransport(server.url, 'Nams <nams@example.test>')
  after(() => transport.close())
  await deliverAll(() => world.system(), { texts: catalogue, channels: { email: emailChannel({ transport, texts: catalogue, publicUrl: 'https://nams.example.test' }) } })
  return server.mails
}

const opinion = { kind: 'OPERATION_OPINION_RECEIVED', number: 'AT-7', date: '2026-11-20' }
const permit = { kind: 'PERMIT_ISSUED', number: 'BA-1', date: '2026-11-20', about: 'garāža, Ķiršu iela 12A' }

test('an opinion reported by the API reaches every owner and possessor and the manager of a house of flats, by inbox and by mail', async () => {
  const { world, building, office, anna, zane, program } = await school()
  const told = await office('POST', '/reports', { ...opinion, caseNumber: building.number }, { 'idempotency-key': 'op-7' })
  assert.equal(told.status, 201)
  const again = await office('POST', '/reports', { ...opinion, caseNumber: building.number }, { 'idempotency-key': 'op-7' })
  assert.deepEqual([again.body, again.headers['idempotency-replayed']], [told.body, 'true'])
  for (const who of [anna, zane]) {
    const { body } = await (await program.as(who))('GET', '/notices')
    assert.deepEqual(body.items.map(({ title, caseNumber }: any) => [title, caseNumber]), [['Opinion No AT-7 on inspection of building operation has been received', building.number]])
  }
  assert.deepEqual(recipientsOf(await deliver(world)), ['anna@example.test', 'zane@example.test'])
  const one = await office('GET', `/reports/${told.body.id}`)
  assert.deepEqual([one.body.recipients, one.body.read, one.body.about], [3, 0, 'Skolas iela 3'])
  const history = await (await program.as(anna))('GET', `/cases/${building.number}/history`)
  assert.deepEqual(history.body.items.map(({ action, actingFor }: any) => [action, actingFor]), [['report.told', 'Cēsu būvvalde']])
})

test('every kind that an authority tells arrives at whoever is named', async () => {
  const { office, initiator, building, program } = await school()
  for (const kind of kindsToldBy('authority')) {
    const isDeadline = kind === 'INSTRUCTION_DEADLINE' || kind === 'POA_EXPIRING'
    const whom = kind === opinion.kind ? { caseNumber: building.number } : { recipients: [{ code: initiator.code }] }
    assert.equal((await office('POST', '/reports', { ...permit, kind, date: isDeadline ? '2026-12-24' : '2026-11-20', ...whom })).status, 201, kind)
  }
  const { body } = await (await program.as(initiator))('GET', '/notices')
  assert.deepEqual(body.items.map((notice: any) => notice.kind).sort(), kindsToldBy('authority').filter((kind) => kind !== opinion.kind).sort())
  assert.match(body.items.find((notice: any) => notice.kind === 'INSTRUCTION_DEADLINE').description, /24 December 2026/)
})

test('every problem of a report is named by its field, and nothing is told or registered', async () => {
  const { office, world, initiator } = await school()
  const refused = async (body: object) => problems(await office('POST', '/reports', { ...permit, recipients: [{ code: initiator.code }], ...body }))
  assert.deepEqual(await refused({ number: ' ', about: '', date: '2026-11-24' }), ['number no-number', 'about required', 'date decided-in-future'])
  assert.deepEqual(await refused({ kind: 'POA_EXPIRING', date: '2026-11-22' }), ['date term-passed'])
  assert.deepEqual(await refused({ date: 'rīt' }), ['date date-format'])
  assert.deepEqual(await refused({ recipients: [] }), ['recipients required'])
  assert.deepEqual(await refused({ caseNumber: 'EL-none' }), ['caseNumber unknown-case'])
  assert.deepEqual(await refused({ ...opinion }), ['caseNumber required', 'recipients owners-only'])
  const many = await office('POST', '/reports', { ...permit, recipients: [{ code: initiator.code }, { code: '12' }, { code: '32999999999' }, { code: '32999999998', name: 'Viens' }, { code: initiator.code, name: 'Cits Cilvēks' }] })
  assert.deepEqual(problems(many), ['recipients code-format', 'recipients name-format', 'recipients unknown-code', 'recipients name-differs'])
  assert.match(many.body.problems[2].detail, /^Recipient 3 \(329999-\*{5}\)/)
  assert.equal((await world.db.selectFrom('notice').select('id').execute()).length, 0)
  assert.equal((await world.db.selectFrom('event').select('id').where('action', '=', 'report.told').execute()).length, 0)
})

test('whoever comes with a name is registered and finds the notice when they first sign in', async () => {
  const { office, world, program } = await school()
  const recipients = [{ code: '329999-99991', name: 'Jauns  Cilvēks' }, { code: '40103000032', name: 'SIA “Jaunā”' }]
  assert.equal((await office('POST', '/reports', { ...permit, recipients })).status, 201)
  const [person, firm] = await world.db.selectFrom('party').select(['id', 'kind', 'code', 'name', 'given_name', 'surname']).where('code', 'in', ['32999999991', '40103000032']).orderBy('kind', 'desc').execute()
  assert.deepEqual([person!.name, person!.given_name, person!.surname, firm!.kind], ['Jauns Cilvēks', 'Jauns', 'Cilvēks', 'organisation'])
  const events = await world.db.selectFrom('event').select('action').where('subject_id', 'in', [person!.id, firm!.id]).where('action', '=', 'party.registered').execute()
  assert.equal(events.length, 2)
  const { body } = await (await program.as({ ...person!, name: person!.name }))('GET', '/notices')
  assert.equal(body.items[0].title, 'Building permit No BA-1 has been issued')
})

test('an authority’s page checks the text in both languages before it is told, and once is enough however often it is confirmed', async () => {
  const { visit, clerk, board, initiator, world } = await school()
  const office = await visit(clerk, board)
  const form = { kind: 'PERMIT_ISSUED', number: 'BA-1', date: '20.11.2026', about: 'garāža <b>', note: 'Var apstrīdēt.', caseNumber: '', recipients: `${initiator.code}\r\n` }
  const refused = await office.post('/reports/new', { ...form, step: 'look', number: '', recipients: '32999999999' })
  assert.equal(refused.status, 422)
  assert.match(refused.words, /Norādiet dokumenta numuru.*sistēma tādu nepazīst/)
  assert.ok(refused.page.includes('32999999999</textarea>') && refused.page.includes('value="garāža &lt;b&gt;"'))
  assert.match((await office.post('/reports/new', { step: 'look' })).words, /par ko jāpaziņo.*dokumenta numuru.*par ko tas ir.*Norādiet datumu/)
  const preview = await office.post('/reports/new', { ...form, step: 'look' })
  assert.match(preview.words, /Izsniegta būvatļauja Nr. BA-1.*Building permit No BA-1 has been issued.*Ivars Iniciators 320000-\*{5}/)
  assert.equal((await world.db.selectFrom('notice').select('id').execute()).length, 0)
  const key = /name="key" value="([^"]+)"/.exec(preview.page)![1]!
  const confirmed = [await office.post('/reports/new', { ...form, key, step: 'tell' }), await office.post('/reports/new', { ...form, key, step: 'tell' })]
  const [{ id } = { id: 0 }, ...more] = await world.db.selectFrom('notice').select('id').execute()
  assert.deepEqual([confirmed.map(({ to }) => to), more], [[`/reports/${id}?said=report-told`, `/reports/${id}?said=report-told`], []])
  assert.match((await (await visit(initiator)).get(`/notices/${id}`)).words, /garāža <b>\. Var apstrīdēt\./)
  assert.match((await office.get(`/reports/${id}`)).words, /Izlasījuši 1 no 1 · [^·]* Ivars Iniciators izlasīts/)
  assert.match((await office.get('/reports')).words, /Izsniegta būvatļauja Nr\. BA-1/)
})

test('nobody but those who act for an authority reports or sees its page, and one authority does not see another’s', async () => {
  const { office, visit, program, clerk, anna, initiator, world } = await school()
  const body = { ...permit, recipients: [{ code: initiator.code }] }
  const { id } = (await office('POST', '/reports', body)).body
  for (const ask of [await program.as(clerk), await program.as(anna)]) {
    assert.equal((await ask('POST', '/reports', body)).status, 403)
    assert.equal((await ask('GET', `/reports/${id}`)).status, 403)
  }
  for (const guest of [await visit(clerk), await visit(anna)]) {
    assert.deepEqual([(await guest.get('/reports')).status, (await guest.get('/reports/new')).status], [403, 403])
    assert.ok(!(await guest.get('/cases')).page.includes('href="/reports"'))
  }
  const settings = { ...world.system().settings, authorities: new Set([boardCode, '50003123455']) }
  const other = await world.organisation('Cita būvvalde', null, '50003123455')
  await world.represents(anna, other)
  assert.equal((await (await (await openProgram(world, { settings })).as(anna, other))('GET', `/reports/${id}`)).status, 404)
})
