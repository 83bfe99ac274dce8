// The shapes that endpoints share: dates and instants as machines write them, and lists that go on at a cursor.
import { z } from 'zod'
import { isDate } from '../kernel/date.ts'

export const dateShape = z.string().meta({ format: 'date', examples: ['2027-03-01'] })
export const instantShape = z.string().meta({ format: 'date-time', examples: ['2026-11-23T07:00:00.000Z'] })

export const isoInstant = (at: Date): string => at.toISOString()
export const isoInstantOrNull = (at: Date | null): string | null => at && at.toISOString()

/** A list, or a page of one. */
export const listShape = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'The `cursor` of the page that follows; null at the end of the list.' }),
  })

const limitShape = z.coerce.number().int().min(1).max(100).default(30)

/** Query parameters of a list that is read in pages. */
export const pagingShape = {
  cursor: z.string().max(2000).optional().meta({ description: 'Where to go on: the `next` of the page before.' }),
  limit: limitShape.meta({ description: 'How many at most, 1 to 100.', examples: [30] }),
}

/** A place in a list that is ordered by number. */
export const placeShape = {
  ...pagingShape,
  cursor: z.string().regex(/^\d{1,15}$/).optional().meta({ description: 'Where to go on: the `next` of the page before.' }),
}
/** A place in a list that is ordered by day. */
export const dayPlaceShape = {
  ...pagingShape,
  cursor: z.string().refine(isDate).optional().meta({ description: 'Where to go on: the `next` of the page before.' }),
}
export const placeOf = (cursor: string | undefined): number | undefined => (cursor === undefined ? undefined : Number(cursor))
export const cursorOf = (place: number | null): string | null => (place === null ? null : String(place))

/** A number in a path; what is no number is nowhere. */
export const idShape = z.coerce.number().int().min(1).max(999_999_999_999_999)
