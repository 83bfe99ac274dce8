// Builds the DIV envelope of a message and signs it, as a document of its own (INTERFACES 1.3). Its bytes are made once, kept and sent.
import { createHash, randomInt } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { issuedAs, type Identity } from './identity.ts'
import { sha512Of, type Attachment, type Message } from './message.ts'
import { exclusive, inclusive, ns, rsaSha512, sha1, sha512 } from './names.ts'
import { xmlText } from './xml.ts'

const file = ({ contentId, name, type, bytes, isCompressed }: Attachment): string =>
  `<File><MimeType>${xmlText(type)}</MimeType><Size>${bytes.length}</Size><Name>${xmlText(name)}</Name>` +
  `<Content><ContentReference>${xmlText(contentId)}</ContentReference><DigestMethod Algorithm="${sha512}"></DigestMethod>` +
  `<DigestValue>${sha512Of(bytes)}</DigestValue></Content><Compressed>${isCompressed}</Compressed><AppendixNumber>1</AppendixNumber></File>`

const recipient = ({ address, encryption }: Message['recipients'][number]): string =>
  `<RecipientEntry><RecipientE-Address>${xmlText(address)}</RecipientE-Address>` +
  (encryption
    ? `<EncryptionInfo><Key>${encryption.key}</Key><CertificateThumbprint>${encryption.thumbprint}</CertificateThumbprint></EncryptionInfo>`
    : '') +
  '</RecipientEntry>'

const metadata = ({ senderTitle, writtenOn, text, title, attachments }: Message): string =>
  '<DocumentMetadata><GeneralMetadata>' +
  `<Authors><AuthorEntry><Institution><Title>${xmlText(senderTitle)}</Title></Institution></AuthorEntry></Authors><Date>${writtenOn}</Date>` +
  '<DocumentKind><DocumentKindCode>DOC_EMPTY</DocumentKindCode><DocumentKindVersion>1.0</DocumentKindVersion></DocumentKind>' +
  `<Description>${xmlText(text)}</Description><Title>${xmlText(title)}</Title></GeneralMetadata>` +
  (attachments.length > 0 ? `<PayloadReference>${attachments.map(file).join('')}</PayloadReference>` : '') +
  '</DocumentMetadata>'

const transport = ({ sender, senderRef, recipients }: Message): string =>
  `<SenderTransportMetadata><SenderE-Address>${xmlText(sender)}</SenderE-Address><SenderRefNumber>${xmlText(senderRef)}</SenderRefNumber>` +
  `<Recipients>${recipients.map(recipient).join('')}</Recipients><NotifySenderOnDelivery>true</NotifySenderOnDelivery>` +
  '<Priority>normal</Priority></SenderTransportMetadata>'

const unsigned = (message: Message): string =>
  `<Envelope xmlns="${ns.div}" xmlns:addr="${ns.address}" xmlns:ds="${ns.ds}">` +
  `<SenderDocument Id="SenderSection">${metadata(message)}${transport(message)}</SenderDocument><Signatures></Signatures></Envelope>`

const issuerSerial = (identity: Identity): string => {
  const { issuer, serial } = issuedAs(identity)
  return `<ds:X509IssuerName>${xmlText(issuer)}</ds:X509IssuerName><ds:X509SerialNumber>${serial}</ds:X509SerialNumber>`
}

function keyInfo(identity: Identity): string {
  const { n = '', e = '' } = identity.certificate.publicKey.export({ format: 'jwk' })
  const [modulus, exponent] = [n, e].map((part) => Buffer.from(part, 'base64url').toString('base64'))
  return (
    `<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${modulus}</ds:Modulus><ds:Exponent>${exponent}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>` +
    `<ds:X509Data><ds:X509Certificate>${identity.certificate.raw.toString('base64')}</ds:X509Certificate>` +
    `<ds:X509SubjectName>${xmlText(issuedAs(identity).subject)}</ds:X509SubjectName>` +
    `<ds:X509IssuerSerial>${issuerSerial(identity)}</ds:X509IssuerSerial></ds:X509Data>`
  )
}

/** XAdES 1.3.2. The service wants the element named with the number: `SignedProperties-31732319`. */
function qualifyingProperties(identity: Identity, number: string, signedAt: Date): string {
  const digest = createHash('sha1').update(identity.certificate.raw).digest('base64')
  return (
    `<xades:QualifyingProperties xmlns:xades="${ns.xades}" Id="ds-QualifyingProperties" Target="#SenderSignature">` +
    `<xades:SignedProperties-${number} Id="ds-SignedProperties-${number}"><xades:SignedSignatureProperties>` +
    `<xades:SigningTime>${signedAt.toISOString().slice(0, 19)}+00:00</xades:SigningTime>` +
    `<xades:SigningCertificate><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="${sha1}"></ds:DigestMethod>` +
    `<ds:DigestValue>${digest}</ds:DigestValue></xades:CertDigest><xades:IssuerSerial>${issuerSerial(identity)}</xades:IssuerSerial>` +
    `</xades:Cert></xades:SigningCertificate></xades:SignedSignatureProperties></xades:SignedProperties-${number}></xades:QualifyingProperties>`
  )
}

/** The envelope as it is sent and, when sent again, sent again: never made anew, since the time of signing would change it (BL.PSS.008). */
export function signedEnvelope(message: Message, identity: Identity, signedAt: Date): Buffer {
  const number = String(randomInt(10_000_000, 100_000_000))
  const signature = new SignedXml({
    privateKey: identity.key,
    canonicalizationAlgorithm: inclusive,
    signatureAlgorithm: rsaSha512,
    keyInfoAttributes: { Id: 'ds-KeyInfo' },
    getKeyInfoContent: () => keyInfo(identity),
    objects: [{ content: qualifyingProperties(identity, number, signedAt) }],
  })
  signature.addReference({ xpath: "//*[@Id='SenderSection']", transforms: [inclusive], digestAlgorithm: sha512 })
  signature.addReference({
    xpath: `//*[@Id='ds-SignedProperties-${number}']`,
    transforms: [exclusive],
    digestAlgorithm: sha512,
    type: 'http://uri.etsi.org/01903#SignedProperties',
  })
  const location = { reference: "/*/*[local-name()='Signatures']", action: 'append' } as const
  signature.computeSignature(unsigned(message), { prefix: 'ds', attrs: { Id: 'SenderSignature' }, location })
  return Buffer.from(signature.getSignedXml().replace('<ds:SignatureValue>', `<ds:SignatureValue Id="ds-SignatureValue-${number}">`))
}
