import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writing } from '../platform/database.ts'
import { openServer } from '../../test/server.ts'
import { wordsOf } from '../../test/site.ts'
import { date, nobody, openWorld } from '../../test/world.ts'
import { startSession } from './session.ts'
import { tokenActor } from './token.ts'

/** A joint representative of one organisation, signed in. */
async function openProfile() {
  const world = await openWorld()
  const person = await world.person('Anna Kalniņa', 'anna@example.test')
  const company = await world.organisation('SIA “Jaunā māja”')
  await world.represents(person, company, 'joint')
  let now = world.now
  const server = await openServer(world, { clock: () => now })
  const key = await startSession(world.db, person.id, 'test', world.now)
  const cookies = { nams_session: key }
  const see = async (url = '/profile') => (await server.inject({ url, cookies })).body
  const send = (url: string, payload: object = {}) => server.inject({ method: 'POST', url, payload, cookies })
  /** What the page after an issued token says, in a browser that brings the cookies of the answer along; `at` seconds later. */
  const follow = async (answer: Awaited<ReturnType<typeof send>>, own = cookies, at = 0) => {
    now = new Date(world.now.getTime() + at * 1000)
    const brought = Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]))
    return server.inject({ url: String(answer.headers.location), cookies: { ...brought, ...own } })
  }
  return { world, person, company, server, cookies, see, send, follow }
}

test('the profile says who one is, with the code masked, and how each organisation is represented', async () => {
  const { person, see } = await openProfile()
  const page = await see()
  const words = wordsOf(page)
  assert.ok(words.includes(`Anna Kalniņa Personas kods ${person.code.slice(0, 6)}-*****`))
  assert.ok(words.includes('Anna Kalniņa Savā vārdā Pašreizējais') && words.includes('SIA “Jaunā māja” Pārstāvat kopīgi ar citiem'))
  assert.match(words, /anna@example\.test apstiprināta \d\d\.\d\d\.\d{4}/)
  assert.ok(!page.includes(person.code) && !page.includes(person.code.slice(6)))
})

test('an address that nobody verified is told as such', async () => {
  const { world, see } = await openProfile()
  await writing(world.db, (tx) => tx.updateTable('party').set({ email_verified_on: null }).execute())
  assert.ok(wordsOf(await see()).includes('anna@example.test nav apstiprināta'))
})

test('the chosen profile is the one acted in, until the representation ends', async () => {
  const { world, company, see, send } = await openProfile()
  const chosen = await send('/profile/choose', { profile: String(company.id) })
  assert.deepEqual([chosen.statusCode, chosen.headers.location], [303, '/cases?said=profile-chosen'])
  assert.ok(wordsOf(await see()).includes('SIA “Jaunā māja” vārdā'))
  await writing(world.db, (tx) => tx.updateTable('representative').set({ valid_to: date('2026-11-22') }).execute())
  const words = wordsOf(await see())
  assert.ok(words.includes('savā vārdā') && !words.includes('Jaunā māja'))
  assert.equal((await send('/profile/choose', { profile: String(company.id) })).statusCode, 422)
})

test('a token\'s secret is shown once, on the page that follows, and works in the profile chosen for it', async () => {
  const { world, company, see, send, follow } = await openProfile()
  const issued = await send('/profile/tokens', { name: 'Grāmatvedība', profile: String(company.id) })
  assert.deepEqual([issued.statusCode, issued.headers.location, issued.body], [303, '/profile/tokens/issued', ''])
  const shown = await follow(issued)
  assert.equal(shown.headers['cache-control'], 'no-store')
  const secret = /nams_[\w-]{43}/.exec(shown.body)![0]
  const actorOf = () => tokenActor(world.db, secret, { now: world.now, staff: nobody })
  assert.equal((await actorOf())?.profile.id, company.id)
  const page = await see()
  assert.ok(!page.includes(secret))
  assert.ok(wordsOf(page).includes('Grāmatvedība SIA “Jaunā māja”'))
  const revoke = /action="(\/profile\/tokens\/\d+\/revoke)"/.exec(page)![1]!
  assert.equal((await send(revoke)).headers.location, '/profile?said=token-revoked')
  assert.equal(await actorOf(), undefined)
  assert.equal((await send(revoke)).statusCode, 404)
})

const onceIn = ({ cookies }: { cookies: { name: string; value: string; httpOnly?: boolean; sameSite?: string; path?: string; maxAge?: number }[] }) => cookies.find(({ name }) => name === 'nams_once')

test('the page of an issued token, opened again, shows no secret and issues nothing', async () => {
  const { world, company, send, follow, see } = await openProfile()
  const issued = await send('/profile/tokens', { name: 'Grāmatvedība', profile: String(company.id) })
  const kept = onceIn(issued)
  assert.deepEqual([kept?.httpOnly, kept?.sameSite, kept?.path, kept?.maxAge], [true, 'Strict', '/profile/tokens/issued', 120])
  const shown = await follow(issued)
  assert.ok(shown.body.includes('nams_'))
  const forgotten = onceIn(shown)
  assert.deepEqual([forgotten?.name, forgotten?.value, forgotten?.path], [kept?.name, '', kept?.path])
  const again = wordsOf(await see('/profile/tokens/issued'))
  assert.ok(again.includes('Atslēga vairs nav redzama') && !again.includes('nams_'))
  assert.equal((await world.db.selectFrom('api_token').select('id').execute()).length, 1)
})

test('a secret is shown neither after two minutes, nor in another session, nor from a cookie that was changed', async () => {
  const { world, person, cookies, send, follow } = await openProfile()
  const issued = await send('/profile/tokens', { name: 'Grāmatvedība', profile: String(person.id) })
  const stranger = { nams_session: await startSession(world.db, (await world.person('Jānis Ozols')).id, 'test', world.now) }
  assert.ok(!(await follow(issued, stranger)).body.includes('Grāmatvedība'))
  assert.ok(!(await follow(issued, undefined, 120)).body.includes('Grāmatvedība'))
  assert.ok((await follow(issued, undefined, 119)).body.includes('Grāmatvedība'))
  const changed = { ...cookies, nams_once: `x${onceIn(issued)!.value}` }
  assert.ok(!(await follow(issued, changed)).body.includes('Grāmatvedība'))
})

test('a token without a name is refused with what was chosen still there', async () => {
  const { company, see, send } = await openProfile()
  const refused = await send('/profile/tokens', { name: ' ', profile: String(company.id) })
  assert.equal(refused.statusCode, 422)
  assert.ok(wordsOf(refused.body).includes('Ierakstiet nosaukumu'))
  assert.match(refused.body, new RegExp(`value="${company.id}" checked`))
  assert.ok(wordsOf(await see()).includes('Atslēgu nav.'))
})

test('names are shown as text, whatever they hold', async () => {
  const { person, see, send } = await openProfile()
  await send('/profile/tokens', { name: '"><script>alert(1)</script>', profile: String(person.id) })
  const page = await see()
  assert.ok(page.includes('&quot;&gt;&lt;script&gt;alert(1)') && !page.includes('<script>alert'))
})

test('a form that another site sends changes nothing', async () => {
  const { company, see, server, cookies } = await openProfile()
  const choose = (site: string) =>
    server.inject({ method: 'POST', url: '/profile/choose', payload: { profile: String(company.id) }, cookies, headers: { 'sec-fetch-site': site } })
  for (const site of ['cross-site', 'same-site']) assert.equal((await choose(site)).statusCode, 403)
  assert.ok(wordsOf(await see()).includes('savā vārdā'))
  assert.equal((await choose('same-origin')).statusCode, 303)
})
