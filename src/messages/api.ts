// The endpoints of messages between the people of a house.
import { z } from 'zod'
import { caseNumberParams } from '../cases/api.ts'
import { inboxFilterOf } from '../notifications/inbox.ts'
import type { Recipient } from '../notifications/notice.ts'
import { endpoint, type Endpoint } from '../people/endpoint.ts'
import { cursorOf, dateShape, idShape, instantShape, isoInstant, isoInstantOrNull, listShape, placeOf, placeShape } from '../platform/api.ts'
import { openWriting, sendMessage } from './message-actions.ts'
import { daily, longest } from './message.ts'
import { receivedMessages, sentMessage, sentMessages } from './reading.ts'
import type { Message } from './store.ts'
import { refuse } from '../kernel/refusal.ts'

const path = '/cases/{number}/messages'
const textFields = { subject: z.string().max(longest.subject), body: z.string().max(longest.body).meta({ description: 'Plain text; lines stay lines.' }) }

const body = z.strictObject({
  ...textFields,
  all: z.boolean().default(false).meta({ description: 'To every owner whom the profile reaches; for the manager’s side alone.' }),
  manager: z.boolean().default(false).meta({ description: 'To the manager and the persons who answer for the house; for owners.' }),
  recipients: z.array(z.int()).max(2000).default([]).meta({ description: 'Chosen owners, by `id` from `listAddressees`.', examples: [[]] }),
})

const addresseeShape = z.object({ id: z.int(), name: z.string(), premises: z.array(z.string()).meta({ description: 'Last digits of the premises that they hold in the house.' }) }).meta({ id: 'Addressee' })
const addresseesShape = listShape(addresseeShape).extend({ all: z.boolean().meta({ description: 'Whether the profile may write to all at once.' }), management: z.array(z.string()) })

const sentShape = z.object({ id: z.int(), ...textFields, sentAt: instantShape, recipients: z.int(), read: z.int().meta({ description: 'How many of the recipients have read it.' }) }).meta({ id: 'SentMessage' })
const recipientShape = z.object({ kind: z.enum(['person', 'organisation']), name: z.string(), readAt: instantShape.nullable() })
const wholeShape = sentShape.extend({ to: z.array(recipientShape) }).meta({ id: 'SentMessageWithRecipients' })

const receivedShape = z
  .object({ id: z.int().meta({ description: 'The number of its notice: `markNoticeRead` takes it.' }), from: z.string(), ...textFields, receivedAt: instantShape, readAt: instantShape.nullable() })
  .meta({ id: 'ReceivedMessage' })

const shown = ({ id, subject, body: text, sentAt, recipients, read }: Message) => ({ id, subject, body: text, sentAt: isoInstant(sentAt!), recipients, read })
const shownRecipient = ({ kind, name, readAt }: Recipient) => ({ kind, name, readAt: isoInstantOrNull(readAt) })

const filter = z.strictObject({
  unread: z.enum(['true', 'false']).optional().meta({ description: 'Only unread or only read messages.' }),
  from: dateShape.optional().meta({ description: 'First day of receiving.' }),
  to: dateShape.optional().meta({ description: 'Last day of receiving.' }),
  ...placeShape,
})

export const messageEndpoints: readonly Endpoint[] = [
  endpoint({
    name: 'listAddressees', method: 'GET', path: '/cases/{number}/addressees', group: 'Messages', summary: 'List whom the profile may write to in a house',
    params: caseNumberParams, status: 200, returns: addresseesShape, refuses: ['forbidden'],
    answer: ({ ctx, params: { number } }) => openWriting(ctx, number),
    show: ({ people: { owners, management, reach } }) => ({ items: owners, next: null, all: reach.mayAll, management: management.map(({ name }) => name) }),
  }),
  endpoint({
    name: 'sendMessage', method: 'POST', path, group: 'Messages', summary: 'Send a message to people of a house',
    description: `The manager’s side writes to all or chosen owners; an owner to chosen owners and the manager, ${daily.messages} messages and ${daily.recipients} recipients a day at most.`,
    params: caseNumberParams, body, status: 201, returns: z.object({ id: z.int() }).meta({ id: 'MessageSent' }), refuses: ['forbidden'],
    answer: ({ ctx, params: { number }, body: { recipients, ...draft } }) => sendMessage(ctx, number, { ...draft, parties: recipients }),
    show: ({ id }) => ({ id }),
    location: ({ id }, { params: { number } }) => `/cases/${encodeURIComponent(number)}/messages/${id}`,
  }),
  endpoint({
    name: 'listSentMessages', method: 'GET', path, group: 'Messages', summary: 'List the messages that the profile sent in a house',
    description: 'The latest begun first, without drafts.', params: caseNumberParams, query: z.strictObject(placeShape), status: 200, returns: listShape(sentShape),
    answer: ({ ctx, params: { number }, query: { cursor, limit } }) => sentMessages(ctx, number, { sent: true, before: placeOf(cursor), limit }),
    show: ({ messages, next }) => ({ items: messages.map(shown), next: cursorOf(next) }),
  }),
  endpoint({
    name: 'showSentMessage', method: 'GET', path: `${path}/{id}`, group: 'Messages', summary: 'Show a sent message and who has read it',
    params: caseNumberParams.extend({ id: idShape }), status: 200, returns: wholeShape,
    answer: async ({ ctx, params: { number, id } }) => {
      const seen = await sentMessage(ctx, number, id)
      return seen.message.sentAt === null ? refuse.missing() : seen
    },
    show: ({ message, to }) => ({ ...shown(message), to: to.map(shownRecipient) }),
  }),
  endpoint({
    name: 'listReceivedMessages', method: 'GET', path: '/cases/{number}/received-messages', group: 'Messages', summary: 'List the messages that the profile received in a house',
    description: 'The latest first. Listing leaves them unread.', params: caseNumberParams, query: filter, status: 200, returns: listShape(receivedShape),
    answer: ({ ctx, params: { number }, query: { unread, from, to, cursor, limit } }) => {
      const { state, from: since, to: until } = inboxFilterOf({ state: unread && ({ true: 'unread', false: 'read' } as const)[unread], from, to })
      return receivedMessages(ctx, number, { state, from: since, to: until, before: placeOf(cursor), limit })
    },
    show: ({ messages, next }) => ({
      items: messages.map(({ id, from, subject, body: text, receivedAt, readAt }) => ({ id, from, subject, body: text, receivedAt: isoInstant(receivedAt), readAt: isoInstantOrNull(readAt) })),
      next: cursorOf(next),
    }),
  }),
]
