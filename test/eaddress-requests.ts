// What the e-address test server checks of a request, with its own eyes and xmlsec1: none of the program's code.
import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DOMParser } from '@xmldom/xmldom'

const wsu = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
const div = 'http://ivis.eps.gov.lv/XMLSchemas/100001/DIV/v1-0'
const types = { wsuTimestamp: `${wsu}:Timestamp`, to: 'http://www.w3.org/2005/08/addressing:To', sender: `${div}:SenderDocument` }

/** A SOAP fault to be answered. */
export class Fault extends Error {
  readonly code: string
  readonly side: 'Sender' | 'Receiver'
  constructor(code: string, side: 'Sender' | 'Receiver' = 'Sender') {
    super(`${code} (test)`)
    this.code = code
    this.side = side
  }
}

export const parse = (xml: string): Element => new DOMParser().parseFromString(xml, 'text/xml').documentElement

const elements = (within: Element): Element[] => Array.from(within.getElementsByTagName('*'))

export const named = (within: Element, name: string): Element[] => elements(within).filter((one) => one.localName === name)

export const text = (within: Element, name: string): string => named(within, name)[0]?.textContent?.trim() ?? ''

const need = (isRight: unknown, code: string): void => {
  if (!isRight) throw new Fault(code)
}

/** Whether xmlsec1 takes the one signature that the XPath names. */
export function isSigned(xml: string, certificate: string, ids: readonly string[], signature: string, folder: string): boolean {
  const [document, cert] = [join(folder, 'checked.xml'), join(folder, 'checked.pem')]
  writeFileSync(document, xml)
  writeFileSync(cert, certificate)
  const args = ['--verify', '--pubkey-cert-pem', cert, '--node-xpath', signature, ...ids.flatMap((id) => ['--id-attr:Id', id]), document]
  try {
    return execFileSync('xmlsec1', args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' }) !== undefined
  } catch {
    return false
  }
}

const references = (signature: Element): string[] => named(signature, 'Reference').map((one) => one.getAttribute('URI') ?? '').filter((uri) => uri.startsWith('#'))

type Expected = { to: string; peer: Buffer; now: Date; folder: string }

/** WS-Security and WS-Addressing: who, to whom, when, and that both are signed with the certificate of the connection. */
export function checkSecurity(xml: string, root: Element, operation: string, { to, peer, now, folder }: Expected): void {
  const header = named(root, 'Header')[0]!
  const [timestamp, addressee] = [named(header, 'Timestamp')[0]!, named(header, 'To')[0]!]
  const token = Buffer.from(text(header, 'BinarySecurityToken'), 'base64')
  need(text(header, 'Action') === `http://vraa.gov.lv/div/uui/2011/11/UnifiedServiceInterface/${operation}`, 'BL.PSS.003')
  need(/^uuid:[0-9a-f-]{36}$/.test(text(header, 'MessageID')) && addressee.textContent === to, 'BL.PSS.003')
  need(token.equals(peer), 'BL.AKL.PSL.002')
  const signature = named(named(header, 'Security')[0]!, 'Signature')[0]!
  const ids = [timestamp, addressee].map((one) => `#${one.getAttributeNS(wsu, 'Id')}`)
  need(references(signature).filter((uri) => !uri.startsWith('#BST')).sort().join() === ids.sort().join(), 'BL.AKL.PSL.002')
  const [created, expires] = ['Created', 'Expires'].map((name) => new Date(text(timestamp, name)).getTime())
  need(created! <= now.getTime() + 60_000 && expires! > now.getTime() && expires! - created! <= 5 * 60_000, 'BL.AKL.PSL.002')
  const where = "//*[local-name()='Security']/*[local-name()='Signature']"
  need(isSigned(xml, new X509Certificate(token).toString(), [types.wsuTimestamp, types.to], where, folder), 'BL.AKL.PSL.002')
}

/** The envelope's own bytes, cut out of the request. */
export function cutEnvelope(xml: string): string {
  const start = xml.indexOf(`<Envelope xmlns="${div}"`)
  return xml.slice(start, xml.indexOf('</Envelope>', start) + '</Envelope>'.length)
}

export type Received = { contentId: string; bytes: Buffer }

function checkFiles(envelope: Element, attachments: readonly Received[]): void {
  const files = named(envelope, 'File')
  const names = files.map((file) => text(file, 'Name'))
  need(new Set(names).size === names.length, 'BL.PSS.017')
  need(names.every(Boolean), 'BL.PSS.019')
  const ids = (list: readonly string[]) => [...list].sort().join()
  need(ids(files.map((file) => text(file, 'ContentReference'))) === ids(attachments.map(({ contentId }) => contentId)), 'BL.PSS.018')
  for (const file of files) {
    const { bytes } = attachments.find(({ contentId }) => contentId === text(file, 'ContentReference'))!
    const isSame = Number(text(file, 'Size')) === bytes.length && text(file, 'DigestValue') === createHash('sha512').update(bytes).digest('base64')
    need(isSame, 'BL.PSS.046')
  }
}

/** The DIV envelope: its signature over the sender's section and the signed properties, its parts, and its files. */
export function checkEnvelope(xml: string, attachments: readonly Received[], { peer, folder, sender }: { peer: Buffer; folder: string; sender: string }) {
  const envelope = parse(xml)
  const signature = named(envelope, 'Signature')[0]
  const properties = named(envelope, 'QualifyingProperties')[0]?.firstChild as Element | undefined
  need(signature?.getAttribute('Id') === 'SenderSignature' && named(envelope, 'SenderDocument')[0]?.getAttribute('Id') === 'SenderSection', 'BL.PSS.044')
  need(/^SignedProperties-\d{8}$/.test(properties?.localName ?? ''), 'BL.PSS.045')
  const ids = [types.sender, `http://uri.etsi.org/01903/v1.3.2#:${properties!.localName}`]
  const certificate = new X509Certificate(Buffer.from(text(signature!, 'X509Certificate'), 'base64'))
  need(certificate.raw.equals(peer) && text(signature!, 'X509SerialNumber') === BigInt(`0x${certificate.serialNumber}`).toString(), 'BL.PSS.001')
  need(references(signature!).sort().join() === ['#SenderSection', `#${properties!.getAttribute('Id')}`].sort().join(), 'BL.PSS.001')
  need(isSigned(xml, certificate.toString(), ids, '//*[local-name()="Signature"]', folder), 'BL.PSS.001')
  need(text(envelope, 'SenderE-Address') === sender, 'BL.PSS.005')
  need(/^\d{4}-\d\d-\d\d$/.test(text(envelope, 'Date')) && text(envelope, 'DocumentKindCode') === 'DOC_EMPTY', 'BL.PSS.010')
  const recipients = named(envelope, 'RecipientE-Address').map((one) => one.textContent ?? '')
  need(recipients.length > 0 && recipients.every((address) => /^[A-Za-z0-9._-]+@\w+$/.test(address)), 'BL.PSS.021')
  checkFiles(envelope, attachments)
  return { envelope, recipients, senderRef: text(envelope, 'SenderRefNumber'), hash: createHash('sha512').update(xml).digest('base64') }
}
