// How a message goes to the official e-address service: in one call, or its attachments in sections (INTERFACES 1.2).
import { EAddressFailure } from './faults.ts'
import type { Answer } from './exchange.ts'
import { goingAlong, mostTogether, sectionsOf, sizeOf, type Sent } from './sections.ts'
import { firstNamed, xmlText } from './xml.ts'

/** What is sent: the stored envelope, its reference, and attachments as transmitted. `sender`: our own e-address. */
export type Outgoing = { envelope: Buffer; sender: string; senderRef: string; attachments: readonly Sent[] }

/** Makes one request; `body` is the inside of `<…Input>`. */
export type Call = (operation: string, ...body: (string | Buffer)[]) => Promise<Answer>

function attachmentsInput(attachments: readonly Sent[], along: ReadonlySet<Sent>): string {
  const one = (attachment: Sent) =>
    `<AttachmentInput><ContentId>${xmlText(attachment.contentId)}</ContentId>` +
    `<Contents>${along.has(attachment) ? attachment.bytes.toString('base64') : ''}</Contents></AttachmentInput>`
  return attachments.length > 0 ? `<AttachmentsInput>${attachments.map(one).join('')}</AttachmentsInput>` : ''
}

function messageIdIn({ body }: Answer): string {
  const id = firstNamed(body, 'MessageId')?.text.trim()
  if (!id) throw new EAddressFailure('unreachable', 'unreadable', 'the answer names no message')
  return id
}

async function sendInSections(call: Call, { envelope, sender, senderRef, attachments }: Outgoing, room?: number): Promise<string> {
  const along = goingAlong(attachments, room)
  const names = `<SenderEAddress>${xmlText(sender)}</SenderEAddress><MessageClientId>${xmlText(senderRef)}</MessageClientId>`
  const messageId = messageIdIn(await call('InitSendMessage', attachmentsInput(attachments, along), names))
  const id = `<MessageId>${xmlText(messageId)}</MessageId>`
  for (const attachment of attachments.filter((one) => !along.has(one)))
    for (const [index, section] of sectionsOf(attachment.bytes).entries()) {
      const place = `<ContentId>${xmlText(attachment.contentId)}</ContentId><SectionIndex>${index}</SectionIndex>`
      await call('SendAttachmentSection', id, place, `<Contents>${section.toString('base64')}</Contents>`)
    }
  await call('CompleteSendMessage', id, envelope)
  return messageId
}

/** Answers the service's id of the message. */
export async function sendMessage(call: Call, outgoing: Outgoing): Promise<string> {
  const { envelope, attachments } = outgoing
  if (sizeOf(attachments) > mostTogether) return sendInSections(call, outgoing)
  try {
    return messageIdIn(await call('SendMessage', envelope, attachmentsInput(attachments, new Set(attachments))))
  } catch (error) {
    const isTooBig = error instanceof EAddressFailure && error.meaning === 'too-big' && attachments.length > 0
    if (!isTooBig) throw error
    return sendInSections(call, outgoing, 0)
  }
}
