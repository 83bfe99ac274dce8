// The program as its operator meets it: started, asked and stopped from a shell.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { say } from '../../src/ui/locale.ts'
import { inese, manager } from '../../src/demo/people.ts'
import { folderOf, goodFolder, spoilt } from '../registers.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const main = [process.execPath, 'src/main.ts']
const verbs = ['serve', 'work', 'migrate', 'import', 'sweep', 'runs', 'token', 'doctor']

/** Nothing of the shell that runs the tests is configuration. */
const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NAMS_|DATABASE_URL|HOST|PORT|npm_|NODE_)/.test(name)))

type Env = Record<string, string>
type Ended = { code: number | null; out: string; err: string; lines: any[] }

function directory(): string {
  const data = mkdtempSync(join(tmpdir(), 'nams-program-'))
  after(() => rmSync(data, { recursive: true, force: true }))
  return data
}

/** Starts a command in a group of its own, as a terminal does. */
const launch = ([command, ...args]: string[], env: Env) =>
  spawn(command!, args, { cwd: root, env: { ...bare, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true })

/** Runs a verb to its end; `lines` is what it wrote as JSON. */
async function nams(args: readonly string[], env: Env): Promise<Ended> {
  const child = launch([...main, ...args], env)
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, out, err, lines: args.includes('--json') ? out.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [] }
}

type Serving = { url: string; child: ChildProcess; stop: (signal?: NodeJS.Signals) => Promise<number | string> }

/** Starts the program and waits for the line with its address. */
async function serving(env: Env, command = [...main, 'serve']): Promise<Serving> {
  const child = launch(command, { PORT: '0', ...env })
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  after(() => child.exitCode === null && child.signalCode === null && process.kill(-child.pid!, 'SIGKILL'))
  const ready = Promise.withResolvers<string>()
  let [out, err] = ['', '']
  child.stderr.on('data', (some) => (err += some))
  child.stdout.on('data', (some) => {
    const url = /Nams is ready at (\S+)/.exec((out += some))?.[1]
    if (url) ready.resolve(url)
  })
  void ended.then((how) => ready.reject(new Error(`ended with ${how} before it was ready: ${err}`)))
  const url = await ready.promise
  return {
    url,
    child,
    stop: (signal = 'SIGINT') => {
      child.kill(signal)
      return ended
    },
  }
}

const isHealthy = async ({ url }: Serving) => (await fetch(`${url}/health`)).status === 200

/** The data of a demo that was started once and stopped before any mail went. */
const begun = directory()
before(async () => {
  const program = await serving({ NAMS_DATA: begun }, [...main, 'serve', '--no-jobs'])
  await program.stop()
})

/** A copy of it for each test. */
function demo(): Env {
  const data = directory()
  cpSync(begun, data, { recursive: true })
  return { NAMS_DATA: data }
}

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

test('a fresh start is a demo with people, and with notices in their inboxes', async () => {
  const data = directory()
  const program = await serving({ NAMS_DATA: data })
  assert.ok(await isHealthy(program))
  const page = await (await fetch(`${program.url}/sign-in`)).text()
  assert.ok(page.includes(say('lv', 'demo.line')))
  assert.ok(page.includes('Inese Bērziņa'))
  assert.equal(await program.stop(), 0)
  const { lines } = await nams(['runs', '--json'], { NAMS_DATA: data })
  assert.equal(lines.length, 1)
  assert.ok(lines[0].told > 0 && lines[0].finishedAt !== null)
})

test('a second process on the same directory is refused in a sentence, and the first goes on', async () => {
  const env = demo()
  const program = await serving(env)
  for (const args of ['serve', 'work --once', 'sweep', 'migrate', `token --person ${inese.code}`, 'doctor']) {
    const { code, out, err } = await nams(args.split(' '), { ...env, PORT: '0' })
    assert.equal(code, 4, args)
    assert.match(out + err, /is in use by another Nams process\./)
    assert.doesNotMatch(err, /\n +at /)
  }
  assert.ok(await isHealthy(program))
  assert.equal(await program.stop(), 0)
})

test('a port that is taken is named, and ends with 4', async () => {
  const program = await serving(demo())
  const { code, err } = await nams(['serve'], { ...demo(), PORT: new URL(program.url).port })
  assert.equal(code, 4)
  assert.match(err, /^Port \d+ on 127\.0\.0\.1 is in use/)
  await program.stop()
})

