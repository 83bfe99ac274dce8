// Subscribing to the calendar in a browser: the address is copied with one press, and a calendar program may be opened.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoRegisters } from '../../src/demo/registers.ts'
import { importRegisters } from '../../src/import/import.ts'
import { openWorld } from '../world.ts'
import { axe, openBrowser, phone, scrollsSideways, serveWorld, signIn } from './browser.ts'

const browser = await openBrowser()
const world = await openWorld()
await importRegisters(world.system(), demoRegisters(world.today))
const { address } = await serveWorld(world)

test('the address of a house\'s calendar is copied with one press and read without signing in', async () => {
  const context = await browser.newContext({ viewport: phone, locale: 'lv-LV', permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  await signIn(page, address, 'Anna Kalniņa')
  await page.goto(`${address}/cases/ML-00001`)
  await page.getByRole('link', { name: 'Abonēt kalendāru' }).click()
  await page.getByLabel('Nosaukums').fill('Mans tālrunis')
  await page.getByRole('button', { name: 'Izveidot adresi' }).click()
  await page.getByRole('button', { name: 'Kopēt adresi' }).click()
  await page.getByText('Nokopēts').waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  assert.equal(copied, await page.getByLabel('Adrese').inputValue())
  assert.equal(await page.getByRole('link', { name: 'Atvērt kalendārā' }).getAttribute('href'), copied.replace('http:', 'webcal:'))
  assert.deepEqual([await axe(page), await scrollsSideways(page)], [[], false])
  assert.match(await (await fetch(copied)).text(), /^BEGIN:VCALENDAR\r\n[^]*X-WR-CALNAME:Nams: Ķiršu iela 12/)
  await context.close()
})
