// Brings staged holders, managers and their responsible persons in, with an event in the operation case of each building.
import { sql, type RawBuilder } from 'kysely'
import type { Action } from '../history/actions.ts'
import { recordAll } from '../history/record-all.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { createDifference } from './staging.ts'

/** A party by name, never by code, and until when. */
const data = (until: string, ...more: RawBuilder<unknown>[]) =>
  sql`jsonb_build_object(${sql.join([sql`'party', party.name`, ...more, sql`'to', ${sql.ref(until)}`])})`

type Register = {
  /** `table_difference` holds its rows to write. */
  table: 'holder' | 'manager' | 'responsible'
  party: 'party_id' | 'person_id'
  keys: readonly string[]
  registered: Action
  changed: Action
}

/** Writes a difference: rows that are new, and the end of those that stood. */
async function write(tx: Writer, ctx: Context, { table, party, keys, registered, changed }: Register): Promise<void> {
  const [stored, difference] = [sql.table(table), sql.table(`${table}_difference`)]
  const columns = sql.join([...keys, 'valid_to'].map((name) => sql.ref(name)))
  const same = sql.join(keys.map((name) => sql`stored.${sql.ref(name)} = d.${sql.ref(name)}`), sql` and `)
  const events = (isNew: boolean) => sql`select case_id, ${sql.ref(party)}, ${isNew ? sql`null::jsonb` : sql`before`}, after
    from ${difference} where is_new = ${isNew} order by line`
  await sql`insert into ${stored} (${columns}) select ${columns} from ${difference} where is_new`.execute(tx)
  await recordAll(tx, ctx, registered, events(true))
  await sql`update ${stored} stored set valid_to = d.valid_to from ${difference} d where not d.is_new and ${same}`.execute(tx)
  await recordAll(tx, ctx, changed, events(false))
}

const holders: Register = {
  table: 'holder',
  party: 'party_id',
  keys: ['building_id', 'premises', 'right', 'party_id', 'valid_from'],
  registered: 'holder.registered',
  changed: 'holder.changed',
}

export async function mergeHolders(tx: Writer, ctx: Context): Promise<string[]> {
  const said = [sql`'right', staged."right"`, sql`'premises', staged.premises`, sql`'from', staged.valid_from`]
  await createDifference(
    tx,
    'holder_difference',
    sql`select staged.line, stored.party_id is null as is_new, file.id as case_id, building.id as building_id, staged.premises, staged."right",
        party.id as party_id, staged.valid_from, staged.valid_to,
        ${data('stored.valid_to', ...said)} as before, ${data('staged.valid_to', ...said)} as after
      from staged_holder staged join building using (designation) join case_file file on file.building_id = building.id
      join party on party.kind = staged.party_kind and party.code = staged.party_code
      left join holder stored on stored.building_id = building.id and stored.premises = staged.premises and stored."right" = staged."right"
        and stored.party_id = party.id and stored.valid_from = staged.valid_from
      where stored.party_id is null or stored.valid_to is distinct from staged.valid_to`,
  )
  await write(tx, ctx, holders)
  return ['holder_difference']
}

const managers: Register = {
  table: 'manager',
  party: 'party_id',
  keys: ['building_id', 'party_id', 'valid_from'],
  registered: 'manager.registered',
  changed: 'manager.changed',
}

const responsible: Register = {
  table: 'responsible',
  party: 'person_id',
  keys: ['building_id', 'manager_id', 'manager_from', 'person_id', 'valid_from'],
  registered: 'responsible.registered',
  changed: 'responsible.changed',
}

/** Several rows may name one manager, each with another responsible person. */
const managerDifference = sql`
  select staged.line, stored.party_id is null as is_new, file.id as case_id, building.id as building_id, party.id as party_id,
    staged.valid_from, staged.valid_to,
    ${data('stored.valid_to', sql`'from', staged.valid_from`)} as before, ${data('staged.valid_to', sql`'from', staged.valid_from`)} as after
  from (select distinct on (designation, party_kind, party_code, valid_from) * from staged_manager
    order by designation, party_kind, party_code, valid_from, line) staged
  join building using (designation) join case_file file on file.building_id = building.id
  join party on party.kind = staged.party_kind and party.code = staged.party_code
  left join manager stored on stored.building_id = building.id and stored.party_id = party.id and stored.valid_from = staged.valid_from
  where stored.party_id is null or stored.valid_to is distinct from staged.valid_to`

const responsibleSaid = [sql`'manager', manager_party.name`, sql`'from', staged.person_from`]

const responsibleDifference = sql`
  select staged.line, stored.person_id is null as is_new, file.id as case_id, building.id as building_id, manager_party.id as manager_id,
    staged.valid_from as manager_from, party.id as person_id, staged.person_from as valid_from, staged.person_to as valid_to,
    ${data('stored.valid_to', ...responsibleSaid)} as before, ${data('staged.person_to', ...responsibleSaid)} as after
  from staged_manager staged join building using (designation) join case_file file on file.building_id = building.id
  join party manager_party on manager_party.kind = staged.party_kind and manager_party.code = staged.party_code
  join party on party.kind = 'person' and party.code = staged.person_code
  left join responsible stored on stored.building_id = building.id and stored.manager_id = manager_party.id
    and stored.manager_from = staged.valid_from and stored.person_id = party.id and stored.valid_from = staged.person_from
  where stored.person_id is null or stored.valid_to is distinct from staged.person_to`

export async function mergeManagers(tx: Writer, ctx: Context): Promise<string[]> {
  await createDifference(tx, 'manager_difference', managerDifference)
  await write(tx, ctx, managers)
  await createDifference(tx, 'responsible_difference', responsibleDifference)
  await write(tx, ctx, responsible)
  return ['manager_difference', 'responsible_difference']
}
