// When somebody is reminded of a meter, and who: a reading is due, or its validity term is near (DOMAIN 3.5, 0a.3).
import { distinct, rightfulHolders } from '../buildings/building.ts'
import { mayManageMeters } from '../cases/access.ts'
import type { HouseCase } from '../cases/case.ts'
import type { PlainDate } from '../kernel/date.ts'
import { minusReminder, type Reminder } from '../kernel/period.ts'
import type { Party, PersonActor } from '../people/actor.ts'
import type { Policy } from '../people/context.ts'
import type { Meter } from './meter.ts'

/** How long before a meter's validity term its people are reminded, unless the installation sets another time. */
export const usualLead: Reminder = { value: 1, unit: 'MONTH' }

/** The days on which somebody was last told of a meter. */
export type Marks = { readingNotifiedOn: PlainDate | null; validityNotifiedOn: PlainDate | null }

/** Once for each date, as with inspections: not where something was told on or after it. */
const isDue = (remindOn: PlainDate, notifiedOn: PlainDate | null, today: PlainDate) => remindOn <= today && (notifiedOn === null || notifiedOn < remindOn)

/** Never of a meter out of use, nor of one without any reading: there is nothing to judge from (DOMAIN 14.1). */
export const readingReminderDue = (meter: Pick<Meter, 'status' | 'lastReadOn' | 'readingDueOn'> & Marks, today: PlainDate): boolean =>
  meter.status === 'ACTIVE' && meter.lastReadOn !== null && isDue(meter.readingDueOn, meter.readingNotifiedOn, today)

export const validityRemindOn = (validUntil: PlainDate, lead: Reminder): PlainDate => minusReminder(validUntil, lead)

export const validityReminderDue = (meter: Pick<Meter, 'status' | 'validUntil'> & Marks, lead: Reminder, today: PlainDate): boolean =>
  meter.status === 'ACTIVE' && meter.validUntil !== null && isDue(validityRemindOn(meter.validUntil, lead), meter.validityNotifiedOn, today)

export type Addressed = 'responsible' | 'manager' | 'holders'

const asActor = (party: Party): PersonActor => ({ kind: 'person', person: party, profile: party, represents: party.kind === 'person' ? 'self' : 'sole', operator: false, support: false })

/**
 * Who may enter the readings of a meter (MTR-1, A-1 to A-4): the responsible person, else the manager, else the sole holder; of these
 * only whoever may. An organisation may where somebody signs for it alone (`soleSigned`). Nobody: nobody is told.
 */
export function whoEnters(file: HouseCase, policy: Policy, buildingId: number | null, soleSigned: (party: Party) => boolean): { to: Addressed; recipients: Party[] } | null {
  const asked = file.buildings.filter(({ building }) => buildingId === null || building.id === buildingId).map(({ parties }) => parties)
  const may = (party: Party) => (party.kind === 'person' || soleSigned(party)) && mayManageMeters(asActor(party), file, policy, buildingId)
  const cascade: [Addressed, Party[]][] = [
    ['responsible', asked.flatMap(({ responsible }) => responsible)],
    ['manager', asked.flatMap(({ managers }) => managers)],
    ['holders', asked.flatMap(({ holders }) => rightfulHolders(holders).map(({ party }) => party))],
  ]
  const [first] = cascade.map(([to, parties]) => ({ to, recipients: distinct(parties).filter(may) })).filter(({ recipients }) => recipients.length > 0)
  return first ?? null
}
