// Writes a SOAP 1.2 request with WS-Addressing and WS-Security: the time and the addressee are signed, the body is put in as it is.
import { randomUUID } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import type { Identity } from './identity.ts'
import { actionOf, exclusive, ns, rsaSha1, rsaSha256, sha1, sha256 } from './names.ts'
import { xmlText } from './xml.ts'

export type HashName = 'sha1' | 'sha256'

/** `to`: the logical or real address that the service answers to. `hash`: of the WS-Security signature. */
export type Speaking = { to: string; identity: Identity; hash: HashName }

const tokenProfile = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3'
const encoding = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary'
const anonymous = `<wsa:Address>${ns.wsa}/anonymous</wsa:Address>`
const lifetime = 5 * 60_000
const algorithms = { sha1: { digest: sha1, signature: rsaSha1 }, sha256: { digest: sha256, signature: rsaSha256 } } as const

const instant = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`

const security = (identity: Identity, tokenId: string, now: Date): string =>
  `<wsse:Security xmlns:wsse="${ns.wsse}" xmlns:wsu="${ns.wsu}" soap-env:mustUnderstand="true">` +
  `<wsu:Timestamp wsu:Id="id-${randomUUID()}"><wsu:Created>${instant(now.getTime())}</wsu:Created>` +
  `<wsu:Expires>${instant(now.getTime() + lifetime)}</wsu:Expires></wsu:Timestamp>` +
  `<wsse:BinarySecurityToken wsu:Id="${tokenId}" ValueType="${tokenProfile}" EncodingType="${encoding}">` +
  `${identity.certificate.raw.toString('base64')}</wsse:BinarySecurityToken></wsse:Security>`

/** The SOAP namespace is the default one outside the header: a prefix in scope of the envelope would become part of its canonical form. */
const unsigned = (operation: string, { to, identity }: Speaking, tokenId: string, now: Date): string =>
  `<Envelope xmlns="${ns.soap}"><soap-env:Header xmlns:soap-env="${ns.soap}" xmlns:wsa="${ns.wsa}">` +
  `<wsa:Action soap-env:mustUnderstand="true">${actionOf(operation)}</wsa:Action><wsa:MessageID>uuid:${randomUUID()}</wsa:MessageID>` +
  `<wsa:To xmlns:wsu="${ns.wsu}" wsu:Id="id-${randomUUID()}">${xmlText(to)}</wsa:To>${security(identity, tokenId, now)}` +
  `<wsa:ReplyTo>${anonymous}</wsa:ReplyTo><wsa:FaultTo>${anonymous}</wsa:FaultTo></soap-env:Header><Body></Body></Envelope>`

function signed(operation: string, speaking: Speaking, now: Date): string {
  const tokenId = `BST-${randomUUID()}`
  const { digest, signature: signatureAlgorithm } = algorithms[speaking.hash]
  const reference = `<wsse:SecurityTokenReference xmlns:wsse="${ns.wsse}"><wsse:Reference URI="#${tokenId}" ValueType="${tokenProfile}"/></wsse:SecurityTokenReference>`
  const signature = new SignedXml({
    idMode: 'wssecurity',
    privateKey: speaking.identity.key,
    canonicalizationAlgorithm: exclusive,
    inclusiveNamespacesPrefixList: ['wsse', 'soap-env'],
    signatureAlgorithm,
    getKeyInfoContent: () => reference,
  })
  const sign = (name: string, prefixes: string[]) =>
    signature.addReference({ xpath: `//*[local-name()='${name}']`, transforms: [exclusive], digestAlgorithm: digest, inclusiveNamespacesPrefixList: prefixes })
  sign('Timestamp', ['wsu', 'wsse', 'soap-env'])
  sign('To', ['soap-env'])
  const location = { reference: "//*[local-name()='Security']", action: 'append' } as const
  signature.computeSignature(unsigned(operation, speaking, tokenId, now), { prefix: 'ds', location })
  return signature.getSignedXml()
}

/** A request's bytes, good for five minutes. `body`: the inside of `<…Input>`, taken byte for byte. */
export function soapRequest(operation: string, body: readonly (string | Buffer)[], speaking: Speaking, now: Date): Buffer {
  const [head, tail] = signed(operation, speaking, now).split('<Body/>')
  const inside = [`<${operation}Input xmlns="${ns.uui}">`, ...body, `</${operation}Input>`].map((part) => Buffer.from(part))
  return Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="utf-8"?>\n${head}<Body>`), ...inside, Buffer.from(`</Body>${tail}`)])
}
