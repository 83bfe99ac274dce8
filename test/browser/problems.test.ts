// A report from a phone with two pasted pictures, one blacked out in part; the answer, read in the inbox; opened again; and at last it helped.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { nobody, openWorld } from '../world.ts'
import { axe, desktop, openBrowser, phone, scrollsSideways, serveWorld, signIn } from './browser.ts'

const browser = await openBrowser()

async function installed() {
  const world = await openWorld()
  await world.person('Anna Kalniņa', 'anna@example.test')
  const { code } = await world.person('Marta Saulīte')
  const { address, set } = await serveWorld(world, {}, { staff: { ...nobody, support: new Set([code]) } })
  const visit = async (person: string, viewport: { width: number; height: number }) => {
    const page = await (await browser.newContext({ viewport, locale: 'lv-LV' })).newPage()
    await signIn(page, address, person)
    return page
  }
  return { world, address, set, visit }
}

/** What the keys for pasting do when a picture was copied: half of it red, half of it green. */
const pastePicture = (page: Page) =>
  page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 400, height: 200 })
    const pen = canvas.getContext('2d')!
    pen.fillStyle = '#f00'
    pen.fillRect(0, 0, 200, 200)
    pen.fillStyle = '#0f0'
    pen.fillRect(200, 0, 200, 200)
    const blob = await new Promise<Blob>((done) => canvas.toBlob((made) => done(made!)))
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([blob], 'image.png', { type: 'image/png' }))
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })

const good = async (page: Page) => assert.deepEqual([await axe(page), await scrollsSideways(page)], [[], false])

/** The colours of a kept picture at some places. */
async function coloursOf(page: Page, link: string, places: readonly (readonly [number, number])[]) {
  const answer = await page.request.get(link)
  const { data, info } = await sharp(await answer.body()).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return places.map(([x, y]) => [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)].map((value) => (value > 127 ? 1 : 0)).join(''))
}

