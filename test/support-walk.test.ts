// Every route of the program, in a session that looks for support: each that changes anything refuses, and where the program's
// own checks are off, the database does; whatever is opened changes nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql, type Kysely } from 'kysely'
import { routesOf } from './routes.ts'
import { sessionCookie } from '../src/people/door.ts'
import type { Reader, Tables } from '../src/platform/database.ts'
import { fullWorld, placeOf, send, sentAsStaff, sentTo, type Sent } from './support-walk.ts'

/** Of the session itself: what support does in it as itself, and what only the browser keeps. */
const ofSession = ['/sign-out', '/session/stay', '/language', '/announcements/dismiss', '/support-access', '/support-access/profile', '/support-access/end']
/** Open to whoever comes without a session or with another key; closed to one that looks all the same. */
const ofOthers = ['/contact', '/sign-in/start', '/sign-in/demo', '/verify/:token', '/u/:token']

const tablesLeft = ['session', 'support_page']

/** What every table holds, but for what a session writes about itself. */
async function held(db: Reader): Promise<Record<string, string>> {
  const names = sql<{ name: string }>`(select tablename::text as name from pg_tables where schemaname = 'public' and tablename <> all(${tablesLeft}::text[]))`
  const tables = (await db.selectFrom(names.as('one')).select('name').execute()).map(({ name }) => name)
  const all = tables.map((name) => sql`select ${name}::text as name, md5(coalesce(string_agg(one::text, '|' order by one::text), '')) as rows from ${sql.table(name)} one`)
  const rows = await db.selectFrom(sql<{ name: string; rows: string }>`(${sql.join(all, sql` union all `)})`.as('one')).selectAll().execute()
  return Object.fromEntries(rows.map(({ name, rows }) => [name, rows]))
}

/** How many transactions have written anything so far, and how many pages were written down as looked at. */
const written = (db: Reader) =>
  db.selectFrom(sql<{ transactions: number; pages: number }>`(select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as transactions, (select count(*) from support_page) as pages)`.as('one')).selectAll().executeTakeFirstOrThrow()

/** Whether every table holds what it did, asked after each step: looked up in full where more was written than the page looked at. */
async function watching(db: Reader) {
  const before = await held(db)
  let last = await written(db)
  return async (step: string) => {
    const now = await written(db)
    if (now.transactions - last.transactions !== now.pages - last.pages) assert.deepEqual(await held(db), before, step)
    last = now
  }
}

const changing = (routes: readonly string[]) => routes.filter((route) => !/^(GET|HEAD|OPTIONS) /.test(route)).map((route) => route.split(' ') as [string, string])

/** A person with something of everything, and somebody of support who looks. `isGuarded`: with the program's own checks. */
async function walking({ isGuarded = true, scope = { scope: 'all' } as Record<string, string> }) {
  const built = await fullWorld()
  // The same handle under another name, to which neither doors nor `writing` object.
  const walked = isGuarded ? built : await built.serve({ viewer: (built.world.database.viewer as Kysely<Tables>).withoutPlugins() })
  const staff = await walked.browser(built.marta)
  assert.equal((await built.own.post('/profile/support-access/open', scope)).status, 303)
  assert.equal((await staff.post('/support-access', { report: built.report })).status, 303)
  const turn = (profile: { id: number }) => staff.post('/support-access/profile', { profile: String(profile.id) })
  return { ...built, server: walked.server, staff, turn, routes: routesOf(walked.server) }
}

const sentBy = (route: string, forms: Record<string, Sent>) => forms[route] ?? sentAsStaff[route] ?? {}
const mayOnlyLook = 'Atbalsts var tikai skatīties'

test('each route that changes something is known to the walk', async () => {
  const { routes, janis, firm } = await walking({})
  const known = [...Object.keys(sentTo({ janis, firm })), ...Object.keys(sentAsStaff), ...ofSession, ...ofOthers]
  const own = changing(routes).map(([, route]) => route).filter((route) => !route.startsWith('/api/v1/'))
  assert.deepEqual(own.filter((route) => !known.includes(route)), [], 'a new form is given to the walk in test/support-walk.ts')
  assert.deepEqual(known.filter((route) => !own.includes(route)), [])
})

test('their person could send each form of the walk, and it would change something', async () => {
  const { world, own, anna, firm, janis, report } = await fullWorld()
  for (const [route, sent] of Object.entries({ ...sentTo({ janis, firm }), ...sentAsStaff })) {
    await own.post('/profile/choose', { profile: String(sent.as === 'firm' ? firm.id : anna.id) })
    if (route === '/notices/:id') await own.get(placeOf(route, report)!)
    const before = await held(world.db)
    const { status, words } = await send(own, placeOf(route, report)!, sent)
    assert.equal(status, 303, `${route}: ${words}`)
    if (route !== '/profile/choose' && route !== '/profile/sessions/:id/end') assert.notDeepEqual(await held(world.db), before, route)
  }
})

