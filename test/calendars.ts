// Random calendars for property tests: buildings, the parties of each with their days, inspection types, and what is done between mornings.
import fc from 'fast-check'
import type { TypeName, TypeSetting } from '../src/inspections/inspection-type.ts'
import type { InspectionStatus } from '../src/inspections/tables.ts'
import { addDays, addMonths, type PlainDate } from '../src/kernel/date.ts'
import type { Period, Reminder } from '../src/kernel/period.ts'
import { date } from './world.ts'

export type Validity = { from: PlainDate; to: PlainDate | null }
/** Parties are told by their place in a list that the test has. */
export type HolderPlan = Validity & { party: number; premises: string; right: 'owner' | 'possessor' }
export type ManagerPlan = Validity & { party: number; responsible: (Validity & { person: number })[] }
export type InspectionPlan = TypeName & { performedOn: PlainDate; periodic: boolean; status: InspectionStatus }
export type BuildingPlan = {
  /** Held by one person all along, who then changes things through the door; else by `holders`. */
  isChanged: boolean
  holders: HolderPlan[]
  managers: ManagerPlan[]
  types: TypeSetting[]
  inspections: InspectionPlan[]
}
export type ChangePlan = {
  kind: 'add' | 'edit' | 'rename' | 'remove' | 'record' | 'annul'
  /** Which of those that there are, counted around. */
  building: number
  item: number
  period: Period
  reminder: Reminder | null
  name: TypeName
  days: number
  periodic: boolean
}
/** A morning some days after the one before; `back`: first swept as of so many days earlier; `isDry`: dry before that. */
export type MorningPlan = { after: number; changes: ChangePlan[]; back: number; isDry: boolean }
export type CalendarPlan = { start: PlainDate; buildings: BuildingPlan[]; mornings: MorningPlan[] }

/** The same words, written as people do. */
const spellings: readonly (readonly TypeName[])[] = [
  [{ type: 'PERIODIC_TECHNICAL_SURVEY', label: '' }],
  [{ type: 'FIRE_SAFETY', label: '' }],
  [{ type: 'DANGEROUS_EQUIPMENT', label: 'Lifts 1' }, { type: 'DANGEROUS_EQUIPMENT', label: ' LIFTS  1' }],
  [{ type: 'DANGEROUS_EQUIPMENT', label: 'Lifts 2' }],
  [{ type: 'Skursteņu tīrīšana', label: '' }, { type: 'skurstenu  TIRISANA', label: '' }],
  [{ type: 'Jumta "apskate", {A\\B}', label: 'ziemeļu puse' }],
]
const name = fc.constantFrom(...spellings.flat())

/** Around a day: also the ends of months, and leap days. */
const dayAround = (start: PlainDate, before: number, after: number) => {
  const [first, last] = [addDays(start, -before), addDays(start, after)]
  const leapDays = ['2024-02-29', '2028-02-29'].map(date).filter((day) => day >= first && day <= last)
  const monthStart = date(`${start.slice(0, 7)}-01`)
  return fc.oneof(
    fc.integer({ min: -before, max: after }).map((days) => addDays(start, days)),
    fc.integer({ min: -Math.floor(before / 31), max: Math.floor(after / 31) }).map((months) => addDays(addMonths(monthStart, months), -1)),
    ...leapDays.map((day) => fc.constant(day)),
  )
}

const validity = (start: PlainDate): fc.Arbitrary<Validity> =>
  fc
    .tuple(fc.integer({ min: -300, max: 60 }), fc.option(fc.integer({ min: 0, max: 400 })))
    .map(([from, days]) => ({ from: addDays(start, from), to: days === null ? null : addDays(start, from + days) }))

const period: fc.Arbitrary<Period> = fc.oneof(
  fc.record({ value: fc.integer({ min: 1, max: 18 }), unit: fc.constant('MONTH' as const) }),
  fc.record({ value: fc.integer({ min: 1, max: 3 }), unit: fc.constant('YEAR' as const) }),
)

