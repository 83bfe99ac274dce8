// Measures notices on their way from a sweep through inbox and mail to a mail server, beside the same server fed by a bare loop.
//   npm run bench:notices -- [--notices 40000]   on the PostgreSQL server of DATABASE_URL, on a database of its own that it builds and drops
import { fork } from 'node:child_process'
import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { createTransport } from 'nodemailer'
import pg from 'pg'
import { catalogue } from '../src/app.ts'
import { sweep } from '../src/inspections/sweep.ts'
import type { PlainDate } from '../src/kernel/date.ts'
import { deliverAll } from '../src/notifications/delivery.ts'
import { emailChannel } from '../src/notifications/email-channel.ts'
import { health } from '../src/notifications/health.ts'
import { lanes } from '../src/notifications/mail.ts'
import { smtpTransport } from '../src/notifications/smtp.ts'
import { systemContext } from '../src/people/context.ts'
import { openDatabase, type Database } from '../src/platform/database.ts'
import { silentLog } from '../src/platform/log.ts'
import { migrate } from '../src/platform/migrate.ts'

/** Of the floor's mails a second; and how much more memory four times the queue may take. */
const limits = { floor: 0.25, memory: 1.25 }
const rounds = 3

const { values: options } = parseArgs({ options: { notices: { type: 'string', default: '40000' } } })
const many = Number(options.notices)

const say = (text = '') => console.log(text)
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`

async function openSink() {
  const child = fork(new URL('mail-sink.ts', import.meta.url))
  const told = <T>() => new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)))
  const { port } = await told<{ port: number }>()
  const taken = async () => {
    const answer = told<{ taken: number }>()
    child.send('count')
    return (await answer).taken
  }
  return { url: `smtp://127.0.0.1:${port}`, taken, close: () => child.disconnect() }
}

/** Buildings with an owner each, whose inspection is due on a day. */
const dueSql = (from: number, to: number, day: string) => `
  insert into party (id, kind, code, name, given_name, surname, email, email_verified_on, language, created_at) overriding system value
  select i, 'person', '32' || lpad(i::text, 9, '0'), 'Persona ' || i, 'Persona', i::text, 'p' || i || '@example.test', date '2020-01-01', 'lv', timestamptz '2020-01-01'
  from generate_series(${from}, ${to}) i;
  insert into building (id, designation, address, main_use_code, main_use, is_public) overriding system value
  select i, lpad(i::text, 14, '0'), 'Ķiršu iela ' || i || ', Cēsis', '1122', 'Mājas', false from generate_series(${from}, ${to}) i;
  insert into case_file (id, kind, number, building_id, opened_at) overriding system value
  select i, 'operation', 'EL-' || i, i, timestamptz '2020-01-01' from generate_series(${from}, ${to}) i;
  insert into holder (building_id, premises, "right", party_id, valid_from) select i, '', 'owner', i, date '2020-01-01' from generate_series(${from}, ${to}) i;
  insert into inspection_type (case_id, type, type_key, label, label_key, first_on, period_value, period_unit, reminder_value, reminder_unit, next_on, remind_on)
  select i, 'FIRE_SAFETY', 'FIRE_SAFETY', '', '', date '${day}', 1, 'YEAR', 0, 'DAY', date '${day}', date '${day}' from generate_series(${from}, ${to}) i;`

/** By the clock, so that ten seconds are ten seconds. */
const contextOf = (database: Database, today: string) => () =>
  systemContext({ db: database.reader, via: 'job', settings: { inspectionPolicy: 'strict', meterPolicy: 'strict' }, log: silentLog, now: new Date(), today: today as PlainDate })

/** The highest use of memory while `work` runs, looked at ten times a second, above what there was before. */
async function watched(work: () => Promise<unknown>): Promise<{ seconds: number; peak: number }> {
  globalThis.gc?.()
  let peak = 0
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100)
  const started = performance.now()
  await work()
  clearInterval(timer)
  return { seconds: (performance.now() - started) / 1000, peak }
}

type Measure = { seconds: number; peak: number; sent: number; told: number; within: number }

