// What a sweep goes through for each kind of notice: chunk by chunk, a transaction each. Capabilities give it; the program puts them together.
import type { PlainDate } from '../kernel/date.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'

/** The last row of a chunk; the next one starts behind it. */
export type Place = { remindOn: PlainDate; caseId: number; id: number }

export type Held = Pick<Place, 'caseId' | 'id'>

/** `report`: shows what was told, once it is. */
export type Told = { told: number; unaddressed: number; last: Place | null; report?: () => void }

export type Source = {
  chunk: (tx: Writer, place: Place | null) => Promise<Told>
  /** Something due that another transaction holds. Locks what it asks about: for a short transaction of its own. */
  held: (tx: Writer) => Promise<Held | undefined>
  /** Waits until nobody holds it. */
  waitFor: (tx: Writer, held: Held) => Promise<unknown>
}

/** `runId` null: nothing is written (a dry run). */
export type Sweeping = { asOf: PlainDate; runId: number | null }

export type Teller = (ctx: Context, sweeping: Sweeping) => readonly Source[]