test('told to stop, it answers what was begun and ends with 0', async () => {
  const program = await serving(demo())
  const { hostname, port } = new URL(program.url)
  const socket = connect(Number(port), hostname)
  const answer = text(socket)
  const form = 'language=en&to=%2F'
  await new Promise<void>((sent) => {
    const head = `POST /language HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}`
    socket.write(`${head}\r\nConnection: close\r\n\r\n${form.slice(0, 4)}`, () => sent())
  })
  assert.ok(await isHealthy(program))
  const ended = program.stop('SIGTERM')
  while (await isHealthy(program).catch(() => false));
  socket.end(form.slice(4))
  assert.match(await answer, /^HTTP\/1\.1 303 /)
  assert.equal(await ended, 0)
})

for (const [what, command, tell] of [
  ['npm start, by Ctrl-C in its terminal', ['npm', 'start'], ({ pid }: ChildProcess) => process.kill(-pid!, 'SIGINT')],
  ['npm start, by a signal to npm alone', ['npm', 'start'], ({ pid }: ChildProcess) => process.kill(pid!, 'SIGTERM')],
  ['npx, by Ctrl-C in its terminal', ['npx', 'nams', 'serve'], ({ pid }: ChildProcess) => process.kill(-pid!, 'SIGINT')],
  ['npx, by a signal to npx alone', ['npx', 'nams', 'serve'], ({ pid }: ChildProcess) => process.kill(pid!, 'SIGTERM')],
] as const)
  test(`stopped through ${what}, it leaves no process behind`, async () => {
    const env = demo()
    const program = await serving(env, [...command])
    const outputEnded = Promise.all([once(program.child.stdout!, 'end'), once(program.child.stderr!, 'end')])
    tell(program.child)
    // A process left behind would hold these open.
    await outputEnded
    assert.equal((await nams(['runs'], env)).code, 0)
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
  assert.equal(readdirSync(join(env['NAMS_DATA']!, 'mail')).filter((name) => name.endsWith('.eml')).length, sent)
  const second = await nams(['work', '--once', '--json'], env)
  assert.equal(second.lines[0].mail.sent, 0)
})

test('work goes on until it is told to stop', async () => {
  const env = demo()
  const child = launch([...main, 'work'], env)
  const ended = once(child, 'close')
  after(() => child.exitCode === null && process.kill(-child.pid!, 'SIGKILL'))
  await once(child.stderr, 'data')
  child.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null])
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
  const asJson = await nams(['import', bad, '--json'], env)
  assert.equal(asJson.code, 5)
  assert.partialDeepStrictEqual(asJson.lines, [{ file: 'buildings.csv', line: 4, column: 'public' }])
  const good = folderOf(goodFolder)
  const [taken, again] = [await nams(['import', good, '--json'], env), await nams(['import', good, '--json'], env)]
  assert.deepEqual([taken.code, again.code], [0, 0])
  assert.match(taken.err, /buildings\.csv: read 3 of 3 rows/)
  assert.deepEqual(taken.lines[0].counts['buildings.csv'], { rows: 3, created: 3, changed: 0, unchanged: 0 })
  assert.deepEqual(again.lines[0].counts['buildings.csv'], { rows: 3, created: 0, changed: 0, unchanged: 3 })
})

test('the doctor finds a demo well, and names what is not', async () => {
  const env = demo()
  const well = await nams(['doctor', '--json'], env)
  assert.equal(well.code, 0)
  assert.deepEqual(well.lines.filter(({ state }) => state === 'problem'), [])
  for (const check of ['configuration', 'database', 'migrations', 'version', 'role', 'history', 'clock', 'sweep', 'mail', 'time zone'])
    assert.ok(well.lines.some((line) => line.check === check), check)
  const ill = await nams(['doctor', '--json'], { ...env, DATABASE_URL: 'postgres://127.0.0.1:1/nams', NAMS_SMTP_URL: 'smtp://127.0.0.1:1' })
  assert.equal(ill.code, 1)
  assert.deepEqual(ill.lines.filter(({ state }) => state === 'problem').map(({ check }) => check), ['database', 'mail'])
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
