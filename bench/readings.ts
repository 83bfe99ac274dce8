// Measures readings beside their floors, on a database of its own that it builds and drops. Ends with 1 when a limit is exceeded.
//   npm run bench:readings [-- --only http,import,growth] [--millions 1,10] [--huge]   on the PostgreSQL server of DATABASE_URL, as a superuser
// It takes 3 GB of space; with --huge, which goes on to 100 million readings, 25 GB.
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openDatabase, type Database } from '../src/platform/database.ts'
import { migrate } from '../src/platform/migrate.ts'
import { housesOf, portionSql } from './readings-data.ts'
import { measureGrowth, type Times } from './readings-growth.ts'
import { benchHttp } from './readings-http.ts'
import { benchImport } from './readings-import.ts'
import { atMost, count, load, machine, onServer, say, seconds, timed } from './report.ts'

/** With many times as many readings each may be twice as many times its floor at most. */
const growthLimit = 2
const million = 1_000_000
/** So many houses at once, so that no statement writes for longer than some minutes. */
const portionHouses = 7600

const { values: options } = parseArgs({
  options: { only: { type: 'string', default: 'http,import,growth' }, rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '6' }, millions: { type: 'string', default: '1,10' }, huge: { type: 'boolean', default: false } },
})
const [rounds, milliseconds] = [Number(options.rounds), Number(options.seconds) * 1000]
const isAsked = (part: string) => options.only.split(',').includes(part)

/** Adds houses until there are so many readings. */
async function build(client: pg.Client, from: number, readings: number): Promise<number> {
  const houses = housesOf(readings)
  const time = await timed(async () => {
    for (let first = from; first <= houses; first += portionHouses) await client.query(portionSql({ from: first, to: Math.min(first + portionHouses - 1, houses) }))
    await client.query('vacuum analyze')
    await client.query('checkpoint')
  })
  const { rows } = await client.query(`select pg_size_pretty(pg_total_relation_size('reading')) as size`)
  say(`${count(houses)} houses with ${count(readings)} readings, ${rows[0].size} (built in ${seconds(time)}, ${load('then')})`)
  return houses
}

async function growth(database: Database, client: pg.Client, built: number): Promise<boolean> {
  const sizes = [...options.millions.split(','), ...(options.huge ? ['100'] : [])].map((millions) => Number(millions) * million)
  const found: Times[] = []
  let houses = built
  for (const size of sizes) {
    if (housesOf(size) > houses) houses = await build(client, houses + 1, size)
    found.push(await measureGrowth(database, client, houses))
  }
  const [few, many] = [found[0]!, found.at(-1)!]
  say(`From ${count(sizes[0]!)} to ${count(sizes.at(-1)!)} readings`)
  return Object.keys(few).map((name) => atMost(name, many[name]! / few[name]!, growthLimit, 'times')).every(Boolean)
}

async function bench(url: string): Promise<boolean> {
  const database = await openDatabase({ url })
  const client = new pg.Client({ connectionString: url })
  try {
    await migrate(database)
    await client.connect()
    say(machine((await client.query(`select split_part(version(), ' on ', 1) as engine`)).rows[0].engine))
    const houses = await build(client, 1, million)
    const kept: boolean[] = []
    if (isAsked('growth')) kept.push(await growth(database, client, houses))
    if (isAsked('http')) kept.push(await benchHttp(url, { rounds, milliseconds, houses }))
    if (isAsked('import')) kept.push(await benchImport(url, client, { rows: million, houses, rounds, place: 1000 }))
    say(`  ${load('at the end')}`)
    return kept.every(Boolean)
  } finally {
    await client.end()
    await database.close()
  }
}

const url = process.env['DATABASE_URL']
if (url && rounds >= 3 && milliseconds > 0) process.exitCode = (await onServer(url, bench)) ? 0 : 1
else {
  console.error('Set DATABASE_URL to a PostgreSQL server on which databases may be created, and ask for at least three rounds.')
  process.exitCode = 2
}
