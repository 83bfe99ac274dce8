// What comes due in buildings, told by the capabilities that know: the table of contents gives them to the feeds.
import type { RawBuilder } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { PersonContext } from '../people/context.ts'

/** How old something is; `number` grows with each change. */
export type Revision = { number: number; at: Date }

/** One thing with its day: of a case, and then as old as that, or of none. */
export type Due = ({ caseId: number } | { caseId: null; revision: Revision }) & {
  /** Names what it is about, the same at each reading, in letters, digits and dashes. */
  key: string
  on: PlainDate
  /** null: nobody is reminded. */
  remindOn: PlainDate | null
  title: string
  address: string
  /** What else there is to know, line by line. */
  lines: readonly string[]
  /** The page on which something can be done about it. */
  path: string
}

/**
 * `buildings`: a select of `building_id`, of all that the reader may know of; `ofCase`: of one case alone. `from` and `to` are
 * both within.
 */
export type Asked = { ctx: PersonContext; buildings: RawBuilder<{ building_id: number }>; ofCase: boolean; from: PlainDate; to: PlainDate }

/** The earliest first, at most `mostDue`; in the language of `ctx`. */
export type DueSource = (asked: Asked) => Promise<Due[]>

/** More than this no calendar shows, and nobody waits for. */
export const mostDue = 5000

/** `Ķiršu iela 12`: in a title the town is left out. */
export const streetOf = (address: string): string => address.split(',')[0]!