async function round(database: Database, url: string, from: number, to: number, day: string): Promise<Measure> {
  await database.script(dueSql(from, to, day))
  await database.script('vacuum analyze')
  const transport = smtpTransport(url, 'Nams <nams@example.test>')
  const post = { texts: catalogue, channels: { email: emailChannel({ transport, texts: catalogue, publicUrl: 'https://nams.example.test' }) } }
  const fresh = contextOf(database, day)
  const [before] = (await health(database.reader, new Date())).filter(({ channel }) => channel === 'email')
  let [told, sent] = [0, 0]
  const { seconds, peak } = await watched(async () => {
    told = (await sweep(fresh(), { asOf: day as PlainDate })).told
    sent = (await deliverAll(fresh, post)).sent
  })
  transport.close()
  const [after] = (await health(database.reader, new Date())).filter(({ channel }) => channel === 'email')
  return { seconds, peak, sent, told, within: after!.within - before!.within }
}

/** The same number of mails as alike as they can be, over as many connections, with nothing else around them. */
async function floor(url: string, mails: number): Promise<number> {
  const transport = createTransport({ url, pool: true, maxConnections: lanes })
  const text = 'Tuvojas pārbaudes termiņš: ugunsdrošības pārbaude.\n'.repeat(12)
  let next = 0
  const { seconds } = await watched(() =>
    Promise.all(
      Array.from({ length: lanes }, async () => {
        while (next < mails) {
          const at = next++
          await transport.sendMail({ from: 'Nams <nams@example.test>', to: `p${at}@example.test`, subject: 'Tuvojas pārbaudes termiņš', text, html: `<p>${text}</p>`.repeat(3) })
        }
      }),
    ),
  )
  transport.close()
  return mails / seconds
}

async function bench(database: Database): Promise<boolean> {
  await migrate(database)
  const sink = await openSink()
  say(`${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(2)} at the start; ${many.toLocaleString('en')} notices a round.`)
  const warm = many / 4
  await round(database, sink.url, 1, warm, '2027-01-01')
  const quarter = await round(database, sink.url, warm + 1, 2 * warm, '2027-01-02')
  const [measures, floors]: [Measure[], number[]] = [[], []]
  for (let at = 0; at < rounds; at++) {
    const from = many * (at + 1)
    measures.push(await round(database, sink.url, from, from + many - 1, `2027-02-0${at + 1}`))
    floors.push(await floor(sink.url, many))
  }
  const taken = await sink.taken()
  sink.close()
  const rates = measures.map(({ sent, seconds }) => sent / seconds)
  const ratio = median(rates) / median(floors)
  const memory = median(measures.map(({ peak }) => peak)) / quarter.peak
  say(`  told and sent               ${measures.map(({ told, sent }) => `${told} told, ${sent} sent`).join('; ')}`)
  say(`  notices a second            ${median(rates).toFixed(0)}   median of ${rates.map((rate) => rate.toFixed(0)).join(', ')}`)
  say(`  floor: a bare loop          ${median(floors).toFixed(0)}   median of ${floors.map((rate) => rate.toFixed(0)).join(', ')}`)
  say(`  within ten seconds          ${measures.map(({ within, sent }) => `${((100 * within) / sent).toFixed(1)} %`).join(', ')}`)
  say(`  memory                      ${megabytes(median(measures.map(({ peak }) => peak)))} at most, ${megabytes(quarter.peak)} with a quarter of the queue`)
  say(`  to the floor                ${ratio.toFixed(2)}   limit ${limits.floor}: ${ratio >= limits.floor ? 'kept' : 'MISSED'}`)
  say(`  memory at four times        ${memory.toFixed(2)}   limit ${limits.memory}: ${memory <= limits.memory ? 'kept' : 'EXCEEDED'}`)
  const expected = 2 * warm + 2 * rounds * many
  say(`  the mail server took        ${taken} of ${expected}; load ${loadavg()[0]!.toFixed(2)} at the end`)
  return ratio >= limits.floor && memory <= limits.memory && taken === expected
}

const url = process.env['DATABASE_URL']
if (!url || !(many >= 400)) {
  console.error('Set DATABASE_URL to a PostgreSQL server on which databases may be created; at least 400 notices, please.')
  process.exitCode = 2
} else {
  const name = `nams_bench_${process.pid}`
  const server = new pg.Client({ connectionString: url })
  await server.connect()
  await server.query(`create database ${name}`)
  const database = await openDatabase({ url: Object.assign(new URL(url), { pathname: `/${name}` }).href })
  try {
    if (!(await bench(database))) process.exitCode = 1
  } finally {
    await database.close()
    await server.query(`drop database ${name} with (force)`)
    await server.end()
  }
}
