// Inspections as calendar programs show them: each type of a building on the day when it is next due.
import { casePath } from '../cases/frame.ts'
import { streetOf, type Due, type DueSource } from '../feeds/due.ts'
import { say, shortDate, type Locale } from '../ui/locale.ts'
import { plannedBetween, type Planned } from './calendar-store.ts'
import { typeTitle } from './names.ts'
import { everyWords } from './words.ts'

function dueOf(locale: Locale, planned: Planned): Due {
  const { caseId, id, nextOn, remindOn, address, caseNumber, lastPerformedOn, period } = planned
  const every = say(locale, 'feed.inspection.every', { every: everyWords(locale, period) })
  const last = lastPerformedOn ? say(locale, 'inspections.last-on', { date: shortDate(locale, lastPerformedOn) }) : say(locale, 'inspections.never')
  return {
    caseId,
    key: `inspection-${caseId}-${id}`,
    on: nextOn,
    remindOn,
    title: `${typeTitle(locale, planned)} – ${streetOf(address)}`,
    address,
    lines: [last, every, say(locale, 'case.operation', { number: caseNumber })],
    path: casePath(caseNumber),
  }
}

export const inspectionsDue: DueSource = async ({ ctx, ...asked }) => (await plannedBetween(ctx.db, asked)).map((planned) => dueOf(ctx.locale, planned))
