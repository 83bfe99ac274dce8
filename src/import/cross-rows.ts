// What rows must be to one another and to what stands: references that lead somewhere, keys that come once.
import { sql, type RawBuilder } from 'kysely'
import type { Problem } from '../kernel/refusal.ts'
import type { Writer } from '../platform/database.ts'
import type { RegisterName } from './register.ts'
import { problemAt, type ImportProblem } from './refusal.ts'
import type { StagingTable } from './staging.ts'

type Found = { line: number; params?: Problem['params'] }

async function find(tx: Writer, file: RegisterName, column: string, code: string, query: RawBuilder<Found>): Promise<ImportProblem[]> {
  const { rows } = await query.execute(tx)
  return rows.map(({ line, params }) => problemAt(file, line, column, code, params))
}

type Key = { file: RegisterName; table: StagingTable; column: string; keys: string[]; where?: RawBuilder<unknown> }

const nameOf = ['designation', 'type_key', 'label_key']

const keys: readonly Key[] = [
  { file: 'persons.csv', table: 'staged_party', column: 'personal_code', keys: ['code'], where: sql`kind = 'person'` },
  { file: 'organisations.csv', table: 'staged_party', column: 'registration_number', keys: ['code'], where: sql`kind = 'organisation'` },
  {
    file: 'representatives.csv',
    table: 'staged_representative',
    column: 'registration_number',
    keys: ['organisation_code', 'person_code', 'kind', 'valid_from'],
  },
  { file: 'buildings.csv', table: 'staged_building', column: 'designation', keys: ['designation'] },
  { file: 'house_cases.csv', table: 'staged_house_case', column: 'number', keys: ['number'] },
  {
    file: 'holders.csv',
    table: 'staged_holder',
    column: 'designation',
    keys: ['designation', 'premises', 'right', 'party_kind', 'party_code', 'valid_from'],
  },
  { file: 'inspection_types.csv', table: 'staged_type', column: 'type', keys: nameOf },
  { file: 'inspections.csv', table: 'staged_inspection', column: 'performed_on', keys: [...nameOf, 'performed_on', 'number'] },
]

const columns = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)))

/** Lines that repeat the key of an earlier line. */
const repeated = ({ table, keys, where }: Key, extra: readonly string[] = []) => sql<Found>`
  select line, json_build_object('line', first) as params from (
    select line, min(line) over (partition by ${columns([...keys, ...extra])}) as first from ${sql.table(table)}
    where row(${columns(keys)}) is not null and ${where ?? sql`true`}) known
  where line > first`

const managerKey: Key = {
  file: 'managers.csv',
  table: 'staged_manager',
  column: 'designation',
  keys: ['designation', 'party_kind', 'party_code', 'valid_from'],
}

/** A manager has a row for each of its responsible persons; all of them must say the same of the manager. */
const contradicting = sql<Found>`
  select line, json_build_object('line', first) as params from (
    select line, valid_to, min(line) over same as first, first_value(valid_to) over (same order by line) as first_to
    from staged_manager where row(designation, party_kind, party_code, valid_from) is not null
    window same as (partition by designation, party_kind, party_code, valid_from)) known
  where valid_to is distinct from first_to`

const repeatedMember = sql<Found>`
  select line, json_build_object('line', first) as params from (
    select line, min(line) over (partition by designation) as first, row_number() over (partition by designation order by line) as place
    from staged_member) known
  where place > 1`

async function duplicates(tx: Writer): Promise<ImportProblem[]> {
  const found: ImportProblem[][] = []
  for (const key of keys) found.push(await find(tx, key.file, key.column, 'duplicate-row', repeated(key)))
  const managers = repeated(managerKey, ['person_code', 'person_from'])
  found.push(await find(tx, 'managers.csv', 'designation', 'duplicate-row', managers))
  found.push(await find(tx, 'managers.csv', 'to', 'contradicts-row', contradicting))
  found.push(await find(tx, 'house_cases.csv', 'designations', 'building-in-two-cases', repeatedMember))
  return found.flat()
}

