// What the e-address test server holds: messages taken whole or in sections, and what there is to tell of them.
import { checkEnvelope, cutEnvelope, Fault, named, text, type Received } from './eaddress-requests.ts'

const limit = 4 * 1024 * 1024

export type Message = { id: string; senderRef: string; hash: string; envelope: string; attachments: Received[]; recipients: string[] }
type Notice = { id: number; messageId: string; type: string; status: string; reason: string; recipients: string[]; isConfirmed: boolean }
type Begun = { attachments: Received[]; closed: Set<string> }

const receivedIn = (root: Element): Received[] =>
  named(root, 'AttachmentInput').map((one) => ({ contentId: text(one, 'ContentId'), bytes: Buffer.from(text(one, 'Contents'), 'base64') }))

const sizeOf = (attachments: readonly Received[]) => attachments.reduce((sum, { bytes }) => sum + bytes.length, 0)

/** `room`: how much the service takes in one call. `active`: the addresses in use. */
export function openMailroom({ sender, folder, active, room }: { sender: string; folder: string; active: ReadonlySet<string>; room: () => number }) {
  const messages: Message[] = []
  const notices: Notice[] = []
  const begun = new Map<string, Begun>()
  let next = 1

  const tell = (message: Message, type: string, status: string, reason = '') =>
    notices.push({ id: 1000 + notices.length, messageId: message.id, type, status, reason, recipients: message.recipients, isConfirmed: false })

  const together = (root: Element): Received[] => {
    const attachments = receivedIn(root)
    if (sizeOf(attachments) > Math.min(limit, room())) throw new Fault('BL.PSS.053')
    return attachments
  }

  /** Takes a message, or knows it by its reference: another content under the same reference is refused. */
  function take(id: string, xml: string, attachments: Received[], peer: Buffer): string {
    const envelope = cutEnvelope(xml)
    const { senderRef, hash, recipients } = checkEnvelope(envelope, attachments, { peer, folder, sender })
    const before = messages.find((message) => message.senderRef === senderRef)
    if (before && before.hash !== hash) throw new Fault('BL.PSS.008')
    if (before) return before.id
    if (!recipients.some((address) => active.has(address))) throw new Fault('BL.PSS.024')
    const message = { id, senderRef, hash, envelope, attachments, recipients }
    messages.push(message)
    tell(message, 'MessageProcessed', 'Accepted')
    return id
  }

  function begunAs(id: string): Begun {
    const message = begun.get(id)
    if (!message) throw new Fault('BL.PSS.030')
    return message
  }

  return {
    messages,
    notices,
    send: (root: Element, xml: string, peer: Buffer): string => take(`DIV-${next++}`, xml, together(root), peer),
    begin(root: Element): string {
      if (text(root, 'SenderEAddress') !== sender || text(root, 'MessageClientId') === '') throw new Fault('BL.PSS.005')
      const attachments = together(root)
      const id = `DIV-${next++}`
      begun.set(id, { attachments, closed: new Set(attachments.filter(({ bytes }) => bytes.length > 0).map(({ contentId }) => contentId)) })
      return id
    },
    takeSection(root: Element): void {
      const { attachments, closed } = begunAs(text(root, 'MessageId'))
      const attachment = attachments.find(({ contentId }) => contentId === text(root, 'ContentId'))
      if (!attachment) throw new Fault('BL.PSS.030')
      const [index, bytes] = [Number(text(root, 'SectionIndex')), Buffer.from(text(root, 'Contents'), 'base64')]
      if (bytes.length > limit) throw new Fault('BL.PSS.053')
      const isNext = attachment.bytes.length === index * limit && !closed.has(attachment.contentId)
      if (!isNext || (index === 0 && bytes.length === 0)) throw new Fault('BL.PSS.052')
      attachment.bytes = Buffer.concat([attachment.bytes, bytes])
      if (bytes.length < limit) closed.add(attachment.contentId)
    },
    /** Every attachment that came in sections must have been closed by one shorter than 4 MB. */
    complete(root: Element, xml: string, peer: Buffer): void {
      const id = text(root, 'MessageId')
      const { attachments, closed } = begunAs(id)
      if (attachments.some(({ contentId, bytes }) => bytes.length > 0 && !closed.has(contentId))) throw new Fault('BL.PSS.052')
      take(id, xml, attachments, peer)
    },
    /** The recipient's mailbox takes it, or does not. */
    deliver: (message: Message) => tell(message, 'MessageDelivered', 'RecipientAccepted'),
    reject: (message: Message, reason: string) => tell(message, 'MessageDelivered', 'RecipientRejected', reason),
  }
}
