// The manual's sources: both languages say the same things in the same places, dates are of the texts, links lead somewhere.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { chapters } from '../src/help/chapters.ts'
import { manualIn, targetOf } from '../src/help/manual.ts'
import { chapterOf } from '../src/help/places.ts'
import { digestOf, manualFolder, parseSource } from '../src/help/source.ts'
import { searchIn } from '../src/help/search.ts'
import { locales } from '../src/ui/locale.ts'
import { routesOf } from './routes.ts'
import { openSite, wordsOf } from './site.ts'
import { openWorld } from './world.ts'

const lv = manualIn('lv')
const en = manualIn('en')
const world = await openWorld()
const site = await openSite(world)

/** What is read by programs, or is help itself. */
const noPage = /^\/(api\/v1|assets|help|accessibility|health|status|metrics|offline|sign-in\/callback|notices\/stream|service-worker|calendar\/feed\/|nams\.)|\.(csv|xlsx|atom)$/

test('every page of the program has a chapter', async () => {
  const routes = routesOf(site.server).flatMap((route) => (route.startsWith('GET ') ? [route.slice(4)] : []))
  assert.ok(routes.includes('/cases/:number/meters/:id/readings/:readOn/edit') && routes.includes('/notices/:id/proof'))
  assert.deepEqual(routes.filter((route) => !noPage.test(route) && chapterOf(route) === undefined), [], 'say in src/help/places.ts which chapter is beside it, and write about it')
})

test('a page leads to its own chapter, signed in or not', async () => {
  const anna = await world.person('Anna Kalniņa')
  const guest = await site(anna)
  for (const [path, chapter] of [['/cases', '/help/cases'], ['/notices', '/help/notices'], ['/profile/email', '/help/email'], ['/nowhere', '/help']])
    assert.match((await guest.get(path!)).page, new RegExp(`<a class="help-link" href="${chapter}"`))
  const { page, status } = await site.stranger.get('/help/notices')
  assert.equal(status, 200)
  assert.match(page, /<h1>Paziņojumi<\/h1>/)
  assert.match((await site.stranger.get('/help/notices', 'en')).page, /<h1>Notices<\/h1>/)
})

test('a chapter’s date is of its text', () => {
  for (const { chapters } of [lv, en]) for (const chapter of chapters) assert.equal(chapter.digest, digestOf(chapter), `${chapter.title}: run \`npm run manual:dates\``)
  const { updated, digest, ...rest } = parseSource('---\ntitle: A\nupdated: 2026-01-02\ndigest: x\n---\nText')
  assert.equal(updated, '2026-01-02')
  assert.notEqual(digestOf(rest), digestOf({ ...rest, text: 'Text.' }))
})

test('both languages have the same chapters, sections, words and pictures', () => {
  for (const locale of locales) assert.deepEqual(readdirSync(new URL(`${locale}/`, manualFolder)).sort(), chapters.map((chapter) => `${chapter}.md`).sort())
  const shapes = [lv, en].map(({ chapters }) => chapters.map(({ chapter, sections, words, text }) => ({ chapter, sections: sections.length, words, pictures: text.match(/\]\([a-z-]+\)\n/g)?.sort() })))
  assert.deepEqual(shapes[0], shapes[1])
  assert.deepEqual([...lv.words.keys()].sort(), [...en.words.keys()].sort())
})

test('every link and every word of a chapter leads somewhere', () => {
  for (const manual of [lv, en])
    for (const { chapter, text, words } of manual.chapters) {
      for (const [, target] of text.matchAll(/[^!]\[[^\]]+\]\(([^)]+)\)/g)) {
        const to = targetOf(target!)
        const sections = manual.chapters.find((one) => one.chapter === to?.chapter)?.sections
        assert.ok(sections && (to!.name === '' || sections.some(({ id }) => id === to!.name)), `${chapter}: ${target}`)
      }
      assert.deepEqual(words.filter((word) => !manual.words.has(word)), [], chapter)
    }
})

test('search finds whatever the ending and the diacritics, in titles first', () => {
  const first = (manual: typeof lv, query: string) => searchIn(manual)(query).map(({ chapter, id }) => `${chapter}#${id}`)
  for (const query of ['skaitītājs', 'skaititaju', 'SKAITĪTĀJIEM', 'skaitīt']) assert.ok(first(lv, query).slice(0, 8).includes('meters#'), query)
  assert.ok(first(lv, 'klusas stundas').slice(0, 3).includes('glossary#quiet-hours'))
  assert.ok(first(lv, 'apstiprināt adresi').slice(0, 3).some((place) => place.startsWith('email#')))
  assert.ok(first(en, 'subscribing calendars').slice(0, 3).includes('calendar#'))
  assert.ok(first(en, 'replaced meter').slice(0, 6).some((place) => place.startsWith('questions#') || place.startsWith('readings#')))
  assert.deepEqual(first(lv, 'ktrzzq'), [])
  const [found] = searchIn(en)('reminder')
  assert.ok(found!.snippet.some(({ text, isFound }) => isFound && /^remind/i.test(text)))
})

test('what is searched for is text, not markup', async () => {
  const { page, status } = await site.stranger.get(`/help/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
  assert.equal(status, 200)
  assert.doesNotMatch(page, /<script>alert/)
})

test('the whole manual has every chapter and entry, with links within the page', async () => {
  const { page } = await site.stranger.get('/help/all', 'en')
  for (const { title } of en.chapters) assert.ok(wordsOf(page).includes(title), title)
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
  const [, body = ''] = /<div class="help-whole">(.*)<\/main>/s.exec(page) ?? []
  assert.deepEqual([...body.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id).filter((id) => !ids.has(id)), [])
  assert.equal(ids.size, [...page.matchAll(/ id="/g)].length, 'no two parts have one name')
})

test('a chapter that is not there is missing', async () => {
  assert.equal((await site.stranger.get('/help/nothing')).status, 404)
  assert.equal((await site.stranger.get('/help/pictures/lv/nothing.webp')).status, 404)
})
