// What undoing an import answers.
import type { Done } from '../history/change.ts'
import type { Kept } from './undo-meters.ts'

export type UndoneValue = { what: 'readings'; removed: number; meters: number } | { what: 'meters'; removed: number; restored: number; kept: Kept[] }
export type Undone = Omit<Done<UndoneValue>, 'subjectId'>
