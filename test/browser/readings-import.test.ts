// A spreadsheet written by LibreOffice in the browser: three bad rows of six, the rest taken, then undone; axe looks at each page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { addMeter } from '../../src/meters/meter-actions.ts'
import { meters, readings } from '../../src/meters/store.ts'
import { openWorld } from '../world.ts'
import { axe, desktop, openBrowser, phone, scrollsSideways, serveWorld, signIn } from './browser.ts'

const browser = await openBrowser()
const spreadsheet = fileURLToPath(new URL('../fixtures/readings.xlsx', import.meta.url))

async function owned() {
  const world = await openWorld()
  const anna = await world.person('Anna Kalniņa')
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(anna, building)
  const { caseId } = await world.house('ML-1', [building])
  const meter = { type: 'WATER', number: '44-1', installedOn: '2026-01-01', initial: '100', status: 'ACTIVE', validUntil: '', periodMonths: '1', designation: '', premises: '', justification: '' }
  await addMeter(world.as(anna), 'ML-1', meter)
  await addMeter(world.as(anna), 'ML-1', { ...meter, type: 'HEAT', number: 'S-7' })
  const taken = async () => {
    const water = (await meters(world.db, caseId)).find(({ number }) => number === '44-1')!
    return (await readings(world.db, water)).length
  }
  return { taken, served: await serveWorld(world) }
}

for (const { name, viewport, scripts } of [
  { name: 'on a desktop', viewport: desktop, scripts: true },
  { name: 'on a phone without scripts', viewport: phone, scripts: false },
])
  test(`a spreadsheet is checked, taken and undone ${name}`, async () => {
    const { taken, served } = await owned()
    const page = await (await browser.newContext({ viewport, locale: 'lv-LV', javaScriptEnabled: scripts })).newPage()
    const found: string[] = []
    const check = async () => {
      if (scripts) found.push(...(await axe(page)))
      else assert.equal(await page.locator('main').count(), 1)
      if (scripts) assert.equal(await scrollsSideways(page), false)
    }
    await signIn(page, served.address, 'Anna Kalniņa')
    await page.goto(`${served.address}/readings/import`)
    await check()
    await page.getByRole('button', { name: 'Nosūtīt un pārbaudīt' }).click()
    await page.getByText('Izvēlieties datni').first().waitFor()
    await check()
    await page.getByLabel('Tabulas datne').setInputFiles(spreadsheet)
    await page.getByRole('button', { name: 'Nosūtīt un pārbaudīt' }).click()
    await page.getByText('Vēl nekas nav saglabāts').waitFor()
    assert.equal(await page.locator('table.rows tbody tr').count(), 3)
    await page.getByText('datums ir nākotnē').waitFor()
    await check()
    await page.getByText('Kas ir katrā kolonnā').click()
    await check()
    await page.getByRole('link', { name: 'Pieņemtas 3' }).click()
    await page.getByText('1 134,125').first().waitFor()
    assert.equal(await taken(), 0)
    await page.getByRole('button', { name: 'Ielādēt 3 rādījumus' }).click()
    await page.getByRole('heading', { name: 'Tabula ielādēta' }).waitFor()
    assert.equal(await taken(), 3)
    await check()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /Lejupielādēt noraidītās/ }).click()])
    assert.equal(download.suggestedFilename(), 'readings-refused.csv')
    await page.getByRole('link', { name: 'Atsaukt ielādi' }).click()
    await check()
    await page.getByLabel('Pamatojums').fill('Nepareizā tabula')
    await page.getByRole('button', { name: 'Atsaukt ielādi' }).click()
    await page.getByText('Ielāde atsaukta').waitFor()
    await check()
    assert.equal(await taken(), 0)
    assert.deepEqual(found, [])
  })