/** Shorter than a month, now and then longer. */
const reminder: fc.Arbitrary<Reminder | null> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ value: fc.integer({ min: 0, max: 27 }), unit: fc.constant('DAY' as const) }) },
  { weight: 4, arbitrary: fc.record({ value: fc.integer({ min: 0, max: 11 }), unit: fc.constant('MONTH' as const) }) },
  { weight: 1, arbitrary: fc.constant(null) },
)

const typeSetting = (start: PlainDate) =>
  fc.record({ spelling: fc.constantFrom(...spellings), firstOn: dayAround(start, 500, 300), period, reminder }).map(({ spelling, ...rest }) => ({ ...spelling[0]!, ...rest }))

const buildingPlan = (start: PlainDate, parties: number, persons: number): fc.Arbitrary<BuildingPlan> => {
  const party = fc.nat(parties - 1)
  const right = fc.constantFrom('owner' as const, 'possessor' as const)
  const responsible = fc.uniqueArray(validity(start).chain((days) => fc.nat(persons - 1).map((person) => ({ ...days, person }))), { maxLength: 2, selector: ({ person }) => person })
  const manager = fc.tuple(validity(start), party, responsible).map(([days, party, responsible]) => ({ ...days, party, responsible }))
  const holder = fc.tuple(validity(start), party, fc.constantFrom('', '1', '2'), right).map(([days, party, premises, right]) => ({ ...days, party, premises, right }))
  return fc.record({
    isChanged: fc.boolean(),
    holders: fc.uniqueArray(holder, { maxLength: 4, selector: ({ party, premises, right }) => `${party} ${premises} ${right}` }),
    managers: fc.uniqueArray(manager, { maxLength: 2, selector: ({ party }) => party }),
    types: fc.uniqueArray(typeSetting(start), { minLength: 1, maxLength: 4, selector: ({ type, label }) => `${type} ${label}` }),
    inspections: fc.array(
      fc
        .record({
          name,
          performedOn: dayAround(start, 700, 0),
          periodic: fc.boolean(),
          status: fc.constantFrom('registered' as const, 'registered' as const, 'registered' as const, 'draft' as const, 'annulled' as const),
        })
        .map(({ name, ...rest }) => ({ ...name, ...rest })),
      { maxLength: 6 },
    ),
  })
}

const changePlan: fc.Arbitrary<ChangePlan> = fc.record({
  kind: fc.constantFrom('add', 'edit', 'edit', 'edit', 'rename', 'remove', 'record', 'record', 'annul'),
  building: fc.nat(100),
  item: fc.nat(100),
  period,
  reminder,
  name,
  days: fc.nat(90),
  periodic: fc.boolean(),
})

const morningPlan = (changes: number): fc.Arbitrary<MorningPlan> =>
  fc.record({
    after: fc.oneof(fc.constantFrom(0, 1), fc.nat(45)),
    changes: fc.array(changePlan, { maxLength: changes }),
    back: fc.oneof(fc.constant(0), fc.nat(60)),
    isDry: fc.boolean(),
  })

/** `parties` there are, of whom the first `persons` are persons. */
export const calendarPlan = ({ parties, persons, buildings, mornings, changes }: Record<'parties' | 'persons' | 'buildings' | 'mornings' | 'changes', number>): fc.Arbitrary<CalendarPlan> =>
  fc
    .tuple(fc.constantFrom('2027-12-20', '2028-02-10', '2026-08-15', '2027-01-25'), fc.nat(20))
    .map(([start, days]) => addDays(date(start), days))
    .chain((start) =>
      fc.record({
        start: fc.constant(start),
        buildings: fc.array(buildingPlan(start, parties, persons), { minLength: 1, maxLength: buildings, size: 'max' }),
        mornings: fc.array(morningPlan(changes), { minLength: 1, maxLength: mornings, size: 'max' }),
      }),
    )
