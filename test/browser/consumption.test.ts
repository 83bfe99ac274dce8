// The pictures of consumption and the balance in a browser: axe finds nothing, nothing scrolls sideways, and each screen shows one drawing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMeter } from '../../src/meters/meter-actions.ts'
import { submitReading } from '../../src/meters/reading-actions.ts'
import { openWorld } from '../world.ts'
import { axe, desktop, openBrowser, phone, scrollsSideways, serveWorld, signIn } from './browser.ts'

const browser = await openBrowser()
const world = await openWorld()
const owner = await world.person('Anna Kalniņa')
const building = await world.building('Ķiršu iela 12')
await world.holds(owner, building)
await world.house('ML-1', [building])
const empty = await world.building('Tukšā iela 1')
await world.holds(owner, empty)
await world.house('ML-2', [empty])

const draft = { type: 'WATER', number: '44-71820', installedOn: '2025-01-01', initial: '0', status: 'ACTIVE', validUntil: '', periodMonths: '12', designation: '', premises: '', justification: '' }
const flats = [1, 2, 3].map((at) => ({ number: `D-${at}`, designation: building.designation, premises: `${building.designation}00${at}` }))
const ids: number[] = []
for (const [at, changed] of [{}, { type: 'ELECTRICITY', number: 'E-1' }, ...flats].entries()) {
  const { id } = await addMeter(world.as(owner), 'ML-1', { ...draft, ...changed })
  ids.push(id)
  for (const [place, readOn] of ['2025-07-01', '2026-01-01', '2026-10-01', '2026-11-01'].slice(0, at === 4 ? 2 : 4).entries())
    await submitReading(world.as(owner), 'ML-1', id, { readOn, value: String((place + 1) * (at < 2 ? 120 : 30)), difference: at === 0 && place === 3 ? '2' : '', estimated: false, consumed: '', justification: '' })
}
const { address } = await serveWorld(world)
const paths = ['/cases/ML-1/consumption', '/cases/ML-1/consumption?year=2025', '/cases/ML-1/balance', '/cases/ML-1/balance?from=x&to=', '/cases/ML-2/consumption', '/cases/ML-2/balance', `/cases/ML-1/meters/${ids[0]}`]

for (const { locale, viewport, name, shape } of [
  { locale: 'lv-LV', viewport: phone, name: 'in Latvian on a phone', shape: 'narrow' },
  { locale: 'en-GB', viewport: desktop, name: 'in English on a desktop', shape: 'wide' },
])
  test(`axe finds nothing on the pages of consumption ${name}`, async () => {
    const page = await (await browser.newContext({ viewport, locale })).newPage()
    await signIn(page, address, 'Anna Kalniņa')
    const found: string[] = []
    for (const path of paths) {
      await page.goto(`${address}${path}`)
      await page.locator('details.table').evaluateAll((all) => all.forEach((details) => details.setAttribute('open', '')))
      found.push(...(await axe(page)))
      if (await scrollsSideways(page)) found.push(`${path} scrolls sideways`)
    }
    assert.deepEqual(found, [])
    await page.goto(`${address}${paths[0]}`)
    const shown = await page.locator('svg.chart:visible').evaluateAll((all) => all.map((chart) => chart.getAttribute('class')))
    assert.deepEqual(shown, [`chart chart-${shape}`, `chart chart-${shape}`])
    await page.context().close()
  })

test('a workbook of what is shown is saved under the case and the day', async () => {
  const page = await (await browser.newContext({ viewport: desktop, locale: 'lv-LV' })).newPage()
  await signIn(page, address, 'Anna Kalniņa')
  await page.goto(`${address}/cases/ML-1/consumption`)
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Excel (XLSX)' }).click()
  assert.equal((await saved).suggestedFilename(), 'ML-1_2026_2026-11-23.xlsx')
  await page.context().close()
})
