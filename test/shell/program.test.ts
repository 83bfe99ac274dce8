import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inese, manager } from '../../src/demo/people.ts'
import { folderOf, goodFolder, spoilt } from '../registers.ts'
import { demos, directory, nams, root, serving } from '../shell.ts'

const verbs = ['serve', 'work', 'migrate', 'import', 'sweep', 'runs', 'token', 'bounce', 'push-keys', 'doctor']
const demo = demos()

test('every verb explains itself with an example', async () => {
  const { code, out } = await nams(['--help'], {})
  assert.equal(code, 0)
  for (const verb of verbs) assert.match(out, new RegExp(`^  ${verb} `, 'm'))
  for (const help of await Promise.all(verbs.map((verb) => nams([verb, '--help'], {})))) {
    assert.equal(help.code, 0)
    assert.match(help.out, /\nExamples?:\n  .*nams/)
  }
})

test('what is written wrongly ends with 2 and says how it is written', async () => {
  const wrong = [['sweap'], ['sweep', '--as-of', '2027-02-29'], ['sweep', '--full', '--dry-run'], ['token'], ['import'], []]
  for (const { code, out, err } of await Promise.all(wrong.map((args) => nams(args, { NAMS_DATA: '/nowhere' })))) {
    assert.deepEqual([code, out], [2, ''])
    assert.notEqual(err, '')
  }
})

test('production without configuration names each thing that is missing, and begins nothing', async () => {
  const missing = ['DATABASE_URL', 'NAMS_PUBLIC_URL', 'NAMS_SESSION_SECRET', 'NAMS_OIDC_ISSUER', 'NAMS_SMTP_URL', 'NAMS_MAIL_FROM']
  const data = directory()
  for (const verb of ['serve', 'work', 'sweep', 'doctor']) {
    const { code, out, err } = await nams([verb], { NAMS_MODE: 'production', NAMS_DATA: data })
    assert.equal(code, 3, verb)
    for (const name of missing) assert.ok((out + err).includes(name), `${verb} does not name ${name}`)
  }
  assert.deepEqual(readdirSync(data), [])
})

test('the sweep writes one line for each notice and nothing else; a dry run the same lines, and leaves no trace', async () => {
  const env = demo()
  const asOf = ['--as-of', '2099-01-01', '--json']
  const dry = await nams(['sweep', '--dry-run', ...asOf], env)
  const told = await nams(['sweep', ...asOf], env)
  const again = await nams(['sweep', ...asOf], env)
  assert.deepEqual([dry.code, told.code, again.code], [0, 0, 0])
  assert.deepEqual(told.lines, dry.lines)
  assert.deepEqual(again.lines, [])
  assert.ok(told.lines.length > 0)
  for (const line of told.lines.filter((line) => !('kind' in line))) {
    assert.deepEqual(Object.keys(line), ['building', 'type', 'label', 'nextOn', 'remindOn', 'to', 'recipients'])
    assert.match(line.building, /^\d{14}$/)
    for (const on of [line.nextOn, line.remindOn]) assert.match(on, /^\d{4}-\d\d-\d\d$/)
    assert.ok(['responsible', 'manager', 'holders'].includes(line.to))
    assert.ok(line.recipients.length > 0)
    for (const { kind, code } of line.recipients) assert.match(`${kind} ${code}`, /^(person|organisation) \d{11}$/)
  }
  const { lines: runs } = await nams(['runs', '--json'], env)
  assert.deepEqual(runs.map(({ asOf, via }) => `${asOf} ${via}`).slice(0, 2), ['2099-01-01 command', '2099-01-01 command'])
  assert.deepEqual(runs.map(({ told }) => told).slice(0, 2), [0, told.lines.length])
})

test('the full check of what the program wrote itself finds no difference', async () => {
  const { code, out, err } = await nams(['sweep', '--full', '--json'], demo())
  assert.equal(code, 0)
  assert.equal(out, '')
  assert.match(err, /Compared \d+ inspection types: 0 differ/)
})

