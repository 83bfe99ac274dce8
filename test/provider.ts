// A real OpenID Connect provider on this machine, for tests: it signs in the account that a test chose.
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import Provider from 'oidc-provider'

export type Account = { sub: string } & Record<string, unknown>
export type TestProvider = Awaited<ReturnType<typeof openProvider>>

const clientSecret = 'the secret of a test, known to both'
const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })

type Choice = {
  /** Who signs in; null: the person gives up. */
  account: Account | null
  /** Changes what the token endpoint answers, as whoever holds the line could. */
  tamper: (tokens: Record<string, unknown>) => void
}

/** `claimsInToken`: else they are told at the user-info endpoint. */
export type Manner = { claimsInToken?: boolean; authentication?: 'client_secret_basic' | 'client_secret_post' }

function configured(issuer: string, home: string, choice: Choice, { claimsInToken = false, authentication = 'client_secret_basic' }: Manner): Provider {
  const client = { client_secret: clientSecret, token_endpoint_auth_method: authentication, grant_types: ['authorization_code'], response_types: ['code'] }
  const accounts = new Map<string, Account>()
  const provider = new Provider(issuer, {
    clients: [
      { ...client, client_id: 'nams', redirect_uris: [`${home}/sign-in/callback`], post_logout_redirect_uris: [`${home}/sign-in`] },
      { ...client, client_id: 'other', redirect_uris: [`${issuer}/other`] },
    ],
    clientAuthMethods: [authentication],
    claims: { openid: ['sub'], profile: ['given_name', 'family_name', 'personal_code'] },
    conformIdTokenClaims: !claimsInToken,
    cookies: { keys: [randomUUID()] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_ctx: unknown, sub: string) => ({ accountId: sub, claims: () => accounts.get(sub) }),
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    jwks: { keys: [{ ...jwk, use: 'sig', kid: 'test' }] },
    loadExistingGrant: async ({ oidc }: { oidc: { client: { clientId: string }; session: { accountId: string } } }) => {
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    pkce: { required: (_ctx: unknown, { clientId }: { clientId: string }) => clientId === 'nams' },
  })
  provider.use(async (ctx, next) => {
    if (ctx.path.startsWith('/interaction/')) {
      const { account } = choice
      if (account) accounts.set(account.sub, account)
      return provider.interactionFinished(ctx.req, ctx.res, account ? { login: { accountId: account.sub } } : { error: 'access_denied' })
    }
    await next()
    if (ctx.oidc?.route === 'token' && ctx.body['id_token']) choice.tamper(ctx.body)
  })
  return provider
}

/** Listens at once and is up from `begin` on: until then, and after `stop`, it answers 503. */
export async function openProvider(manner: Manner = {}) {
  const down: RequestListener = (_request, response) => void response.writeHead(503).end()
  let answer = down
  const server = createServer((request, response) => answer(request, response))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  after(() => server.close())
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const choice: Choice = { account: null, tamper: () => {} }
  return {
    issuer,
    choice,
    clientSecret,
    begin: (home: string) => (answer = configured(issuer, home, choice, manner).callback()),
    stop: () => (answer = down),
  }
}
