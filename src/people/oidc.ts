// The sign-in provider: OpenID Connect by code with PKCE, state and nonce. Nothing here knows of pages or of our database.
import * as client from 'openid-client'
import type { OidcConfig } from '../platform/config.ts'
import { SignInRefused, type RefusedSignIn } from './identity.ts'

/** What must come back unchanged, or be proven, when the provider sends the person back. */
export type Attempt = { state: string; nonce: string; verifier: string }

export type Claims = Readonly<Record<string, unknown>>

export type Provider = {
  /** Where people are sent, by the name that they see in their browser. */
  host: string
  /** The provider's page for an attempt. Throws `SignInRefused` `unavailable`. */
  begin(attempt: Attempt, redirectUri: string, locale: string): Promise<URL>
  /** What the provider says of whoever came back to `callback`. Throws `SignInRefused`. */
  finish(attempt: Attempt, callback: URL): Promise<Claims>
  /** Where the provider ends its own session; undefined when it has no such place or cannot be reached. */
  leave(returnTo: string): Promise<URL | undefined>
}

export const newAttempt = (): Attempt => ({
  state: client.randomState(),
  nonce: client.randomNonce(),
  verifier: client.randomPKCECodeVerifier(),
})

const timeoutSeconds = 10
const clockToleranceSeconds = 60

const isLoopback = ({ protocol, hostname }: URL) => protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)

/** HTTP Basic, the protocol's default, unless the provider offers only the form. */
const authenticated = (secret: string): client.ClientAuth => {
  const [basic, form] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)]
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (methods.includes('client_secret_basic') ? basic : form)(server, ...rest)
  }
}

function discover({ issuer, clientId, clientSecret }: OidcConfig): Promise<client.Configuration> {
  const address = new URL(issuer)
  const metadata = { [client.clockTolerance]: clockToleranceSeconds }
  return client.discovery(address, clientId, metadata, authenticated(clientSecret), {
    timeout: timeoutSeconds,
    execute: [client.enableNonRepudiationChecks, ...(isLoopback(address) ? [client.allowInsecureRequests] : [])],
  })
}

/** Codes of errors as the provider or the library names them: no digits, so that nobody's code comes into the log. */
const named = (code: unknown) => (typeof code === 'string' && /^[A-Za-z_.-]{1,60}$/.test(code) ? code : 'unnamed')

type Caused = { code?: string; cause?: { code?: string; cause?: { claim?: string } } }

/** Answers that could not be had, as against answers that are wrong. */
const outages = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR'])

function reasonOf(error: unknown): [RefusedSignIn, string] {
  if (error instanceof client.AuthorizationResponseError) return [error.error === 'access_denied' ? 'cancelled' : 'unavailable', named(error.error)]
  if (error instanceof client.ResponseBodyError) return [error.error === 'invalid_grant' ? 'expired' : 'unavailable', named(error.error)]
  const { code, cause } = error as Caused
  if (!(error instanceof client.ClientError) || !code || outages.has(code)) return ['unavailable', named(code ?? cause?.code)]
  const claim = cause?.cause?.claim
  return ['untrusted', claim ? `${code} ${named(claim)}` : code]
}

async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof SignInRefused ? error : new SignInRefused(...reasonOf(error))
  }
}

export function openidProvider(config: OidcConfig): Provider {
  let discovered: Promise<client.Configuration> | undefined
  /** Asked for when first needed and again after a failure, so that the program runs while the provider is down. */
  const configuration = () =>
    (discovered ??= discover(config).catch((error: unknown) => {
      discovered = undefined
      throw new SignInRefused('unavailable', reasonOf(error)[1])
    }))

  /** Claims that are not in the ID token are asked for; the library sees to it that both speak of one person. */
  const completed = async (found: client.Configuration, tokens: Awaited<ReturnType<typeof client.authorizationCodeGrant>>): Promise<Claims> => {
    const told = tokens.claims()!
    const isComplete = Object.values(config.claims).every((name) => told[name] !== undefined)
    if (isComplete || !found.serverMetadata().userinfo_endpoint) return told
    return { ...(await client.fetchUserInfo(found, tokens.access_token, told.sub)), ...told }
  }

  return {
    host: new URL(config.issuer).host,
    begin: ({ state, nonce, verifier }, redirectUri, locale) =>
      orRefused(async () =>
        client.buildAuthorizationUrl(await configuration(), {
          redirect_uri: redirectUri,
          scope: config.scope,
          state,
          nonce,
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          ui_locales: locale,
        }),
      ),
    finish: ({ state, nonce, verifier }, callback) =>
      orRefused(async () => {
        const found = await configuration()
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
        return completed(found, await client.authorizationCodeGrant(found, callback, checks))
      }),
    leave: async (returnTo) => {
      const found = await configuration().catch(() => undefined)
      if (!found?.serverMetadata().end_session_endpoint) return undefined
      // Without the ID token as a hint: it would carry the personal code into a URL.
      return client.buildEndSessionUrl(found, { post_logout_redirect_uri: returnTo })
    },
  }
}
