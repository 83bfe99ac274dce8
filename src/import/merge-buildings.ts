// Brings staged buildings and house cases in, and opens the operation case of every new building.
import { sql } from 'kysely'
import { recordAll } from '../history/record-all.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { createDifference } from './staging.ts'

const values = ['designation', 'address', 'main_use_code', 'main_use', 'is_public'] as const

const row = (table: string, names: readonly string[] = values) => sql.join(names.map((name) => sql.ref(`${table}.${name}`)))

const buildingData = (table: string, number: ReturnType<typeof sql>) => sql`jsonb_build_object('number', ${number},
  'designation', ${sql.ref(`${table}.designation`)}, 'address', ${sql.ref(`${table}.address`)},
  'mainUseCode', ${sql.ref(`${table}.main_use_code`)}, 'mainUse', ${sql.ref(`${table}.main_use`)}, 'isPublic', ${sql.ref(`${table}.is_public`)})`

/** One operation case for each building, numbered in the order of the file (DOMAIN 2.1). */
const openCases = (tx: Writer, ctx: Context) =>
  recordAll(
    tx,
    ctx,
    'case.opened',
    sql`insert into case_file (kind, number, building_id, property_number, property_kind, opened_at)
      select 'operation', 'EL-' || lpad(n::text, greatest(5, length(n::text)), '0'), id, null, null, ${ctx.now}::timestamptz from (
        select nextval('operation_case_number') as n, id from (
          select building.id from building_difference d join building using (designation) where d.is_new order by d.line) in_order) numbered
      returning id, null::bigint, null::jsonb,
        (select ${buildingData('building', sql`case_file.number`)} from building where building.id = case_file.building_id)`,
  )

/** Buildings are known by designation. */
export async function mergeBuildings(tx: Writer, ctx: Context): Promise<string[]> {
  await createDifference(
    tx,
    'building_difference',
    sql`select staged.*, stored.id is null as is_new, stored.id, file.id as case_id,
        not stored.is_public and staged.is_public as becomes_public,
        ${buildingData('stored', sql`file.number`)} as before, ${buildingData('staged', sql`file.number`)} as after
      from staged_building staged left join building stored using (designation) left join case_file file on file.building_id = stored.id
      where stored.id is null or (${row('stored')}) is distinct from (${row('staged')})`,
  )
  await sql`insert into building (${sql.join(values.map((name) => sql.ref(name)))})
    select ${row('d')} from building_difference d where is_new order by line`.execute(tx)
  await openCases(tx, ctx)
  await recordAll(
    tx,
    ctx,
    'building.changed',
    sql`update building set address = d.address, main_use_code = d.main_use_code, main_use = d.main_use, is_public = d.is_public
      from building_difference d where not d.is_new and building.id = d.id
      returning d.case_id, building.id, d.before, d.after`,
  )
  return ['building_difference']
}

const houseData = (table: string, members: string) => sql`jsonb_build_object('number', ${sql.ref(`${table}.number`)},
  'propertyNumber', ${sql.ref(`${table}.property_number`)}, 'propertyKind', ${sql.ref(`${table}.property_kind`)},
  'buildings', ${sql.ref(`${members}.designations`)})`

const designations = sql`jsonb_agg(designation order by designation) as designations`

const houseDifference = sql`
  select staged.*, stored.id is null as is_new, stored.id as case_id,
    ${houseData('stored', 'kept')} as before, ${houseData('staged', 'named')} as after
  from staged_house_case staged
  left join (select number, ${designations} from staged_member group by number) named using (number)
  left join case_file stored on stored.number = staged.number and stored.kind = 'house'
  left join (select case_id, ${designations} from house_case_building join building on building.id = building_id
    where case_id in (select id from case_file join staged_house_case using (number)) group by case_id) kept on kept.case_id = stored.id
  where stored.id is null or (stored.property_number, stored.property_kind, kept.designations)
    is distinct from (staged.property_number, staged.property_kind, named.designations)`

/** House cases are known by number; the file names all buildings of each. */
export async function mergeHouseCases(tx: Writer, ctx: Context): Promise<string[]> {
  await createDifference(tx, 'house_case_difference', houseDifference)
  await sql`insert into case_file (kind, number, building_id, property_number, property_kind, opened_at)
    select 'house', number, null, property_number, property_kind, ${ctx.now}::timestamptz
    from house_case_difference where is_new order by line`.execute(tx)
  const opened = sql`select file.id, null::bigint, null::jsonb, d.after from house_case_difference d join case_file file using (number)
    where d.is_new order by d.line`
  await recordAll(tx, ctx, 'case.opened', opened)
  await recordAll(
    tx,
    ctx,
    'case.changed',
    sql`update case_file set property_number = d.property_number, property_kind = d.property_kind
      from house_case_difference d where not d.is_new and case_file.id = d.case_id
      returning d.case_id, null::bigint, d.before, d.after`,
  )
  await sql`delete from house_case_building using house_case_difference d where house_case_building.case_id = d.case_id`.execute(tx)
  await sql`insert into house_case_building (case_id, building_id)
    select file.id, building.id from house_case_difference d join case_file file using (number)
    join staged_member member using (number) join building on building.designation = member.designation`.execute(tx)
  return ['house_case_difference']
}
