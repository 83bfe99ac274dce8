// Announcements in a real browser: an operator writes one, a reader on a phone sees it and puts it away without scripts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoRegisters } from '../../src/demo/registers.ts'
import { importRegisters } from '../../src/import/import.ts'
import { nobody, openWorld } from '../world.ts'
import { axe, desktop, openBrowser, phone, scrollsSideways, serveWorld, signIn } from './browser.ts'

const browser = await openBrowser()
const world = await openWorld()
await importRegisters(world.system(), demoRegisters(world.today))
const { code } = await world.db.selectFrom('party').select('code').where('name', '=', 'Anna Kalniņa').executeTakeFirstOrThrow()
const { address } = await serveWorld(world, {}, { staff: { ...nobody, operators: new Set([code]) } })

test('an operator announces, and a reader on a phone reads of it above the page and puts it away', async () => {
  const context = await browser.newContext({ viewport: desktop, locale: 'lv-LV' })
  const page = await context.newPage()
  await signIn(page, address, 'Anna Kalniņa')
  await page.goto(`${address}/announcements`)
  await page.getByRole('link', { name: 'Jauna ziņa' }).click()
  await page.getByRole('button', { name: 'Saglabāt' }).click()
  assert.deepEqual([await page.locator('.govuk-error-summary li').count(), await axe(page)], [9, []])
  await page.getByLabel('Kategorija').selectOption('deliveries')
  await page.getByLabel('Virsraksts latviešu valodā').fill('Jauninājumu piegādes, iespējami īsi pārtraukumi')
  await page.getByLabel('Virsraksts angļu valodā').fill('Deliveries, with short interruptions')
  await page.getByLabel('Teksts latviešu valodā').fill('Saglabājiet iesākto pirms plkst. 18:00.')
  await page.getByLabel('Teksts angļu valodā').fill('Save what you have begun before 18:00.')
  await page.getByLabel('Sākuma datums').fill('23.11.2026')
  await page.getByLabel('No plkst.').fill('18:00')
  await page.getByLabel('Beigu datums').fill('31.12.2026')
  await page.getByLabel('Līdz plkst.').fill('23:00')
  for (const day of ['Otrdiena', 'Ceturtdiena']) await page.getByLabel(day).check()
  await page.getByLabel('Cik stundu iepriekš rādīt').fill('48')
  await page.getByRole('button', { name: 'Saglabāt' }).click()
  assert.deepEqual([await axe(page), await scrollsSideways(page)], [[], false])
  await page.getByRole('button', { name: 'Publicēt' }).click()
  await page.getByText('Ziņa publicēta.').waitFor()
  await page.goto(`${address}/announcements/new`)
  for (const [name, text] of [['titleLv', 'Bankas pieslēgvieta nestrādā'], ['titleEn', 'The bank’s service is down'], ['textLv', 'Maksājumus pagaidām nevar veikt.'], ['textEn', 'Payments cannot be made for now.'], ['startsOn', '23.11.2026'], ['endsOn', '23.11.2026'], ['fromTime', '08:00'], ['toTime', '22:00']] as const) await page.locator(`#${name}`).fill(text)
  await page.locator('#category').selectOption('partners')
  await page.locator('#isUrgent').check()
  await page.getByRole('button', { name: 'Saglabāt' }).click()
  await page.getByRole('button', { name: 'Publicēt' }).click()
  await context.close()

  const pocket = await browser.newContext({ viewport: phone, locale: 'lv-LV' })
  const reader = await pocket.newPage()
  await signIn(reader, address, 'Anna Kalniņa')
  await reader.goto(`${address}/cases`)
  assert.deepEqual([await axe(reader), await scrollsSideways(reader)], [[], false])
  await reader.locator('.banner').getByRole('link', { name: 'Jauninājumu piegādes' }).click()
  assert.deepEqual([await axe(reader), await scrollsSideways(reader)], [[], false])
  await pocket.close()

  const plain = await browser.newContext({ viewport: phone, locale: 'lv-LV', javaScriptEnabled: false })
  const stranger = await plain.newPage()
  await stranger.goto(`${address}/sign-in`)
  await stranger.getByRole('button', { name: 'Paslēpt' }).click()
  assert.equal(new URL(stranger.url()).pathname, '/sign-in')
  assert.deepEqual(await stranger.locator('.banner a').allTextContents(), ['Bankas pieslēgvieta nestrādā'])
  await plain.close()
})
