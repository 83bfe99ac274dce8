// Who a sign-in provider says that a person is: its claims, read under the names that the configuration gives them.
import { personalCode } from '../kernel/identifier.ts'
import { tidy } from '../kernel/text.ts'
import type { OidcConfig } from '../platform/config.ts'

export type Identity = { code: string; givenName: string; surname: string }

/**
 * Why a sign-in ended without one: the person gave up (`cancelled`), it took too long or was used before (`expired`), what
 * came back is not what was asked (`untrusted`), it names no valid personal code or no name, or the provider cannot be used.
 */
export type RefusedSignIn = 'cancelled' | 'expired' | 'untrusted' | 'no-code' | 'no-name' | 'unavailable'

export class SignInRefused extends Error {
  readonly reason: RefusedSignIn
  /** For the log: a code, never what a claim says. */
  readonly detail: string | undefined
  constructor(reason: RefusedSignIn, detail?: string) {
    super(`${reason}${detail ? `: ${detail}` : ''}`)
    this.reason = reason
    this.detail = detail
  }
}

const longestName = 100

const textOf = (claim: unknown): string => (typeof claim === 'string' ? tidy(claim) : '')

/** The code as it is or as a semantic identifier of Latvia (`PNOLV-161175-19997`, ETSI EN 319 412-1), with or without dash. */
const codeOf = (claim: unknown): string | undefined => personalCode(textOf(claim).replace(/^PNOLV-/i, ''))

/** Throws `SignInRefused` `no-code` or `no-name` when a claim is absent or cannot be true. */
export function identityOf(claims: Readonly<Record<string, unknown>>, names: OidcConfig['claims']): Identity {
  const code = codeOf(claims[names.code])
  if (!code) throw new SignInRefused('no-code', claims[names.code] === undefined ? 'claim absent' : 'claim invalid')
  const [givenName, surname] = [textOf(claims[names.givenName]), textOf(claims[names.surname])]
  const isName = (name: string) => name !== '' && name.length <= longestName
  if (!isName(givenName) || !isName(surname)) throw new SignInRefused('no-name')
  return { code, givenName, surname }
}
