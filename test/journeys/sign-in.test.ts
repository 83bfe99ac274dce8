import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anna, openProviderSite as openSite, type ProviderSite } from '../provider-site.ts'
import { openVisitor, type Seen } from '../visitor.ts'

const moved = (from: Date, minutes: number) => new Date(from.getTime() + minutes * 60_000)
const isIn = (seen: Seen) => seen.status === 200 && seen.url.pathname === '/profile'

async function assertRefused(site: ProviderSite, seen: Seen, status: number, words: string, line: { reason: string; detail: string | undefined }) {
  assert.equal(seen.status, status)
  assert.ok(seen.text.includes(`<h1>${words}</h1>`), seen.text)
  assert.ok(!site.visitor.cookies.has('nams_session'))
  assert.deepEqual(site.lines, [line])
  assert.deepEqual(await site.persons(), [])
  assert.equal((await site.visitor.visit(`${site.home}/profile`)).url.pathname, '/sign-in')
}

test('whoever the provider vouches for is registered, signed in and sent where they were going', async () => {
  const { provider, home, visitor, persons, events, lines } = await openSite()
  provider.choice.account = anna
  const asked = await visitor.visit(`${home}/profile`)
  assert.equal(`${asked.url.pathname}${asked.url.search}`, '/sign-in?to=%2Fprofile')
  assert.ok(asked.text.includes(`Turpināt ar ${new URL(provider.issuer).host}</button>`))
  const seen = await visitor.submit(`${home}/sign-in/start`, { to: '/profile' })
  assert.ok(isIn(seen))
  assert.ok(seen.text.includes('<h1>Anna Kalniņa</h1>') && seen.text.includes('320000-*****'))
  const [person] = await persons()
  assert.deepEqual(await persons(), [{ id: person!.id, code: '32000012345', name: 'Anna Kalniņa' }])
  assert.deepEqual(await events(), [{ case_id: 0, action: 'party.registered', actor_id: null, before: null, after: { name: 'Anna Kalniņa' } }])
  assert.deepEqual(lines, [])
  assert.ok(visitor.trail.every((address) => !/320000-?12345/.test(address)), visitor.trail.join('\n'))
})

test('claims are taken from the ID token where the provider puts them there', async () => {
  const { provider, start, persons } = await openSite({ claimsInToken: true })
  provider.choice.account = { ...anna, personal_code: '32000012345' }
  assert.ok(isIn(await start()))
  assert.equal((await persons())[0]?.code, '32000012345')
})

test('a provider that takes the secret in the form alone is given it there', async () => {
  const { provider, start } = await openSite({ authentication: 'client_secret_post' })
  provider.choice.account = anna
  assert.ok(isIn(await start()))
})

test('a person of the register keeps their row, and a new name is written with its event', async () => {
  const { world, provider, start, home, visitor, persons, events } = await openSite()
  const known = await world.person('Anna Bērziņa')
  provider.choice.account = { ...anna, personal_code: known.code }
  assert.ok(isIn(await start()))
  const renamed = [{ id: known.id, code: known.code, name: 'Anna Kalniņa' }]
  const told = [{ case_id: 0, action: 'party.changed', actor_id: null, before: { name: 'Anna Bērziņa' }, after: { name: 'Anna Kalniņa' } }]
  assert.deepEqual([await persons(), await events()], [renamed, told])
  await visitor.submit(`${home}/sign-out`)
  assert.ok(isIn(await start()))
  assert.deepEqual([await persons(), await events()], [renamed, told])
})

test('a representative chooses the organisation to act for, and cannot choose another', async () => {
  const { world, provider, start, home, visitor } = await openSite()
  const known = await world.person('Anna Kalniņa')
  const [own, foreign] = [await world.organisation('SIA “Jaunā māja”'), await world.organisation('SIA “Cita māja”')]
  await world.represents(known, own, 'joint')
  provider.choice.account = { ...anna, personal_code: known.code }
  const asked = await start()
  assert.equal(`${asked.url.pathname}${asked.url.search}`, '/profile/choose?to=%2Fprofile')
  assert.ok(asked.text.includes('savā vārdā') && asked.text.includes('Kura vārdā turpināt?'))
  const refused = await visitor.submit(`${home}/profile/choose`, { profile: String(foreign.id) })
  assert.equal(refused.status, 422)
  assert.ok(refused.text.includes('Šajā profilā Jūs vairs nevarat darboties') && !refused.text.includes('Cita māja'))
  const chosen = await visitor.submit(`${home}/profile/choose`, { profile: String(own.id) })
  assert.equal(chosen.url.pathname, '/cases')
  assert.ok(chosen.text.includes('SIA “Jaunā māja” vārdā'))
})

test('an answer with another state is refused', async () => {
  const site = await openSite()
  const back = await site.backFrom()
  back.searchParams.set('state', 'another')
  const seen = await site.visitor.visit(back)
  await assertRefused(site, seen, 400, 'Pieslēgties neizdevās', { reason: 'untrusted', detail: 'OAUTH_INVALID_RESPONSE' })
})

