// The installable web app in a real browser: what a phone needs to install it, and what is shown without a connection.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openWorld } from '../world.ts'
import { axe, openBrowser, phone, scrollsSideways, serveWorld, signIn } from './browser.ts'

async function openPhone(locale: 'lv' | 'en') {
  const world = await openWorld()
  await world.holds(await world.person('Anna Kalniņa'), await world.building('Ķiršu iela 12, Cēsis'))
  const served = await serveWorld(world)
  const context = await (await openBrowser()).newContext({ viewport: phone, locale })
  const page = await context.newPage()
  await signIn(page, served.address, 'Anna Kalniņa')
  return { ...served, page }
}

const takeControl = async (page: Page) => {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  assert.match(await page.evaluate(() => navigator.serviceWorker.controller!.scriptURL), /\/service-worker\.js\?language=/)
}

for (const [locale, name] of [['lv', 'Nams – ēkas un to termiņi'], ['en', 'Nams – buildings and their terms']] as const)
  test(`a phone can install it under the name “${name}”`, async () => {
    const { page } = await openPhone(locale)
    const devtools = await page.context().newCDPSession(page)
    const { url, errors, data } = await devtools.send('Page.getAppManifest')
    assert.ok(url.endsWith(`/nams.${locale}.webmanifest`))
    assert.deepEqual(errors, [])
    const manifest = JSON.parse(data!)
    assert.deepEqual([manifest.name, manifest.lang, manifest.id, manifest.start_url, manifest.display], [name, locale, '/', '/', 'standalone'])
    const sizes = await page.evaluate(async (icons: { src: string }[]) => {
      const drawn = icons.map(async ({ src }) => createImageBitmap(await (await fetch(src)).blob()).then(({ width, height }) => `${width}x${height}`))
      return Promise.all(drawn)
    }, manifest.icons)
    assert.deepEqual(sizes, manifest.icons.map(({ sizes }: { sizes: string }) => sizes))
    assert.ok(manifest.icons.some(({ purpose }: { purpose?: string }) => purpose === 'maskable'))
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), [])
  })

test('where the system is away a page says so in the reader’s language, and leads back once it is there', async () => {
  const { page, address, close } = await openPhone('lv')
  await takeControl(page)
  await close()
  await page.goto(`${address}/calendar`)
  await page.getByRole('heading', { level: 1, name: 'Nav savienojuma' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/calendar')
  assert.equal(await page.getByRole('link', { name: 'Mēģināt vēlreiz' }).evaluate((link: HTMLAnchorElement) => link.href), `${address}/calendar`)
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.top')!).backgroundColor), 'rgb(18, 70, 58)')
  assert.equal(await scrollsSideways(page), false)
  assert.deepEqual(await axe(page), [])
  if (process.env['SHOT']) await page.screenshot({ path: `${process.env['SHOT']}/offline.png` })
})

test('nothing of a person is kept for the time without a connection', async () => {
  const { page, address } = await openPhone('en')
  await takeControl(page)
  for (const path of ['/cases', '/notices', '/profile']) await page.goto(`${address}${path}`)
  const kept = await page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
    return (await Promise.all(caches_.map((cache) => cache.keys()))).flat().map(({ url }) => new URL(url).pathname)
  })
  assert.ok(kept.includes('/offline/en'))
  assert.deepEqual(kept.filter((path) => !/^\/(offline\/(lv|en)|assets\/[\w.-]+)$/.test(path)), [])
})
