// Push in a real browser: the page of devices, and what the service worker shows of a message. Only the browser maker's push service is a double.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newKeys, openPushService } from '../push-service.ts'
import { openWorld } from '../world.ts'
import { axe, desktop, openBrowser, phone, scrollsSideways, serveWorld, signIn } from './browser.ts'

async function openDevices(viewport = phone, locale = 'lv') {
  const world = await openWorld()
  await world.holds(await world.person('Anna Kalniņa'), await world.building('Ķiršu iela 12, Cēsis'))
  const keys = newKeys()
  const service = await openPushService(keys)
  const { address } = await serveWorld(world, { push: { publicKey: keys.publicKey, services: ['127.0.0.1'] } })
  const context = await (await openBrowser()).newContext({ viewport, locale })
  const page = await context.newPage()
  const { subscription } = await service.browser()
  /** The push service of this browser's maker cannot be reached: the double takes its place. */
  await page.addInitScript(({ endpoint, p256dh, auth }) => {
    PushManager.prototype.subscribe = async () => ({ toJSON: () => ({ endpoint, keys: { p256dh, auth } }) }) as unknown as PushSubscription
  }, subscription)
  await signIn(page, address, 'Anna Kalniņa')
  await page.goto(`${address}/profile/devices`)
  return { world, address, context, page }
}

const shot = async (page: { screenshot: (options: { path: string; fullPage: boolean }) => Promise<unknown> }, name: string) => {
  if (process.env['SHOT']) await page.screenshot({ path: `${process.env['SHOT']}/${name}.png`, fullPage: true })
}

for (const [viewport, locale, add, done, remove] of [
  [phone, 'lv', 'Paziņot šajā ierīcē', 'Šī ierīce ziņos par jauniem paziņojumiem.', 'Noņemt'],
  [desktop, 'en', 'Tell me on this device', 'This device will tell you of new notices.', 'Remove'],
] as const)
  test(`a person adds this device by one press and removes it by another, ${viewport.width} wide`, async () => {
    const { world, address, context, page } = await openDevices(viewport, locale)
    await context.grantPermissions(['notifications'], { origin: address })
    const look = async (name: string) => {
      await shot(page, `${name}-${viewport.width}`)
      assert.deepEqual([await axe(page), await scrollsSideways(page)], [[], false])
    }
    assert.equal(await page.locator('[data-push-failure]:visible').count(), 0)
    await look('devices-none')
    await page.getByRole('button', { name: add }).click()
    await page.getByText(done).waitFor()
    assert.equal((await world.db.selectFrom('push_subscription').select('id').execute()).length, 1)
    await look('devices-one')
    await page.getByRole('button', { name: remove }).click()
    await page.waitForURL(/said=device-removed/)
    assert.deepEqual(await world.db.selectFrom('push_subscription').select('id').execute(), [])
  })

test('a browser that blocks notifications is told of as such, and nothing is sent', async () => {
  const { world, page } = await openDevices()
  await page.evaluate(() => (Notification.requestPermission = async () => 'denied'))
  await page.getByRole('button', { name: 'Paziņot šajā ierīcē' }).click()
  await page.getByText('Pārlūkā paziņojumi no šīs vietnes ir aizliegti.').waitFor()
  assert.equal(await page.locator('[data-push-failure]:visible').count(), 1)
  await shot(page, 'devices-denied')
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(await world.db.selectFrom('push_subscription').select('id').execute(), [])
})

test('a message is shown with its words, and pressing it opens its notice', async () => {
  const { address, context, page } = await openDevices()
  await context.grantPermissions(['notifications'], { origin: address })
  const devtools = await context.newCDPSession(page)
  const registration = Promise.withResolvers<string>()
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations[0] && registration.resolve(registrations[0].registrationId))
  await devtools.send('ServiceWorker.enable')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const deliver = async (data: string) => devtools.send('ServiceWorker.deliverPushMessage', { origin: `${address}/`, registrationId: await registration.promise, data })
  const shown = async (count: number) => {
    await page.waitForFunction(async (many) => (await (await navigator.serviceWorker.ready).getNotifications()).length === many, count)
    return page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag, lang }) => ({ title, body, tag, lang })))
  }
  await deliver(JSON.stringify({ id: 7, category: 'deadlines', text: 'Jauns paziņojums par termiņu', language: 'lv' }))
  const deadline = { title: 'Nams', body: 'Jauns paziņojums par termiņu', tag: 'notice-7', lang: 'lv' }
  assert.deepEqual(await shown(1), [deadline])
  await deliver(JSON.stringify({ id: 7, category: 'deadlines', text: 'Jauns paziņojums par termiņu', language: 'lv' }))
  await deliver('not what this program sends')
  assert.equal((await shown(2)).filter(({ tag }) => tag === 'notice-7').length, 1)
  const [worker] = context.serviceWorkers()
  const opened = await worker!.evaluate(async () => {
    const scope = globalThis as any
    scope.clients.openWindow = async (path: string) => (scope.opened = path)
    const [notification] = await scope.registration.getNotifications({ tag: 'notice-7' })
    scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }))
    while (!scope.opened) await new Promise((again) => setTimeout(again, 5))
    return [scope.opened, (await scope.registration.getNotifications({ tag: 'notice-7' })).length]
  })
  assert.deepEqual(opened, ['/notices/7', 0])
})

test('without scripts the page says that it needs them', async () => {
  const world = await openWorld()
  await world.person('Anna Kalniņa')
  const { address } = await serveWorld(world, { push: { publicKey: newKeys().publicKey, services: [] } })
  const page = await (await (await openBrowser()).newContext({ viewport: phone, locale: 'lv', javaScriptEnabled: false })).newPage()
  await signIn(page, address, 'Anna Kalniņa')
  await page.goto(`${address}/profile/devices`)
  await page.getByText('Lai pievienotu šo ierīci, pārlūkā jābūt ieslēgtiem skriptiem').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Paziņot šajā ierīcē' }).isVisible(), false)
})
