// The DNS record that a signature on mails needs, and whether it stands there.
import { createPublicKey } from 'node:crypto'
import { resolveTxt } from 'node:dns/promises'
import type { Config, DkimConfig } from '../platform/config.ts'
import type { Check } from './checks.ts'
import { signatureOf } from './post.ts'
import { reasonOf } from './verb.ts'

type Resolve = (name: string) => Promise<string[][]>

const least = 2048

/** Throws where the key cannot be read or is no RSA key. */
function publicKeyOf(dkim: DkimConfig): { text: string; bits: number } {
  const key = createPublicKey(signatureOf(dkim).key)
  if (key.asymmetricKeyType !== 'rsa') throw new Error(`it is a key of ${key.asymmetricKeyType}, and RSA is needed`)
  return { text: key.export({ type: 'spki', format: 'der' }).toString('base64'), bits: key.asymmetricKeyDetails?.modulusLength ?? 0 }
}

/** A record may be of several pieces, with spaces where its writer liked them. */
const keyIn = (record: string) => /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replace(/\s/g, '')

const isUnder = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`)

export async function dkimCheck({ dkim, mailFrom }: Config, problems: readonly string[], resolve: Resolve = resolveTxt): Promise<Check> {
  const check = 'dkim'
  if (problems.some((one) => one.includes('NAMS_DKIM'))) return { check, state: 'warn', detail: 'not examined, since it is not configured' }
  if (!dkim) return { check, state: 'ok', detail: 'mails are not signed by Nams; the mail server may sign them' }
  try {
    const { text, bits } = publicKeyOf(dkim)
    const name = `${dkim.selector}._domainkey.${dkim.domain}`
    const record = `${name} TXT "v=DKIM1; k=rsa; p=${text}"`
    const from = /@([^>\s]+)>?\s*$/.exec(mailFrom)?.[1]?.toLowerCase() ?? ''
    if (!isUnder(from, dkim.domain.toLowerCase())) return { check, state: 'problem', detail: `NAMS_MAIL_FROM is of ${from}, which is not under ${dkim.domain}: its signature would not count` }
    const found = await resolve(name).catch((error: Error & { code?: string }) => (['ENOTFOUND', 'ENODATA'].includes(error.code ?? '') ? [] : Promise.reject(error)))
    const records = found.map((pieces) => pieces.join(''))
    if (records.length === 0) return { check, state: 'problem', detail: `there is no such record in DNS yet; publish: ${record}` }
    if (!records.some((one) => keyIn(one) === text)) return { check, state: 'problem', detail: `the record in DNS has another key than ${dkim.keyFile}; publish: ${record}` }
    return bits < least ? { check, state: 'warn', detail: `the key has ${bits} bits; ${least} are advised. ${record}` } : { check, state: 'ok', detail: `the record in DNS has the key that signs: ${record}` }
  } catch (error) {
    return { check, state: 'problem', detail: `${dkim.keyFile}: ${reasonOf(error)}` }
  }
}
