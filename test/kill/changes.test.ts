import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Database } from '../../src/platform/database.ts'
import { installation, kills, moments, outcomeOf } from './rig.ts'

const owner = '32000000001'
const cases = ['EL-1', 'EL-2', 'EL-3', 'EL-4']

const registersSql = `
  insert into party (kind, code, name, given_name, surname, language, created_at)
  values ('person', '${owner}', 'Anna Kalniņa', 'Anna', 'Kalniņa', 'lv', timestamptz '2020-01-01');
  insert into building (id, designation, address, main_use_code, main_use, is_public) overriding system value
  select i, lpad(i::text, 14, '0'), 'Ķiršu iela ' || i, '1122', 'Mājas', false from generate_series(1, ${cases.length}) i;
  insert into case_file (id, kind, number, building_id, opened_at) overriding system value
  select i, 'operation', 'EL-' || i, i, timestamptz '2020-01-01' from generate_series(1, ${cases.length}) i;
  insert into holder (building_id, premises, "right", party_id, valid_from)
  select i, '', 'owner', (select id from party), date '2020-01-01' from generate_series(1, ${cases.length}) i;`

/** What stands, in the words in which a change is acknowledged; each must have its event, and each event its change. */
async function standing({ reader }: Database): Promise<{ changes: Set<string>; events: string[] }> {
  const changes = sql<{ change: string }>`(
    select 'inspection-type.added ' || number || ' ' || type.id as change from inspection_type type join case_file on case_file.id = case_id union all
    select 'inspection-type.edited ' || number || ' ' || type.id from inspection_type type join case_file on case_file.id = case_id where period_value = 2 union all
    select 'inspection.recorded ' || case_file.number || ' ' || done.id from inspection done join case_file on case_file.id = case_id
      join inspection_type type using (case_id, type_key, label_key) where last_performed_on = performed_on and next_on = performed_on + interval '2 years')`
  const events = sql<{ change: string }>`(
    select action || ' ' || number || ' ' || subject_id as change from event join case_file on case_file.id = case_id
    where actor_id is not null and after is not null and (before is null) = (event.kind = 'CREATE'))`
  const stand = await reader.selectFrom(changes.as('changes')).select('change').execute()
  const told = await reader.selectFrom(events.as('events')).select('change').execute()
  return { changes: new Set(stand.map(({ change }) => change)), events: told.map(({ change }) => change) }
}

/** Long enough for many changes, on a slow machine too. */
const duration = 1500

test(`of changes killed ${kills} times none that was acknowledged is lost, and each has its event`, async () => {
  const { data, look } = await installation()
  await look((database) => database.script(registersSql))
  const acknowledged: string[] = []
  let [cut, silent] = [0, 0]
  for (const [round, moment] of moments('changes').entries()) {
    const { lines } = await outcomeOf(data, 'changer.ts', [owner, String(round), ...cases], { after: moment * duration })
    acknowledged.push(...lines)
    await look(async (database) => {
      const { changes, events } = await standing(database)
      assert.deepEqual(acknowledged.filter((change) => !changes.has(change)), [], 'what was acknowledged is lost')
      assert.deepEqual(events.toSorted(), [...changes].sort(), 'a change has no event, or an event no change')
      const unheard = changes.size - acknowledged.length - silent
      assert.ok(unheard >= 0 && unheard <= cases.length)
      silent += unheard
      if (lines.length > 0) cut++
    })
  }
  console.log(`changes: ${acknowledged.length} acknowledged and found, ${silent} done but not heard of, ${cut} kills among them`)
  assert.ok(cut >= kills / 2, 'too few kills came among changes')
})
