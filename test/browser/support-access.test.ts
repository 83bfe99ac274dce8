// Grant, look, history in a real browser: a person on a phone lets support look, support looks on a desktop, and the person reads what was seen and closes it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { demoRegisters } from '../../src/demo/registers.ts'
import { importRegisters } from '../../src/import/import.ts'
import { openWorld } from '../world.ts'
import { axe, desktop, openBrowser, phone, scrollsSideways, serveWorld, signIn } from './browser.ts'

const browser = await openBrowser()
const world = await openWorld()
await importRegisters(world.system(), demoRegisters(world.today))
const { code } = await world.db.selectFrom('party').select('code').where('name', '=', 'Marta Saulīte').executeTakeFirstOrThrow()
const { address, set } = await serveWorld(world, {}, { staff: { operators: new Set(), support: new Set([code]) } })

const enter = async (person: string, viewport: { width: number; height: number }): Promise<Page> => {
  const page = await (await browser.newContext({ viewport, locale: 'lv-LV' })).newPage()
  await signIn(page, address, person)
  return page
}
const looksRight = async (page: Page) => assert.deepEqual([await axe(page), await scrollsSideways(page)], [[], false], page.url())

test('a person lets support look, support looks, and the person sees at what and closes it', async () => {
  const own = await enter('Anna Kalniņa', phone)
  await own.goto(`${address}/problems/new`)
  for (const [field, text] of [['subject', 'Nevar iesniegt rādījumu'], ['description', 'Spiežu „Saglabāt”, un nekas nenotiek.']] as const) await own.locator(`#${field}`).fill(text)
  await own.locator('[name=kind]').first().check()
  await own.locator('#topic').selectOption('meters')
  await own.getByRole('button', { name: 'Nosūtīt' }).click()
  const report = /PR-\d{6}/.exec(own.url())![0]

  await own.goto(`${address}/profile`)
  await own.getByRole('link', { name: 'Atbalsta palīdzības pieprasīšana' }).click()
  await looksRight(own)
  await own.getByRole('link', { name: 'Atļaut piekļuvi profilam' }).click()
  await looksRight(own)
  await own.getByRole('button', { name: 'Atļaut skatīties 72 stundas' }).click()
  await own.getByText('Piekļuve atvērta', { exact: true }).waitFor()
  await own.waitForFunction(() => document.querySelector('[data-countdown]')?.textContent === '71:59:58')
  await looksRight(own)

  const staff = await enter('Marta Saulīte', desktop)
  await staff.goto(`${address}/support-access`)
  await staff.getByRole('button', { name: 'Sākt skatīties' }).click()
  await looksRight(staff)
  await staff.getByLabel('Ziņojuma numurs').fill(report)
  await staff.getByRole('button', { name: 'Sākt skatīties' }).click()
  const frame = staff.getByRole('complementary', { name: 'Atbalsta skats' })
  assert.match((await frame.textContent())!, new RegExp(`Jūs redzat to, ko redz Anna Kalniņa.*${report}`))
  await looksRight(staff)
  await staff.getByRole('link', { name: 'Kalendārs' }).click()
  await staff.getByRole('link', { name: 'Lietas' }).click()
  await staff.locator('main table a').first().click()
  await looksRight(staff)
  const seen = await staff.title()
  await staff.goto(`${address}/profile/notices`)
  await staff.locator('main form button').last().click()
  assert.match((await staff.textContent('main'))!, /Atbalsts var tikai skatīties/)
  await looksRight(staff)
  await frame.getByRole('link', { name: 'Mainīt profilu' }).click()
  await looksRight(staff)

  await own.goto(`${address}/notices`)
  await own.getByRole('link', { name: 'Atbalsts sācis skatīt to, ko redzat Jūs' }).click()
  assert.match((await own.textContent('main'))!, /Marta Saulīte/)
  await own.goto(`${address}/profile/support-access`)
  await own.getByRole('link', { name: /apskat/ }).click()
  assert.ok((await own.textContent('main'))!.includes(seen.replace(' – Nams', '')), seen)
  await looksRight(own)
  await own.context().addCookies([{ name: 'nams_language', value: 'en', url: address }])
  for (const [path, title] of [['', 'Request help from support'], ['/open', 'Let support look?']] as const) {
    await own.goto(`${address}/profile/support-access${path}`)
    assert.equal(await own.textContent('h1'), title)
    await looksRight(own)
  }
  await own.context().addCookies([{ name: 'nams_language', value: 'lv', url: address }])
  await own.goto(`${address}/profile/support-access`)
  await own.getByRole('button', { name: 'Aizvērt tūlīt' }).click()
  await own.getByText('Piekļuve nav atvērta').waitFor()

  set(new Date(world.now.getTime() + 1000).toISOString())
  await staff.goto(`${address}/cases`)
  assert.match((await staff.textContent('main'))!, /Piekļuve ir beigusies/)
  await looksRight(staff)
  await staff.goto(`${address}/cases`)
  assert.equal(await frame.count(), 0)
})
