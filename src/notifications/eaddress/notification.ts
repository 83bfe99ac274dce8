// What the official e-address service tells of a message that was sent (INTERFACES 1.2).
import { allNamed, childText, type Element } from './xml.ts'

export type MessageStatus = 'New' | 'Sent' | 'Rejected' | 'Accepted' | 'DeliveryDelayed' | 'RecipientAccepted' | 'RecipientRejected'

/** `createdOn`: null where it cannot be read. `recipients`: addresses that it is about. `status`: empty where it tells of none. */
export type Notification = {
  id: string
  createdOn: Date | null
  messageId: string
  type: string
  status: MessageStatus | ''
  reason: string
  recipients: string[]
}

const instantOf = (text: string): Date | null => {
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? null : at
}

const notificationOf = (element: Element): Notification => ({
  id: childText(element, 'Id'),
  createdOn: instantOf(childText(element, 'CreatedOn')),
  messageId: childText(element, 'MessageId'),
  type: childText(element, 'Type'),
  status: childText(element, 'MessageStatus') as MessageStatus | '',
  reason: [childText(element, 'MessageStatusReason'), childText(element, 'StatusCode'), childText(element, 'StatusText')].filter(Boolean).join(' '),
  recipients: element.children.filter(({ name }) => name === 'Recipients').flatMap((list) => list.children.map(({ text }) => text.trim())),
})

/** `hasMore`: the service holds further ones, which come once these are confirmed. */
export const notificationsIn = (output: Element): { notifications: Notification[]; hasMore: boolean } => ({
  notifications: allNamed(output, 'Notification').map(notificationOf).filter(({ id }) => id !== ''),
  hasMore: allNamed(output, 'HasMoreData')[0]?.text.trim() === 'true',
})
