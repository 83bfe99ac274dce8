// A table of meters in the browser: one bad row of four, the rest taken with a reason, then undone; axe looks at each page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMeter } from '../../src/meters/meter-actions.ts'
import { meters } from '../../src/meters/store.ts'
import { openWorld } from '../world.ts'
import { axe, desktop, openBrowser, phone, scrollsSideways, serveWorld, signIn } from './browser.ts'

const browser = await openBrowser()

async function owned() {
  const world = await openWorld()
  const anna = await world.person('Anna Kalniņa')
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(anna, building)
  const { caseId } = await world.house('ML-1', [building])
  const water = { type: 'WATER', number: '44-1', installedOn: '2026-01-01', initial: '100', status: 'ACTIVE', validUntil: '', periodMonths: '1', designation: '', premises: '', justification: '' }
  await addMeter(world.as(anna), 'ML-1', water)
  const table = ['Numurs;Veids;Uzstādīts;Būve;Dzīvoklis;Periods', '44-1;Ūdens;01.01.2026.;;;3', `D-1;Siltums;01.03.2026.;${building.designation};7;1`, `D-2;Siltums;01.03.2026.;${building.designation};8;1`, 'D-3;Gāze;31.02.2026.;;;1'].join('\n')
  const numbers = async () => (await meters(world.db, caseId, 'number')).map(({ number, periodMonths }) => `${number} ${periodMonths}`)
  return { table: { name: 'skaititaji.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${table}`, 'utf16le') }, numbers, served: await serveWorld(world) }
}

for (const { name, viewport, scripts } of [
  { name: 'on a desktop', viewport: desktop, scripts: true },
  { name: 'on a phone without scripts', viewport: phone, scripts: false },
])
  test(`a table of meters is checked, taken and undone ${name}`, async () => {
    const { table, numbers, served } = await owned()
    const page = await (await browser.newContext({ viewport, locale: 'lv-LV', javaScriptEnabled: scripts })).newPage()
    const found: string[] = []
    const check = async () => {
      if (!scripts) return assert.equal(await page.locator('main').count(), 1)
      found.push(...(await axe(page)))
      assert.equal(await scrollsSideways(page), false)
    }
    await signIn(page, served.address, 'Anna Kalniņa')
    await page.goto(`${served.address}/cases/ML-1/meters`)
    await page.getByRole('link', { name: 'Ielādēt skaitītājus' }).click()
    await check()
    await page.getByLabel('Tabulas datne').setInputFiles(table)
    await page.getByRole('button', { name: 'Nosūtīt un pārbaudīt' }).click()
    await page.getByText('Jauni skaitītāji: 2 · mainīsies dati: 1').waitFor()
    await page.getByText('Uzstādīšanas datums: tāda datuma nav').waitFor()
    await check()
    await page.getByRole('button', { name: 'Ielādēt 3 skaitītājus' }).click()
    await page.getByText('Norādiet darbības pamatojumu').first().waitFor()
    assert.deepEqual(await numbers(), ['44-1 1'])
    await check()
    await page.getByLabel('Pamatojums').fill('Inventarizācija')
    await page.getByRole('button', { name: 'Ielādēt 3 skaitītājus' }).click()
    await page.getByRole('heading', { name: 'Tabula ielādēta' }).waitFor()
    assert.deepEqual(await numbers(), ['44-1 3', 'D-1 1', 'D-2 1'])
    await check()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /Lejupielādēt noraidītās/ }).click()])
    assert.equal(download.suggestedFilename(), 'skaititaji-refused.csv')
    await page.getByRole('link', { name: 'Atsaukt ielādi' }).click()
    await page.getByText('tiks dzēsti 2 skaitītāji').waitFor()
    await check()
    await page.getByLabel('Pamatojums').fill('Nepareizā tabula')
    await page.getByRole('button', { name: 'Atsaukt ielādi' }).click()
    await page.getByText('Ielāde atsaukta').waitFor()
    await check()
    assert.deepEqual(await numbers(), ['44-1 1'])
    assert.deepEqual(found, [])
  })