test('in a session that looks each of them is refused, and nothing is changed', async () => {
  const { world, server, staff, janis, firm, report, routes } = await walking({})
  const isAsBefore = await watching(world.db)
  const forms = sentTo({ janis, firm })
  for (const [method, route] of changing(routes)) {
    if (ofSession.includes(route)) continue
    const place = placeOf(route, report)!
    if (route.startsWith('/api/v1/')) {
      const { statusCode } = await server.inject({ method: method as 'POST', url: place, cookies: { [sessionCookie]: staff.key }, payload: {} })
      assert.equal(statusCode, 401, `${method} ${route}`)
    } else {
      const { status, words } = await send(staff, place, sentBy(route, forms))
      assert.deepEqual([status, words.includes(mayOnlyLook)], [403, true], `${route}: ${words}`)
    }
    await isAsBefore(route)
  }
})

test('what is of the session itself changes nothing for anybody', async () => {
  const { world, staff } = await walking({})
  const isAsBefore = await watching(world.db)
  for (const [route, form] of [['/session/stay', {}], ['/language', { language: 'en', to: '/' }], ['/announcements/dismiss', { banner: '1.1.a' }]] as const) {
    assert.ok((await staff.post(route, form)).status < 400, route)
    await isAsBefore(route)
  }
})

test('with the program’s own checks off the database refuses each of them, and what is for the installation’s staff is lent to nobody', async () => {
  const { world, staff, turn, anna, janis, firm, report } = await walking({ isGuarded: false })
  let isAsBefore = await watching(world.db)
  for (const [route, sent] of Object.entries(sentTo({ janis, firm }))) {
    if (sent.as === 'firm') {
      await turn(firm)
      isAsBefore = await watching(world.db)
    }
    const { status, words } = await send(staff, placeOf(route, report)!, sent)
    assert.deepEqual([status, words.includes(mayOnlyLook)], [403, true], `${route}: ${words}`)
    await isAsBefore(route)
    if (sent.as === 'firm') {
      await turn(anna)
      isAsBefore = await watching(world.db)
    }
  }
  for (const [route, sent] of Object.entries(sentAsStaff)) {
    assert.ok([403, 404].includes((await send(staff, placeOf(route, report)!, sent)).status), route)
    await isAsBefore(route)
  }
})

/** Not for support to see, though their person does. */
const kept = ['/profile/tokens', '/profile/tokens/issued', '/calendar/feeds', '/calendar/feeds/made', '/profile/devices', '/notices/stream']
/** Not there for whoever is neither operator nor at the desk and acts for no authority, or without the key that opens it. */
const absent = ['/desk', '/desk/:number', '/desk/answers', '/desk/answers/new', '/desk/answers/:id', '/desk/known', '/desk/known/new', '/desk/known/:id', '/runs', '/deliveries', '/announcements/new', '/announcements/:id/edit', '/announcements/:id', '/reports', '/reports/new', '/reports/:id', '/verify/:token', '/u/:token', '/calendar/feed/:secret.ics', '/sign-in/callback', '/help/pictures/:locale/:name']

const opening = (routes: readonly string[]) => routes.filter((route) => route.startsWith('GET ')).map((route) => route.slice(4))

test('whatever a session that looks opens is shown without personal codes or secrets, and changes nothing', async () => {
  const { world, server, staff, turn, report, routes, anna, firm, janis, marta } = await walking({})
  const secrets = [anna, janis, marta].flatMap(({ code }) => [code, `${code.slice(0, 6)}-`])
  const isAsBefore = await watching(world.db)
  const refused = new Set<string>()
  for (const route of opening(routes)) {
    const place = placeOf(route, report)
    assert.ok(place, `the way to ${route} is given to the walk in test/support-walk.ts`)
    const { statusCode, body } = await server.inject({ url: place, cookies: { [sessionCookie]: staff.key } })
    if (statusCode !== 200 && !route.startsWith('/api/v1/')) refused.add(route)
    assert.ok(statusCode < 500, route)
    // The API’s description has an invented code in it, and asks for a token whoever looks.
    if (!route.startsWith('/api')) assert.deepEqual(secrets.filter((secret) => body.includes(secret)), [], route)
    await isAsBefore(route)
  }
  assert.deepEqual([...refused].sort(), [...kept, ...absent].sort())
  await turn(firm)
  for (const path of ['/reports', '/reports/new', '/profile', '/cases', '/calendar', '/notices', '/profile/notices', '/profile/email']) assert.equal((await staff.get(path)).status, 200, path)
})

test('where one case is opened nothing is shown but its pages and what is open to everyone', async () => {
  const { server, staff, report, routes } = await walking({ scope: { scope: 'case', case: 'EL-1' } })
  for (const route of opening(routes)) {
    const url = placeOf(route, report)!
    const isOpenTo = async (cookies: Record<string, string>) => (await server.inject({ url, cookies })).statusCode === 200
    const isShown = await isOpenTo({ [sessionCookie]: staff.key })
    const may = url.startsWith('/cases/EL-1') || route.startsWith('/support-access') || (await isOpenTo({}))
    assert.equal(isShown, may, route)
  }
})
