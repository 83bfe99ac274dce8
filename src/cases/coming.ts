// What comes next in cases, told by the capabilities that know: their pages give it to the lists of cases.
import type { PersonContext } from '../people/context.ts'
import type { Piece } from '../ui/html.ts'
import type { View } from '../ui/view.ts'

/** For each case of a list, what comes next in it, ready to be shown. */
export type ComingOf = (place: { ctx: PersonContext; view: View }, caseIds: readonly number[]) => Promise<Map<number, Piece>>

export type Coming = { operation: ComingOf; house: ComingOf }