test('work that is done once sends the mail that is due, and sends it once', async () => {
  const env = demo()
  const first = await nams(['work', '--once', '--json'], env)
  assert.equal(first.code, 0)
  const { sent } = first.lines[0].mail
  assert.ok(sent > 0)
  const kept = () => Map.groupBy(readdirSync(join(env['NAMS_DATA']!, 'mail')).filter((name) => name.endsWith('.eml')), (name) => (name.startsWith('address.') ? 'reminders' : 'notices'))
  const mails = kept()
  assert.equal(mails.get('notices')!.length, sent)
  assert.ok(mails.get('reminders')!.length > 0, 'who has not verified an address is reminded')
  const second = await nams(['work', '--once', '--json'], env)
  assert.equal(second.lines[0].mail.sent, 0)
  assert.deepEqual(kept(), mails)
})

test('a token acts as its person in its profile through the API', async () => {
  const env = demo()
  const { code, out, err } = await nams(['token', '--person', inese.code, '--as', manager.code, '--name', 'Accounting'], env)
  assert.equal(code, 0)
  assert.match(out, /^nams_[\w-]{43}\n$/)
  assert.doesNotMatch(err, new RegExp(inese.code))
  const program = await serving(env)
  const ask = (authorization: string) => fetch(`${program.url}/api/v1/cases`, { headers: { authorization } })
  const answer = await ask(`Bearer ${out.trim()}`)
  assert.equal(answer.status, 200)
  assert.ok(((await answer.json()) as { items: unknown[] }).items.length > 0)
  assert.equal((await ask('Bearer nams_x')).status, 401)
  await program.stop()
})

test('a token is refused for whom nobody knows, and for an organisation that the person does not represent', async () => {
  const env = demo()
  const stranger = await nams(['token', '--person', '32999999999'], env)
  const elsewhere = await nams(['token', '--person', inese.code, '--as', '99999920022'], env)
  for (const { code, out, err } of [stranger, elsewhere]) {
    assert.deepEqual([code, out], [5, ''])
    assert.match(err, /^[^\n]+\.\n$/)
  }
})

test('an import that is refused names each problem by file, line and column; mended, it is taken, and taken again it changes nothing', async () => {
  const env = { NAMS_DATA: directory() }
  const bad = folderOf(spoilt('buildings.csv', ',1\n', ',maybe\n'))
  const inWords = await nams(['import', bad], env)
  assert.deepEqual([inWords.code, inWords.out], [5, ''])
  assert.match(inWords.err, /^buildings\.csv:4 public: .+$/m)
  assert.match(inWords.err, /: 1 problem; nothing was changed\.\n$/)
  const asJson = await nams(['import', bad, '--json'], env)
  assert.equal(asJson.code, 5)
  assert.partialDeepStrictEqual(asJson.lines, [{ file: 'buildings.csv', line: 4, column: 'public' }])
  const good = folderOf(goodFolder)
  const [taken, again] = [await nams(['import', good, '--json'], env), await nams(['import', good, '--json'], env)]
  assert.deepEqual([taken.code, again.code], [0, 0])
  assert.match(taken.err, /buildings\.csv: read 3 of 3 rows/)
  assert.match(taken.err, /organisations\.csv: read 1 of 1 row\n/)
  assert.match(taken.err, /organisations\.csv: merged 1 row\n/)
  assert.deepEqual(taken.lines[0].counts['buildings.csv'], { rows: 3, created: 3, changed: 0, unchanged: 0 })
  assert.deepEqual(again.lines[0].counts['buildings.csv'], { rows: 3, created: 0, changed: 0, unchanged: 3 })
})

test('the doctor finds a demo well, and names what is not', async () => {
  const env = demo()
  const well = await nams(['doctor', '--json'], env)
  assert.equal(well.code, 0)
  assert.deepEqual(well.lines.filter(({ state }) => state === 'problem'), [])
  for (const check of ['configuration', 'database', 'migrations', 'version', 'role', 'history', 'support', 'clock', 'sweep', 'mail', 'time zone'])
    assert.ok(well.lines.some((line) => line.check === check), check)
  const ill = await nams(['doctor', '--json'], { ...env, DATABASE_URL: 'postgres://127.0.0.1:1/nams', NAMS_SMTP_URL: 'smtp://127.0.0.1:1' })
  assert.equal(ill.code, 1)
  assert.deepEqual(ill.lines.filter(({ state }) => state === 'problem').map(({ check }) => check), ['database', 'mail'])
})

