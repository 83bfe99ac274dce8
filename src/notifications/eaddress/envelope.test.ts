import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { X509Certificate } from 'node:crypto'
import type { PlainDate } from '../../kernel/date.ts'
import { openAuthority } from '../../../test/certificates.ts'
import { isSigned, parse } from '../../../test/eaddress-requests.ts'
import { signedEnvelope } from './envelope.ts'
import { daysLeft, issuedAs, readIdentity } from './identity.ts'
import { attachmentsOf, sha512Of, type Message } from './message.ts'
import { soapRequest } from './soap.ts'

const samples = new URL('../../../../shared/samples/eadrese/', import.meta.url)
const hasSamples = existsSync(samples)
const sample = (name: string): string => readFileSync(new URL(name, samples), 'utf8')

const message = (changes: Partial<Message> = {}): Message => ({
  ...{ sender: '_DEFAULT@90000068977', senderTitle: 'Būvvalde', recipients: [{ address: '_PRIVATE@32000000001' }], senderRef: 'n1-p2' },
  ...{ title: 'Virsraksts', text: 'Teksts', writtenOn: '2026-11-26' as PlainDate, attachments: [] },
  ...changes,
})

function identity(subject = '/C=LV/O=Būvvalde, SIA/CN=nams.example.test') {
  const authority = openAuthority()
  const { certFile, keyFile, cert } = authority.issue('client', subject)
  return { folder: authority.folder, cert, own: readIdentity(certFile, keyFile) }
}

const div = 'http://ivis.eps.gov.lv/XMLSchemas/100001/DIV/v1-0:SenderDocument'
const propertiesOf = (xml: string): string => `http://uri.etsi.org/01903/v1.3.2#:${/SignedProperties-\d{8}/.exec(xml)![0]}`
const isEnvelopeSigned = (xml: string, cert: string, folder: string): boolean =>
  isSigned(xml, cert, [div, propertiesOf(xml)], "//*[local-name()='Signatures']/*[local-name()='Signature']", folder)

const nasty = 'Ēka "A" & <b>\r\nrinda\rvēl\ttab ]]> \u0000\u000b 🏠 \u2028'

test('xmlsec1 takes the signature of an envelope, alone and inside the request, whatever the text', () => {
  const { folder, cert, own } = identity()
  const attachments = attachmentsOf([{ name: 'a&b.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF') }])
  const bytes = signedEnvelope(message({ title: nasty, text: nasty, senderTitle: nasty, attachments }), own, new Date())
  assert.ok(isEnvelopeSigned(bytes.toString(), cert, folder))
  const request = soapRequest('SendMessage', [bytes], { to: 'https://example.test/a?b=1&c=2', identity: own, hash: 'sha1' }, new Date())
  assert.ok(isEnvelopeSigned(request.toString(), cert, folder))
  assert.ok(request.includes(bytes))
  const text = parse(bytes.toString()).getElementsByTagName('Description')[0]!.textContent
  assert.equal(text, 'Ēka "A" & <b>\nrinda\nvēl\ttab ]]>  🏠 \n')
})

test('a changed envelope is found out', () => {
  const { folder, cert, own } = identity()
  const xml = signedEnvelope(message(), own, new Date()).toString()
  assert.ok(isEnvelopeSigned(xml, cert, folder))
  for (const [was, is] of [['Virsraksts', 'Cits'], ['_PRIVATE@32000000001', '_PRIVATE@32000000002'], ['SigningTime>20', 'SigningTime>19']] as const)
    assert.equal(isEnvelopeSigned(xml.replace(was, is), cert, folder), false, was)
})

test('files of the same name get names of their own, and none stays without one', () => {
  const files = ['akts.pdf', 'Akts.pdf', ' ', 'akts.pdf', 'README', 'README', '.env'].map((name) => ({ name, type: '', bytes: Buffer.from('x') }))
  assert.deepEqual(
    attachmentsOf(files).map(({ name }) => name),
    ['akts.pdf', 'Akts (2).pdf', 'pielikums', 'akts (3).pdf', 'README', 'README (2)', '.env'],
  )
  assert.deepEqual(attachmentsOf(files).map(({ contentId }) => contentId), ['0', '1', '2', '3', '4', '5', '6'])
})

test('a certificate is told to the day before it ends, and its serial number is written in decimal', () => {
  const { own } = identity()
  const ends = own.certificate.validToDate.getTime()
  assert.deepEqual([30, 7, 0, -1].map((days) => daysLeft(own, new Date(ends - days * 86_400_000))), [30, 7, 0, -1])
  assert.deepEqual(issuedAs(own).issuer, 'CN=authority, O=Test, C=LV')
  assert.equal(issuedAs(own).subject, 'CN=nams.example.test, O=Būvvalde\\, SIA, C=LV')
  assert.match(issuedAs(own).serial, /^\d+$/)
})

test('a key that is not of the certificate is refused by its file name', () => {
  const authority = openAuthority()
  const [one, other] = [authority.issue('one', '/CN=one'), authority.issue('other', '/CN=other')]
  assert.throws(() => readIdentity(one.certFile, other.keyFile), /other-key\.pem is not the key of the certificate in .*one\.pem/)
})

type Shape = [name: string, attributes: string[], children: Shape[]]

/** Names, namespaces and attributes of what an element holds, without texts and the number of its signature. */
function shapeOf(element: Element): Shape {
  const attributes = Array.from(element.attributes).filter(({ name, value }) => !/^xmlns/.test(name) && value !== '')
  const children = Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1)
  return [
    `{${element.namespaceURI}}${element.localName!.replace(/-\d{8}$/, '')}`,
    attributes.map(({ localName, value }) => (/^(id-|BST-|#id-|#BST-|ds-.*\d{8}|#ds-)/.test(value) ? localName : `${localName}=${value}`)).sort(),
    children.map(shapeOf),
  ]
}

test('our request has the shape of that of an independent client', { skip: !hasSamples }, () => {
  const { own } = identity('/C=LV/O=Test SIA/CN=test.example')
  const bytes = signedEnvelope(message(), own, new Date())
  const theirs = parse(sample('SendMessage.div-envelope.xml'))
  assert.deepEqual(shapeOf(parse(bytes.toString())), shapeOf(theirs))
  const request = soapRequest('SendMessage', [bytes], { to: 'x', identity: own, hash: 'sha1' }, new Date())
  assert.deepEqual(shapeOf(parse(request.toString())), shapeOf(parse(sample('SendMessage.request.xml'))))
})

test('the names of a certificate are written as an independent client writes them', { skip: !hasSamples }, () => {
  const certificate = new X509Certificate(sample('cert.pem'))
  const envelope = parse(sample('SendMessage.div-envelope.xml'))
  const text = (name: string) => envelope.getElementsByTagName(name)[0]!.textContent
  const { subject, issuer, serial } = issuedAs({ certificate })
  assert.deepEqual([subject, issuer], [text('ds:X509SubjectName'), text('ds:X509IssuerName')])
  assert.equal(BigInt(serial), BigInt(text('ds:X509SerialNumber')!))
})

test('encrypted attachments measure and digest as an independent client has them', { skip: !hasSamples }, () => {
  const vectors = JSON.parse(sample('encryption-vectors.json')) as Record<string, string>[]
  assert.equal(vectors.length, 8)
  for (const { contentsBase64, sha512OfCiphertext } of vectors) assert.equal(sha512Of(Buffer.from(contentsBase64!, 'base64')), sha512OfCiphertext)
})
