// The manual's pictures: of which page each is, through whose eyes, and what is done there first.
import type { BrowserContext, Page } from 'playwright-core'
import { anna, buildingAuthority, inese, manager, solvita } from '../../src/demo/people.ts'
import type { Locale } from '../../src/ui/locale.ts'

type Eyes = readonly [person: string, profile?: string]

const owner: Eyes = [anna.code]
const managing: Eyes = [inese.code, manager.code]
const operating: Eyes = [inese.code]
const authority: Eyes = [solvita.code, buildingAuthority.code]

/** `from`: the part of the page that it begins with. `height` at most. */
type Shown = { name: string; eyes?: Eyes; path: string; isPhone?: true; from?: string; height?: number; first?: (page: Page, address: string) => Promise<unknown> }

const readings = `Skaitītājs;Datums;Rādījums
44-718205;22.11.2026;440,120
G4-90021;22.11.2026;3990,000
EL 5512 7781;22.11.2026;1,000`

export const pictures: readonly Shown[] = [
  { name: 'sign-in', path: '/sign-in', height: 560 },
  { name: 'profile', eyes: owner, path: '/profile', height: 560 },
  { name: 'cases', eyes: owner, path: '/cases', height: 520 },
  { name: 'case', eyes: owner, path: '/cases/EL-00001', height: 640 },
  { name: 'house', eyes: owner, path: '/cases/ML-00001', height: 600 },
  {
    name: 'type-form', eyes: owner, path: '/cases/EL-00001/inspection-types/new', from: '#label', height: 900,
    first: async (page) => {
      await page.locator('#type-2').check()
      await page.locator('[name="firstOn"]').fill('01.03.2027')
      await page.locator('[name="every"]').fill('1')
      await page.locator('[name="every-unit"]').selectOption('YEAR')
      await page.locator('[name="remindBefore"]').fill('1')
      await page.locator('[name="remindBefore-unit"]').selectOption('MONTH')
      await page.locator('#preview', { hasText: '2028' }).waitFor()
    },
  },
  { name: 'inspection-form', eyes: owner, path: '/cases/EL-00001/inspections/new', height: 700 },
  { name: 'plan', eyes: owner, path: '/cases/EL-00001/plan', height: 560 },
  { name: 'history', eyes: owner, path: '/cases/EL-00001/history', height: 560 },
  { name: 'meters', eyes: owner, path: '/cases/ML-00003/meters', height: 560 },
  { name: 'meter-form', eyes: owner, path: '/cases/ML-00003/meters/new', height: 640 },
  { name: 'meter', eyes: owner, path: '/cases/ML-00003/meters/1', isPhone: true, from: '#meter', height: 860 },
  {
    name: 'answer', eyes: owner, path: '/cases/ML-00003/meters/1', isPhone: true, from: '#answers', height: 760,
    first: async (page) => {
      await page.locator('[name="value"]').fill('12')
      await page.locator('.meter-entry button[type="submit"]').click()
      await page.locator('#answers').waitFor()
    },
  },
  { name: 'round', eyes: owner, path: '/cases/ML-00003/round', isPhone: true, height: 760 },
  { name: 'consumption', eyes: owner, path: '/cases/ML-00001/consumption', height: 760 },
  { name: 'balance', eyes: owner, path: '/cases/ML-00001/balance', height: 760 },
  {
    name: 'import', eyes: owner, path: '/readings/import', height: 900,
    first: async (page) => {
      await page.locator('input[type="file"]').setInputFiles({ name: 'radijumi.csv', mimeType: 'text/csv', buffer: Buffer.from(readings) })
      await page.locator('main form button[type="submit"]').first().click()
      await page.waitForURL(/import\/\d+/)
    },
  },
  { name: 'notices', eyes: owner, path: '/notices', height: 560 },
  { name: 'proof', eyes: owner, path: '/notices', height: 560, first: async (page, address) => {
    // Without opening the notice: the other language's picture of the inbox would show it as read, or not.
    const notice = await page.locator('.inbox a').first().getAttribute('href')
    await page.goto(new URL(`${notice}/proof`, address).href)
  } },
  { name: 'preferences', eyes: owner, path: '/profile/notices', height: 640 },
  { name: 'email', eyes: owner, path: '/profile/email', height: 520 },
  { name: 'calendar', eyes: owner, path: '/calendar', height: 760 },
  { name: 'feeds', eyes: owner, path: '/calendar/feeds', height: 520 },
  { name: 'message', eyes: managing, path: '/cases/ML-00001/messages/new', height: 760 },
  { name: 'report', eyes: authority, path: '/reports/new', height: 760 },
  { name: 'announcements', path: '/announcements', height: 480 },
  { name: 'announcement-form', eyes: operating, path: '/announcements/new', height: 700 },
  { name: 'deliveries', eyes: operating, path: '/deliveries', height: 420 },
  { name: 'tokens', eyes: owner, path: '/profile', from: '#tokens', height: 300 },
  { name: 'support-access', eyes: owner, path: '/profile/support-access/open', height: 640 },
  { name: 'desk', eyes: operating, path: '/desk', height: 560 },
  { name: 'problem', eyes: owner, path: '/problems/new?page=/cases', height: 800 },
]

/** As high as most pictures need: what is beyond a window is slow to take. */
const phone = { width: 390, height: 1100 }
const desktop = { width: 1000, height: 1100 }

/** Of WebP, from 0 to 100. */
export const quality = 72

type Opened = { context: (options: { isPhone: boolean; locale: Locale }) => Promise<BrowserContext>; address: string; cookieOf: (person: string, profile?: string) => Promise<{ name: string; value: string; url: string }> }

async function picture(page: Page, { from = 'main', height = 640 }: Shown): Promise<Buffer> {
  await page.evaluate(async () => {
    scrollTo(0, 0)
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    await document.fonts.ready
  })
  const { width, height: windowHeight } = page.viewportSize()!
  const [begins, ends] = await page.locator('main').evaluate((main, from) => {
    const part = from === 'main' ? main : document.querySelector(from)!
    return [part.getBoundingClientRect().top + scrollY, main.getBoundingClientRect().bottom + scrollY] as const
  }, from)
  const top = Math.max(Math.floor(begins - 14), 0)
  const clip = { x: 0, y: top, width, height: Math.min(height, Math.ceil(ends - top) + 14), scale: 1 }
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality, clip, captureBeyondViewport: clip.y + clip.height > windowHeight })
  return Buffer.from(data, 'base64')
}

/** Takes each picture in a language, or just some: with a window for each pair of eyes, so that what pages share is fetched once. */
export async function* takePictures({ context, address, cookieOf }: Opened, locale: Locale, names = pictures.map(({ name }) => name)): AsyncGenerator<{ name: string; content: Buffer }> {
  const windows = new Map<string, Page>()
  const open = async ({ eyes, isPhone }: Shown): Promise<Page> => {
    const own = await context({ isPhone: isPhone ?? false, locale })
    if (eyes) await own.addCookies([await cookieOf(...eyes)])
    const page = await own.newPage()
    await page.setViewportSize(isPhone ? phone : desktop)
    return page
  }
  for (const shown of pictures.filter(({ name }) => names.includes(name))) {
    const key = JSON.stringify([shown.eyes, shown.isPhone])
    const page = windows.get(key) ?? (await open(shown))
    windows.set(key, page)
    await page.goto(address + shown.path)
    await shown.first?.(page, address)
    yield { name: shown.name, content: await picture(page, shown) }
  }
  for (const page of windows.values()) await page.context().close()
}
