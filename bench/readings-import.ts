// Measures `nams import` of a million readings beside COPY of the same rows into a table of the same shape with its indexes.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { caseIdOf, caseNumberOf, laterReading, meterIdOf, metersPerHouse } from './readings-data.ts'
import { atMost, count, median, roundsLine, say, seconds, timed } from './report.ts'

const limit = 5

/** `place`: of the first day, behind what is stored. */
export type Imported = { rows: number; houses: number; rounds: number; place: number }

/** The same readings for both: every meter in turn, then the next day. */
function* readingsOf({ rows, houses }: Imported, place: number) {
  for (let at = 0; at < rows; at++) {
    const turn = Math.floor(at / houses)
    const { readOn, value } = laterReading(place + Math.floor(turn / metersPerHouse))
    yield { house: (at % houses) + 1, meter: turn % metersPerHouse, readOn, value }
  }
}

function* lines(head: string, how: Imported, place: number, line: (reading: ReturnType<typeof readingsOf> extends Generator<infer R> ? R : never) => string) {
  if (head !== '') yield `${head}\n`
  let block = ''
  for (const reading of readingsOf(how, place)) {
    block += `${line(reading)}\n`
    if (block.length < 65_536) continue
    yield block
    block = ''
  }
  yield block
}

const write = (path: string, blocks: Iterable<string>) => pipeline(Readable.from(blocks), createWriteStream(path))

async function writeFiles(directory: string, how: Imported, place: number): Promise<void> {
  mkdirSync(join(directory, 'import'), { recursive: true })
  const own = lines('case_number,type,number,read_on,value,difference', how, place, ({ house, meter, readOn, value }) => `${caseNumberOf(house)},WATER,M-${meter + 1},${readOn},${value},`)
  await write(join(directory, 'import', 'readings.csv'), own)
  const bare = lines('', how, place, ({ house, meter, readOn, value }) => `${caseIdOf(house)},${meterIdOf(house, meter)},${readOn},${Math.round(value * 1000)},0,f,{},2026-01-01T00:00:00Z`)
  await write(join(directory, 'copy.csv'), bare)
}

/** As an operator runs it, with a verdict for each row. */
async function runImport(directory: string, url: string): Promise<void> {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, 'import', join(directory, 'import'), '--json'], { env: { PATH: process.env['PATH'], DATABASE_URL: url }, stdio: ['ignore', 'pipe', 'inherit'] })
  const written = pipeline(child.stdout, createWriteStream(join(directory, 'verdicts.jsonl')))
  const [[code]] = await Promise.all([once(child, 'exit'), written])
  if (code !== 0) throw new Error(`nams import ended with ${code}.`)
}

async function runCopy(directory: string, client: pg.Client): Promise<void> {
  const columns = 'case_id, meter_id, read_on, value, rolled_over, estimated, warnings, entered_at'
  await pipeline(createReadStream(join(directory, 'copy.csv')), client.query(copyFrom(`copy floor_reading (${columns}) from stdin csv quote '"'`)))
}

async function verdictsIn(directory: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  let held = ''
  for await (const some of createReadStream(join(directory, 'verdicts.jsonl'), 'utf8')) {
    const all = (held + some).split('\n')
    held = all.pop()!
    for (const one of all) {
      const { verdict } = JSON.parse(one)
      counts[verdict] = (counts[verdict] ?? 0) + 1
    }
  }
  return counts
}

/** What the last import left: its event, and the rows that name it. */
async function traced(client: pg.Client): Promise<{ events: number; readings: number }> {
  const { rows } = await client.query(`select count(distinct event.id)::int as events, count(reading.id)::int as readings
    from event join reading on reading.import_id = event.subject_id where action = 'readings.imported' and subject_id = (select max(import_id) from reading)`)
  return rows[0]
}

/** Whether an import keeps its limit, each of its rows has a verdict, and each reading is traced from one event. */
export async function benchImport(url: string, client: pg.Client, how: Imported): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), 'nams-bench-'))
  const times = { import: [] as number[], copy: [] as number[] }
  const days = Math.ceil(how.rows / how.houses / metersPerHouse)
  try {
    for (let round = 0; round < how.rounds; round++) {
      await writeFiles(directory, how, how.place + round * days)
      await client.query('drop table if exists floor_reading; create table floor_reading (like reading including all)')
      await client.query('checkpoint')
      times.copy.push(await timed(() => runCopy(directory, client)))
      await client.query('vacuum analyze reading')
      await client.query('checkpoint')
      times.import.push(await timed(() => runImport(directory, url)))
    }
    const [verdicts, { events, readings }] = [await verdictsIn(directory), await traced(client)]
    const told = Object.values(verdicts).reduce((sum, some) => sum + some, 0)
    say(`An import of ${count(how.rows)} readings: a verdict for each of ${count(told)} rows (${Object.entries(verdicts).map(([verdict, some]) => `${count(some)} ${verdict}`).join(', ')}), ${events} event, from which ${count(readings)} readings are traced`)
    roundsLine('nams import --json', times.import, seconds)
    roundsLine('floor: COPY of the same rows', times.copy, seconds)
    const isTraced = told === how.rows && events === 1 && readings === how.rows
    return atMost('import to its floor', median(times.import) / median(times.copy), limit, 'times') && isTraced
  } finally {
    await client.query('drop table if exists floor_reading')
    rmSync(directory, { recursive: true, force: true })
  }
}
