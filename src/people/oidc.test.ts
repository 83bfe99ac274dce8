import assert from 'node:assert/strict'
import { createServer, type AddressInfo } from 'node:net'
import { test } from 'node:test'
import { SignInRefused } from './identity.ts'
import { newAttempt, openidProvider } from './oidc.ts'

const provider = (issuer: string) =>
  openidProvider({ issuer, clientId: 'nams', clientSecret: 'secret', scope: 'openid', claims: { code: 'code', givenName: 'given', surname: 'family' } })

const begun = (issuer: string) => provider(issuer).begin(newAttempt(), 'https://nams.test/sign-in/callback', 'lv')
const unavailable = (detail: string) => (error: unknown) => error instanceof SignInRefused && error.reason === 'unavailable' && error.detail === detail

/** An address of this machine where nobody listens any more. */
async function silent(): Promise<string> {
  const server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  await new Promise((ready) => server.close(ready))
  return `http://127.0.0.1:${port}`
}

test('a provider is spoken to without encryption on this machine alone', async () => {
  await assert.rejects(begun('http://provider.invalid'), unavailable('OAUTH_HTTP_REQUEST_FORBIDDEN'))
  await assert.rejects(begun('http://127.0.0.1.provider.invalid'), unavailable('OAUTH_HTTP_REQUEST_FORBIDDEN'))
  await assert.rejects(begun(await silent()), unavailable('ECONNREFUSED'))
})

test('whoever leaves while the provider is down is not held up', async () => {
  assert.equal(await provider(await silent()).leave('https://nams.test/sign-in'), undefined)
})

test('each attempt has a state, a nonce and a verifier of its own', () => {
  const [first, second] = [newAttempt(), newAttempt()]
  assert.equal(new Set([...Object.values(first), ...Object.values(second)]).size, 6)
})