test('what needs an installation says that there is none, and makes none', async () => {
  const data = join(directory(), 'typo')
  for (const args of [['sweep'], ['runs'], ['token', '--person', inese.code], ['import', '--undo', '1', '--because', 'Wrong']]) {
    const { code, out, err } = await nams(args, { NAMS_DATA: data })
    assert.deepEqual([code, out], [3, ''], args.join(' '))
    assert.match(err, /^There is no installation in .+typo: [^\n]+\.\n$/)
    assert.equal(existsSync(data), false)
  }
})

test('runs are listed with dates and times that any program reads', async () => {
  const { out } = await nams(['runs'], demo())
  assert.match(out, /\n\d{4}-\d\d-\d\d  \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[23]:00  /)
})

test('the doctor says last which address mails link to, and warns of one that nobody reaches', async () => {
  const env = { NAMS_DATA: join(directory(), 'none') }
  const links = async (more: Record<string, string>) => (await nams(['doctor', '--json'], { ...env, ...more })).lines.at(-1)
  assert.deepEqual(await links({ NAMS_PUBLIC_URL: 'https://nams.example.test/' }), { check: 'links', state: 'ok', detail: 'mails link to https://nams.example.test' })
  const unset = 'since NAMS_PUBLIC_URL is not set'
  assert.deepEqual(await links({ PORT: '8080' }), { check: 'links', state: 'ok', detail: `mails link to http://127.0.0.1:8080, ${unset}` })
  assert.deepEqual(await links({ PORT: '0' }), { check: 'links', state: 'warn', detail: `mails link to http://127.0.0.1:0, ${unset}` })
  assert.equal((await links({ HOST: '0.0.0.0' })).state, 'warn')
})

test('the doctor makes nothing where nothing is yet', async () => {
  const data = join(directory(), 'data')
  assert.equal((await nams(['doctor'], { NAMS_DATA: data })).code, 0)
  assert.equal(existsSync(data), false)
})

test('migrate prints what it applied, and nothing the next time', async () => {
  const env = { NAMS_DATA: directory() }
  const files = readdirSync(join(root, 'migrations')).map((name) => name.replace('.sql', '')).sort()
  assert.deepEqual((await nams(['migrate', '--json'], env)).lines, [{ applied: files }])
  assert.deepEqual((await nams(['migrate', '--json'], env)).lines, [{ applied: [] }])
})

test('in production the words of a server that cannot be reached are a sentence', async () => {
  const env = {
    NAMS_MODE: 'production',
    DATABASE_URL: 'postgres://nams:secret@127.0.0.1:1/nams',
    NAMS_PUBLIC_URL: 'https://nams.example.test',
    NAMS_SESSION_SECRET: 'x'.repeat(32),
    NAMS_OIDC_ISSUER: 'https://sign-in.example.test',
    NAMS_OIDC_CLIENT_ID: 'nams',
    NAMS_OIDC_CLIENT_SECRET: 'secret',
    NAMS_SMTP_URL: 'smtp://127.0.0.1:1',
    NAMS_MAIL_FROM: 'nams@example.test',
  }
  const { code, err } = await nams(['sweep'], env)
  assert.equal(code, 1)
  assert.match(err, /^The database at 127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED.*\n$/)
  assert.doesNotMatch(err, /secret/)
})

test('a pair of keys is made as settings, which an installation takes as they are', async () => {
  const { code, out } = await nams(['push-keys'], {})
  assert.equal(code, 0)
  const made = Object.fromEntries(out.trim().split('\n').map((line) => line.split('=') as [string, string]))
  assert.deepEqual(Object.keys(made), ['NAMS_VAPID_PUBLIC_KEY', 'NAMS_VAPID_PRIVATE_KEY'])
  const push = async (more: Record<string, string>) => (await nams(['doctor', '--json'], { NAMS_DATA: directory(), ...more })).lines.find(({ check }) => check === 'push')
  assert.deepEqual(await push({ ...made, NAMS_VAPID_SUBJECT: 'mailto:nams@example.test' }), { check: 'push', state: 'ok', detail: 'devices are told; push services write to mailto:nams@example.test' })
  assert.match((await push({})).detail, /^a demo makes its own keys/)
})
