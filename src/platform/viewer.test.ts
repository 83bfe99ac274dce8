import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql, type Kysely } from 'kysely'
import { openWorld } from '../../test/world.ts'
import { writing, type Reader, type Tables } from './database.ts'

const world = await openWorld()
const person = await world.person('Anna Kalniņa', 'anna@example.test')
const firm = await world.organisation('SIA „Jaunā māja”')
const { viewer } = world.database

/** The same handle, to which `writing` has no objection. */
const unmarked = (viewer as Kysely<Tables>).withoutPlugins() as Reader

test('whoever only looks reads, and sees no personal code', async () => {
  const seen = await viewer.selectFrom('party').select(['name', 'code']).orderBy('id').execute()
  assert.deepEqual(seen, [{ name: person.name, code: '***********' }, { name: firm.name, code: firm.code }])
  const own = await world.db.selectFrom('party').select('code').where('id', '=', person.id).executeTakeFirst()
  assert.deepEqual(own, { code: person.code })
})

test('whoever only looks is refused every write, first by the program, else by the database', async () => {
  const rename = (db: Reader) => writing(db, (tx) => tx.updateTable('party').set({ name: 'Cita' }).where('id', '=', person.id).execute())
  await assert.rejects(rename(viewer), { kind: 'forbidden' })
  await assert.rejects(rename(unmarked), /read-only transaction|permission denied/)
  const attempts = ['insert into public.building (designation, address, main_use_code, main_use, is_public) values (1, 1, 1, 1, true)', 'delete from event', 'create table mine (x int)', 'select nextval(\'operation_case_number\')']
  for (const attempt of attempts)
    await assert.rejects(
      writing(unmarked, async (tx) => {
        await sql`set transaction read write`.execute(tx)
        await sql.raw(attempt).execute(tx)
      }),
      /permission denied/,
      attempt,
    )
  await rename(world.db)
  assert.equal((await viewer.selectFrom('party').select('name').where('id', '=', person.id).executeTakeFirstOrThrow()).name, 'Cita')
})

test('whoever only looks reads no secret', async () => {
  const secrets = ['select token_hash from session', 'select token_hash from api_token', 'select token_hash from calendar_feed', 'select auth from push_subscription', 'select code from public.party', 'select body from public.delivery', 'select value from idempotency']
  for (const secret of secrets) await assert.rejects(viewer.selectFrom(sql<object>`(${sql.raw(secret)})`.as('secret')).selectAll().execute(), /permission denied/, secret)
})

test('many who look and many who change do not get in each other’s way', async () => {
  const looks = Array.from({ length: 20 }, () => viewer.selectFrom('party').select('code').where('id', '=', person.id).executeTakeFirstOrThrow())
  const changes = Array.from({ length: 20 }, (_, at) => writing(world.db, (tx) => tx.updateTable('party').set({ surname: `K${at}` }).where('id', '=', person.id).returning('code').executeTakeFirstOrThrow()))
  const [seen, changed] = await Promise.all([Promise.all(looks), Promise.all(changes)])
  assert.deepEqual([new Set(seen.map(({ code }) => code)), new Set(changed.map(({ code }) => code))], [new Set(['***********']), new Set([person.code])])
})

/** Tables that nothing of a person’s pages is read from, or that hold only secrets. */
const closed = ['canned_answer', 'channel_stop', 'eaddress_poll', 'idempotency', 'known_problem', 'migration', 'problem_mail', 'problem_mail_taken', 'problem_note', 'push_subscription', 'sweep_run']

test('each table says whether whoever only looks may read it, and what takes a table’s place has all of its columns', async () => {
  const tables = sql<{ name: string; isOpen: boolean }>`(select tablename::text as name, has_any_column_privilege(to_regclass(tablename), 'select') as "isOpen"
    from pg_tables where schemaname = 'public')`
  const found = await viewer.selectFrom(tables.as('one')).selectAll().execute()
  assert.deepEqual(found.filter(({ isOpen }) => !isOpen).map(({ name }) => name).sort(), closed, 'a new table is opened to nams_viewer by its migration, or listed here as closed')
  const columns = (schema: string) => sql`select relname, attname from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = (select oid from pg_namespace where nspname = ${schema}) and attnum > 0 and not attisdropped`
  const lacking = sql<object>`(${columns('public')} and relname in (select viewname from pg_views where schemaname = 'support_sees') except ${columns('support_sees')})`
  assert.deepEqual(await viewer.selectFrom(lacking.as('one')).selectAll().execute(), [])
})
