// The main job in the browser, in Latvian: configure → sweep → notice read → inspection recorded → next date moved.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { sweep } from '../../src/inspections/sweep.ts'
import { date, openWorld } from '../world.ts'
import { axe, desktop, openBrowser, phone, serveWorld, signIn } from './browser.ts'

const browser = await openBrowser()

async function ownedAndManaged() {
  const world = await openWorld()
  const anna = await world.person('Anna Kalniņa', 'anna@example.test')
  const janis = await world.person('Jānis Ozols', 'janis@example.test')
  const firm = await world.organisation('SIA “Cēsu nami”')
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(anna, building)
  await world.manages(firm, building, janis)
  return { world, building, served: await serveWorld(world) }
}

const visit = async (viewport: { width: number; height: number }, scripts: boolean): Promise<Page> =>
  (await browser.newContext({ viewport, locale: 'lv-LV', javaScriptEnabled: scripts })).newPage()

async function configure(page: Page, address: string, check: () => Promise<void>): Promise<void> {
  await signIn(page, address, 'Anna Kalniņa')
  await check()
  await page.getByRole('link', { name: 'Ķiršu iela 12' }).first().click()
  await check()
  await page.getByRole('link', { name: 'Pievienot pārbaudes veidu' }).click()
  await page.getByLabel('Ugunsdrošības pārbaude').check()
  await page.getByLabel('Pirmās pārbaudes datums').fill('2026-03-01')
  await page.getByLabel('Pārbaudes periods').fill('1')
  await page.getByRole('button', { name: 'Saglabāt' }).click()
  await check()
  assert.match(await page.locator('#problems').innerText(), /Pirmās pārbaudes datumam jābūt nākotnē/)
  assert.equal(await page.getByLabel('Ugunsdrošības pārbaude').isChecked(), true)
  await page.getByLabel('Pirmās pārbaudes datums').fill('2027-03-01')
  await page.getByRole('button', { name: 'Parādīt, kas notiks' }).click()
  const preview = page.locator('#preview')
  await preview.getByText('2027. gada 1. februāris').waitFor()
  assert.match(await preview.innerText(), /pārvaldnieka atbildīgā persona \(Jānis Ozols\)/)
  await check()
  await page.getByRole('button', { name: 'Saglabāt' }).click()
  await page.getByText('Pārbaudes veids pievienots').waitFor()
  await check()
}

async function readAndRecord(page: Page, address: string, check: () => Promise<void>): Promise<void> {
  await signIn(page, address, 'Jānis Ozols')
  await page.getByRole('link', { name: /Paziņojumi 1/ }).click()
  await check()
  await page.getByRole('link', { name: /Tuvojas pārbaudes termiņš: Ugunsdrošības pārbaude/ }).click()
  await page.getByText('01.03.2027').first().waitFor()
  await check()
  await page.getByRole('link', { name: 'Atvērt lietu' }).click()
  assert.equal(await page.getByRole('link', { name: 'Paziņojumi', exact: true }).first().locator('.count:visible').count(), 0)
  await page.getByRole('link', { name: 'Reģistrēt veiktu pārbaudi' }).click()
  await check()
  await page.getByLabel('Ugunsdrošības pārbaude').check()
  await page.getByLabel('Pārbaudes datums').fill('2027-02-10')
  await page.getByRole('button', { name: 'Saglabāt' }).click()
  await page.getByText('nākamais termiņš pārrēķināts').waitFor()
  assert.match(await page.locator('.next').innerText(), /10[\s\S]*feb[\s\S]*2028/)
  await check()
}

for (const { name, viewport, scripts } of [
  { name: 'on a phone without scripts', viewport: phone, scripts: false },
  { name: 'on a desktop, with axe finding nothing', viewport: desktop, scripts: true },
])
  test(`the responsible person is told once and the next date moves by itself, ${name}`, async () => {
    const { world, served } = await ownedAndManaged()
    const found: string[] = []
    const checked = (page: Page) => async () => void (scripts && found.push(...(await axe(page))))
    const owner = await visit(viewport, scripts)
    await configure(owner, served.address, checked(owner))

    served.set('2027-02-01T06:00:00Z')
    assert.equal((await sweep(world.system(date('2027-02-01')))).told, 1)
    assert.equal((await sweep(world.system(date('2027-02-01')))).told, 0)

    served.set('2027-02-10T09:00:00Z')
    const responsible = await visit(viewport, scripts)
    await readAndRecord(responsible, served.address, checked(responsible))
    assert.deepEqual(found, [])
  })
