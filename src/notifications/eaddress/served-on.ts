// When a decision sent to an official e-address counts as served.
import type { PlainDate } from '../../kernel/date.ts'
import { addWorkingDays } from '../../kernel/holiday.ts'

/** The second working day after it was sent, whether or not it was opened. Dates are of Riga. */
export const servedOn = (sentOn: PlainDate): PlainDate => addWorkingDays(sentOn, 2)
