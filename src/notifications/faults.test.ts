import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { catalogue } from '../app.ts'
import { writing } from '../platform/database.ts'
import { openFaultyMailServer, points, timesTaken, type Fault, type Point } from '../../test/faulty-mail-server.ts'
import { openWorld } from '../../test/world.ts'
import { deliverAll } from './delivery.ts'
import { emailChannel } from './email-channel.ts'
import { smtpTransport } from './smtp.ts'
import { tell } from './tell.ts'

const many = 12
/** Minutes at which workers look while the server fails, and after that. */
const [hour, afterwards] = [[0, 20, 40, 60], [70, 130, 190, 250]]

/** A dozen people, and a mail server that can be made to fail. `tell` tells them all of something, on another day each time. */
async function manyPeople() {
  const world = await openWorld()
  const recipients: number[] = []
  for (let at = 0; at < many; at++) recipients.push((await world.person(`Īpašnieks ${at}`, `owner${at}@example.test`)).id)
  let day = -1
  const instant = (minutes: number) => new Date(world.now.getTime() + (day * 24 * 60 + minutes) * 60_000)
  const tellAll = async () => {
    day++
    const ctx = { ...world.system(), now: instant(0) }
    await writing(world.db, (tx) => tell(tx, ctx, { kind: 'READING_DUE', data: { address: 'Ķiršu iela 12', type: 'WATER', number: '44-1', on: '2026-12-01' }, recipients }))
  }
  const server = await openFaultyMailServer()
  const office = (limit: number) => {
    const transport = smtpTransport(server.url, 'Nams <nams@example.test>', { limit })
    after(() => transport.close())
    return { texts: catalogue, channels: { email: emailChannel({ transport, texts: catalogue, publicUrl: 'https://nams.example.test' }) } }
  }
  /** Who waits long for an answer, and who does not. */
  const [patient, hasty] = [office(60_000), office(300)]
  const deliver = (minutes: number, post = patient) => deliverAll(() => ({ ...world.system(), now: instant(minutes) }), post)
  const states = async () => (await world.db.selectFrom('delivery').select('state').orderBy('notice_id', 'desc').limit(many).execute()).map(({ state }) => state)
  return { world, server, tellAll, deliver, states, hasty, patient }
}

const faults: readonly [name: string, Fault][] = [
  ['hangs', 'hang'],
  ['drops the connection', 'drop'],
  ['answers 451', 451],
  ['answers 421', 421],
]

for (const [name, fault] of faults)
  test(`a mail server that ${name} for an hour, at any point, delays the mails, loses none and gets none twice that it refused`, async () => {
    const { server, tellAll, deliver, states, hasty, patient } = await manyPeople()
    for (const point of points) {
      await tellAll()
      server.mails.length = 0
      server.control.fault = (reached: Point) => (reached === point ? fault : 'go')
      for (const minutes of hour) await deliver(minutes, fault === 'hang' ? hasty : patient)
      const during = server.mails.length
      assert.ok((await states()).every((state) => state === 'queued'), point)
      server.control.fault = () => 'go'
      for (const minutes of afterwards) await deliver(minutes)
      assert.deepEqual(new Set(await states()), new Set(['sent']), point)
      assert.equal(timesTaken(server.mails).size, many, `${point}: each recipient has one mail, known by its Message-ID`)
      if (point !== 'taken') assert.deepEqual([during, server.mails.length], [0, many], point)
    }
  })

test('a mail server that refuses the connection for an hour delays the mails and loses none', async () => {
  const { server, tellAll, deliver, states } = await manyPeople()
  await tellAll()
  await server.close()
  for (const minutes of hour) await deliver(minutes)
  assert.ok((await states()).every((state) => state === 'queued'))
  const back = await openFaultyMailServer({ port: server.port })
  for (const minutes of afterwards) await deliver(minutes)
  assert.deepEqual(new Set(await states()), new Set(['sent']))
  assert.deepEqual([...timesTaken(back.mails).values()], Array<number>(many).fill(1))
})

test('a mailbox that is refused for good fails alone, and says why', async () => {
  const { server, tellAll, deliver, states, world } = await manyPeople()
  await tellAll()
  let reached = 0
  server.control.fault = (point) => (point === 'recipient' && reached++ === 0 ? 550 : 'go')
  await deliver(0)
  assert.deepEqual((await states()).toSorted(), ['failed', ...Array<string>(many - 1).fill('sent')])
  const failed = await world.db.selectFrom('delivery').select('answer').where('state', '=', 'failed').executeTakeFirstOrThrow()
  assert.match(failed.answer!, /^550 not now/)
})