test('a person on a phone reports with pasted pictures, support answers, and it helps', async () => {
  const { address, visit } = await installed()
  const anna = await visit('Anna Kalniņa', phone)
  await anna.goto(`${address}/nav-tadas-lapas`)
  await anna.getByRole('link', { name: 'Ziņot par problēmu' }).first().click()
  await anna.getByLabel('Temats').selectOption('meters')
  await anna.getByLabel('Virsraksts').fill('Rādījumu nevar iesniegt')
  await anna.getByLabel('Apraksts').fill('Spiežu “Saglabāt”, un nekas nenotiek.')
  await pastePicture(anna)
  await anna.getByText('ekranuznemums-1.png', { exact: true }).waitFor()
  await pastePicture(anna)
  await anna.getByText('ekranuznemums-2.png', { exact: true }).waitFor()
  await good(anna)
  await anna.getByRole('button', { name: /Aizkrāsot daļas.*ekranuznemums-1/ }).click()
  const stage = anna.locator('.stage')
  const { x, y, width, height } = (await stage.boundingBox())!
  await anna.mouse.move(x + 2, y + 2)
  await anna.mouse.down()
  await anna.mouse.move(x + width / 4, y + height - 2, { steps: 4 })
  await anna.mouse.up()
  await anna.getByRole('button', { name: 'Pievienot aizkrāsojumu' }).press('Enter')
  for (let count = 0; count < 40; count++) await anna.keyboard.press('ArrowRight')
  for (let count = 0; count < 20; count++) await anna.keyboard.press('Shift+ArrowLeft')
  await good(anna)
  const { x: left, width: wide } = (await anna.locator('dialog.covering').boundingBox())!
  assert.ok(left >= 0 && left + wide <= phone.width, 'the whole picture is within reach')
  await anna.getByRole('button', { name: 'Gatavs' }).click()
  await anna.getByText('Aizkrāsots.').waitFor()
  await anna.getByRole('button', { name: 'Nosūtīt' }).click()
  await anna.getByText('Ziņojums nosūtīts.').waitFor()
  await good(anna)
  const links = await anna.locator('.attachments a').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href))
  assert.equal(links.length, 2)
  const places = [[40, 100], [150, 100], [380, 100], [250, 20]] as const
  assert.deepEqual(await coloursOf(anna, links[0]!, places), ['000', '100', '010', '010'], 'what was drawn over is gone')
  assert.deepEqual(await coloursOf(anna, links[0]!, [[310, 100]]), ['000'], 'and what a key moved a box over')
  assert.deepEqual(await coloursOf(anna, links[1]!, places), ['100', '100', '010', '010'], 'the other is as it was')
  const report = new URL(anna.url()).pathname

  const marta = await visit('Marta Saulīte', desktop)
  await marta.getByRole('link', { name: 'Atbalsts' }).click()
  await marta.getByRole('link', { name: 'Rādījumu nevar iesniegt' }).click()
  await marta.getByLabel('Iekšēja piezīme').fill('Zvanīt 29999999')
  await marta.getByRole('button', { name: 'Pievienot piezīmi' }).click()
  await marta.getByLabel('Atbilde ziņotājam').fill('Salabots, mēģiniet vēlreiz.')
  await marta.getByRole('button', { name: 'Atbildēt: atrisināts' }).click()
  await marta.getByText('Atbilde nosūtīta.').waitFor()
  assert.equal(await marta.locator('.attachments a').count(), 2)
  await good(marta)

  await anna.goto(`${address}/notices`)
  await anna.getByRole('link', { name: 'Atbilde uz ziņojumu PR-000001' }).click()
  await anna.getByRole('link', { name: 'Atbildēt' }).click()
  assert.equal(new URL(anna.url()).pathname, report)
  await good(anna)
  assert.ok(!(await anna.content()).includes('29999999'))
  await anna.getByLabel('Ja tas vēl nav atrisināts').fill('Vēl ne.')
  await anna.getByRole('button', { name: 'Atsākt' }).click()
  await anna.getByText('Ziņojums atsākts.').waitFor()
  await marta.goto(`${address}/desk/PR-000001`)
  await marta.getByLabel('Atbilde ziņotājam').fill('Tagad gan.')
  await marta.getByRole('button', { name: 'Atbildēt: atrisināts' }).click()
  await marta.getByText('Atbilde nosūtīta.').waitFor()
  await anna.goto(`${address}${report}`)
  await anna.getByRole('button', { name: 'Jā, palīdzēja' }).click()
  await anna.getByText('Prieks, ka palīdzēja!').waitFor()
  for (const page of [anna, marta]) await page.context().close()
})

test('the screen is captured only once the person has agreed, and what a no leaves is a page as it was', async () => {
  const { address, visit } = await installed()
  const page = await visit('Anna Kalniņa', desktop)
  // The browser's own question, answered by the person: first no, then yes with a screen of 320 × 200.
  await page.addInitScript(() => {
    let isAllowed = false
    navigator.mediaDevices.getDisplayMedia = async () => {
      if (!isAllowed) {
        isAllowed = true
        throw new DOMException('denied', 'NotAllowedError')
      }
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 200 })
      canvas.getContext('2d')!.fillRect(0, 0, 320, 200)
      const stream = canvas.captureStream(30)
      setInterval(() => canvas.getContext('2d')!.fillRect(0, 0, 320, 200), 30)
      return stream
    }
  })
  await page.goto(`${address}/problems/new`)
  await page.getByRole('button', { name: 'Uzņemt ekrānu' }).click()
  await page.getByText('Attēls nav pievienots.').waitFor()
  await page.getByRole('button', { name: 'Uzņemt ekrānu' }).click()
  await page.getByText('ekranuznemums-1.png', { exact: true }).waitFor()
  await page.getByRole('button', { name: /Noņemt.*ekranuznemums-1/ }).click()
  assert.equal(await page.locator('#files').evaluate((input) => (input as HTMLInputElement).files!.length), 0)
  await page.context().close()
})
