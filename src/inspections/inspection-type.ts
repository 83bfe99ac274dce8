// A periodic inspection type of a building: its values, and when it is next due and reminded of (INS-3, INS-9).
import type { Parties } from '../buildings/building.ts'
import { distinct } from '../buildings/building.ts'
import { daysBetween, type PlainDate } from '../kernel/date.ts'
import { minusReminder, plusPeriod, type Period, type Reminder } from '../kernel/period.ts'
import { fold, tidy } from '../kernel/text.ts'
import type { Party } from '../people/actor.ts'

export const systemTypes = ['PERIODIC_TECHNICAL_SURVEY', 'FIRE_SAFETY', 'DANGEROUS_EQUIPMENT'] as const
export type SystemType = (typeof systemTypes)[number]

/** What a type is called: a system code or a person's own words, told apart by a label where there are several. */
export type TypeName = { type: string; label: string }

/** What a person sets. `reminder` null: no reminder is made. */
export type TypeSetting = TypeName & { firstOn: PlainDate; period: Period; reminder: Reminder | null }

export type InspectionType = TypeSetting & {
  caseId: number
  id: number
  lastPerformedOn: PlainDate | null
  nextOn: PlainDate
  remindOn: PlainDate | null
  lastNotifiedOn: PlainDate | null
}

export const isSystemType = (type: string): type is SystemType => systemTypes.includes(type as SystemType)

/** What is stored to compare names by: a system code as it is, own words folded. */
export const nameKeys = ({ type, label }: TypeName) => ({
  type: tidy(type),
  type_key: isSystemType(type) ? type : fold(type),
  label: tidy(label),
  label_key: fold(label),
})

export const sameName = (a: TypeName, b: TypeName): boolean => {
  const [one, other] = [nameKeys(a), nameKeys(b)]
  return one.type_key === other.type_key && one.label_key === other.label_key
}

/** INS-9 step 3, kept literal where an inspection is older than the first date and not rolled forward. */
export const nextOn = (setting: TypeSetting, lastPerformedOn: PlainDate | null): PlainDate =>
  lastPerformedOn === null ? setting.firstOn : plusPeriod(lastPerformedOn, setting.period)

/** INS-9 step 4; null: no reminder. */
export const remindOn = (setting: TypeSetting, next: PlainDate): PlainDate | null =>
  setting.reminder === null ? null : minusReminder(next, setting.reminder)

/** The dates that a type's row keeps, from its setting and the last inspection that counts. */
export function scheduled(setting: TypeSetting, lastPerformedOn: PlainDate | null) {
  const next = nextOn(setting, lastPerformedOn)
  return { lastPerformedOn, nextOn: next, remindOn: remindOn(setting, next) }
}

/** INS-9 step 5: a notice is due on `today` unless one was created on or after the remind-on date. */
export const reminderDue = (type: Pick<InspectionType, 'remindOn' | 'lastNotifiedOn'>, today: PlainDate): boolean =>
  type.remindOn !== null && type.remindOn <= today && (type.lastNotifiedOn === null || type.lastNotifiedOn < type.remindOn)

export type Addressed = 'responsible' | 'manager' | 'holders'

/** INS-9 step 6: the first of these that there is on the day. */
export function recipientsOf(parties: Parties): { to: Addressed; recipients: Party[] } {
  if (parties.responsible.length > 0) return { to: 'responsible', recipients: parties.responsible }
  if (parties.managers.length > 0) return { to: 'manager', recipients: parties.managers }
  return { to: 'holders', recipients: distinct(parties.holders.map((holder) => holder.party)) }
}

export type Status = 'overdue' | 'soon' | 'ahead'

/** Overdue after the next date; soon from the reminder on, or in the last 30 days where there is none. */
export function statusOf({ nextOn, remindOn }: Pick<InspectionType, 'nextOn' | 'remindOn'>, today: PlainDate): Status {
  if (nextOn < today) return 'overdue'
  const soon = remindOn === null ? daysBetween(today, nextOn) <= 30 : remindOn <= today
  return soon ? 'soon' : 'ahead'
}
