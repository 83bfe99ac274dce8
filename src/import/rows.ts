// The rules of each file's rows: a row in, what is staged of it out, every problem told.
import type { PlainDate } from '../kernel/date.ts'
import { buildingDesignation, personalCode, premisesDesignation, propertyNumber, registrationNumber } from '../kernel/identifier.ts'
import type { Problem } from '../kernel/refusal.ts'
import { inspectionProblems } from '../inspections/inspection.ts'
import { nameKeys, type TypeSetting } from '../inspections/inspection-type.ts'
import { systemNames } from '../inspections/names.ts'
import { settingOf, settingProblems } from '../inspections/type-rules.ts'
import { partyKinds, type Cells } from './cells.ts'
import type { RegisterName } from './register.ts'
import type { Tell } from './refusal.ts'
import type { StagingTable } from './staging.ts'

export type Facts = {
  asOf: PlainDate
  isPublic: (designation: string) => boolean
  /** Whether a building has this very setting already. */
  isStored: (designation: string, setting: TypeSetting) => boolean
}
export type Staged = { table: StagingTable; row: Record<string, unknown> }

type Rule = (cells: Cells, tell: Tell, facts: Facts) => Staged[]

const building = (cells: Cells) => cells.identifier('designation', buildingDesignation, 'building-designation')

const person: Rule = (cells, _tell, { asOf }) => {
  const code = cells.identifier('personal_code', personalCode, 'personal-code')
  const [given_name, surname] = [cells.text('given_name', { max: 100 }), cells.text('surname', { max: 100 })]
  return [{ table: 'staged_party', row: { kind: 'person', code, name: `${given_name} ${surname}`, given_name, surname, ...cells.email(asOf) } }]
}

const organisation: Rule = (cells, _tell, { asOf }) => {
  const code = cells.identifier('registration_number', registrationNumber, 'registration-number')
  return [{ table: 'staged_party', row: { kind: 'organisation', code, name: cells.text('name'), ...cells.email(asOf) } }]
}

const representative: Rule = (cells) => [
  {
    table: 'staged_representative',
    row: {
      organisation_code: cells.identifier('registration_number', registrationNumber, 'registration-number'),
      person_code: cells.identifier('personal_code', personalCode, 'personal-code'),
      kind: cells.choice('kind', ['sole', 'joint']),
      ...cells.validity(),
    },
  },
]

const buildingRow: Rule = (cells) => [
  {
    table: 'staged_building',
    row: {
      designation: building(cells),
      address: cells.text('address', { max: 300 }),
      main_use_code: cells.text('main_use_code', { max: 20 }),
      main_use: cells.text('main_use'),
      is_public: cells.flag('public'),
    },
  },
]

/** Numbers of operation cases are given by the program. */
const operationNumber = /^EL-\d+$/

const houseCase: Rule = (cells, tell) => {
  const number = cells.text('number', { max: 50 })
  if (operationNumber.test(number)) tell('number', 'number-reserved')
  const designations = cells.text('designations', { max: 20_000 }).split(' ')
  if (designations.some((designation) => designation !== '' && !buildingDesignation(designation))) tell('designations', 'building-designation')
  const row = {
    number: number || null,
    property_number: cells.identifier('property_number', propertyNumber, 'property-number'),
    property_kind: cells.choice('property_kind', ['joint', 'apartments']),
  }
  const members = designations.filter(buildingDesignation).map((designation): Staged => ({ table: 'staged_member', row: { number, designation } }))
  return [{ table: 'staged_house_case', row }, ...members]
}

function premisesOf(cells: Cells, tell: Tell, designation: string | null): string | null {
  const written = cells.raw('premises')
  const premises = written === '' ? '' : premisesDesignation(written)
  if (premises === undefined) tell('premises', 'premises-designation')
  if (premises && designation && !premises.startsWith(designation)) tell('premises', 'premises-elsewhere')
  return premises ?? null
}