test('an ID token with another nonce is refused', async () => {
  const site = await openSite()
  const { visitor, provider } = site
  provider.choice.account = anna
  const authorization = visitor.onward(await site.start(visitor, ({ pathname }) => pathname === '/auth'))!
  authorization.searchParams.set('nonce', 'another')
  const seen = await visitor.visit(authorization)
  await assertRefused(site, seen, 400, 'Pieslēgties neizdevās', { reason: 'untrusted', detail: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED nonce' })
})

test('an ID token that the provider made for another site is refused', async () => {
  const site = await openSite()
  const { visitor, provider } = site
  const back = await site.backFrom()
  const nonce = new URL(visitor.trail.find((address) => new URL(address).pathname === '/auth')!).searchParams.get('nonce')!
  const query = { client_id: 'other', response_type: 'code', scope: 'openid profile', nonce, redirect_uri: `${provider.issuer}/other` }
  const elsewhere = openVisitor()
  const given = await elsewhere.visit(`${provider.issuer}/auth?${new URLSearchParams(query)}`, ({ pathname }) => pathname === '/other')
  const body = { grant_type: 'authorization_code', code: elsewhere.onward(given)!.searchParams.get('code')!, redirect_uri: query.redirect_uri }
  const basic = Buffer.from(`other:${encodeURIComponent(provider.clientSecret)}`).toString('base64')
  const answer = await fetch(`${provider.issuer}/token`, { method: 'POST', headers: { authorization: `Basic ${basic}` }, body: new URLSearchParams(body) })
  const { id_token } = (await answer.json()) as { id_token: string }
  assert.ok(id_token)
  provider.choice.tamper = (tokens) => (tokens['id_token'] = id_token)
  const seen = await visitor.visit(back)
  await assertRefused(site, seen, 400, 'Pieslēgties neizdevās', { reason: 'untrusted', detail: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED aud' })
})

test('an ID token that was changed on its way is refused', async () => {
  const site = await openSite({ claimsInToken: true })
  site.provider.choice.tamper = (tokens) => {
    const [header, payload, signature] = String(tokens['id_token']).split('.')
    const claims = { ...JSON.parse(Buffer.from(payload!, 'base64url').toString()), personal_code: '32000099999' }
    tokens['id_token'] = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
  }
  const seen = await site.visitor.visit(await site.backFrom())
  await assertRefused(site, seen, 400, 'Pieslēgties neizdevās', { reason: 'untrusted', detail: 'OAUTH_INVALID_RESPONSE' })
})

test('a code works once, also for whoever kept the cookie', async () => {
  const { visitor, backFrom, lines } = await openSite()
  const back = await backFrom()
  const kept = visitor.cookies.get('nams_attempt')!
  assert.ok(isIn(await visitor.visit(back)))
  visitor.cookies.clear()
  const again = await visitor.visit(back)
  visitor.cookies.set('nams_attempt', kept)
  const withCookie = await visitor.visit(back)
  for (const seen of [again, withCookie]) {
    assert.equal(seen.status, 400)
    assert.ok(seen.text.includes('<h1>Pieslēgšanās laiks ir beidzies</h1>'))
  }
  assert.ok(!visitor.cookies.has('nams_session'))
  assert.deepEqual(lines, [{ reason: 'expired', detail: 'no attempt' }, { reason: 'expired', detail: 'invalid_grant' }])
})

test('a sign-in that takes longer than ten minutes is refused', async () => {
  const site = await openSite()
  const back = await site.backFrom()
  site.clock.now = moved(site.clock.now, 10)
  const seen = await site.visitor.visit(back)
  await assertRefused(site, seen, 400, 'Pieslēgšanās laiks ir beidzies', { reason: 'expired', detail: 'no attempt' })
})

test('a sign-in that another browser began, or whose cookie was changed, is refused', async () => {
  const site = await openSite()
  const back = await site.backFrom()
  const kept = site.visitor.cookies.get('nams_attempt')!
  site.visitor.cookies.set('nams_attempt', { ...kept, value: `f${kept.value.slice(1)}` })
  const seen = await site.visitor.visit(back)
  const stranger = await openVisitor().visit(back)
  assert.equal(stranger.status, 400)
  assert.equal(site.lines.pop()?.reason, 'expired')
  await assertRefused(site, seen, 400, 'Pieslēgšanās laiks ir beidzies', { reason: 'expired', detail: 'no attempt' })
})

test('whoever gives up at the provider is told so', async () => {
  const site = await openSite()
  const seen = await site.visitor.visit(await site.backFrom(null))
  await assertRefused(site, seen, 403, 'Pieslēgšanās ir atcelta', { reason: 'cancelled', detail: 'access_denied' })
})

test('any other error of the provider is told as an outage', async () => {
  const site = await openSite()
  const authorization = site.visitor.onward(await site.start(site.visitor, ({ pathname }) => pathname === '/auth'))!
  authorization.searchParams.set('prompt', 'none')
  const seen = await site.visitor.visit(authorization)
  await assertRefused(site, seen, 503, 'Pieslēgšanās pašlaik nav pieejama', { reason: 'unavailable', detail: 'login_required' })
})

test('an error that nobody named is not written down', async () => {
  const site = await openSite()
  const back = await site.backFrom()
  back.searchParams.delete('code')
  back.searchParams.set('error', '320000-12345')
  const seen = await site.visitor.visit(back)
  await assertRefused(site, seen, 503, 'Pieslēgšanās pašlaik nav pieejama', { reason: 'unavailable', detail: 'unnamed' })
})

for (const [what, personal_code, detail] of [
  ['no personal code', undefined, 'claim absent'],
  ['a personal code that cannot be', '161175-19998', 'claim invalid'],
  ['a personal code of another country', 'PNOEE-38001085718', 'claim invalid'],
] as const)
  test(`whoever has ${what} is not signed in`, async () => {
    const site = await openSite()
    const seen = await site.visitor.visit(await site.backFrom({ ...anna, personal_code }))
    await assertRefused(site, seen, 403, 'Nav saņemts derīgs personas kods', { reason: 'no-code', detail })
  })

test('whoever has no surname is not signed in', async () => {
  const site = await openSite()
  const seen = await site.visitor.visit(await site.backFrom({ ...anna, family_name: ' ' }))
  await assertRefused(site, seen, 403, 'Nav saņemts vārds un uzvārds', { reason: 'no-name', detail: undefined })
})

test('the pages are up while the provider is down, and sign-in works once it is back', async () => {
  const site = await openSite({ isUp: false })
  const { provider, visitor, home, start, backFrom, lines } = site
  assert.equal((await visitor.visit(`${home}/sign-in`)).status, 200)
  await assertRefused(site, await start(), 503, 'Pieslēgšanās pašlaik nav pieejama', { reason: 'unavailable', detail: 'OAUTH_RESPONSE_IS_NOT_CONFORM' })
  provider.begin(home)
  const back = await backFrom()
  provider.stop()
  const seen = await visitor.visit(back)
  assert.equal(seen.status, 503)
  assert.equal(lines.at(-1)?.reason, 'unavailable')
  provider.begin(home)
  assert.ok(isIn(await visitor.visit(await backFrom())))
})

test('where to return to is a page of this site, whatever the form says', async () => {
  const { provider, visitor, home } = await openSite()
  provider.choice.account = anna
  for (const to of ['//elsewhere.test/', 'https://elsewhere.test/', '/\\elsewhere.test', '/\t/elsewhere.test', '/.//elsewhere.test']) {
    const seen = await visitor.submit(`${home}/sign-in/start`, { to }, ({ host }) => host === 'elsewhere.test')
    assert.equal(seen.url.origin, home, to)
    assert.equal(visitor.onward(seen), undefined, to)
  }
})

test('the address to come back to is the configured one, whatever host the request names', async () => {
  const { server, home } = await openSite()
  const headers = { host: 'elsewhere.test', 'x-forwarded-host': 'elsewhere.test' }
  const answer = await server.inject({ method: 'POST', url: '/sign-in/start', headers })
  const authorization = new URL(String(answer.headers['refresh']).replace('0; url=', ''))
  assert.equal(authorization.searchParams.get('redirect_uri'), `${home}/sign-in/callback`)
  assert.equal(authorization.searchParams.get('code_challenge_method'), 'S256')
  assert.ok(!answer.body.includes('elsewhere.test'))
})

test('signing out ends the session here and leads on to the provider\'s own end', async () => {
  const { provider, home, visitor, start } = await openSite()
  provider.choice.account = anna
  assert.ok(isIn(await start()))
  const session = visitor.cookies.get('nams_session')!
  const seen = await visitor.submit(`${home}/sign-out`, {}, ({ origin }) => origin === provider.issuer)
  const end = visitor.onward(seen)!
  assert.equal(end.pathname, '/session/end')
  assert.deepEqual(Object.fromEntries(end.searchParams), { client_id: 'nams', post_logout_redirect_uri: `${home}/sign-in` })
  assert.ok(!visitor.cookies.has('nams_session'))
  visitor.cookies.set('nams_session', session)
  assert.equal((await visitor.visit(`${home}/profile`)).url.pathname, '/sign-in')
})

test('a demo with a provider shows both ways in', async () => {
  const { world, provider, home, visitor } = await openSite({ demo: true })
  const person = await world.person('Jānis Ozols')
  const { text } = await visitor.visit(`${home}/sign-in`)
  assert.ok(text.includes(`Turpināt ar ${new URL(provider.issuer).host}`) && text.includes('Jānis Ozols'))
  assert.ok(isIn(await visitor.submit(`${home}/sign-in/demo`, { person: String(person.id), to: '/profile' })))
})

test('outside a demo there is no list of people and nobody comes in by it', async () => {
  const { world, home, visitor } = await openSite()
  const person = await world.person('Jānis Ozols')
  const { text } = await visitor.visit(`${home}/sign-in`)
  assert.ok(!text.includes('Ozols'))
  assert.equal((await visitor.submit(`${home}/sign-in/demo`, { person: String(person.id) })).status, 404)
  assert.ok(!visitor.cookies.has('nams_session'))
})
