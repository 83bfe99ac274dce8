// What comes next in cases, told by the capabilities that know: their pages give it to the lists of cases.
import type { PersonContext } from '../people/context.ts'
import type { Html, Piece } from '../ui/html.ts'
import type { View } from '../ui/view.ts'
import type { HouseCase } from './case.ts'

/** For each case of a list, what comes next in it, ready to be shown. */
export type ComingOf = (place: { ctx: PersonContext; view: View }, caseIds: readonly number[]) => Promise<Map<number, Piece>>

export type Coming = { operation: ComingOf; house: ComingOf }

/** What is due of a house besides inspections, as a line of its front page; null where nothing is. */
export type DueInHouse = (place: { ctx: PersonContext; view: View }, file: HouseCase) => Promise<Html | null>
