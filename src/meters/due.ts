// Meters as calendar programs show them: the readings of a house that are due on a day, and the validity terms that end on one.
import type { PlainDate } from '../kernel/date.ts'
import { streetOf, type Due, type DueSource } from '../feeds/due.ts'
import type { PersonContext } from '../people/context.ts'
import { say, type Locale } from '../ui/locale.ts'
import { metersDue, type MetersDue } from './due-sql.ts'
import { flatOf, meterName, metersPath } from './meter-view.ts'
import type { MeterKind } from './reminder-sql.ts'
import { usualLead, validityRemindOn } from './reminder.ts'
import { roundPath } from './round-view.ts'

/** So many meters are named; of more it says how many. */
const mostNamed = 20

const meterLine = (locale: Locale, { premises, ...meter }: MetersDue['meters'][number]) =>
  premises === '' ? meterName({ locale }, meter) : `${meterName({ locale }, meter)}, ${say(locale, 'meter.premises', { code: flatOf(premises) })}`

function titleOf(locale: Locale, kind: MeterKind, { meters, address }: MetersDue): string {
  const [only, ...more] = meters
  const what = only && more.length === 0 ? say(locale, `due.${kind}.one`, { type: only.type, number: only.number }) : say(locale, `due.${kind}.many`, { count: meters.length })
  return `${what} – ${streetOf(address)}`
}

/** A reading is reminded of on its day, a validity term as long before as the installation has it (DOMAIN 3.5). */
const remindOn = ({ settings }: PersonContext, kind: MeterKind, on: PlainDate) =>
  kind === 'READING_DUE' ? on : validityRemindOn(on, settings.meterValidityLead ?? usualLead)

function dueOf(ctx: PersonContext, kind: MeterKind, due: MetersDue): Due {
  const { locale } = ctx
  const { caseId, caseNumber, place, on, address, meters } = due
  const rest = meters.length - mostNamed
  const file = { number: caseNumber }
  return {
    caseId,
    key: `${kind === 'READING_DUE' ? 'readings' : 'validity'}-${caseId}-${place}-${on}`,
    on,
    remindOn: remindOn(ctx, kind, on),
    title: titleOf(locale, kind, due),
    address,
    lines: [
      ...meters.slice(0, mostNamed).map((meter) => meterLine(locale, meter)),
      ...(rest > 0 ? [say(locale, 'due.more', { count: rest })] : []),
      say(locale, 'case.house', file),
    ],
    path: kind === 'READING_DUE' ? roundPath(file) : metersPath(file),
  }
}

const dueBy = (kind: MeterKind): DueSource => async (asked) => (await metersDue(kind, asked)).map((due) => dueOf(asked.ctx, kind, due))

export const metersDueSources: readonly DueSource[] = [dueBy('READING_DUE'), dueBy('METER_VALIDITY')]
