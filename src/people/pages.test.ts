import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writing } from '../platform/database.ts'
import { openServer } from '../../test/server.ts'
import { wordsOf } from '../../test/site.ts'
import { date, openWorld } from '../../test/world.ts'
import { startSession } from './session.ts'
import { tokenActor } from './token.ts'

/** A joint representative of one organisation, signed in. */
async function openProfile() {
  const world = await openWorld()
  const person = await world.person('Anna Kalniņa', 'anna@example.test')
  const company = await world.organisation('SIA “Jaunā māja”')
  await world.represents(person, company, 'joint')
  const server = await openServer(world)
  const key = await startSession(world.db, person.id, 'test', world.now)
  const cookies = { nams_session: key }
  const see = async (url = '/profile') => (await server.inject({ url, cookies })).body
  const send = (url: string, payload: object = {}) => server.inject({ method: 'POST', url, payload, cookies })
  return { world, person, company, server, cookies, see, send }
}

test('the profile says who one is, with the code masked, and how each organisation is represented', async () => {
  const { person, see } = await openProfile()
  const page = await see()
  const words = wordsOf(page)
  assert.ok(words.includes(`Anna Kalniņa Personas kods ${person.code.slice(0, 6)}-*****`))
  assert.ok(words.includes('Anna Kalniņa Savā vārdā Pašreizējais') && words.includes('SIA “Jaunā māja” Pārstāvat kopīgi ar citiem'))
  assert.ok(words.includes('anna@example.test apstiprināta'))
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
  const { world, company, see, send } = await openProfile()
  const issued = await send('/profile/tokens', { name: 'Grāmatvedība', profile: String(company.id) })
  assert.equal(issued.headers['cache-control'], 'no-store')
  const secret = /nams_[\w-]{43}/.exec(issued.body)![0]
  const actorOf = () => tokenActor(world.db, secret, { now: world.now, operatorCodes: new Set() })
  assert.equal((await actorOf())?.profile.id, company.id)
  const page = await see()
  assert.ok(!page.includes(secret))
  assert.ok(wordsOf(page).includes('Grāmatvedība SIA “Jaunā māja”'))
  const revoke = /action="(\/profile\/tokens\/\d+\/revoke)"/.exec(page)![1]!
  assert.equal((await send(revoke)).headers.location, '/profile?said=token-revoked')
  assert.equal(await actorOf(), undefined)
  assert.equal((await send(revoke)).statusCode, 404)
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
