// What is inspected in the demo and when it is next due, told from today, so that some of it is always late and some soon.
import { addDays, addMonths, type PlainDate } from '../kernel/date.ts'
import { months, parsePeriod, plusPeriod } from '../kernel/period.ts'
import { cottage, farmhouse, flats, garage, office, rented, school, twoOwners, type DemoBuilding } from './houses.ts'

/** `dueIn` days from today (negative: late), after `done` inspections; `remind` empty for none. */
type Plan = {
  building: DemoBuilding
  type: string
  label?: string
  every: string
  remind: string
  dueIn: number
  done: number
  /** What the numbers of its documents begin with. */
  number?: string
}

const survey = 'PERIODIC_TECHNICAL_SURVEY'
const fire = 'FIRE_SAFETY'
const equipment = 'DANGEROUS_EQUIPMENT'

const plans: readonly Plan[] = [
  { building: cottage, type: 'Dūmvada tīrīšana', every: 'P1Y', remind: 'P1M', dueIn: 19, done: 4 },
  { building: cottage, type: 'Gāzes katla apkope', every: 'P1Y', remind: 'P10D', dueIn: -12, done: 3, number: 'GK' },
  { building: cottage, type: survey, every: 'P15Y', remind: '', dueIn: 2300, done: 0 },
  { building: flats, type: survey, every: 'P10Y', remind: 'P6M', dueIn: 95, done: 1, number: 'TA' },
  { building: flats, type: fire, every: 'P1Y', remind: 'P1M', dueIn: 214, done: 5, number: 'UD' },
  { building: flats, type: equipment, label: 'Lifts 1', every: 'P1Y', remind: 'P1M', dueIn: -65, done: 4, number: 'L1' },
  { building: flats, type: equipment, label: 'Lifts 2', every: 'P1Y', remind: 'P1M', dueIn: 131, done: 4, number: 'L2' },
  { building: flats, type: 'Jumta apskate', every: 'P6M', remind: 'P10D', dueIn: 6, done: 7 },
  { building: flats, type: 'Apkures sistēmas hidrauliskā pārbaude', every: 'P1Y', remind: 'P1M', dueIn: 286, done: 3, number: 'AH' },
  { building: flats, type: 'Ventilācijas kanālu tīrīšana', every: 'P5Y', remind: '', dueIn: 740, done: 2 },
  { building: garage, type: 'Jumta apskate', every: 'P1Y', remind: 'P1M', dueIn: 160, done: 2 },
  { building: garage, type: 'Elektroinstalācijas pretestības mērījumi', every: 'P10Y', remind: 'P3M', dueIn: 48, done: 1, number: 'EM' },
  { building: school, type: survey, every: 'P10Y', remind: 'P3M', dueIn: 22, done: 1, number: 'TA' },
  { building: school, type: fire, every: 'P1Y', remind: 'P1M', dueIn: -17, done: 5, number: 'UD' },
  { building: school, type: equipment, label: 'Apkures katls 1', every: 'P2Y', remind: 'P2M', dueIn: 320, done: 3, number: 'K1' },
  { building: school, type: equipment, label: 'Apkures katls 2', every: 'P2Y', remind: 'P2M', dueIn: 41, done: 3, number: 'K2' },
  { building: school, type: 'Rotaļu laukuma apskate', every: 'P3M', remind: 'P10D', dueIn: 9, done: 9 },
  { building: school, type: 'Evakuācijas apgaismojuma pārbaude', every: 'P6M', remind: 'P0D', dueIn: 74, done: 6 },
  { building: office, type: fire, every: 'P1Y', remind: 'P1M', dueIn: 26, done: 4, number: 'UD' },
  { building: office, type: equipment, label: 'Lifts', every: 'P1Y', remind: 'P1M', dueIn: 190, done: 4, number: 'L' },
  { building: office, type: 'Kondicionēšanas iekārtu apkope', every: 'P6M', remind: 'P1M', dueIn: -5, done: 5 },
  { building: twoOwners, type: 'Dūmvada tīrīšana', every: 'P1Y', remind: 'P1M', dueIn: 28, done: 3 },
  { building: twoOwners, type: fire, every: 'P5Y', remind: 'P1M', dueIn: 900, done: 1 },
  { building: farmhouse, type: 'Dūmvada tīrīšana', every: 'P1Y', remind: 'P1M', dueIn: -31, done: 2 },
  { building: farmhouse, type: 'Akas ūdens analīze', every: 'P3Y', remind: '', dueIn: 410, done: 1 },
  { building: rented, type: 'Dūmvada tīrīšana', every: 'P1Y', remind: 'P1M', dueIn: 17, done: 2 },
  { building: rented, type: 'Gāzes katla apkope', every: 'P1Y', remind: 'P10D', dueIn: 143, done: 2, number: 'GK' },
]

/** Nobody comes on the very day: so many days off, by turns. */
const lateness = [0, 4, -3, 9, 1, -6, 2]

/** The last inspection lies one period before the next date; the ones before it about a period apart. */
function datesOf({ every, dueIn, done }: Plan, today: PlainDate): PlainDate[] {
  const period = parsePeriod(every)!
  const last = addMonths(addDays(today, dueIn), -months(period))
  return Array.from({ length: done }, (_, back) => addDays(plusPeriod(last, period, -back), back === 0 ? 0 : lateness[back % lateness.length]!))
}

export type DemoInspection = { plan: Plan; on: PlainDate; status: 'registered' | 'draft' | 'annulled'; number: string }

const numberOf = ({ number }: Plan, on: PlainDate): string => (number ? `${number}-${on.slice(0, 4)}/${Number(on.slice(5, 7)) * 7}` : '')

export const inspectionsAt = (today: PlainDate): DemoInspection[] => [
  ...plans.flatMap((plan) => datesOf(plan, today).map((on): DemoInspection => ({ plan, on, status: 'registered', number: numberOf(plan, on) }))),
  ...plans
    .filter(({ building, type }) => building === flats && type === fire)
    .flatMap((plan): DemoInspection[] => [
      { plan, on: addDays(today, -3), status: 'draft', number: 'UD-melnraksts' },
      { plan, on: addDays(today, -80), status: 'annulled', number: 'UD-kļūda' },
    ]),
]

/** The first date lies a period before the first inspection that is known, or is the next date itself. */
export const typesAt = (today: PlainDate) =>
  plans.map((plan) => {
    const first = datesOf(plan, today).at(-1)
    return { plan, firstOn: first ?? addDays(today, plan.dueIn) }
  })
