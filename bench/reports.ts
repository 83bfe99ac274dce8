// Measures the desk's queue over many problem reports: searches by common and rare words, and filters. Ends with 1 when the limit is exceeded.
//   npm run bench:reports -- [--reports 100000]   on the PostgreSQL server of DATABASE_URL, on a database of its own that it builds and drops
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { dateAt } from '../src/kernel/date.ts'
import type { PersonContext } from '../src/people/context.ts'
import { openDatabase, writing, type Database, type Writer } from '../src/platform/database.ts'
import { silentLog } from '../src/platform/log.ts'
import { migrate } from '../src/platform/migrate.ts'
import { deskQueue } from '../src/problems/desk-actions.ts'
import { countQuery, idsOfQueue, type QueueFilter } from '../src/problems/desk-queue.ts'
import { addReports, peopleSql, rareWord } from './reports-data.ts'
import { atMost, count, load, machine, median, onServer, say, seconds, timed, words } from './report.ts'

/** Milliseconds, of the slowest of a hundred. */
const limit = 50
const times = 100
const portion = 2_000
const people = 20_000

const { values: options } = parseArgs({ options: { reports: { type: 'string', default: '100000' } } })
const reports = Number(options.reports)
const now = new Date('2026-11-23T09:00:00Z')

const all: QueueFilter = { find: '', standing: 'all', overdue: false }
const searches: Record<string, QueueFilter> = {
  'the queue as it opens': { ...all, standing: 'ours' },
  'a common word': { ...all, find: 'rādījums' },
  'a common word, our turn': { ...all, find: 'rādījums', standing: 'ours' },
  'two common words': { ...all, find: 'skaitītājs paldies' },
  'three common words': { ...all, find: 'labdien lifta kalendārs' },
  'a common and a rare word': { ...all, find: `rādījums ${rareWord}` },
  'a rare word': { ...all, find: rareWord },
  'words that never meet': { ...all, find: 'hidroakumulatori dūmvadi' },
  'a word that is in none': { ...all, find: 'zvirbulis' },
  'the first letters': { ...all, find: 'ska' },
  'a code': { ...all, find: 'K77' },
  'a word, topic and kind': { ...all, find: 'kalendārs', topic: 'profile', kind: 'suggestion' },
  'a word, late, nobody’s': { ...all, find: 'pārvaldnieks', overdue: true, assignee: 0 },
  'a number': { ...all, find: 'PR-050000' },
}

async function build(database: Database): Promise<void> {
  await migrate(database)
  await database.script(peopleSql(people))
  for (let from = 1; from <= reports; from += portion) await writing(database.reader, (tx) => addReports(tx, { from, to: Math.min(from + portion - 1, reports) }, { people, now }))
  await database.script('vacuum analyze')
}

/** Two plans: of the page and of its total. */
async function plans(database: Database, filter: QueueFilter): Promise<void> {
  for (const query of [idsOfQueue(database.reader, filter, { now, limit: 31 }), countQuery(database.reader, filter, now)]) {
    const rows = await query.explain('text', sql`analyze, buffers`)
    say(rows.map((row) => `    ${Object.values(row)[0]}`).join('\n'))
  }
}

const slowestOfHundred = (figures: readonly number[]) => figures.toSorted((a, b) => a - b)[Math.ceil(figures.length * 0.99) - 1]!

async function bench(database: Database): Promise<boolean> {
  const { rows } = await sql<{ value: string }>`select split_part(version(), ' on ', 1) as value`.execute(database.reader as Writer)
  say(machine(rows[0]!.value))
  say(`${count(reports)} reports (built in ${seconds(await timed(() => build(database)))}). Each figure is the whole page of the desk: 30 reports, how many there are, and what waits.`)
  const person = { id: 1, kind: 'person' as const, code: '32000000001', name: 'Persona 1' }
  const ctx: PersonContext = { actor: { kind: 'person', person, profile: person, represents: 'self', operator: false, support: true }, now, today: dateAt(now), db: database.reader, locale: 'lv', via: 'page', settings: { inspectionPolicy: 'strict', meterPolicy: 'strict', supportCodes: new Set([person.code]) }, log: silentLog }
  const measured: { name: string; slow: number }[] = []
  let isKept = true
  for (const [name, filter] of Object.entries(searches)) {
    const figures: number[] = []
    let found = 0
    for (let time = 0; time < times; time++) figures.push(await timed(async () => (found = (await deskQueue(ctx, filter)).total)))
    const slow = slowestOfHundred(figures)
    isKept = atMost(`${name} (${count(found)})`, slow, limit, 'ms') && isKept
    say(`  ${''.padEnd(30)} ${words.ms(median(figures)).padStart(12)}   median`)
    measured.push({ name, slow })
  }
  const slowest = measured.reduce((one, other) => (other.slow > one.slow ? other : one))
  say(`The plans of the slowest, ${slowest.name}:`)
  await plans(database, searches[slowest.name]!)
  say(`The plans of a common word:`)
  await plans(database, searches['a common word']!)
  say(load('at the end'))
  return isKept
}

const url = process.env['DATABASE_URL']
if (!url) {
  console.error('Set DATABASE_URL to a PostgreSQL server.')
  process.exit(2)
}

process.exitCode = await onServer(url, async (own) => {
  const database = await openDatabase({ url: own })
  try {
    return (await bench(database)) ? 0 : 1
  } finally {
    await database.close()
  }
})
