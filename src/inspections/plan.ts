// Which reminders are ahead, from the same rules as the sweep; pure.
import { addDays, addMonths, max, type PlainDate } from '../kernel/date.ts'
import { nextOn, remindOn, reminderDue, type InspectionType } from './inspection-type.ts'

/** A reminder to be sent. */
export type PlannedReminder = {
  type: InspectionType
  /** The day it is sent: its remind-on date; when that has passed already, today or the morning after the inspection before. */
  on: PlainDate
  /** It is due today: the next sweep sends it. */
  isDue: boolean
  /** The next date that it reminds of. */
  nextOn: PlainDate
  /** Sent only if the inspection before is done on this day; null: certain as things stand. */
  ifDoneOn: PlainDate | null
}

type Cycle = Pick<InspectionType, 'nextOn' | 'remindOn' | 'lastNotifiedOn'>

/** The reminder of a cycle; undefined when there is none to be sent any more. */
function reminderOf(type: InspectionType, cycle: Cycle, today: PlainDate, ifDoneOn: PlainDate | null): PlannedReminder | undefined {
  if (cycle.remindOn === null) return undefined
  const on = max(cycle.remindOn, ifDoneOn === null ? today : addDays(ifDoneOn, 1))
  return reminderDue(cycle, on) ? { type, on, isDue: ifDoneOn === null && on === today, nextOn: cycle.nextOn, ifDoneOn } : undefined
}

/** The cycle after one whose inspection is done on its planned date: today at the earliest. */
function following(type: InspectionType, cycle: Cycle, doneOn: PlainDate, sentOn: PlainDate | null): Cycle {
  const next = nextOn(type, doneOn)
  return { nextOn: next, remindOn: remindOn(type, next), lastNotifiedOn: sentOn ?? cycle.lastNotifiedOn }
}

function remindersOf(type: InspectionType, today: PlainDate, until: PlainDate): PlannedReminder[] {
  const reminders: PlannedReminder[] = []
  let cycle: Cycle = type
  let doneOn: PlainDate | null = null
  while (cycle.remindOn !== null && cycle.remindOn <= until) {
    const reminder = reminderOf(type, cycle, today, doneOn)
    if (reminder && reminder.on <= until) reminders.push(reminder)
    doneOn = max(cycle.nextOn, today)
    cycle = following(type, cycle, doneOn, reminder?.on ?? null)
  }
  return reminders
}

/**
 * What the sweep will send in the twelve months from today, the earliest first. Beyond a type's next reminder it is told
 * on which day the inspection is supposed to be done; recorded later or earlier, the dates move with it (INS-9).
 */
export function plannedReminders(types: readonly InspectionType[], today: PlainDate): PlannedReminder[] {
  const until = addMonths(today, 12)
  const reminders = types.flatMap((type) => remindersOf(type, today, until))
  return reminders.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}
