import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newKeys, openPushService } from '../../../test/push-service.ts'
import { openServer } from '../../../test/server.ts'
import { wordsOf } from '../../../test/site.ts'
import { openWorld } from '../../../test/world.ts'
import type { Party } from '../../people/actor.ts'
import { chooseProfile, openSessions, startSession } from '../../people/session.ts'
import { mostDevices } from './device-actions.ts'
import { knownServices } from './subscription.ts'

const firefox = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0'

/** Two people before an installation that pushes to this machine, unless told otherwise. */
async function openHouse({ pushes = true, services = ['127.0.0.1'] as readonly string[] } = {}) {
  const world = await openWorld()
  const [anna, janis] = [await world.person('Anna Kalniņa'), await world.person('Jānis Ozols')]
  const company = await world.organisation('SIA “Jaunā māja”')
  await world.represents(anna, company, 'joint')
  const keys = newKeys()
  const service = await openPushService(keys)
  const server = await openServer(world, {}, pushes ? { push: { publicKey: keys.publicKey, services } } : {})
  const guest = async (person: Party, profile = person) => {
    const cookies = { nams_session: await startSession(world.db, person.id, firefox, world.now) }
    const newest = Math.max(...(await openSessions(world.db, person.id, world.now)).map(({ id }) => id))
    await chooseProfile(world.db, newest, profile.id)
    return {
      see: async () => (await server.inject({ url: '/profile/devices', cookies })).body,
      post: (url: string, payload: object = {}) => server.inject({ method: 'POST', url, payload, cookies }),
      add: ({ endpoint, p256dh, auth }: Record<string, string>) => server.inject({ method: 'POST', url: '/profile/devices', payload: { endpoint, p256dh, auth }, cookies }),
    }
  }
  const kept = () => world.db.selectFrom('push_subscription').select(['party_id', 'person_id', 'endpoint']).orderBy('id').execute()
  return { world, anna, janis, company, keys, service, guest, kept }
}

const removalIn = (page: string) => /action="(\/profile\/devices\/\d+\/remove)"/.exec(page)![1]!

test('a device is added for the active profile, by the name people know it by, and removed again', async () => {
  const { world, anna, company, keys, service, guest, kept } = await openHouse()
  const { see, add, post } = await guest(anna, company)
  assert.ok((await see()).includes(`data-push-key="${keys.publicKey}"`))
  const { subscription } = await service.browser()
  const added = await add(subscription)
  assert.deepEqual([added.statusCode, added.headers.location], [303, '/profile/devices?said=device-added'])
  assert.deepEqual(await kept(), [{ party_id: company.id, person_id: anna.id, endpoint: subscription.endpoint }])
  const page = await see()
  assert.ok(wordsOf(page).includes('Firefox, Windows SIA “Jaunā māja”'))
  assert.ok(!page.includes(subscription.endpoint) && !page.includes(subscription.auth))
  assert.equal((await post(removalIn(page))).headers.location, '/profile/devices?said=device-removed')
  assert.deepEqual(await kept(), [])
  assert.ok(wordsOf(await see()).includes('Neviena ierīce nav pievienota.'))
  const events = await world.db.selectFrom('event').select(['action', 'actor_id', 'acting_for_id']).orderBy('id').execute()
  assert.deepEqual(events.map(({ action, actor_id, acting_for_id }) => [action, actor_id, acting_for_id]), [['device.added', anna.id, company.id], ['device.removed', anna.id, company.id]])
})

test('a device added again is kept once, and in another profile once more', async () => {
  const { anna, company, service, guest, kept } = await openHouse()
  const { subscription } = await service.browser()
  const [own, asCompany] = [await guest(anna), await guest(anna, company)]
  for (const { add } of [own, own, asCompany]) assert.equal((await add(subscription)).statusCode, 303)
  assert.deepEqual((await kept()).map(({ party_id }) => party_id), [anna.id, company.id])
})

test('a browser in which somebody else asks is theirs from then on', async () => {
  const { anna, janis, service, guest, kept } = await openHouse()
  const { subscription } = await service.browser()
  for (const person of [anna, janis]) await (await guest(person)).add(subscription)
  assert.deepEqual((await kept()).map(({ person_id }) => person_id), [janis.id])
})

test('another person’s device cannot be removed', async () => {
  const { anna, janis, service, guest, kept } = await openHouse()
  const { add, see } = await guest(anna)
  await add((await service.browser()).subscription)
  assert.equal((await (await guest(janis)).post(removalIn(await see()))).statusCode, 404)
  assert.equal((await kept()).length, 1)
})

test('where only the services of browsers are sent to, this machine is refused with a sentence', async () => {
  const { anna, service, guest, kept } = await openHouse({ services: knownServices })
  const { subscription } = await service.browser()
  const { add } = await guest(anna)
  for (const endpoint of [subscription.endpoint, 'https://localhost:5432/', 'https://192.168.1.1/']) {
    const refused = await add({ ...subscription, endpoint })
    assert.equal(refused.statusCode, 422)
    assert.ok(wordsOf(refused.body).includes(`paziņojumu pakalpojumam (${new URL(endpoint).hostname}) šī sistēma nesūta`))
  }
  assert.equal((await add({ ...subscription, endpoint: 'https://fcm.googleapis.com/wp/1' })).statusCode, 303)
  assert.equal((await kept()).length, 1)
})

test('what no browser would send is refused with a sentence', async () => {
  const { anna, service, guest, kept } = await openHouse()
  const { subscription } = await service.browser()
  const { add } = await guest(anna)
  for (const wrong of [{ endpoint: '' }, { endpoint: 'javascript:alert(1)' }, { p256dh: 'x' }, { auth: '' }]) {
    const refused = await add({ ...subscription, ...wrong })
    assert.deepEqual([refused.statusCode, wordsOf(refused.body).includes('Pārlūka atbildi nevar nolasīt')], [422, true])
  }
  assert.deepEqual(await kept(), [])
})

test('nobody has more devices than a person can look through', async () => {
  const { anna, service, guest, kept } = await openHouse()
  const { add } = await guest(anna)
  for (let count = 0; count < mostDevices; count++) assert.equal((await add((await service.browser()).subscription)).statusCode, 303)
  const refused = await add((await service.browser()).subscription)
  assert.deepEqual([refused.statusCode, wordsOf(refused.body).includes('Var pievienot ne vairāk kā 20 ierīču')], [422, true])
  assert.equal((await kept()).length, mostDevices)
})

test('a device that was made for another key of the installation is told of as such', async () => {
  const { anna, world, service, guest } = await openHouse()
  const { add, see } = await guest(anna)
  await add((await service.browser()).subscription)
  assert.ok(wordsOf(await see()).includes('vēl nav ziņots'))
  const other = await openServer(world, {}, { push: { publicKey: newKeys().publicKey, services: ['127.0.0.1'] } })
  const cookies = { nams_session: await startSession(world.db, anna.id, firefox, world.now) }
  const page = wordsOf((await other.inject({ url: '/profile/devices', cookies })).body)
  assert.ok(page.includes('jāpievieno no jauna'))
})

test('an installation that pushes nothing says so', async () => {
  const { anna, service, guest, kept } = await openHouse({ pushes: false })
  const { see, add } = await guest(anna)
  const page = await see()
  assert.ok(wordsOf(page).includes('Šajā sistēmā ierīcēm neko nesūta.') && !page.includes('data-push-key'))
  assert.equal((await add((await service.browser()).subscription)).statusCode, 404)
  assert.deepEqual(await kept(), [])
})
