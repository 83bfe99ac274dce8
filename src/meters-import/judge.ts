// Judges the rows of one meter by the rule that judges every reading, each against what was taken before it.
import type { PlainDate } from '../kernel/date.ts'
import { parseQuantity, quantity, type Quantity } from '../kernel/quantity.ts'
import type { Meter } from '../meters/meter.ts'
import { judgeAfter, pastAfter, pastOf, type Reading } from '../meters/reading.ts'
import { refused, type RowVerdict } from './row.ts'

/** As the file writes it; `caseNumber` and `type` may be empty where the number alone says which meter. */
export type ReadingRow = { line: number; caseNumber: string; type: string; number: string; readOn: string; value: string; difference: string }

export type Measured = Pick<Meter, 'caseId' | 'id' | 'installedOn' | 'initial' | 'status' | 'periodMonths'>
export type Taken = { meter: Measured; reading: Reading }

const isSigned = { signed: true }

/** The difference is optional; one that cannot be read is as bad as such a value. */
function amounts({ value, difference }: ReadingRow): { value: Quantity | undefined; difference: Quantity | null } {
  const typed = difference.trim() === '' ? null : parseQuantity(difference, isSigned)
  return { value: typed === undefined ? undefined : parseQuantity(value), difference: typed ?? null }
}

const byDate = (a: ReadingRow, b: ReadingRow) => (a.readOn < b.readOn ? -1 : a.readOn > b.readOn ? 1 : a.line - b.line)

/** In the order of their dates, then of the file. `stored` are the meter's readings, oldest first, at least its last 25. */
export function judgeMeter(file: string, meter: Measured, stored: readonly Reading[], rows: readonly ReadingRow[], today: PlainDate): { verdicts: RowVerdict[]; taken: Taken[] } {
  const there = new Map(stored.map(({ readOn, value }): [string, Quantity] => [readOn, value]))
  let past = pastOf(meter, stored)
  const taken: Taken[] = []
  const verdicts = rows.toSorted(byDate).map((row): RowVerdict => {
    const { value, difference } = amounts(row)
    const isThere = value !== undefined && there.get(row.readOn) === value
    const found = judgeAfter(meter, past, isThere, { readOn: row.readOn, value }, today)
    if (found.verdict === 'refused') return refused(file, row.line, ...found.codes)
    const reading: Reading = { readOn: row.readOn as PlainDate, value: value!, difference, rolledOver: quantity(0), estimated: false, warnings: found.codes }
    past = pastAfter(meter, past, reading)
    there.set(reading.readOn, reading.value)
    taken.push({ meter, reading })
    return { file, line: row.line, verdict: found.verdict, codes: found.codes }
  })
  return { verdicts, taken }
}
