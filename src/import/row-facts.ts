// What the rules of inspection types must know of what stands: which buildings are public, and what is configured there.
import { sql } from 'kysely'
import type { TypeSetting } from '../inspections/inspection-type.ts'
import { statutoryLimits } from '../inspections/type-rules.ts'
import type { Writer } from '../platform/database.ts'
import type { Row } from './register.ts'
import type { Facts } from './rows.ts'

type TypeFacts = Pick<Facts, 'isPublic' | 'isStored'>

export const noFacts: TypeFacts = { isPublic: () => false, isStored: () => false }

/** Whether each building is public, as the folder says or, where it is silent, as it stands. */
async function publicOnes(tx: Writer, rows: readonly Row[]): Promise<Set<string>> {
  const designations = JSON.stringify([...new Set(rows.map(({ cells }) => cells['designation']?.replace(/\s/g, '') ?? ''))])
  const found = await sql<{ designation: string }>`
    select designation from json_array_elements_text(${designations}::json) named (designation)
    left join staged_building using (designation) left join building using (designation)
    where coalesce(staged_building.is_public, building.is_public)`.execute(tx)
  return new Set(found.rows.map(({ designation }) => designation))
}

type Stored = { designation: string; type: string; label: string; first_on: string; period: (string | number)[]; reminder: (string | number | null)[] }

const limited = sql.join([...new Set(statutoryLimits.map(({ type }) => type))].map((type) => sql.lit(type)))

/** Types that the law limits, as they are configured at these buildings. */
async function storedTypes(tx: Writer, designations: ReadonlySet<string>): Promise<Set<string>> {
  const found = await sql<Stored>`
    select building.designation, type.type, type.label, type.first_on,
      json_build_array(period_value, period_unit) as period, json_build_array(reminder_value, reminder_unit) as reminder
    from json_array_elements_text(${JSON.stringify([...designations])}::json) named (designation)
    join building using (designation) join case_file on case_file.building_id = building.id
    join inspection_type type on type.case_id = case_file.id
    where type.deleted_at is null and type.type in (${limited})`.execute(tx)
  return new Set(found.rows.map((row) => JSON.stringify([row.designation, row.type, row.label, row.first_on, row.period, row.reminder])))
}

const keyOf = (designation: string, { type, label, firstOn, period, reminder }: TypeSetting) =>
  JSON.stringify([designation, type, label, firstOn, [period.value, period.unit], [reminder?.value ?? null, reminder?.unit ?? null]])

/** Of the buildings that rows of inspection types name. */
export async function factsOf(tx: Writer, rows: readonly Row[]): Promise<TypeFacts> {
  const open = await publicOnes(tx, rows)
  const stored = open.size > 0 ? await storedTypes(tx, open) : new Set<string>()
  return { isPublic: (designation) => open.has(designation), isStored: (designation, setting) => stored.has(keyOf(designation, setting)) }
}
