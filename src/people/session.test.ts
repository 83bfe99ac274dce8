import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openServer } from '../../test/server.ts'
import { openWorld } from '../../test/world.ts'

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

/** A demo with one person; `at` moves the clock to seconds after the beginning. */
async function onePerson() {
  const world = await openWorld()
  const person = await world.person('Anna Kalniņa')
  let now = world.now
  const server = await openServer(world, { demo: true, secure: true, clock: () => now })
  const cookies = (key?: string) => (key ? { cookies: { nams_session: key } } : {})
  const post = (url: string, payload: object = {}, key?: string, agent = firefox, more: Record<string, string> = {}) =>
    server.inject({ method: 'POST', url, payload, ...cookies(key), headers: { 'user-agent': agent, ...more } })
  const signIn = async (who = person, key?: string, agent?: string) => {
    const answer = await post('/sign-in/demo', { person: String(who.id) }, key, agent)
    const cookie = answer.cookies.find(({ name }) => name === 'nams_session')!
    return { key: cookie.value, cookie }
  }
  const at = (seconds: number) => (now = new Date(world.now.getTime() + seconds * 1000))
  const page = (key: string) => server.inject({ url: '/profile', ...cookies(key) })
  const visit = (url: string) => server.inject({ url })
  const isOpen = async (key: string) => (await page(key)).statusCode === 200
  return { world, person, signIn, post, page, visit, at, isOpen }
}

test('a session ends after 30 minutes without a request, and not before', async () => {
  const { signIn, at, isOpen } = await onePerson()
  const { key } = await signIn()
  at(29 * 60 + 59)
  assert.ok(await isOpen(key))
  at(29 * 60 + 59 + 30 * 60 - 1)
  assert.ok(await isOpen(key))
  at(29 * 60 + 59 + 30 * 60 - 1 + 30 * 60)
  assert.ok(!(await isOpen(key)))
})

test('a request that only stays keeps the session alive, and says so when it is too late', async () => {
  const { signIn, at, post, isOpen } = await onePerson()
  const { key } = await signIn()
  at(29 * 60)
  assert.equal((await post('/session/stay', {}, key)).statusCode, 204)
  at(58 * 60)
  assert.ok(await isOpen(key))
  at(88 * 60)
  assert.equal((await post('/session/stay', {}, key)).statusCode, 401)
})

test('the time of a request is written at most every 15 seconds, so a session ends at most so much early', async () => {
  const { world, signIn, at, isOpen } = await onePerson()
  const { key } = await signIn()
  const seen = async (seconds: number) => {
    at(seconds)
    await isOpen(key)
    const { seen_at } = await world.db.selectFrom('session').select('seen_at').executeTakeFirstOrThrow()
    return (seen_at.getTime() - world.now.getTime()) / 1000
  }
  assert.deepEqual([await seen(14), await seen(15), await seen(29), await seen(30)], [0, 15, 15, 30])
})

test('signing in again in the same browser gives a new key, and the old one is dead', async () => {
  const { world, person, signIn, isOpen } = await onePerson()
  const first = await signIn()
  const second = await signIn(person, first.key)
  assert.notEqual(first.key, second.key)
  assert.deepEqual([await isOpen(first.key), await isOpen(second.key)], [false, true])
  const other = await signIn(await world.person('Jānis Ozols'), second.key)
  assert.deepEqual([await isOpen(second.key), await isOpen(other.key)], [false, true])
})

test('a key that a browser brings along never becomes a session', async () => {
  const { person, signIn, isOpen } = await onePerson()
  const { key } = await signIn(person, 'planted')
  assert.notEqual(key, 'planted')
  assert.ok(!(await isOpen('planted')))
})

test('the key is kept from scripts, other sites and plain connections, and its row holds only a hash', async () => {
  const { world, signIn } = await onePerson()
  const { key, cookie } = await signIn()
  assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.secure], [true, 'Lax', true])
  assert.ok(!JSON.stringify(await world.db.selectFrom('session').selectAll().execute()).includes(key))
})

test('a person sees their open sessions and ends one that is open in another browser', async () => {
  const { world, person, signIn, post, page, isOpen } = await onePerson()
  const [here, there] = [await signIn(), await signIn(person, undefined, phone)]
  const { body } = await page(here.key)
  assert.ok(body.includes('Firefox, Windows') && body.includes('Safari, iPhone') && body.includes('šī sesija'))
  const action = /action="(\/profile\/sessions\/\d+\/end)"/g
  const [end, ...more] = [...body.matchAll(action)].map((match) => match[1]!)
  assert.deepEqual(more, [], 'the session that asks has no button')
  const stranger = await signIn(await world.person('Jānis Ozols'))
  assert.equal((await post(end!, {}, stranger.key)).statusCode, 404)
  assert.ok(await isOpen(there.key))
  assert.equal((await post(end!, {}, here.key)).headers.location, '/profile?said=session-ended')
  assert.deepEqual([await isOpen(here.key), await isOpen(there.key)], [true, false])
})

test('a form that is sent after the session ended leads back to its page, and says that nothing was kept', async () => {
  const { world, person, signIn, at, post, visit } = await onePerson()
  const { key } = await signIn()
  const sent = { name: 'Grāmatvedība', profile: String(person.id) }
  at(30 * 60)
  const late = await post('/profile/tokens', sent, key)
  assert.deepEqual([late.statusCode, late.headers.location], [303, '/sign-in?to=%2Fprofile%2Ftokens&ended=1'])
  assert.deepEqual(await world.db.selectFrom('api_token').select('id').execute(), [])
  const { body } = await visit(late.headers.location!)
  assert.ok(body.includes('ievadītais nav saglabāts') && body.includes('name="to" value="/profile/tokens"'))
  assert.ok(!(await visit('/sign-in?to=/profile')).body.includes('ievadītais nav saglabāts'))
  assert.equal((await post('/sign-in/demo', { person: String(person.id), to: '/profile/tokens' })).headers.location, '/profile/tokens')
})

test('a button that is pressed after the session ended leads back to the page that it was on, of this site alone', async () => {
  const { post } = await onePerson()
  const from = async (referer: string) => (await post('/profile/sessions/1/end', {}, undefined, firefox, { host: 'nams.test', referer })).headers.location
  assert.equal(await from('http://nams.test/profile?x=1'), '/sign-in?to=%2Fprofile%3Fx%3D1&ended=1')
  assert.equal(await from('http://elsewhere.test/profile'), '/sign-in?to=%2F&ended=1')
})

test('leaving ends the session for good', async () => {
  const { signIn, post, isOpen } = await onePerson()
  const { key } = await signIn()
  await post('/sign-out', {}, key)
  assert.ok(!(await isOpen(key)))
})
