import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openServer } from '../../test/server.ts'
import { date, openWorld } from '../../test/world.ts'
import { addInspectionType } from '../inspections/actions.ts'
import { sweep } from '../inspections/sweep.ts'
import type { Party } from '../people/actor.ts'
import { chooseProfile, endSession, openSessions, startSession } from '../people/session.ts'
import { writing } from '../platform/database.ts'
import { inbox, markUnread, openNotice } from './inbox.ts'
import { streamsPerPerson } from './stream.ts'

const draft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M', justification: '' }

type Told = { event: string; data: any }

/** Reads a stream event by event; undefined at its end. */
function readerOf(answer: Response) {
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return async (): Promise<Told | undefined> => {
    for (;;) {
      const [, block, event, data] = /^((?:: .*\n\n)*event: (.*)\ndata: (.*)\n\n)/.exec(text) ?? []
      if (block) {
        text = text.slice(block.length)
        return { event: event!, data: JSON.parse(data!) }
      }
      const { done, value } = await reader.read()
      if (done) return undefined
      text += value
    }
  }
}

/** A house's owner, told of one inspection and signed in, with the program listening. */
async function openHouse() {
  const world = await openWorld()
  const owner = await world.person('Anna Kalniņa')
  const company = await world.organisation('SIA “Jaunā māja”')
  await world.represents(owner, company)
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(owner, building)
  await addInspectionType(world.as(owner), building.number, { ...draft })
  await sweep(world.system(date('2027-02-01')))
  const clock = { now: world.now }
  const server = await openServer(world, { clock: () => clock.now }, { lookEvery: 20 })
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  const key = await startSession(world.db, owner.id, 'test', world.now)
  const ask = (cookie = `nams_session=${key}`) => fetch(`${address}/notices/stream`, { headers: { cookie, 'accept-encoding': 'gzip, br' } })
  const sessionOf = async (person: Party) => (await openSessions(world.db, person.id, world.now))[0]!
  const { id } = (await inbox(world.as(owner))).notices[0]!
  return { world, owner, company, server, clock, key, ask, sessionOf, id }
}

test('a page is told the unread count at once and whenever it changes, in its language', async () => {
  const { world, owner, key, ask, id } = await openHouse()
  const answer = await ask()
  assert.equal(answer.headers.get('content-type'), 'text/event-stream')
  assert.equal(answer.headers.get('content-encoding'), null)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const next = readerOf(answer)
  assert.deepEqual(await next(), { event: 'unread', data: { count: 1, label: '1 nelasīts' } })
  await openNotice(world.as(owner), id)
  assert.deepEqual(await next(), { event: 'unread', data: { count: 0, label: '0 nelasītu' } })
  await markUnread(world.as(owner), id)
  assert.equal((await next())?.data.count, 1)
  const english = readerOf(await ask(`nams_session=${key}; nams_language=en`))
  assert.equal((await english())?.data.label, '1 unread')
})

test('whoever is not signed in is told nothing', async () => {
  const { ask } = await openHouse()
  assert.equal((await ask('')).status, 401)
  assert.equal((await ask('nams_session=guessed')).status, 401)
})

test('the stream ends with its session', async () => {
  const { world, owner, ask, sessionOf } = await openHouse()
  const next = readerOf(await ask())
  assert.ok(await next())
  await endSession(world.db, owner.id, (await sessionOf(owner)).id, world.now)
  assert.equal(await next(), undefined)
  assert.equal((await ask()).status, 401)
})

test('looking at a page does not keep a session alive, and ends when it is over', async () => {
  const { world, owner, clock, ask, sessionOf } = await openHouse()
  clock.now = new Date(world.now.getTime() + 29 * 60_000)
  const next = readerOf(await ask())
  assert.ok(await next())
  assert.deepEqual((await sessionOf(owner)).seenAt, world.now)
  clock.now = new Date(world.now.getTime() + 31 * 60_000)
  assert.equal(await next(), undefined)
})

test('the stream ends where another profile is chosen, and the next one counts that profile’s notices', async () => {
  const { world, owner, company, ask, sessionOf } = await openHouse()
  const next = readerOf(await ask())
  assert.equal((await next())?.data.count, 1)
  await chooseProfile(world.db, (await sessionOf(owner)).id, company.id)
  assert.equal(await next(), undefined)
  assert.equal((await readerOf(await ask())())?.data.count, 0)
})

test('of too many streams of one person the oldest gives way, and those of others stay', async () => {
  const { world, owner, ask, id } = await openHouse()
  const other = await world.person('Jānis Ozols')
  const others = readerOf(await ask(`nams_session=${await startSession(world.db, other.id, 'test', world.now)}`))
  const readers = []
  for (let at = 0; at < streamsPerPerson; at++) readers.push(readerOf(await ask()))
  for (const next of [others, ...readers]) assert.equal((await next())?.event, 'unread')
  const newest = readerOf(await ask())
  assert.equal((await newest())?.event, 'unread')
  assert.equal((await readers[0]!())?.event, 'replaced')
  assert.equal(await readers[0]!(), undefined)
  await openNotice(world.as(owner), id)
  for (const next of [newest, ...readers.slice(1)]) assert.equal((await next())?.data.count, 0)
  await writing(world.db, (tx) => tx.insertInto('inbox_entry').columns(['party_id', 'notice_id', 'case_id']).expression(tx.selectFrom('notice').select([sql.lit(other.id).as('party'), 'id', 'case_id'])).execute())
  assert.equal((await others())?.data.count, 1)
})

test('an open stream does not hold up the end of the program', async () => {
  const { server, ask } = await openHouse()
  const next = readerOf(await ask())
  assert.ok(await next())
  await server.close()
  assert.equal(await next(), undefined)
})