const holder: Rule = (cells, tell) => {
  const designation = building(cells)
  const party_kind = cells.choice('holder_kind', partyKinds)
  const row = {
    designation,
    premises: premisesOf(cells, tell, designation),
    right: cells.choice('right', ['owner', 'possessor']),
    party_kind,
    party_code: cells.code('holder_code', party_kind),
    ...cells.validity(),
  }
  return [{ table: 'staged_holder', row }]
}

const responsibleColumns = ['responsible_code', 'responsible_from', 'responsible_to']

/** All three cells are empty, or code and beginning are given. */
function responsibleOf(cells: Cells) {
  if (responsibleColumns.every((column) => cells.raw(column) === '')) return { person_code: null, person_from: null, person_to: null }
  const { valid_from, valid_to } = cells.validity('responsible_from', 'responsible_to')
  return { person_code: cells.code('responsible_code', 'person'), person_from: valid_from, person_to: valid_to }
}

const manager: Rule = (cells) => {
  const designation = building(cells)
  const party_kind = cells.choice('manager_kind', partyKinds)
  const row = { designation, party_kind, party_code: cells.code('manager_code', party_kind), ...cells.validity(), ...responsibleOf(cells) }
  return [{ table: 'staged_manager', row }]
}

const columnOf: Record<string, string> = { firstOn: 'first_on', remindBefore: 'remind_before', performedOn: 'performed_on' }

const tellAll = (tell: Tell, problems: readonly Problem[]) =>
  problems.forEach(({ field, code, params }) => tell(columnOf[field] ?? field, code, params))

/**
 * INS-3, INS-4 and their like, with a first date of any day: an import carries what was configured earlier. The law's limit
 * is for what is new or changed; a longer period that stands is only told of.
 */
const inspectionType: Rule = (cells, tell, { asOf, isPublic, isStored }) => {
  const designation = building(cells)
  const draft = {
    type: cells.raw('type'),
    label: cells.raw('label'),
    firstOn: cells.raw('first_on'),
    every: cells.raw('every'),
    remindBefore: cells.raw('remind_before'),
  }
  const facts = { today: asOf, isPublic: false, systemNames, imported: true }
  const unlimited = settingProblems(draft, facts)
  const isJudged = designation !== null && isPublic(designation) && (unlimited.length > 0 || !isStored(designation, settingOf(draft)))
  const problems = isJudged ? settingProblems(draft, { ...facts, isPublic: true }) : unlimited
  tellAll(tell, problems)
  if (problems.length > 0) return [{ table: 'staged_type', row: { designation, ...nameKeys(draft) } }]
  const { firstOn, period, reminder } = settingOf(draft)
  const periods = { period_value: period.value, period_unit: period.unit, reminder_value: reminder?.value, reminder_unit: reminder?.unit }
  return [{ table: 'staged_type', row: { designation, ...nameKeys(draft), first_on: firstOn, ...periods } }]
}

const inspection: Rule = (cells, tell, { asOf }) => {
  const designation = building(cells)
  const periodic = cells.flag('periodic')
  const status = cells.choice('status', ['registered', 'draft', 'annulled'])
  const draft = { type: cells.raw('type'), label: cells.raw('label'), performedOn: cells.raw('performed_on'), number: cells.raw('number') }
  const problems = inspectionProblems({ ...draft, periodic: periodic === true }, asOf, systemNames)
  tellAll(tell, problems)
  const performed_on = problems.some(({ field }) => field === 'performedOn') ? null : draft.performedOn
  return [{ table: 'staged_inspection', row: { designation, ...nameKeys(draft), performed_on, periodic, status, number: draft.number } }]
}

export const rules: Record<RegisterName, Rule> = {
  'persons.csv': person,
  'organisations.csv': organisation,
  'representatives.csv': representative,
  'buildings.csv': buildingRow,
  'house_cases.csv': houseCase,
  'holders.csv': holder,
  'managers.csv': manager,
  'inspection_types.csv': inspectionType,
  'inspections.csv': inspection,
}
