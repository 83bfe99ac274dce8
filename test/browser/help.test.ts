// Help in a browser: from a page to its chapter, by search to the same, the PDF; axe looks at each, on a phone and without scripts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '../world.ts'
import { axe, desktop, openBrowser, phone, scrollsSideways, serveWorld, signIn } from './browser.ts'

const browser = await openBrowser()
const world = await openWorld()
await world.holds(await world.person('Anna Kalniņa'), await world.building('Ķiršu iela 12, Cēsis'))
const { address } = await serveWorld(world)

for (const { name, viewport, scripts } of [
  { name: 'on a desktop', viewport: desktop, scripts: true },
  { name: 'on a phone without scripts', viewport: phone, scripts: false },
])
  test(`the manual is found from a page and by search ${name}`, async () => {
    const page = await (await browser.newContext({ viewport, locale: 'lv-LV', javaScriptEnabled: scripts })).newPage()
    await signIn(page, address, 'Anna Kalniņa')
    await page.goto(`${address}/calendar`)
    await page.getByRole('banner').getByRole('link', { name: 'Palīdzība' }).click()
    const chapter = page.getByRole('heading', { level: 1, name: 'Kalendārs un tā abonēšana' })
    await chapter.waitFor()
    assert.equal(new URL(page.url()).pathname, '/help/calendar')

    await page.context().clearCookies()
    await page.goto(`${address}/help`)
    await page.getByLabel('Meklēt rokasgrāmatā').fill('abonet kalendaru')
    await page.getByRole('button', { name: 'Meklēt' }).click()
    await page.locator('.help-found a').first().click()
    await chapter.waitFor()

    const href = await page.getByRole('link', { name: /PDF/ }).getAttribute('href')
    const pdf = await page.request.get(address + href)
    assert.equal(pdf.headers()['content-type'], 'application/pdf')
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-')
  })

for (const { locale, viewport } of [
  { locale: 'lv-LV', viewport: phone },
  { locale: 'en-GB', viewport: desktop },
])
  test(`axe finds nothing in help in ${locale}, and nothing scrolls sideways`, async () => {
    const page = await (await browser.newContext({ viewport, locale })).newPage()
    const found: string[] = []
    for (const path of ['/help', '/help/meters', '/help/glossary', '/accessibility', '/help/search?q=meter']) {
      await page.goto(address + path)
      found.push(...(await axe(page)))
      if (await scrollsSideways(page)) found.push(`${path} scrolls sideways`)
    }
    assert.deepEqual(found, [])
  })
