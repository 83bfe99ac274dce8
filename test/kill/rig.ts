// Ends a child with kill -9 at moments drawn from a seed, spread over what it does, and looks at what is left each time.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openDatabase, type Database } from '../../src/platform/database.ts'
import { migrate } from '../../src/platform/migrate.ts'

export const kills = 30

/** Every run draws its own moments; `NAMS_KILL_SEED` draws those of an earlier run again. */
const seed = Number(process.env['NAMS_KILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** Evenly spread numbers from 0 to 1, the same for a seed (mulberry32). */
function drawing(from: number): () => number {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What a child wrote before it ended, without `begun` and `done`. `isDone`: it came to its end before the kill. */
export type Outcome = { lines: string[]; isDone: boolean; milliseconds: number }

const read = (script: string) => fileURLToPath(new URL(script, import.meta.url))

/** When to kill a child: so many milliseconds after it began, or after the first thing that it acknowledged. */
export type Kill = { after: number; from?: 'begun' | 'first' }

/** Runs a child that says `begun` before what it is to be killed in, and `done` after. */
export async function outcomeOf(data: string, script: string, args: readonly string[], kill?: Kill): Promise<Outcome> {
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(process.execPath, [read(script), ...args], { env: { ...env, NAMS_DATA: data }, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)))
  const lines: string[] = []
  let [begunAt, milliseconds] = [NaN, NaN]
  const reached = (point: Kill['from']) => {
    if (kill && (kill.from ?? 'begun') === point) setTimeout(() => child.kill('SIGKILL'), kill.after)
  }
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'begun') {
      begunAt = performance.now()
      reached('begun')
    } else if (line === 'done') milliseconds = performance.now() - begunAt
    else if (lines.push(line) === 1) reached('first')
  }
  const how = await ended
  assert.ok(how === 'SIGKILL' || how === 0, `${script} ended with ${how}`)
  assert.ok(!Number.isNaN(begunAt), `${script} did not begin`)
  return { lines, isDone: !Number.isNaN(milliseconds), milliseconds }
}

/** Parts of a duration, one for each kill: each from its own thirtieth, in random order. */
export function moments(what: string): number[] {
  const draw = drawing(seed)
  console.log(`${what}: ${kills} kills, NAMS_KILL_SEED=${seed}`)
  return Array.from({ length: kills }, (_, at) => ({ moment: (at + draw()) / kills, place: draw() }))
    .sort((a, b) => a.place - b.place)
    .map(({ moment }) => moment)
}

/** An installation's directory with a migrated database in it, until the tests end. */
export async function installation(): Promise<{ data: string; look: <T>(work: (database: Database) => Promise<T>) => Promise<T> }> {
  const data = mkdtempSync(join(tmpdir(), 'nams-kill-'))
  after(() => rmSync(data, { recursive: true, force: true }))
  /** Opens it as the next start would, after whatever happened to the last process. */
  const look = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    const database = await openDatabase({ directory: join(data, 'database') })
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  }
  await look(migrate)
  return { data, look }
}
