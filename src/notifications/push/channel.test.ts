import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newKeys, openPushService } from '../../../test/push-service.ts'
import { date, openWorld } from '../../../test/world.ts'
import { catalogue } from '../../app.ts'
import { addInspectionType } from '../../inspections/actions.ts'
import { sweep } from '../../inspections/sweep.ts'
import type { Party } from '../../people/actor.ts'
import { writing } from '../../platform/database.ts'
import { deliverDue } from '../delivery.ts'
import { stops } from '../stops.ts'
import { pushChannel } from './channel.ts'
import { addDevice } from './device-actions.ts'

const draft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M', justification: '' }
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const day = date('2027-02-01')

/** A manager's director with two browsers, in front of a house of which the sweep tells the manager on 1 February. */
async function openHouse() {
  const world = await openWorld()
  const owner = await world.person('Anna Kalniņa')
  const director = await world.person('Jānis Bērziņš')
  const manager = await world.organisation('SIA Namu gādība')
  await world.represents(director, manager)
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(owner, building)
  await world.manages(manager, building)
  await addInspectionType(world.as(owner), building.number, draft)
  const keys = newKeys()
  const service = await openPushService(keys)
  const settings = { publicKey: keys.publicKey, services: ['127.0.0.1'] }
  const add = async (person: Party, profile = person) => {
    const browser = await service.browser()
    await addDevice(world.as(person, profile), settings, browser.subscription, userAgent)
    return browser
  }
  const [phone, tablet] = [await add(director, manager), await add(director, manager)]
  const post = { texts: catalogue, channels: { push: pushChannel({ keys, services: ['127.0.0.1'], limit: 5000 }) } }
  const ctx = { ...world.system(day), now: new Date(`${day}T08:00:00Z`) }
  return {
    world, owner, director, manager, service, add, phone, tablet,
    tell: async () => {
      await sweep(ctx)
      return deliverDue(ctx, post, { random: () => 0 })
    },
    deliveries: () => world.db.selectFrom('delivery').select(['channel', 'state', 'attempts', 'answer', 'due_at', 'body']).execute(),
    devices: () => world.db.selectFrom('push_subscription').select(['endpoint', 'last_sent_at']).orderBy('id').execute(),
    ctx,
  }
}

test('a notice is shown on all devices of its profile, and says nothing about anyone', async () => {
  const { service, tell, phone, tablet, deliveries, devices, ctx } = await openHouse()
  assert.deepEqual(await tell(), { sent: 1, retried: 0, failed: 0, aside: 0, stopped: null })
  const [{ id }, ...others] = phone.shown()
  assert.deepEqual([others, tablet.shown()], [[], [{ id, category: 'deadlines', text: 'Jauns paziņojums par termiņu', language: 'lv' }]])
  for (const headers of service.headers) {
    assert.deepEqual([headers['ttl'], headers['urgency'], headers['content-encoding']], ['259200', 'normal', 'aes128gcm'])
    assert.match(String(headers['topic']), /^[\w-]{32}$/)
    assert.ok(Number(headers['content-length']) <= 4096)
  }
  assert.equal(service.headers[0]!['topic'], service.headers[1]!['topic'])
  const [{ channel, state, body }] = await deliveries() as [Awaited<ReturnType<typeof deliveries>>[0]]
  assert.deepEqual([channel, state, body], ['push', 'sent', 'Jauns paziņojums par termiņu'])
  assert.deepEqual((await devices()).map((device) => device.last_sent_at), [ctx.now, ctx.now])
})

test('a device that has gone is removed with an event, and the other one is told', async () => {
  const { world, tell, phone, tablet, deliveries, devices } = await openHouse()
  phone.expire()
  assert.equal((await tell()).sent, 1)
  assert.deepEqual((await devices()).map(({ endpoint }) => endpoint), [tablet.subscription.endpoint])
  assert.equal(tablet.shown().length, 1)
  assert.match((await deliveries())[0]!.answer!, /410 Gone/)
  const events = await world.db.selectFrom('event').select(['action', 'before', 'actor_id']).where('action', '=', 'device.removed').execute()
  assert.deepEqual(events, [{ action: 'device.removed', before: { device: 'Firefox, Linux', profile: 'SIA Namu gādība' }, actor_id: null }])
})

test('where no device is left the delivery has failed for good', async () => {
  const { tell, phone, tablet, deliveries, devices } = await openHouse()
  for (const browser of [phone, tablet]) browser.expire()
  assert.equal((await tell()).failed, 1)
  assert.deepEqual([(await deliveries())[0]!.state, await devices()], ['failed', []])
})

test('a key that the service does not know stops the channel; no attempt and no device is lost by it', async () => {
  const { world, service, tell, deliveries, devices } = await openHouse()
  service.answers.push(...[1, 2].map(() => ({ status: 403, body: 'BadJwtToken' })))
  assert.deepEqual((await tell()).stopped?.obstacle, 'misconfigured')
  const [delivery] = await deliveries()
  assert.deepEqual([delivery!.state, delivery!.attempts], ['queued', 0])
  assert.match(delivery!.answer!, /^127\.0\.0\.1:\d+: 403 Forbidden BadJwtToken$/)
  assert.equal((await devices()).length, 2)
  assert.deepEqual((await stops(world.db)).map(({ channel, obstacle }) => [channel, obstacle]), [['push', 'misconfigured']])
})

test('a service that asks to be left alone is left alone for as long', async () => {
  const { service, tell, deliveries, ctx } = await openHouse()
  service.answers.push(...[1, 2].map(() => ({ status: 429, headers: { 'retry-after': '7200' } })))
  assert.equal((await tell()).retried, 1)
  assert.deepEqual((await deliveries())[0]!.due_at, new Date(ctx.now.getTime() + 7_200_000))
})

test('a service that cannot be reached is tried again, and its address is not written down', async () => {
  const { service, tell, phone, deliveries, devices } = await openHouse()
  service.close()
  const round = await tell()
  assert.deepEqual([round.retried, round.stopped?.obstacle], [1, 'unreachable'])
  const [{ state, answer }] = await deliveries() as [Awaited<ReturnType<typeof deliveries>>[0]]
  assert.equal(state, 'queued')
  assert.match(answer!, /^127\.0\.0\.1:\d+: ECONNREFUSED$/)
  assert.ok(!answer!.includes(new URL(phone.subscription.endpoint).pathname))
  assert.equal((await devices()).length, 2)
})

test('whoever no longer represents an organisation is not told of its notices', async () => {
  const { world, director, tell, phone, tablet, add } = await openHouse()
  const own = await add(director)
  await writing(world.db, (tx) => tx.updateTable('representative').set({ valid_to: date('2027-01-31') }).execute())
  assert.equal((await tell()).failed, 1)
  assert.deepEqual([phone.shown(), tablet.shown(), own.shown()], [[], [], []])
})

test('a service that sends on to elsewhere is not followed', async () => {
  const { service, tell, phone } = await openHouse()
  service.answers.push(...[1, 2].map(() => ({ status: 307, headers: { location: phone.subscription.endpoint } })))
  assert.equal((await tell()).failed, 1)
  assert.deepEqual(phone.shown(), [])
})
