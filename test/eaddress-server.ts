// An official e-address service on this machine, for tests: it checks what the real one checks and fails in the ways it fails (INTERFACES 1).
// Written from the description alone; it shares no code with the program.
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { openAuthority } from './certificates.ts'
import { writeAnswer, writeFault, type Binary } from './eaddress-answers.ts'
import { signedConfirmation } from './eaddress-confirmation.ts'
import { openMailroom } from './eaddress-mailroom.ts'
import { checkSecurity, Fault, named, parse, text } from './eaddress-requests.ts'

type PublicKey = { thumbprint: Buffer; modulus: Buffer; exponent: Buffer }
type Work = (root: Element, xml: string, peer: Buffer) => (binary: Binary) => string
type Mailroom = ReturnType<typeof openMailroom>
type Known = { active: Set<string>; keys: Map<string, PublicKey>; isConfirming: boolean }

const listed = (root: Element, item: string): string[] => named(root, item).map((one) => one.textContent ?? '')

const noticeXml = ({ id, messageId, status, reason, recipients, type }: Mailroom['notices'][number], at: Date): string =>
  `<Notification><Id>${id}</Id><CreatedOn>${at.toISOString()}</CreatedOn><MessageClientId/><MessageId>${messageId}</MessageId>` +
  `<MessageStatus>${status}</MessageStatus><MessageStatusReason>${reason}</MessageStatusReason>` +
  `<Recipients>${recipients.map((address) => `<string xmlns="urn:a">${address}</string>`).join('')}</Recipients><Type>${type}</Type></Notification>`

const keyXml = (address: string, { thumbprint, modulus, exponent }: PublicKey, binary: Binary): string =>
  `<PublicKey><CertificateThumbprint>${binary(thumbprint)}</CertificateThumbprint><EAddress>${address}</EAddress>` +
  `<Exponent>${binary(exponent)}</Exponent><Modulus>${binary(modulus)}</Modulus></PublicKey>`

const addressesOf = ({ active, keys }: Known): Record<string, Work> => ({
  ValidateEAddress: (root) => () => {
    const one = (address: string) => `<ValidationResult><EAddress>${address}</EAddress><IsValid>${active.has(address)}</IsValid><Owner/></ValidationResult>`
    return `<Results>${listed(root, 'string').map(one).join('')}</Results>`
  },
  GetPublicKeyList: (root) => (binary) => {
    const those = listed(root, 'string').filter((address) => keys.has(address))
    return `<PublicKeys>${those.map((address) => keyXml(address, keys.get(address)!, binary)).join('')}</PublicKeys>`
  },
})

const messagesOf = (mailroom: Mailroom): Record<string, Work> => ({
  SendMessage: (root, xml, peer) => {
    const id = mailroom.send(root, xml, peer)
    return () => `<MessageId>${id}</MessageId>`
  },
  InitSendMessage: (root) => {
    const id = mailroom.begin(root)
    return () => `<MessageId>${id}</MessageId>`
  },
  SendAttachmentSection: (root) => {
    mailroom.takeSection(root)
    return () => ''
  },
  CompleteSendMessage: (root, xml, peer) => {
    mailroom.complete(root, xml, peer)
    return () => ''
  },
})

const tidingsOf = ({ messages, notices }: Mailroom, known: Known, clock: () => Date, keyFile: string, folder: string): Record<string, Work> => ({
  GetNotificationList: (root) => {
    const open = notices.filter(({ isConfirmed }) => !isConfirmed)
    const most = Number(text(root, 'MaxResultCount'))
    const list = open.slice(0, most).map((one) => noticeXml(one, clock()))
    return () => `<HasMoreData>${open.length > most}</HasMoreData><Notifications>${list.join('')}</Notifications>`
  },
  ConfirmNotificationList: (root) => {
    const ids = listed(root, 'long').map(Number)
    for (const notice of notices) if (ids.includes(notice.id)) notice.isConfirmed = true
    return () => ''
  },
  GetMessageServerConfirmation: (root) => {
    const messageId = text(root, 'MessageId')
    if (!messages.some(({ id }) => id === messageId)) throw new Fault('BL.PSS.030')
    if (!known.isConfirming) throw new Fault('BL.PSS.031')
    const part = signedConfirmation(messageId, clock(), keyFile, folder)
    return (binary) => part.replace(/(?<=<ds:SignatureValue>)[^<]+/, (value) => binary(Buffer.from(value, 'base64')))
  },
})

export type EAddressServer = Awaited<ReturnType<typeof openEAddressServer>>

export async function openEAddressServer({ sender = '_DEFAULT@90000068977', clock = () => new Date() } = {}) {
  const authority = openAuthority()
  const own = authority.server()
  const client = authority.issue('client', '/C=LV/O=Cēsu novada būvvalde/CN=nams.example.test')
  /** `next`: faults of the next requests, null for none. `every`: one request in so many is a fault of the service. `lost`: so many answers are not sent. `status`: of all answers. */
  const trouble = { next: [] as (Fault | null)[], every: 0, lost: 0, status: 0, isTooBigAbove: Infinity }
  const known: Known = { active: new Set(), keys: new Map(), isConfirming: true }
  const mailroom = openMailroom({ sender, folder: authority.folder, active: known.active, room: () => trouble.isTooBigAbove })
  const works = { ...addressesOf(known), ...messagesOf(mailroom), ...tidingsOf(mailroom, known, clock, own.keyFile, authority.folder) }
  const calls: string[] = []
  let count = 0

  function answer(xml: string, peer: Buffer, isMtom: boolean) {
    const root = parse(xml)
    const input = named(root, 'Body')[0]!.firstChild as Element
    const operation = input.localName!.replace(/Input$/, '')
    calls.push(operation)
    checkSecurity(xml, root, operation, { to: url, peer, now: clock(), folder: authority.folder })
    const fault = trouble.next.shift() ?? (trouble.every > 0 && count % trouble.every === 0 ? new Fault('InternalServiceFault', 'Receiver') : undefined)
    if (fault) throw fault
    const work = works[operation]
    if (!work) throw new Fault('BL.PSS.003')
    return writeAnswer(operation, work(input, xml, peer), isMtom)
  }

  /** Every second answer comes as MTOM. */
  function outcome(xml: string, peer: Buffer) {
    const isMtom = ++count % 2 === 0
    try {
      return { status: 200, ...answer(xml, peer, isMtom) }
    } catch (error) {
      if (error instanceof Fault) return { status: 500, ...writeFault(error, isMtom) }
      throw error
    }
  }

  const server = createServer({ cert: own.cert, key: own.key, ca: [authority.cert], requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const socket = request.socket as TLSSocket
      const refusal = socket.authorized ? trouble.status : 403
      if (refusal > 0) return void response.writeHead(refusal, { 'Content-Type': 'text/html' }).end(`<html><body>${refusal}</body></html>`)
      const { status, contentType, bytes } = outcome(Buffer.concat(parts).toString('utf8'), socket.getPeerCertificate().raw)
      if (trouble.lost > 0) trouble.lost--
      else response.writeHead(status, { 'Content-Type': contentType }).end(bytes)
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/Vraa.Div.WebService.UnifiedInterface/UnifiedService.svc`
  const { messages, notices, deliver, reject } = mailroom
  return { url, sender, authority, client, own, messages, notices, calls, trouble, known, deliver, reject }
}
