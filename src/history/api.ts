// Events as the API shows them.
import { z } from 'zod'
import { cursorOf, instantShape, listShape } from '../platform/api.ts'
import { actions } from './actions.ts'
import type { EventPage } from './store.ts'

const data = z.record(z.string(), z.unknown()).nullable()

export const eventShape = z
  .object({
    id: z.int(),
    at: instantShape,
    action: z.enum(Object.keys(actions) as [keyof typeof actions]),
    kind: z.enum(['CREATE', 'UPDATE', 'DELETE']),
    subjectId: z.int().nullable().meta({ description: 'The inspection type, inspection or other thing that was changed.' }),
    actor: z.string().nullable().meta({ description: 'The person’s name; null where the system did it.' }),
    actingFor: z.string().nullable().meta({ description: 'The organisation acted for; null for oneself and the system.' }),
    via: z.enum(['page', 'api', 'command', 'job']),
    justification: z.string().nullable(),
    before: data,
    after: data,
  })
  .meta({ id: 'Event' })

export const eventListShape = listShape(eventShape)

export const shownEvents = ({ events, next }: EventPage) => ({
  items: events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })),
  next: cursorOf(next),
})
