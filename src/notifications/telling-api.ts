// The endpoints of how a profile is told, and of the proof that it was.
import { z } from 'zod'
import { endpoint, type Endpoint } from '../people/endpoint.ts'
import { dateShape, idShape, instantShape, isoInstant, isoInstantOrNull } from '../platform/api.ts'
import { channelNames } from './channel.ts'
import { changePreferences, seePreferences, switches, type Preferences } from './preferences.ts'
import { seeProof, type DeliveryProof, type Proof } from './proof.ts'

const hourShape = z.int().nullable().meta({ description: 'An hour of the day in Europe/Riga, 0 to 23; null: none.', examples: [22] })

const preferences = {
  muted: z.array(z.string()).meta({ description: `What is switched off, each a category and a channel: ${switches.map((one) => `\`${one}\``).join(', ')}.`, examples: [['messages:push']] }),
  quietFrom: hourShape,
  quietTo: hourShape,
  digestHour: hourShape.meta({ description: 'When the day’s mails come as one, 0 to 23; null: each at once.', examples: [18] }),
}
const preferencesShape = z.object(preferences).meta({ id: 'NoticePreferences' })

const shownPreferences = ({ muted, quietFrom, quietTo, digestHour }: Preferences) => ({ muted: [...muted].sort(), quietFrom, quietTo, digestHour })

const textOf = (hour: number | null) => (hour === null ? '' : String(hour))

const deliveryShape = z.object({
  channel: z.enum(channelNames),
  state: z.enum(['queued', 'sent', 'delivered', 'failed', 'cancelled']),
  readyAt: instantShape.meta({ description: 'Since when it may be sent.' }),
  sentAt: instantShape.nullable(),
  subject: z.string().nullable().meta({ description: 'As it was rendered; null while nothing was.' }),
  text: z.string().nullable(),
  servedOn: dateShape.nullable().meta({ description: 'Of an e-address: the day on which it counts as served.' }),
  attempts: z.array(z.object({ at: instantShape, obstacle: z.enum(['refused', 'delayed', 'unreachable', 'misconfigured']).nullable(), answer: z.string().meta({ description: 'What the other side said.' }) })),
})

const proofShape = z
  .object({
    createdAt: instantShape,
    sender: z.string().nullable().meta({ description: 'Who told it; null: the system.' }),
    recipients: z.array(z.object({ name: z.string(), isOwn: z.boolean(), readAt: instantShape.nullable(), readBy: z.string().nullable(), deliveries: z.array(deliveryShape) })),
    more: z.boolean().meta({ description: 'There are more recipients than are shown.' }),
  })
  .meta({ id: 'Proof' })

const shownDelivery = ({ channel, state, readyAt, sentAt, subject, text, official, attempts }: DeliveryProof) => ({
  channel,
  state,
  readyAt: isoInstant(readyAt),
  sentAt: isoInstantOrNull(sentAt),
  subject,
  text,
  servedOn: official?.servedOn ?? null,
  attempts: attempts.map(({ at, obstacle, answer }) => ({ at: isoInstant(at), obstacle, answer })),
})

const shownProof = ({ notice, recipients, more }: Proof) => ({
  createdAt: isoInstant(notice.createdAt),
  sender: notice.sender,
  recipients: recipients.map(({ name, isOwn, readAt, readBy, deliveries }) => ({ name, isOwn, readAt: isoInstantOrNull(readAt), readBy, deliveries: deliveries.map(shownDelivery) })),
  more,
})

export const tellingEndpoints: readonly Endpoint[] = [
  endpoint({
    name: 'showNoticeProof', method: 'GET', path: '/notices/{id}/proof', group: 'Notices', summary: 'Show how a notice was told',
    description: 'What was sent, by which channel, each attempt with its answer, and when it was opened: for its sender and the operator of all recipients, for a recipient of itself.',
    params: z.object({ id: idShape }), status: 200, returns: proofShape,
    answer: ({ ctx, params: { id } }) => seeProof(ctx, id),
    show: shownProof,
  }),
  endpoint({
    name: 'showNoticePreferences', method: 'GET', path: '/notice-preferences', group: 'Notices', summary: 'Show how the profile is told',
    status: 200, returns: preferencesShape,
    answer: ({ ctx }) => seePreferences(ctx),
    show: shownPreferences,
  }),
  endpoint({
    name: 'changeNoticePreferences', method: 'PUT', path: '/notice-preferences', group: 'Notices', summary: 'Change how the profile is told',
    description: 'Takes the whole choice. What cannot be muted is told all the same.',
    body: z.strictObject(preferences), status: 200, returns: preferencesShape, refuses: ['invalid', 'forbidden'],
    answer: ({ ctx, body }) => changePreferences(ctx, { muted: body.muted, quietFrom: textOf(body.quietFrom), quietTo: textOf(body.quietTo), digestHour: textOf(body.digestHour) }),
    show: shownPreferences,
  }),
]
