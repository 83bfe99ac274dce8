import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { catalogue } from '../../src/app.ts'
import { deliverAll } from '../../src/notifications/delivery.ts'
import { emailChannel } from '../../src/notifications/email-channel.ts'
import { smtpTransport } from '../../src/notifications/smtp.ts'
import { tell } from '../../src/notifications/tell.ts'
import { systemContext } from '../../src/people/context.ts'
import { openDatabase, writing } from '../../src/platform/database.ts'
import { silentLog } from '../../src/platform/log.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { openFaultyMailServer, timesTaken } from '../faulty-mail-server.ts'
import { ownServer } from './server.ts'

const many = 200
const morning = Date.parse('2027-01-01T07:00:00Z')

const peopleSql = `
  insert into party (kind, code, name, given_name, surname, email, email_verified_on, language, created_at)
  select 'person', '32' || lpad(i::text, 9, '0'), 'Persona ' || i, 'Persona', i::text, 'p' || i || '@example.test', date '2020-01-01', 'lv', timestamptz '2020-01-01'
  from generate_series(1, ${many}) i`

test('a database that restarts while mails go loses none, and repeats only what it could not be told of', async (t) => {
  const server = await ownServer()
  if (!server) return t.skip('no PostgreSQL server is installed')
  const database = await openDatabase({ url: server.url })
  after(() => database.close())
  await migrate(database)
  await database.script(peopleSql)
  const at = (minutes: number) => () =>
    systemContext({ db: database.reader, via: 'job', settings: { inspectionPolicy: 'strict', meterPolicy: 'strict' }, log: silentLog, now: new Date(morning + minutes * 60_000) })
  const people = await database.reader.selectFrom('party').select('id').execute()
  await writing(database.reader, (tx) => tell(tx, at(0)(), { kind: 'READING_DUE', data: { address: 'Ķiršu iela 12', type: 'WATER', number: '44-1', on: '2027-01-01' }, recipients: people.map(({ id }) => id) }))
  const mail = await openFaultyMailServer()
  const transport = smtpTransport(mail.url, 'Nams <nams@example.test>')
  after(() => transport.close())
  const post = { texts: catalogue, channels: { email: emailChannel({ transport, texts: catalogue, publicUrl: 'https://nams.example.test' }) } }
  let [reached, stopping] = [0, Promise.resolve()]
  mail.control.fault = (point) => {
    if (point === 'taken' && ++reached === 60) stopping = server.stop()
    return 'go'
  }
  await assert.rejects(deliverAll(at(0), post))
  await stopping
  const taken = mail.mails.length
  assert.ok(taken >= 60 && taken < many, `${taken} taken before the restart`)
  await server.start()
  await deliverAll(at(11), post)
  const states = await database.reader.selectFrom('delivery').select('state').where('state', '<>', 'sent').execute()
  assert.deepEqual(states, [])
  const counts = timesTaken(mail.mails)
  assert.equal(counts.size, many)
  assert.ok(mail.mails.length - many <= 20, `${mail.mails.length - many} repeated, under the same Message-ID`)
})