const withoutParty = (table: StagingTable, kind: RawBuilder<unknown>, code: string) => sql<Found>`
  select line from ${sql.table(table)} named where ${sql.ref(`named.${code}`)} is not null
    and not exists (select from staged_party p where p.kind = ${kind} and p.code = ${sql.ref(`named.${code}`)})
    and not exists (select from party p where p.kind = ${kind} and p.code = ${sql.ref(`named.${code}`)})`

const partyReferences = [
  { file: 'representatives.csv', table: 'staged_representative', column: 'registration_number', code: 'organisation_code', kind: 'organisation' },
  { file: 'representatives.csv', table: 'staged_representative', column: 'personal_code', code: 'person_code', kind: 'person' },
  { file: 'managers.csv', table: 'staged_manager', column: 'responsible_code', code: 'person_code', kind: 'person' },
] as const

/** Tables whose parties are of either kind. */
const namedParties = [
  { file: 'holders.csv', table: 'staged_holder', column: 'holder_code' },
  { file: 'managers.csv', table: 'staged_manager', column: 'manager_code' },
] as const

const ofKind = (table: StagingTable, kind: string) => sql<Found>`
  select found.line from (${withoutParty(table, sql`named.party_kind`, 'party_code')}) found
  join ${sql.table(table)} named on named.line = found.line where named.party_kind = ${kind}`

const withoutBuilding = (table: StagingTable) => sql<Found>`
  select distinct line from ${sql.table(table)} named where designation is not null
    and not exists (select from staged_building b where b.designation = named.designation)
    and not exists (select from building b where b.designation = named.designation)`

const buildingReferences = [
  { file: 'house_cases.csv', table: 'staged_member', column: 'designations' },
  { file: 'holders.csv', table: 'staged_holder', column: 'designation' },
  { file: 'managers.csv', table: 'staged_manager', column: 'designation' },
  { file: 'inspection_types.csv', table: 'staged_type', column: 'designation' },
  { file: 'inspections.csv', table: 'staged_inspection', column: 'designation' },
] as const

const fileOf = { person: 'persons.csv', organisation: 'organisations.csv' } as const

async function references(tx: Writer, partial: ReadonlySet<RegisterName>): Promise<ImportProblem[]> {
  const found: ImportProblem[][] = []
  const kinds = (['person', 'organisation'] as const).filter((kind) => !partial.has(fileOf[kind]))
  for (const { file, table, column, code, kind } of partyReferences.filter(({ kind }) => kinds.includes(kind)))
    found.push(await find(tx, file, column, `unknown-${kind}`, withoutParty(table, sql`${kind}::text`, code)))
  for (const { file, table, column } of namedParties)
    for (const kind of kinds) found.push(await find(tx, file, column, `unknown-${kind}`, ofKind(table, kind)))
  for (const { file, table, column } of partial.has('buildings.csv') ? [] : buildingReferences)
    found.push(await find(tx, file, column, 'unknown-building', withoutBuilding(table)))
  return found.flat()
}

/** Buildings that stay in a house case which this folder does not name. */
const heldElsewhere = sql<Found>`
  select distinct named.line, jsonb_build_object('number', house.number) as params
  from staged_member named join building using (designation)
  join house_case_building member on member.building_id = building.id
  join case_file house on house.id = member.case_id
  where house.number <> named.number and not exists (select from staged_house_case s where s.number = house.number)`

/** Every problem between rows, and between a row and what stands. What a `partial` file would say is not held against others. */
export async function crossRowProblems(tx: Writer, partial: ReadonlySet<RegisterName>): Promise<ImportProblem[]> {
  return [
    ...(await duplicates(tx)),
    ...(await references(tx, partial)),
    ...(partial.has('house_cases.csv') ? [] : await find(tx, 'house_cases.csv', 'designations', 'in-other-house-case', heldElsewhere)),
  ]
}
