// A real browser before a real server: Debian's Chromium, and the program's pages over a small world.
import { after } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type Page } from 'playwright-core'
import { createApp, type AppSettings } from '../../src/app.ts'
import type { Installation } from '../../src/people/door.ts'
import { unreadCount } from '../../src/notifications/store.ts'
import { nobody, type World } from '../world.ts'

export const phone = { width: 390, height: 844 }
export const desktop = { width: 1280, height: 900 }

export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  })
  after(() => browser.close())
  return browser
}

/** The pages of a world as a demo; `set` moves the clock. */
export async function serveWorld(world: World, settings: Partial<AppSettings> = {}, changes: Partial<Installation> = {}) {
  let now = world.now
  const installation = {
    db: world.db,
    viewer: world.database.viewer,
    settings: world.system().settings,
    staff: nobody,
    demo: true,
    secure: false,
    clock: () => now,
    unread: unreadCount,
    ...changes,
  }
  const server = await createApp(installation, { secret: 'a secret of a test, long enough to sign with', trustProxy: false, logger: false, lookEvery: 200, ...settings })
  after(() => server.close())
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  return { address, set: (instant: string) => (now = new Date(instant)), close: () => server.close() }
}

/** Lets a person in, in their own name where they may act in others too. */
export async function signIn(page: Page, address: string, person: string): Promise<void> {
  page.setDefaultTimeout(8000)
  await page.goto(`${address}/sign-in`)
  await page.getByRole('button', { name: person }).click()
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in')
  if (new URL(page.url()).pathname === '/profile/choose') await page.locator('main form button').first().click()
  await page.waitForURL(({ pathname }) => pathname !== '/profile/choose')
}

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds against WCAG 2.2 AA on the page as it stands. */
export async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).options({ runOnly: levels, resultTypes: ['violations'] }).analyze()
  return violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}

/** Whether the page is wider than the screen. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
