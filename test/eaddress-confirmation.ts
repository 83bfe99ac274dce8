// The e-address test server's signed word that it took a message, signed by xmlsec1.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ds = 'http://www.w3.org/2000/09/xmldsig#'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const by = (name: string, algorithm: string): string => `<ds:${name} Algorithm="${algorithm}"/>`

const template = (messageId: string, at: Date): string =>
  '<ServerConfirmationPart xmlns="http://ivis.eps.gov.lv/XMLSchemas/100001/DIV/v1-0"><ServerTransportMetadata Id="ServerSection">' +
  `<MessageId>${messageId}</MessageId><ServerReceivedTime>${at.toISOString()}</ServerReceivedTime></ServerTransportMetadata>` +
  `<ds:Signature xmlns:ds="${ds}"><ds:SignedInfo>${by('CanonicalizationMethod', exclusive)}` +
  `${by('SignatureMethod', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512')}<ds:Reference URI="#ServerSection">` +
  `<ds:Transforms>${by('Transform', exclusive)}</ds:Transforms>${by('DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha512')}<ds:DigestValue/>` +
  '</ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature></ServerConfirmationPart>'

export function signedConfirmation(messageId: string, at: Date, keyFile: string, folder: string): string {
  const file = join(folder, 'confirmation.xml')
  writeFileSync(file, template(messageId, at))
  const args = ['--sign', '--privkey-pem', keyFile, '--id-attr:Id', 'ServerTransportMetadata', file]
  return execFileSync('xmlsec1', args, { encoding: 'utf8' }).replace(/^<\?xml[^>]*\?>\s*/, '').trim()
}
