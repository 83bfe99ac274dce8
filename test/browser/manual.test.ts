// The manual's pictures taken anew beside the kept ones, and its PDFs. `npm run manual` keeps what it takes instead.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { manualIn } from '../../src/help/manual.ts'
import { pdfFile } from '../../src/help/pdf.ts'
import { pictureFile } from '../../src/help/pictures.ts'
import { digestOfManual } from '../../src/help/whole.ts'
import { locales, type Locale } from '../../src/ui/locale.ts'
import { openManualWorld } from '../manual/world.ts'
import { pictures, takePictures } from '../manual/pictures.ts'
import { openBrowser } from './browser.ts'

const renews = process.env['NAMS_RENEW_MANUAL'] !== undefined
const browser = await openBrowser()
const { address, cookieOf } = await openManualWorld()
const languages: Record<Locale, string> = { lv: 'lv-LV', en: 'en-GB' }

const context = ({ isPhone, locale }: { isPhone: boolean; locale: Locale }) =>
  browser.newContext({ locale: languages[locale], timezoneId: 'Europe/Riga', reducedMotion: 'reduce', isMobile: isPhone })

/**
 * How many pixels of two pictures differ clearly, each halved first: so the smoothing of letters counts for little, and a
 * changed letter for about ten. Infinite where their sizes differ.
 */
const differing = (page: Page, pair: string[]): Promise<number> =>
  page.evaluate(async (pair) => {
    const [one, other] = await Promise.all(pair.map(async (data) => createImageBitmap(await (await fetch(`data:image/webp;base64,${data}`)).blob())))
    if (one!.width !== other!.width || one!.height !== other!.height) return 1e9
    const [width, height] = [one!.width >> 1, one!.height >> 1]
    const [a, b] = [one!, other!].map((bitmap) => {
      const drawn = new OffscreenCanvas(width, height).getContext('2d')!
      drawn.drawImage(bitmap, 0, 0, width, height)
      return drawn.getImageData(0, 0, width, height).data
    })
    let count = 0
    for (let at = 0; at < a!.length; at += 4) if (Math.max(...[0, 1, 2].map((channel) => Math.abs(a![at + channel]! - b![at + channel]!))) > 56) count++
    return count
  }, pair)

const most = 8

/** Which of these pictures differ from the kept ones. */
async function grownAmong(locale: Locale, names?: string[]): Promise<string[]> {
  const page = await browser.newPage()
  const grown: string[] = []
  for await (const { name, content } of takePictures({ context, address, cookieOf }, locale, names)) {
    if (renews) {
      mkdirSync(new URL('.', pictureFile(locale, name)), { recursive: true })
      writeFileSync(pictureFile(locale, name), content)
    } else if ((await differing(page, [content, readFileSync(pictureFile(locale, name))].map((one) => one.toString('base64')))) > most) grown.push(name)
  }
  return grown
}

/** A picture that was taken before all of its page was drawn is taken once more. */
async function grownIn(locale: Locale): Promise<string[]> {
  const grown = await grownAmong(locale)
  return grown.length === 0 ? [] : (await grownAmong(locale, grown)).map((name) => `${locale}/${name}`)
}

test('the pictures of the manual are of the pages as they are', async () => {
  const grown = await Promise.all(locales.map(grownIn))
  assert.deepEqual(grown.flat(), [], 'these pages look different now: `npm run manual` takes their pictures anew')
  for (const locale of locales) assert.deepEqual([...manualIn(locale).pictures.keys()].sort(), pictures.map(({ name }) => name).sort(), 'each is in a chapter')
})

test('a changed word would be seen', { skip: renews }, async () => {
  const page = await (await context({ isPhone: false, locale: 'lv' })).newPage()
  await page.goto(`${address}/announcements`)
  const shot = async () => (await (await page.context().newCDPSession(page)).send('Page.captureScreenshot', { format: 'webp', quality: 72 })).data
  const blank = await browser.newPage()
  const before = await shot()
  assert.ok((await differing(blank, [before, await shot()])) <= most)
  await page.locator('h1').evaluate((heading) => (heading.textContent = heading.textContent!.replace('Sistēmas', 'Sistēmu')))
  assert.ok((await differing(blank, [before, await shot()])) > most)
})

async function print(locale: Locale): Promise<void> {
  const page = await (await context({ isPhone: false, locale })).newPage()
  const blank = await browser.newPage()
  // A PDF keeps JPEG as it is, and WebP as raw pixels.
  await page.route('**/help/pictures/**', async (route) => {
    const webp = (await (await route.fetch()).body()).toString('base64')
    const jpeg = await blank.evaluate(async (data) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/webp;base64,${data}`)).blob())
      const [width, height] = [bitmap.width, bitmap.height].map((length) => Math.round(length * 0.85))
      const canvas = Object.assign(document.createElement('canvas'), { width, height })
      canvas.getContext('2d')!.drawImage(bitmap, 0, 0, width!, height!)
      return canvas.toDataURL('image/jpeg', 0.6).split(',')[1]!
    }, webp)
    await route.fulfill({ contentType: 'image/jpeg', body: Buffer.from(jpeg, 'base64') })
  })
  await page.goto(`${address}/help/all`, { waitUntil: 'networkidle' })
  await page.pdf({ path: fileURLToPath(pdfFile(locale)), format: 'A4', outline: true, tagged: true, printBackground: true, preferCSSPageSize: true })
}

const poppler = (tool: string, ...options: string[]) => execFileSync(tool, options, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
const inOneLine = (text: string) => text.replace(/[\s\u00ad]+/g, ' ')

for (const locale of locales)
  test(`the PDF of the manual is of these texts and pictures, and has its bookmarks: ${locale}`, async () => {
    if (renews) await print(locale)
    const manual = manualIn(locale)
    const file = fileURLToPath(pdfFile(locale))
    const text = inOneLine(poppler('pdftotext', '-nopgbrk', file, '-'))
    assert.ok(text.includes(digestOfManual(manual)), 'printed of other texts or pictures: run `npm run manual`')
    for (const { title, sections } of manual.chapters) {
      const sentence = sections.find((section) => section.text !== '')!.text.split(/(?<=[.?!:])\s/)[0]!
      assert.ok(text.includes(title), title)
      assert.ok(text.includes(sentence.split(' ').slice(0, 5).join(' ')), sentence)
    }
    const images = poppler('pdfimages', '-list', file).split('\n').filter((line) => / image /.test(line))
    assert.ok(images.length >= pictures.length, `${images.length} pictures`)
    const outline = poppler('pdftohtml', '-xml', '-stdout', '-i', file).match(/<outline>.*<\/outline>/s)?.[0] ?? ''
    for (const { title } of manual.chapters) assert.ok(outline.includes(`>${title.replaceAll('&', '&amp;')}<`), `a bookmark for ${title}`)
    assert.match(poppler('pdfinfo', file), /Tagged:\s+yes/)
  })
