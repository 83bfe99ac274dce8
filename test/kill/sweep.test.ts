import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../src/platform/database.ts'
import { installation, kills, moments, outcomeOf, type Kill } from './rig.ts'

const buildings = 1000
/** Three chunks of the sweep, so that it can be cut between them. */
const enough = 11_000

/** A responsible person for one building in five, a manager alone for another, else one or two owners; two addresses in three are verified. */
const registersSql = `
  insert into party (id, kind, code, name, given_name, surname, email, email_verified_on, language, created_at) overriding system value
  select i, 'person', '32' || lpad(i::text, 9, '0'), 'Persona ' || i, 'Persona', i::text, 'p' || i || '@example.test',
    case when i % 3 > 0 then date '2020-01-01' end, 'lv', timestamptz '2020-01-01' from generate_series(1, ${buildings} + 1) i;
  insert into building (id, designation, address, main_use_code, main_use, is_public) overriding system value
  select i, lpad(i::text, 14, '0'), 'Ķiršu iela ' || i, '1122', 'Mājas', false from generate_series(1, ${buildings}) i;
  insert into case_file (id, kind, number, building_id, opened_at) overriding system value
  select i, 'operation', 'EL-' || i, i, timestamptz '2020-01-01' from generate_series(1, ${buildings}) i;
  insert into holder (building_id, premises, "right", party_id, valid_from)
  select i, '', 'owner', i + co, date '2020-01-01' from generate_series(1, ${buildings}) i, generate_series(0, (i % 2)) co;
  insert into manager (building_id, party_id, valid_from)
  select i, 1 + i / 100, date '2020-01-01' from generate_series(1, ${buildings}) i where i % 5 < 2;
  insert into responsible (building_id, manager_id, manager_from, person_id, valid_from)
  select i, 1 + i / 100, date '2020-01-01', 2 + i / 50, date '2020-01-01' from generate_series(1, ${buildings}) i where i % 5 = 0;`

/** To whom a type of each building must be told. */
const recipientsSql = `
  create table must_be_told as
  select i as case_id, 2 + i / 50 as party_id from generate_series(1, ${buildings}) i where i % 5 = 0 union all
  select i, 1 + i / 100 from generate_series(1, ${buildings}) i where i % 5 = 1 union all
  select i, i + co from generate_series(1, ${buildings}) i, generate_series(0, (i % 2)) co where i % 5 > 1;`

/** Three types of every building come due on a morning. */
const dueSql = (morning: string) => `
  insert into inspection_type (case_id, type, type_key, label, label_key, first_on, period_value, period_unit, reminder_value, reminder_unit, next_on, remind_on)
  select i, name, name, '', '', date '${morning}', 1, 'YEAR', 0, 'DAY', date '${morning}', date '${morning}'
  from generate_series(1, ${buildings}) i, (select '${morning} ' || k as name from generate_series(1, 3) k) names`

const morningOf = (at: number) => new Date(Date.UTC(2027, 0, 1 + at)).toISOString().slice(0, 10)

const count = async ({ reader }: Database, from: RawBuilder<unknown>): Promise<number> => {
  const counted = sql<{ count: number }>`(select count(*)::int as count ${from})`.as('counted')
  return (await reader.selectFrom(counted).select('count').executeTakeFirstOrThrow()).count
}

const told = (database: Database) => count(database, sql`from notice`)
const due = (database: Database) => count(database, sql`from inspection_type where last_notified_on is null`)

/** What holds at any moment, killed or not: marked and told are the same, each notice reached each recipient once, and where it cannot be mailed that is logged. */
async function assertWhole(database: Database): Promise<void> {
  const different = sql`from inspection_type type full join notice on notice.case_id = type.case_id and notice.subject_id = type.id
    and notice.remind_on = type.remind_on where (type.last_notified_on is null) <> (notice.id is null) or type.id is null`
  assert.equal(await count(database, different), 0, 'a type is marked without a notice, or told without a mark')
  const entries = sql`from (select case_id, party_id, notice.id from notice join must_be_told using (case_id)) must
    full join inbox_entry entry on entry.notice_id = must.id and entry.party_id = must.party_id where entry.party_id is null or must.id is null`
  assert.equal(await count(database, entries), 0, 'an inbox lacks a notice or has another one')
  const mails = sql`from (select entry.*, case when email_verified_on is null then 'failed' else 'queued' end as state
    from inbox_entry entry join party on party.id = party_id) must
    full join delivery using (notice_id, party_id, state) where delivery.case_id is null or must.case_id is null`
  assert.equal(await count(database, mails), 0, 'a mail is missing or there is one too many')
  const runs = sql`from (select sum(told) as told from sweep_run) run where told <> (select count(*) from notice)`
  assert.equal(await count(database, runs), 0, 'the runs did not count what they told')
}

test(`a sweep killed ${kills} times tells everything once, and nothing twice`, async () => {
  const { data, look } = await installation()
  let mornings = 0
  /** Lets more mornings pass until there is enough to tell. */
  const becomeDue = async (database: Database): Promise<number> => {
    const found = await due(database)
    if (found >= enough) return found
    await database.script(dueSql(morningOf(mornings++)))
    return becomeDue(database)
  }
  const sweepUntil = (kill?: Kill) => outcomeOf(data, 'sweeper.ts', [morningOf(mornings)], kill)
  await look(async (database) => {
    await database.script(`${registersSql} ${recipientsSql}`)
    await becomeDue(database)
    await database.script('analyze')
  })
  let { milliseconds } = await sweepUntil()
  const seen = { nothing: 0, partly: 0, all: 0 }
  let [before, found] = await look(async (database) => [await told(database), await becomeDue(database)] as const)
  for (const [at, moment] of moments('sweep').entries()) {
    // Any moment for one half; for the other, some moment after its first chunk was told.
    const kill: Kill = at % 2 === 0 ? { after: moment * milliseconds } : { after: moment * milliseconds * 0.3, from: 'first' }
    const { lines, isDone, ...took } = await sweepUntil(kill)
    if (isDone) milliseconds = took.milliseconds
    await look(async (database) => {
      await assertWhole(database)
      const now = await told(database)
      const acknowledged = lines.reduce((sum, line) => sum + Number(line), 0)
      assert.ok(now - before >= acknowledged, 'what was acknowledged is lost')
      seen[now === before ? 'nothing' : now - before < found ? 'partly' : 'all']++
      ;[before, found] = [now, await becomeDue(database)]
    })
  }
  console.log('sweep, told before the kill:', seen)
  assert.ok(seen.partly >= kills / 6, 'too few kills came in the middle of a sweep')
  await sweepUntil()
  await look(async (database) => {
    await assertWhole(database)
    assert.equal(await due(database), 0)
    assert.equal(await told(database), buildings * 3 * mornings)
  })
})
