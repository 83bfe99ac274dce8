// A person verifies an address by the mail's link, and switches mails off by another, in a real browser without scripts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tell } from '../../src/notifications/tell.ts'
import { writing } from '../../src/platform/database.ts'
import { linkIn, openOffice } from '../post.ts'
import { openServer } from '../server.ts'
import { openWorld } from '../world.ts'
import { axe, desktop, openBrowser, phone, scrollsSideways, signIn } from './browser.ts'

const shots = process.env['SHOTS']

async function openScene() {
  const world = await openWorld()
  const person = await world.person('Anna Kalniņa')
  const office = await openOffice(world)
  const server = await openServer(world, { demo: true }, { secret: 'x'.repeat(64) })
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  return { world, person, office, address, browser: await openBrowser() }
}

test('an address is given, verified by the mail’s link and shown as verified; mails are switched off by theirs', async () => {
  const { world, person, office, address, browser } = await openScene()
  const page = await (await browser.newContext({ viewport: phone, locale: 'lv', javaScriptEnabled: false })).newPage()
  await signIn(page, address, 'Anna Kalniņa')
  await page.goto(`${address}/profile`)
  await page.getByRole('link', { name: 'Mainīt vai apstiprināt' }).click()
  await page.getByLabel('E-pasta adrese', { exact: true }).fill('anna@example.test')
  await page.getByRole('button', { name: 'Saglabāt un nosūtīt saiti' }).click()
  await page.getByText('Vēstule ar saiti tiks nosūtīta tūlīt').waitFor()
  const [mail] = await office.sendAfter()
  const stranger = await (await browser.newContext({ viewport: phone, locale: 'lv', javaScriptEnabled: false })).newPage()
  stranger.setDefaultTimeout(8000)
  await stranger.goto(`${address}${linkIn(mail!, '/verify/')}`)
  await stranger.getByRole('button', { name: 'Apstiprināt adresi' }).click()
  await stranger.getByRole('heading', { level: 1, name: 'Adrese apstiprināta' }).waitFor()
  await page.goto(`${address}/profile/email`)
  await page.getByText('apstiprināta 23.11.2026').waitFor()
  const data = { number: 'P-7', authority: 'Cēsu būvvalde', date: '2026-11-20', about: 'Ķiršu iela 12' }
  await writing(world.db, (tx) => tell(tx, world.system(), { kind: 'DESIGN_APPROVED', data, recipients: [person.id] }))
  const [told] = await office.sendAfter()
  await stranger.goto(`${address}${linkIn(told!, '/u/')}`)
  await stranger.getByRole('button', { name: 'Vairs nesūtīt' }).click()
  await stranger.getByRole('heading', { level: 1, name: 'E-pasti izslēgti' }).waitFor()
})

test('the pages of addresses and links hold nothing against anyone, in both languages, on a phone and a desktop', async () => {
  const { world, person, office, address, browser } = await openScene()
  await writing(world.db, async (tx) => {
    await tx.updateTable('party').set({ email: 'anna.kalnina-ar-loti-garu-adresi@apsaimniekosana.example.test', email_verified_on: world.today }).where('id', '=', person.id).execute()
    for (const [place, verified_on] of [['viena', world.today], ['otra', null]] as const) await tx.insertInto('other_email').values({ party_id: person.id, address: `${place}@example.test`, verified_on }).execute()
    const answer = '550 5.1.1 The email account that you tried to reach does not exist'
    await tx.insertInto('suppressed_address').values({ address: 'anna.kalnina-ar-loti-garu-adresi@apsaimniekosana.example.test', answer, suppressed_at: world.now }).execute()
  })
  for (const viewport of [phone, desktop])
    for (const locale of ['lv', 'en']) {
      const page = await (await browser.newContext({ viewport, locale })).newPage()
      const look = async (name: string) => {
        if (shots) await page.screenshot({ path: `${shots}/${name}-${locale}-${viewport.width}.png`, fullPage: true })
        assert.deepEqual([await axe(page), await scrollsSideways(page)], [[], false], `${page.url()} ${locale} ${viewport.width}`)
      }
      await signIn(page, address, 'Anna Kalniņa')
      await page.goto(`${address}/profile/email`)
      await look('addresses')
      await page.locator('#address').fill('a@b')
      await page.locator('main form.form button').click()
      await page.locator('#address-error').waitFor()
      await look('refused')
      await page.goto(`${address}/profile/email/1/remove`)
      await look('remove')
      await page.goto(`${address}/notices`)
      await look('banner')
      await page.goto(`${address}/verify/1.x`)
      await look('gone')
      await page.goto(`${address}/u/x`)
      await look('forged')
    }
  assert.ok(office)
})
