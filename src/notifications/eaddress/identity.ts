// The certificate under which an installation is known to the official e-address service, and its private key.
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** `chain`: the certificate and what follows it in its file, in PEM. */
export type Identity = { certificate: X509Certificate; chain: string; key: KeyObject }

/** Reads two PEM files. Throws in words for the operator, which never repeat a key. */
export function readIdentity(certificateFile: string, keyFile: string): Identity {
  const chain = readFileSync(certificateFile, 'utf8')
  const certificate = new X509Certificate(chain)
  const key = createPrivateKey(readFileSync(keyFile))
  if (!certificate.checkPrivateKey(key)) throw new Error(`${keyFile} is not the key of the certificate in ${certificateFile}`)
  if (key.asymmetricKeyType !== 'rsa') throw new Error(`${keyFile} is not an RSA key`)
  return { certificate, chain, key }
}

/** Whole days until it ends; negative when it has. */
export const daysLeft = ({ certificate }: Pick<Identity, 'certificate'>, now: Date): number =>
  Math.floor((certificate.validToDate.getTime() - now.getTime()) / 86_400_000)

/** The operator is alarmed at 30, 14 and 7 days (INTERFACES 1.6): the last of them that is reached, or null. */
export const alarmAt = (days: number): 7 | 14 | 30 | null => ([7, 14, 30] as const).find((threshold) => days <= threshold) ?? null

const name = (lines: string): string => lines.split('\n').reverse().join(', ')

/** As XML signatures write it: names from the last part to the first, the serial number in decimal. */
export const issuedAs = ({ certificate }: Pick<Identity, 'certificate'>) => ({
  subject: name(certificate.subject),
  issuer: name(certificate.issuer),
  serial: BigInt(`0x${certificate.serialNumber}`).toString(),
})
