// The labels beside the meters, read by a reader of codes that is not ours (zbarimg), on the screen and as printed.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { addMeter } from '../../src/meters/meter-actions.ts'
import { openWorld } from '../world.ts'
import { desktop, openBrowser, phone, serveWorld, signIn } from './browser.ts'

const browser = await openBrowser()
const draft = { installedOn: '2026-01-01', initial: '0', status: 'ACTIVE', validUntil: '', periodMonths: '12', designation: '', premises: '', justification: '' }

/** The text of the one code in a picture. */
const decoded = (picture: Buffer): string => execFileSync('zbarimg', ['--quiet', '--nodbus', '--raw', '-Sdisable', '-Sqrcode.enable', 'png:-'], { input: picture, encoding: 'utf8' }).trim()

for (const { name, viewport, media } of [
  { name: 'on a phone', viewport: phone, media: 'screen' },
  { name: 'on paper', viewport: desktop, media: 'print' },
] as const)
  test(`the code of each label opens its meter’s page, read ${name}`, async () => {
    const world = await openWorld()
    const anna = await world.person('Anna Kalniņa')
    const building = await world.building('Ķiršu iela 12, Cēsis')
    await world.holds(anna, building)
    await world.house('ML-00001', [building])
    for (const [type, number] of [['WATER', 'U-1'], ['GAS', 'G-2'], ['ELECTRICITY', 'E-3'], ['HEAT', '44-71820/ŠĶ']] as const) await addMeter(world.as(anna), 'ML-00001', { ...draft, type, number })
    const { address } = await serveWorld(world)
    const page = await (await browser.newContext({ viewport, locale: 'lv-LV' })).newPage()
    await signIn(page, address, 'Anna Kalniņa')
    await page.goto(`${address}/cases/ML-00001/meters/labels`)
    await page.emulateMedia({ media })
    const read: { number: string; code: string }[] = []
    for (const label of await page.locator('.meter-labels li').all()) read.push({ number: await label.locator('strong').innerText(), code: decoded(await label.screenshot()) })
    assert.deepEqual(read.map(({ number }) => number), ['U-1', 'G-2', 'E-3', '44-71820/ŠĶ'])
    for (const { number, code } of read) {
      assert.equal((await page.goto(code))!.status(), 200, code)
      assert.ok((await page.locator('h2').first().innerText()).endsWith(` skaitītājs ${number}`), `${code} opens ${number}`)
    }
  })
