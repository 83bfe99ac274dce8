// What only several connections can show: sweeps beside each other and beside changes. On a PostgreSQL server.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { date, openWorld } from '../../test/world.ts'
import { lockCase } from '../history/change.ts'
import { openDatabase, writing, type Reader, type Writer } from '../platform/database.ts'
import { addInspectionType, editInspectionType, recordInspection } from './actions.ts'
import { sweep } from './sweep.ts'

const skip = process.env['DATABASE_URL'] ? false : 'the embedded database has one connection: set DATABASE_URL to a PostgreSQL server'

const draft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-08-31', every: 'P6M', remindBefore: 'P1M', justification: '' }
const morning = date('2027-07-31')

async function oneBuilding({ besides = 0 } = {}) {
  const world = await openWorld()
  await world.database.script(seed(besides))
  const owner = await world.person('Anna Kalniņa', 'anna@example.test')
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(owner, building)
  const type = await addInspectionType(world.as(owner), building.number, draft)
  return { world, owner, building, type }
}

const told = async (db: Reader) => {
  const { rows } = await sql<{ notices: number; subjects: number; entries: number; deliveries: number }>`
    select (select count(*)::int from notice) as notices, (select count(distinct (case_id, subject_id, remind_on))::int from notice) as subjects,
      (select count(*)::int from inbox_entry) as entries, (select count(*)::int from delivery) as deliveries`.execute(db as Writer)
  return rows[0]!
}

/** Types of `buildings` buildings, three for each, all due; every building has two holders. */
const seed = (buildings: number) => `
  insert into party (kind, code, name, given_name, surname, email, email_verified_on, language, created_at)
    select 'person', (31000000000 + i)::text, 'Persona', 'Persona', 'Viena', 'persona' || i || '@example.test', date '2020-01-01', 'lv', now() from generate_series(1, 2) i;
  insert into building (designation, address, main_use_code, main_use, is_public)
    select lpad(i::text, 14, '0'), 'Ķiršu iela ' || i, '1122', 'Dzīvojamā māja', false from generate_series(1, ${buildings}) i;
  insert into case_file (kind, number, building_id, opened_at) select 'operation', 'EL-' || id, id, now() from building;
  insert into holder (building_id, premises, "right", party_id, valid_from) select building.id, '', 'owner', party.id, date '2020-01-01' from building, party;
  insert into inspection_type (case_id, type, type_key, label, label_key, first_on, period_value, period_unit, reminder_value, reminder_unit, next_on, remind_on)
    select case_file.id, 'FIRE_SAFETY', 'FIRE_SAFETY', n, n, date '2027-08-31', 6, 'MONTH', 1, 'MONTH', date '2027-08-31', date '2027-07-31'
    from case_file, unnest(array['1', '2', '3']) n`

/** A transaction that a test ends, or kills, when it likes. */
async function held(db: Reader, work: (tx: Writer) => Promise<unknown>) {
  const [holding, ending] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let own = { transaction: '', process: 0 }
  const done = writing(db, async (tx) => {
    await work(tx)
    own = (await sql<typeof own>`select pg_current_xact_id()::text as transaction, pg_backend_pid() as process`.execute(tx)).rows[0]!
    holding.resolve()
    await ending.promise
  })
  await Promise.race([holding.promise, done])
  /** Asked until it is so, or the other work has ended without waiting. */
  const isAwaited = async (other: Promise<unknown>) => {
    let isOver = false
    void other.finally(() => (isOver = true))
    const waiting = sql<object>`select from pg_locks where not granted and transactionid::text = ${own.transaction}`
    while (!isOver && (await waiting.execute(db as Writer)).rows.length === 0);
    return !isOver
  }
  const end = () => {
    ending.resolve()
    return done
  }
  return { isAwaited, end, process: own.process }
}

test('four sweeps at once tell each type once, and each recipient once', { skip }, async () => {
  const world = await openWorld({ today: morning })
  await world.database.script(seed(4000))
  const others = await Promise.all([1, 2, 3].map(() => openDatabase(world.address as { url: string })))
  after(() => Promise.all(others.map((other) => other.close())))
  const runs = await Promise.all([world.database, ...others].map(({ reader }) => sweep({ ...world.system(), db: reader })))
  assert.deepEqual(await told(world.db), { notices: 12000, subjects: 12000, entries: 24000, deliveries: 24000 })
  assert.equal(runs.reduce((sum, run) => sum + run.told, 0), 12000)
  const kept = await world.db.selectFrom('sweep_run').select(['told', 'unaddressed']).orderBy('told').execute()
  assert.deepEqual(kept, runs.map(({ told, unaddressed }) => ({ told, unaddressed })).sort((a, b) => a.told - b.told))
})

test('a type that a change holds in the middle of a sweep is told when the change has ended, not tomorrow', { skip }, async () => {
  const { world, type } = await oneBuilding()
  const change = await held(world.db, (tx) =>
    tx.updateTable('inspection_type').set({ label: 'A', label_key: 'a' }).where('id', '=', type.id).execute(),
  )
  const run = sweep(world.system(morning))
  assert.equal(await change.isAwaited(run), true)
  await change.end()
  assert.equal((await run).told, 1)
  const [notice] = await world.db.selectFrom('notice').select('data').execute()
  assert.equal(notice!.data['label'], 'A')
})

test('a type that another sweep holds when it is killed is told by the one that waits', { skip }, async () => {
  const { world, type } = await oneBuilding()
  const killed = await held(world.db, (tx) =>
    tx.updateTable('inspection_type').set({ last_notified_on: morning }).where('id', '=', type.id).execute(),
  )
  const run = sweep(world.system(morning))
  assert.equal(await killed.isAwaited(run), true)
  await world.database.script(`select pg_terminate_backend(${killed.process})`)
  assert.equal((await run).told, 1)
  await assert.rejects(killed.end)
})

test('a change that has only begun on a case does not keep its notices waiting', { skip }, async () => {
  const { world, building } = await oneBuilding()
  const change = await held(world.db, (tx) => lockCase(tx, building.number))
  const run = sweep(world.system(morning))
  assert.equal(await change.isAwaited(run), false)
  await change.end()
  assert.equal((await run).told, 1)
})

test('changes and sweeps at the same time neither fail nor wait for each other in a circle', { skip }, async () => {
  const { world, owner, building, type } = await oneBuilding({ besides: 2000 })
  const types = [type]
  for (let i = 1; i <= 24; i++) types.push(await addInspectionType(world.as(owner), building.number, { ...draft, label: `Lifts ${i}` }))
  const later = { ...world.as(owner), today: morning }
  const edits = types.slice(0, 10).map(({ id, label }) =>
    editInspectionType(later, building.number, id, { ...draft, label, remindBefore: 'P40D', justification: 'Agrāk' }),
  )
  const inspections = types.slice(10, 20).map(({ label }) =>
    recordInspection(later, building.number, { ...draft, label, performedOn: morning, periodic: true, number: '' }),
  )
  await Promise.all([sweep(world.system(morning)), ...edits, sweep(world.system(morning)), ...inspections])
  await sweep(world.system(morning))
  const notices = await world.db.selectFrom('notice').select(['case_id', 'subject_id']).execute()
  const timesTold = types.map(({ id }) => notices.filter(({ case_id, subject_id }) => case_id === building.caseId && subject_id === id).length)
  const allowed = types.map((_, i) => (i >= 10 && i < 20 ? Math.min(timesTold[i]!, 1) : 1))
  assert.deepEqual(timesTold, allowed)
  assert.equal(notices.filter(({ case_id }) => case_id !== building.caseId).length, 6000)
})
