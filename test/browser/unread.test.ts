// The number of unread notices in a real browser: two pages of one person show the same, without being loaded again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoRegisters } from '../../src/demo/registers.ts'
import { importRegisters } from '../../src/import/import.ts'
import { sweep } from '../../src/inspections/sweep.ts'
import { openWorld } from '../world.ts'
import { desktop, openBrowser, serveWorld, signIn } from './browser.ts'

test('a notice read in one tab is no longer counted in the other', async () => {
  const world = await openWorld()
  await importRegisters(world.system(), demoRegisters(world.today))
  await sweep(world.system())
  const { address } = await serveWorld(world)
  const context = await (await openBrowser()).newContext({ viewport: desktop, locale: 'lv' })
  const [one, other] = [await context.newPage(), await context.newPage()]
  await signIn(one, address, 'Anna Kalniņa')
  await one.goto(`${address}/notices`)
  other.setDefaultTimeout(8000)
  await other.goto(`${address}/cases`)
  const count = other.locator('#unread')
  const before = Number(await count.textContent())
  assert.ok(before > 0)
  await one.locator('.inbox .is-unread a').first().click()
  await one.getByRole('button', { name: 'Atzīmēt kā nelasītu' }).waitFor()
  await other.waitForFunction((shown) => document.getElementById('unread')!.textContent === String(shown), before - 1)
  await one.getByRole('button', { name: 'Atzīmēt kā nelasītu' }).click()
  await other.waitForFunction((shown) => document.getElementById('unread')!.textContent === String(shown), before)
  assert.match((await count.getAttribute('aria-label'))!, new RegExp(`^${before} nelasīt`))
  assert.equal(new URL(other.url()).pathname, '/cases')
})

test('without scripts the number is as it was when the page was asked for', async () => {
  const world = await openWorld()
  await importRegisters(world.system(), demoRegisters(world.today))
  const { address } = await serveWorld(world)
  const context = await (await openBrowser()).newContext({ viewport: desktop, locale: 'lv', javaScriptEnabled: false })
  const page = await context.newPage()
  await signIn(page, address, 'Anna Kalniņa')
  await page.goto(`${address}/cases`)
  assert.equal(await page.locator('#unread').isVisible(), false)
  await sweep(world.system())
  await page.goto(`${address}/cases`)
  assert.equal(await page.locator('#unread').isVisible(), true)
})
