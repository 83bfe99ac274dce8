import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addInspectionType } from '../inspections/actions.ts'
import { catalogue } from '../app.ts'
import { sweepRuns } from '../inspections/sweep-runs.ts'
import { sweep } from '../inspections/sweep.ts'
import { emailChannel } from '../notifications/email-channel.ts'
import { Undelivered, type Mail } from '../notifications/mail.ts'
import { startSession } from '../people/session.ts'
import { readConfig } from '../platform/config.ts'
import { silentLog, type Log } from '../platform/log.ts'
import { date, openWorld } from '../../test/world.ts'
import { drain, startJobs, type Working } from './jobs.ts'

const draft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M', justification: '' }

/** An owner with a verified address, of a building whose reminder is due on 1 February 2027; the mail is kept or, while `isAway`, refused. */
async function oneReminder({ log = silentLog as Log } = {}) {
  const world = await openWorld()
  const owner = await world.person('Anna Kalniņa', 'anna@example.test')
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(owner, building)
  await addInspectionType(world.as(owner), building.number, draft)
  const mails: Mail[] = []
  const server = { isAway: false }
  const sent = Promise.withResolvers<void>()
  const transport = {
    send: async (mail: Mail) => {
      if (server.isAway) throw new Undelivered('unreachable', 'connect ECONNREFUSED')
      mails.push(mail)
      sent.resolve()
      return 'OK'
    },
    check: async () => {},
    close: () => {},
  }
  const opened = { config: readConfig({}), database: world.database }
  const post = { texts: catalogue, channels: { email: emailChannel({ transport, texts: catalogue, publicUrl: 'https://nams.example.test' }) } }
  const at = (instant: string): Working => ({ opened, clock: () => new Date(instant), log, post })
  const runs = async () => (await sweepRuns(world.db, 9)).map(({ asOf, via, told }) => `${asOf} ${via} ${told}`)
  return { world, owner, mails, server, sent: sent.promise, at, runs }
}

test('before the hour of the morning nothing is told; from then on it is told and mailed, once a day', async () => {
  const { at, mails, runs } = await oneReminder()
  const early = await drain(at('2027-02-01T03:59:00Z'))
  assert.deepEqual([early.sweep, early.mail.sent], [null, 0])
  const morning = await drain(at('2027-02-01T04:00:00Z'))
  assert.deepEqual([morning.sweep?.told, morning.mail.sent], [1, 1])
  const later = await drain(at('2027-02-01T18:00:00Z'))
  assert.deepEqual([later.sweep, later.mail.sent], [null, 0])
  const next = await drain(at('2027-02-02T04:00:00Z'))
  assert.deepEqual([next.sweep?.told, next.mail.sent], [0, 0])
  assert.deepEqual(mails.map(({ to }) => to.address), ['anna@example.test'])
  assert.deepEqual(await runs(), ['2027-02-02 job 0', '2027-02-01 job 1'])
})

test('a week in which nothing ran is made up on its first morning', async () => {
  const { at } = await oneReminder()
  await drain(at('2027-01-30T04:00:00Z'))
  const { sweep, mail } = await drain(at('2027-02-06T04:00:00Z'))
  assert.deepEqual([sweep?.asOf, sweep?.told, mail.sent], ['2027-02-06', 1, 1])
})

test('a sweep that a person ran by hand does not stand for that of the morning', async () => {
  const { world, at, runs } = await oneReminder()
  await sweep({ ...world.system(date('2027-02-01')), via: 'command' })
  await drain(at('2027-02-01T04:00:00Z'))
  assert.deepEqual(await runs(), ['2027-02-01 job 0', '2027-02-01 command 1'])
})

test('mail that stopped is told of, and goes when the server is back', async () => {
  const { at, mails, server } = await oneReminder()
  server.isAway = true
  assert.equal((await drain(at('2027-02-01T04:00:00Z'))).mail.stopped?.obstacle, 'unreachable')
  server.isAway = false
  assert.equal((await drain(at('2027-02-01T04:30:00Z'))).mail.sent, 1)
  assert.equal(mails.length, 1)
})

test('the loop tells and mails by itself, and says what it did', async () => {
  const said: object[] = []
  const { at, sent, runs } = await oneReminder({ log: { ...silentLog, info: (details) => void said.push(details) } })
  const jobs = startJobs(at('2027-02-01T04:00:00Z'))
  await sent
  await jobs.stop()
  assert.deepEqual(await runs(), ['2027-02-01 job 1'])
  assert.partialDeepStrictEqual(said, [{ asOf: '2027-02-01', told: 1 }])
})

test('sessions long over are forgotten, others are not', async () => {
  const { world, owner, at } = await oneReminder()
  for (const day of ['2026-10-01', '2026-12-01']) await startSession(world.db, owner.id, '', new Date(`${day}T12:00:00Z`))
  await drain(at('2027-01-15T12:00:00Z'))
  const left = await world.db.selectFrom('session').select('started_at').execute()
  assert.deepEqual(left.map(({ started_at }) => started_at.toISOString().slice(0, 10)), ['2026-12-01'])
})
