// Every page of the demo in a browser: axe finds nothing, nothing scrolls sideways on a phone, in both languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoRegisters } from '../../src/demo/registers.ts'
import { importRegisters } from '../../src/import/import.ts'
import { sweep } from '../../src/inspections/sweep.ts'
import { openWorld } from '../world.ts'
import { axe, desktop, openBrowser, phone, scrollsSideways, serveWorld, signIn } from './browser.ts'

const browser = await openBrowser()
const world = await openWorld()
await importRegisters(world.system(), demoRegisters(world.today))
await sweep(world.system())
const { address } = await serveWorld(world)

/** Who opens what: an owner, a responsible person, and a sole representative in the own profile. */
const visits: Record<string, string[]> = {
  'Anna Kalniņa': [
    '/cases', '/cases?kind=house', '/calendar', '/notices', '/notices?state=unread&from=31.02.2027', '/notices/1', '/profile', '/api',
    ...['', '/basic', '/inspection-types', '/inspection-types/new', '/inspection-types/1/edit', '/inspection-types/1/remove', '/inspection-types/1/history',
      '/inspection-types/history', '/inspections', '/inspections/new', '/inspections/1/annul', '/plan', '/notices', '/history'].map((rest) => `/cases/EL-00001${rest}`),
    '/calendar/feeds', '/calendar/feeds?case=ML-00001', '/calendar/feeds/made', '/cases/ML-00001', '/cases/EL-99999',
  ],
  'Jānis Ozols': ['/cases', '/calendar', '/cases/EL-00002', '/cases/EL-00002/basic', '/cases/EL-00002/inspections', '/cases/EL-00002/inspection-types/new', '/cases/EL-00008', '/notices/1'],
  'Inese Bērziņa': ['/cases', '/calendar', '/notices'],
}

for (const { locale, viewport, name } of [
  { locale: 'lv-LV', viewport: phone, name: 'in Latvian on a phone' },
  { locale: 'en-GB', viewport: desktop, name: 'in English on a desktop' },
])
  test(`axe finds nothing on any page ${name}`, async () => {
    const found: string[] = []
    for (const [person, paths] of Object.entries(visits)) {
      const context = await browser.newContext({ viewport, locale })
      const page = await context.newPage()
      await page.goto(`${address}/sign-in`)
      found.push(...(await axe(page)))
      await signIn(page, address, person)
      for (const path of paths) {
        await page.goto(`${address}${path}`)
        found.push(...(await axe(page)))
        if (await scrollsSideways(page)) found.push(`${path} scrolls sideways`)
        assert.equal(await page.locator('html').getAttribute('lang'), locale.slice(0, 2))
      }
      await context.close()
    }
    assert.deepEqual(found, [])
  })
