// Measures the morning sweep beside its floor, on a database of its own that it builds and drops. Ends with 1 when a limit is exceeded.
//   npm run bench:sweep -- [--buildings 1400000] [--due 1]   on the PostgreSQL server of DATABASE_URL, as a superuser, with 6 GB of space
//   npm run bench:sweep -- --embedded                        100,000 types on the embedded database
import { rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { sweep } from '../src/inspections/sweep.ts'
import type { PlainDate } from '../src/kernel/date.ts'
import { systemContext } from '../src/people/context.ts'
import { openDatabase, writing, type Database, type DatabaseAddress, type Writer } from '../src/platform/database.ts'
import { silentLog } from '../src/platform/log.ts'
import { migrate } from '../src/platform/migrate.ts'
import { atMost, count, load, machine, median, onServer, roundsLine, say, seconds, timed } from './report.ts'
import { eveningBeforeSql, floorSql, keepSql, mornings, portionSql } from './sweep-data.ts'

/** Of what is stored four times as much may take twice as long, not four times; a tenth due, less than half. */
const limits = { floors: 3, againSeconds: 0.1, stored: 2, due: 0.4 }
const rounds = 3

const { values: options } = parseArgs({
  options: { buildings: { type: 'string' }, due: { type: 'string', default: '1' }, embedded: { type: 'boolean', default: false } },
})
const buildings = Number(options.buildings ?? (options.embedded ? 33_334 : 1_400_000))
const dueShare = Number(options.due) / 100

async function one<T>(database: Database, query: string): Promise<T> {
  const { rows } = await sql.raw<{ value: T }>(query).execute(database.reader as Writer)
  return rows[0]!.value
}

/** Each measure begins with the same rows, no dead ones, and nothing that waits to be written to the disk. */
async function startFrom(database: Database, morning: string): Promise<void> {
  await database.script(eveningBeforeSql(morning))
  await database.script('vacuum analyze inspection_type')
  await database.script('checkpoint')
}

const sweepOn = (database: Database, morning: string) =>
  sweep(
    systemContext({
      db: database.reader,
      via: 'command',
      settings: { inspectionPolicy: 'strict', meterPolicy: 'strict' },
      log: silentLog,
      now: new Date(`${morning}T04:00:00Z`),
      today: morning as PlainDate,
    }),
  )

const floorOn = (database: Database, morning: string) =>
  writing(database.reader, async (tx) => {
    for (const statement of floorSql(morning)) await sql.raw(statement).execute(tx)
  })

/** A sweep, the same morning again, and the floor, by turns. */
async function measure(database: Database, morning: string) {
  const times = { sweep: [] as number[], again: [] as number[], floor: [] as number[] }
  let told = 0
  for (let round = 0; round < rounds; round++) {
    await startFrom(database, morning)
    times.sweep.push(await timed(async () => (told = (await sweepOn(database, morning)).told)))
    times.again.push(await timed(() => sweepOn(database, morning)))
    await database.script(keepSql)
    await startFrom(database, morning)
    times.floor.push(await timed(() => floorOn(database, morning)))
  }
  return { ...times, told }
}

async function build(database: Database, from: number, to: number): Promise<void> {
  const time = await timed(async () => {
    await database.script(portionSql({ from, to, buildings, dueShare }))
    await database.script('vacuum analyze')
  })
  say(`${count(to)} buildings, ${count(to * 3)} types and ${count(await one(database, 'select count(*) as value from inspection'))} inspections are there (built in ${seconds(time)}).`)
}

type Measures = Awaited<ReturnType<typeof measure>>

const timesLine = (name: string, times: readonly number[]) => roundsLine(name, times, seconds)

function measureLines(title: string, { sweep, floor, again, told }: Measures): void {
  say(`${title}: ${count(told)} notices`)
  timesLine('sweep', sweep)
  timesLine('floor: the same rows', floor)
  timesLine('the same morning again', again)
}

/** Whether every limit is kept. */
async function bench(database: Database): Promise<boolean> {
  say(machine(await one<string>(database, `select split_part(version(), ' on ', 1) as value`)))
  await migrate(database)
  const quarter = Math.floor(buildings / 4)
  await build(database, 1, quarter)
  const few = await measure(database, mornings.quarter)
  await build(database, quarter + 1, buildings)
  const tenth = await measure(database, mornings.tenth)
  const full = await measure(database, mornings.full)
  const [entries, deliveries] = await Promise.all(['entry', 'delivery'].map((table) => one<number>(database, `select count(*) as value from kept_${table}`)))
  say()
  measureLines('A quarter of the buildings', few)
  measureLines('All buildings, a tenth due', tenth)
  measureLines('All buildings', full)
  say(`  Of these ${count(full.told)} notices there were ${count(entries!)} inbox entries and ${count(deliveries!)} e-mails to send.`)
  say()
  const perNotice = ({ sweep, told }: Measures) => median(sweep) / told
  const kept = [
    atMost('sweep to its floor', median(full.sweep) / median(full.floor), limits.floors, 'times'),
    atMost('the same morning again', median(full.again) / 1000, limits.againSeconds, 's'),
    atMost('4 times stored, as many due', perNotice(full) / perNotice(few), limits.stored, 'times'),
    atMost('as much stored, a tenth due', median(tenth.sweep) / median(full.sweep), limits.due, 'times'),
  ]
  say(`  ${load('at the end')}`)
  return kept.every(Boolean)
}

async function onAddress(address: DatabaseAddress): Promise<boolean> {
  const database = await openDatabase(address)
  try {
    return await bench(database)
  } finally {
    await database.close()
  }
}

async function embedded(): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), 'nams-bench-'))
  try {
    return await onAddress({ directory })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const url = process.env['DATABASE_URL']
if (!(dueShare > 0 && dueShare <= 0.2 && buildings >= 400)) {
  console.error('At least 400 buildings, and between 0 and 20 % due, please.')
  process.exitCode = 2
} else if (!options.embedded && !url) {
  console.error('Set DATABASE_URL to a PostgreSQL server on which databases may be created, or ask for --embedded.')
  process.exitCode = 2
} else {
  const isKept = options.embedded ? await embedded() : await onServer(url!, (own) => onAddress({ url: own }))
  process.exitCode = isKept ? 0 : 1
}
