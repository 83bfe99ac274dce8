import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { inese } from '../../src/demo/people.ts'
import { say } from '../../src/ui/locale.ts'
import { demos, directory, isHealthy, launch, main, nams, serving } from '../shell.ts'

const demo = demos()

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
    assert.match(out + err, /is in use by another Nams process\..*[Ss]top the other process first/)
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

test('work goes on until it is told to stop', async () => {
  const env = demo()
  const child = launch([...main, 'work'], env)
  const ended = once(child, 'close')
  after(() => child.exitCode === null && process.kill(-child.pid!, 'SIGKILL'))
  await once(child.stderr, 'data')
  child.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null])
})
