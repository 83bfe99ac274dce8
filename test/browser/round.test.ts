// A round on a phone: eleven meters in the order of walking, one reading questioned and answered, with and without scripts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { addMeter } from '../../src/meters/meter-actions.ts'
import { submitReading } from '../../src/meters/reading-actions.ts'
import { meters } from '../../src/meters/store.ts'
import { openWorld } from '../world.ts'
import { axe, desktop, openBrowser, phone, scrollsSideways, serveWorld, signIn } from './browser.ts'

const browser = await openBrowser()
const draft = { type: 'WATER', installedOn: '2026-01-01', initial: '0', status: 'ACTIVE', validUntil: '', periodMonths: '12', designation: '', premises: '', justification: '' }

/** A house of one owner with eleven water meters, each read in October. */
async function elevenMeters() {
  const world = await openWorld()
  const anna = await world.person('Anna Kalniņa')
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(anna, building)
  const { caseId } = await world.house('ML-1', [building])
  const ctx = world.as(anna)
  for (let at = 1; at <= 11; at++) {
    const { id } = await addMeter(ctx, 'ML-1', { ...draft, number: `U-${at}` })
    await submitReading(ctx, 'ML-1', id, { readOn: '2026-10-23', value: String(100 * at), difference: '', estimated: false, consumed: '', justification: '' })
  }
  const { address } = await serveWorld(world)
  return { address, readToday: async () => (await meters(world.db, caseId)).filter(({ lastReadOn }) => lastReadOn === '2026-11-23').length }
}

const open = async (scripts: boolean, viewport = phone, locale = 'lv-LV'): Promise<Page> => (await browser.newContext({ viewport, locale, javaScriptEnabled: scripts })).newPage()

const field = (page: Page, at: number) => page.getByLabel(new RegExp(`Ūdens skaitītājs U-${at}$`)).and(page.locator('input'))

/** What axe finds, and whether the page is wider than the phone. */
const look = async (page: Page): Promise<string[]> => [...(await axe(page)), ...((await scrollsSideways(page)) ? [`${page.url()} scrolls sideways`] : [])]

test('eleven readings are entered with Enter alone, the questioned one is told at once and answered', async () => {
  const { address, readToday } = await elevenMeters()
  const page = await open(true)
  await signIn(page, address, 'Anna Kalniņa')
  await page.goto(`${address}/cases/ML-1/meters`)
  await page.getByRole('link', { name: 'Rādījumu apgaita' }).click()
  const found = await look(page)
  await field(page, 1).click()
  for (let at = 1; at <= 11; at++) {
    assert.equal(await field(page, at).evaluate((one) => one === document.activeElement), true, `the field of U-${at} has the focus`)
    await page.keyboard.type(at === 4 ? '40' : String(100 * at + 5))
    await page.keyboard.press('Enter')
  }
  await page.getByText('10 no 11').waitFor()
  await page.getByText('Rādījums ir mazāks par iepriekšējo').waitFor()
  assert.equal(await field(page, 4).inputValue(), '40')
  assert.equal(await readToday(), 10)
  found.push(...(await look(page)))
  await page.getByRole('link', { name: 'Paskaidrot, kas notika' }).click()
  found.push(...(await look(page)))
  await page.getByRole('link', { name: 'Iepriekšējais rādījums bija nepareizs' }).click()
  await page.getByLabel(/Pareizais 23.10.2026 rādījums/).fill('30')
  await page.getByLabel('Darbības pamatojums').fill('Pārrakstījos')
  found.push(...(await look(page)))
  await page.getByRole('button', { name: 'Saglabāt' }).click()
  await page.getByText('11 no 11').waitFor()
  await page.getByText('Visi rādījumi ir ievadīti').waitFor()
  found.push(...(await look(page)))
  assert.equal(await readToday(), 11)
  assert.deepEqual(found, [])
})

/** What Safari's own bars leave of a phone of 844 px. */
const seenHeight = 664

