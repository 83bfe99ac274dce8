// Sign-in through a provider in a real browser, with scripts off: its policy for forms and its cookies are the real ones.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anna, openProviderSite } from '../provider-site.ts'
import { axe, desktop, openBrowser, phone, scrollsSideways } from './browser.ts'

test('a person comes in through the provider, takes a token, and leaves through the provider, without scripts', async () => {
  const { provider, home, world } = await openProviderSite()
  provider.choice.account = anna
  const browser = await openBrowser()
  const context = await browser.newContext({ viewport: phone, locale: 'lv', javaScriptEnabled: false })
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  await page.goto(`${home}/profile`)
  await page.getByRole('button', { name: /^Turpināt ar/ }).click()
  await page.waitForURL(`${home}/profile`)
  await page.getByRole('heading', { level: 1, name: 'Anna Kalniņa' }).waitFor()
  await page.getByRole('link', { name: 'Jauna API atslēga' }).click()
  await page.getByRole('button', { name: 'Izsniegt atslēgu' }).click()
  await page.getByRole('link', { name: 'Ierakstiet nosaukumu' }).waitFor()
  await page.getByLabel('Nosaukums').fill('Grāmatvedība')
  await page.getByRole('button', { name: 'Izsniegt atslēgu' }).click()
  assert.match(await page.getByLabel('Atslēga', { exact: true }).inputValue(), /^nams_[\w-]{43}$/)
  await page.getByRole('link', { name: 'Atpakaļ uz profilu' }).click()
  await page.getByRole('button', { name: 'Anulēt – Grāmatvedība' }).click()
  await page.getByText('Atslēga anulēta').waitFor()
  await page.getByRole('button', { name: 'Iziet' }).click()
  await page.waitForURL(`${provider.issuer}/session/end*`)
  const open = await world.db.selectFrom('session').select('id').where('ended_at', 'is', null).execute()
  assert.deepEqual(open, [])
})

test('the pages of sign-in and profile hold nothing against anyone, in both languages, on a phone and a desktop', async () => {
  const { provider, home, world } = await openProviderSite({ demo: true })
  const person = await world.person('Anna Kalniņa', 'anna@example.test')
  await world.represents(person, await world.organisation('SIA “Ļoti gara nosaukuma apsaimniekošanas sabiedrība”'), 'joint')
  for (const at of ['Ķiršu iela 1, Cēsis', 'Ķiršu iela 2, Cēsis']) await world.holds(person, await world.building(at))
  const browser = await openBrowser()
  for (const viewport of [phone, desktop])
    for (const locale of ['lv', 'en']) {
      const page = await (await browser.newContext({ viewport, locale })).newPage()
      page.setDefaultTimeout(8000)
      const look = async () => assert.deepEqual([await axe(page), await scrollsSideways(page)], [[], false], `${page.url()} ${locale} ${viewport.width}`)
      await page.goto(`${home}/sign-in`)
      await look()
      provider.choice.account = null
      await page.locator('form[action="/sign-in/start"] button').click()
      await page.waitForURL(`${home}/sign-in/callback*`)
      await look()
      await page.goto(`${home}/sign-in?to=/profile`)
      await page.getByRole('button', { name: 'Anna Kalniņa' }).click()
      await page.waitForURL(`${home}/profile`)
      await look()
      await page.locator('form[action="/profile/choose"] button').click()
      await page.goto(`${home}/profile`)
      await look()
      await page.goto(`${home}/profile/tokens`)
      await page.locator('main form button').click()
      await look()
      await page.locator('#name').fill('x')
      await page.locator('main form button').click()
      await page.locator('#secret').waitFor()
      await look()
    }
})
