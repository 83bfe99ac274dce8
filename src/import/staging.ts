// Temporary tables that hold a folder's rows until the end of the import's transaction.
import { sql } from 'kysely'
import type { Writer } from '../platform/database.ts'
import type { Staged } from './rows.ts'

const named = 'type text, type_key text, label text, label_key text'
const validity = 'valid_from date, valid_to date'

/** Cells that were told of as wrong are null here; the merge runs only when there are none. */
const tables = {
  staged_party: 'line int, kind text, code text, name text, given_name text, surname text, email text, email_verified_on date',
  staged_representative: `line int, organisation_code text, person_code text, kind text, ${validity}`,
  staged_building: 'line int, designation text, address text, main_use_code text, main_use text, is_public boolean',
  staged_house_case: 'line int, number text, property_number text, property_kind text',
  staged_member: 'line int, number text, designation text',
  staged_holder: `line int, designation text, premises text, "right" text, party_kind text, party_code text, ${validity}`,
  staged_manager: `line int, designation text, party_kind text, party_code text, ${validity}, person_code text, person_from date, person_to date`,
  staged_type: `line int, designation text, ${named}, first_on date, period_value int, period_unit text, reminder_value int, reminder_unit text`,
  staged_inspection: `line int, designation text, ${named}, performed_on date, periodic boolean, status text, number text`,
} as const

export type StagingTable = keyof typeof tables

const tableNames = Object.keys(tables) as StagingTable[]

export async function createStaging(tx: Writer): Promise<void> {
  for (const name of tableNames) await sql`create temp table ${sql.table(name)} (${sql.raw(tables[name])}) on commit drop`.execute(tx)
}

/** One statement for each table that the rows go to. */
export async function stage(tx: Writer, rows: readonly Staged[]): Promise<void> {
  const byTable = Map.groupBy(rows, ({ table }) => table)
  for (const [table, staged] of byTable) {
    const text = JSON.stringify(staged.map(({ row }) => row))
    await sql`insert into ${sql.table(table)} select * from json_to_recordset(${text}::json) as staged (${sql.raw(tables[table])})`.execute(tx)
  }
}

/** Nothing analyzes temporary tables by itself, and the merge joins them. */
export async function analyzeStaging(tx: Writer): Promise<void> {
  await sql`analyze ${sql.join(tableNames.map((name) => sql.table(name)))}`.execute(tx)
}

/** What a merge has to do, with `line` and `is_new`; also the source of the counts. */
export async function createDifference(tx: Writer, name: string, select: ReturnType<typeof sql>): Promise<void> {
  await sql`create temp table ${sql.table(name)} on commit drop as ${select}`.execute(tx)
  await sql`analyze ${sql.table(name)}`.execute(tx)
}

/** Each row of a file counts once: as created where anything of it was new. */
export async function countDifferences(tx: Writer, names: readonly string[]): Promise<{ created: number; changed: number }> {
  const lines = sql.join(names.map((name) => sql`select line, is_new from ${sql.table(name)}`), sql` union all `)
  const { rows } = await sql<{ created: number; changed: number }>`
    select count(*) filter (where is_new)::int as created, count(*) filter (where not is_new)::int as changed
    from (select line, bool_or(is_new) as is_new from (${lines}) line group by line) counted`.execute(tx)
  return rows[0]!
}