test('a phone shows the first field before any scrolling, and the day is opened to change it', async () => {
  const { address } = await elevenMeters()
  const page = await open(false)
  await signIn(page, address, 'Anna Kalniņa')
  await page.goto(`${address}/cases/ML-1/round`)
  const { y, height } = (await field(page, 1).boundingBox())!
  assert.ok(y + height <= seenHeight, `the first field ends at ${y + height} px`)
  await page.getByText('Rādījumu datums: 23.11.2026').click()
  await page.getByLabel('Rādījumu datums').fill('24.11.2026')
  await page.getByRole('button', { name: 'Mainīt datumu' }).click()
  await page.getByText('Rādījumu datums nevar būt nākotnē').waitFor()
  await page.getByLabel('Rādījumu datums').fill('01.11.2026')
  await page.getByRole('button', { name: 'Mainīt datumu' }).click()
  await page.getByText('Rādījumu datums: 01.11.2026').waitFor()
  assert.equal(await page.getByLabel('Rādījumu datums').inputValue(), '01.11.2026')
})

test('a row that could not be sent says so and keeps what was typed', async () => {
  const { address, readToday } = await elevenMeters()
  const page = await open(true)
  await signIn(page, address, 'Anna Kalniņa')
  await page.goto(`${address}/cases/ML-1/round`)
  await page.context().setOffline(true)
  await field(page, 1).fill('105')
  await field(page, 1).press('Enter')
  await page.getByText('Pārbaudiet, vai ir savienojums').first().waitFor()
  assert.equal(await field(page, 1).inputValue(), '105')
  await page.context().setOffline(false)
  await field(page, 1).press('Enter')
  await page.getByText('1 no 11').waitFor()
  assert.equal(await readToday(), 1)
})

test('without scripts each row saves by itself, and the page comes back to it', async () => {
  const { address, readToday } = await elevenMeters()
  const page = await open(false)
  await signIn(page, address, 'Anna Kalniņa')
  await page.goto(`${address}/cases/ML-1/round`)
  for (const [at, value] of [[1, '105'], [2, '2'], [3, '305,5']] as const) {
    await field(page, at).fill(value)
    await field(page, at).press('Enter')
    await page.waitForLoadState()
    assert.match(new URL(page.url()).hash, /^#row-\d+$/)
  }
  await page.getByText('2 no 11').waitFor()
  await field(page, 2).fill('20')
  await page.getByRole('button', { name: /Saglabāt.*U-2$/ }).click()
  await page.getByText('Rādījums ir mazāks par iepriekšējo').waitFor()
  assert.equal(await field(page, 2).inputValue(), '20')
  await page.getByRole('link', { name: 'Paskaidrot, kas notika' }).click()
  await page.getByRole('link', { name: 'Skaitītājs nomainīts' }).click()
  await page.getByLabel('Numurs').fill('JAUNS-2')
  await page.getByLabel('Beigu rādījums').fill('203')
  await page.getByLabel('Darbības pamatojums').fill('Beidzās termiņš')
  await page.getByRole('button', { name: 'Saglabāt' }).click()
  await page.getByText('3 no 11').waitFor()
  assert.equal(await page.getByRole('link', { name: 'Ūdens skaitītājs JAUNS-2', exact: true }).count(), 1)
  assert.equal(await readToday(), 4)
})

for (const { locale, viewport, name } of [
  { locale: 'lv-LV', viewport: phone, name: 'in Latvian on a phone' },
  { locale: 'en-GB', viewport: desktop, name: 'in English on a desktop' },
])
  test(`axe finds nothing on the pages of meters ${name}`, async () => {
    const { address } = await elevenMeters()
    const page = await open(true, viewport, locale)
    await signIn(page, address, 'Anna Kalniņa')
    const found: string[] = []
    const paths = ['/meters', '/meters/new', '/meters/1', '/meters/1?read=2026-10-23', '/meters/1/edit', '/meters/1/remove', '/meters/1/history', '/meters/history', '/meters/labels', '/round/sheet', '/round/order',
      '/meters/1/readings/2026-10-23/edit', '/meters/1/readings/2026-10-23/remove', ...['rolled-over', 'replaced', 'earlier-wrong'].map((answer) => `/meters/1/answer?answer=${answer}&value=4`)]
    for (const path of paths) {
      const answer = await page.goto(`${address}/cases/ML-1${path}`)
      assert.equal(answer!.status(), 200, path)
      found.push(...(await look(page)))
    }
    await page.goto(`${address}/cases/ML-1/meters/1`)
    await page.locator('#value').fill('4')
    await page.locator('.meter-entry .govuk-button').click()
    await page.locator('#answers').waitFor()
    found.push(...(await look(page)))
    assert.deepEqual(found, [])
  })
