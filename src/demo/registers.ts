// The demo's registers, as the same CSV files that an installation loads.
import { addDays, addMonths, type PlainDate } from '../kernel/date.ts'
import { columns, type RegisterFile, type RegisterName } from '../import/register.ts'
import { inspectionsAt, typesAt } from './calendar.ts'
import { buildings, holders, houseCases, managers } from './houses.ts'
import { organisations, persons, representatives, type DemoOrganisation, type DemoPerson } from './people.ts'

type Cell = string | boolean | undefined

const written = (cell: Cell): string => {
  const text = typeof cell === 'boolean' ? String(Number(cell)) : (cell ?? '')
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const file = (name: RegisterName, rows: readonly (readonly Cell[])[]): RegisterFile => ({
  name,
  content: [columns[name], ...rows].map((row) => `${row.map(written).join(',')}\n`).join(''),
})

const kindOf = (party: DemoPerson | DemoOrganisation) => ('given' in party ? 'person' : 'organisation')

const verified = (party: DemoPerson | DemoOrganisation, today: PlainDate) => (party.isVerified ? addDays(today, -200) : '')

const peopleFiles = (today: PlainDate): RegisterFile[] => [
  file('persons.csv', persons.map((one) => [one.code, one.given, one.surname, one.email, verified(one, today)])),
  file('organisations.csv', organisations.map((one) => [one.code, one.name, one.email, verified(one, today)])),
  file(
    'representatives.csv',
    representatives.map(({ organisation, person, kind }) => [organisation.code, person.code, kind, addMonths(today, -50), '']),
  ),
]

const houseFiles = (today: PlainDate): RegisterFile[] => {
  const years = (count: number) => addDays(addMonths(today, -12 * count), -count)
  return [
    file('buildings.csv', buildings.map((one) => [one.designation, one.address, one.useCode, one.use, one.isPublic])),
    file(
      'house_cases.csv',
      houseCases.map((one) => [one.number, one.property, one.kind, one.buildings.map(({ designation }) => designation).join(' ')]),
    ),
    file(
      'holders.csv',
      holders.map(({ building, premises, right, holder, sinceYears, endedDaysAgo }) => [
        building.designation,
        premises,
        right,
        kindOf(holder),
        holder.code,
        years(sinceYears),
        endedDaysAgo === undefined ? '' : addDays(today, -endedDaysAgo),
      ]),
    ),
    file(
      'managers.csv',
      managers.map(({ building, manager, sinceYears, responsible }) => {
        const from = years(sinceYears)
        return [building.designation, kindOf(manager), manager.code, from, '', responsible?.code, responsible && from, '']
      }),
    ),
  ]
}

const calendarFiles = (today: PlainDate): RegisterFile[] => [
  file(
    'inspection_types.csv',
    typesAt(today).map(({ plan, firstOn }) => [plan.building.designation, plan.type, plan.label, firstOn, plan.every, plan.remind]),
  ),
  file(
    'inspections.csv',
    inspectionsAt(today).map(({ plan, on, status, number }) => [plan.building.designation, plan.type, plan.label, on, true, status, number]),
  ),
]

/** The nine files of the demo as they would be written today. */
export const demoRegisters = (today: PlainDate): RegisterFile[] => [...peopleFiles(today), ...houseFiles(today), ...calendarFiles(today)]
