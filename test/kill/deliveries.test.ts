import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { tell } from '../../src/notifications/tell.ts'
import { systemContext } from '../../src/people/context.ts'
import { writing } from '../../src/platform/database.ts'
import { silentLog } from '../../src/platform/log.ts'
import { openFaultyMailServer, points, timesTaken } from '../faulty-mail-server.ts'
import { installation } from './rig.ts'

const many = 30
/** How far a worker gets before it is killed: at the first mail, and in the middle. */
const reached = [1, 12]

const peopleSql = `
  insert into party (kind, code, name, given_name, surname, email, email_verified_on, language, created_at)
  select 'person', '32' || lpad(i::text, 9, '0'), 'Persona ' || i, 'Persona', i::text, 'p' || i || '@example.test', date '2020-01-01', 'lv', timestamptz '2020-01-01'
  from generate_series(1, ${many}) i`

const morning = Date.parse('2027-01-01T07:00:00Z')
const after = (minutes: number) => new Date(morning + minutes * 60_000)

/** Runs a worker until the mail server kills it. */
async function worker(data: string, smtpUrl: string, now: Date, born: (kill: () => void) => void): Promise<NodeJS.Signals | number | null> {
  const { DATABASE_URL: _, ...env } = process.env
  const script = fileURLToPath(new URL('deliverer.ts', import.meta.url))
  const child = spawn(process.execPath, [script, smtpUrl, now.toISOString()], { env: { ...env, NAMS_DATA: data }, stdio: ['ignore', 'ignore', 'inherit'] })
  born(() => child.kill('SIGKILL'))
  return new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)))
}

test('a worker killed at any point of its talk with the mail server loses no mail, and repeats only what nobody could know of', async () => {
  const { data, look } = await installation()
  const server = await openFaultyMailServer()
  await look((database) => database.script(peopleSql))
  let minutes = 0
  for (const point of points)
    for (const place of reached) {
      const now = after((minutes += 60))
      await look(async ({ reader }) => {
        const people = await reader.selectFrom('party').select('id').execute()
        const ctx = systemContext({ db: reader, via: 'job', settings: { inspectionPolicy: 'strict', meterPolicy: 'strict' }, log: silentLog, now })
        await writing(reader, (tx) => tell(tx, ctx, { kind: 'READING_DUE', data: { address: 'Ķiršu iela 12', type: 'WATER', number: '44-1', on: '2027-01-01' }, recipients: people.map(({ id }) => id) }))
      })
      server.mails.length = 0
      let [times, kill] = [0, () => {}]
      server.control.fault = (at) => {
        // Of a connection there is one greeting only; workers keep five of them.
        if (at === point && ++times === (point === 'greeting' ? Math.min(place, 5) : place)) kill()
        return 'go'
      }
      assert.equal(await worker(data, server.url, now, (ready) => (kill = ready)), 'SIGKILL')
      server.control.fault = () => 'go'
      const taken = server.mails.length
      assert.equal(await worker(data, server.url, after(minutes + 11), () => {}), 0)
      const states = await look(({ reader }) => reader.selectFrom('delivery').select('state').where('state', '<>', 'sent').execute())
      assert.deepEqual(states, [], `killed at ${point} ${place}`)
      const counts = timesTaken(server.mails)
      assert.equal(counts.size, many, 'every recipient has the mail')
      const repeated = [...counts.values()].filter((count) => count > 1).length
      assert.ok(repeated <= Math.min(taken, 5), `${repeated} repeated of ${taken} taken: only those of the five connections may be`)
    }
})
