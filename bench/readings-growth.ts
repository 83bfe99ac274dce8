// Shows that a house's page and a list of readings cost the same however many readings there are in the table: plan and time at each
// size, beside a page of the same house that reads none.
import pg from 'pg'
import { createApp } from '../src/app.ts'
import { listReadings } from '../src/meters/reading-list.ts'
import { unreadCount } from '../src/notifications/store.ts'
import { tokenActor } from '../src/people/token.ts'
import { sessionCookie } from '../src/people/door.ts'
import { startSession } from '../src/people/session.ts'
import { dateAt } from '../src/kernel/date.ts'
import type { Database } from '../src/platform/database.ts'
import { silentLog } from '../src/platform/log.ts'
import { caseIdOf, caseNumberOf, meterIdOf, tokenOf } from './readings-data.ts'
import { line, median, say, timed, words } from './report.ts'

const settings = { inspectionPolicy: 'strict', meterPolicy: 'strict' } as const
const staff = { operators: new Set<string>(), support: new Set<string>() }
const times = 60
/** Reads no reading, nor how many there are. */
const floor = 'floor: page of the house'

/** What is asked of a house in the middle of all: its page of meters, the page of one, and a page of its list through the action behind the API. */
async function asked(database: Database, house: number) {
  const now = new Date()
  const actor = (await tokenActor(database.reader, tokenOf(house), { now, staff }))!
  const installation = { db: database.reader, viewer: database.viewer, settings, staff, demo: false, secure: false, clock: () => now, unread: unreadCount }
  const server = await createApp(installation, { secret: 'a secret of a bench, long enough to sign with', trustProxy: false, logger: false })
  const cookie = `${sessionCookie}=${await startSession(database.reader, actor.person.id, 'Bench', now)}`
  const page = async (path: string) => {
    const { statusCode } = await server.inject({ url: `/cases/${caseNumberOf(house)}${path && `/${path}`}`, headers: { cookie } })
    if (statusCode !== 200) throw new Error(`${path} was answered with ${statusCode}.`)
  }
  const ctx = { actor, now, today: dateAt(now), db: database.reader, locale: 'lv', via: 'api', settings, log: silentLog } as const
  const [first, middle] = [meterIdOf(house, 0), meterIdOf(house, 5)]
  return {
    close: () => server.close(),
    works: {
      [floor]: () => page(''),
      'page of a house’s meters': () => page('meters'),
      'page of a round': () => page('round'),
      'page of a meter': () => page(`meters/${first}`),
      'page of consumption': () => page('consumption?year=2014'),
      'list of readings': () => listReadings(ctx, caseNumberOf(house), String(middle), { limit: 100 }),
      'list of readings, further on': () => listReadings(ctx, caseNumberOf(house), String(middle), { before: '2010-01-01' as never, limit: 30 }),
    } satisfies Record<string, () => Promise<unknown>>,
  }
}

/** The plan of the list's own statement, with what it really read. */
async function planOf(client: pg.Client, house: number): Promise<string[]> {
  const { rows } = await client.query(`explain (analyze, buffers, costs off, timing off, summary off) select read_on, value, rolled_over, party.name from reading
    left join party on party.id = entered_by where case_id = ${caseIdOf(house)} and meter_id = ${meterIdOf(house, 5)} order by read_on desc limit 101`)
  return rows.map((row) => String(row['QUERY PLAN']))
}

/** How many times the floor each is. */
export type Times = Record<string, number>

/** By turns, so that what else the machine does slows all of them alike. */
async function byTurns(works: Record<string, () => Promise<unknown>>): Promise<Record<string, number[]>> {
  const found = Object.fromEntries(Object.keys(works).map((name): [string, number[]] => [name, []]))
  for (let turn = -2; turn < times; turn++)
    for (const [name, work] of Object.entries(works)) {
      const time = await timed(work)
      if (turn >= 0) found[name]!.push(time)
    }
  return found
}


export async function measureGrowth(database: Database, client: pg.Client, houses: number): Promise<Times> {
  const house = Math.ceil(houses / 2)
  const { works, close } = await asked(database, house)
  const found = Object.entries(await byTurns(works)).map(([name, each]): [string, number] => [name, median(each)])
  await close()
  const [[, least]] = found as [[string, number]]
  for (const [name, time] of found) line(name, words.ms(time), `median of ${times}${name === floor ? '' : `, ${words.times(time / least)} the floor`}`)
  for (const text of await planOf(client, house)) say(`      ${text}`)
  return Object.fromEntries(found.map(([name, time]) => [name, time / least]))
}
