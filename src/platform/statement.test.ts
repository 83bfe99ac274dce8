import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openWorld } from '../../test/world.ts'
import { isUniqueViolation, openDatabase, writing, type Reader, type Writer } from './database.ts'
import { statement } from './statement.ts'

const divided = statement((db: Reader, { by, label }: { by: number; label: string | null }) =>
  db.selectFrom(sql<{ share: number; label: string | null }>`(select 12 / ${by}::int as share, ${label}::text as label)`.as('asked')).selectAll(),
)
const named = statement((db: Reader, { name }: { name: string }) => db.selectFrom('party').select('name').where('name', '=', name))
const added = statement((tx: Writer, { code, name, now }: { code: string; name: string; now: Date }) =>
  tx.insertInto('party').values({ kind: 'organisation', code, name, given_name: null, surname: null, email: null, email_verified_on: null, language: 'lv', created_at: now }),
)
const shares = async (work: Promise<readonly { share: number }[]>) => (await work).map(({ share }) => share)

test('a statement is built once and answers by the parameters of each question, also of many at once', async () => {
  const { db } = await openWorld()
  assert.deepEqual(await divided(db, { by: 4, label: 'a' }), [{ share: 3, label: 'a' }])
  assert.deepEqual(await divided(db, { by: 3, label: null }), [{ share: 4, label: null }])
  const answers = await Promise.all([1, 2, 3, 4, 6, 12].map((by) => shares(divided(db, { by, label: null }))))
  assert.deepEqual(answers.flat(), [12, 6, 4, 3, 2, 1])
})

test('a statement that looks at a parameter while it is built is a fault, and is not asked', async () => {
  const { db } = await openWorld()
  const greeted = statement((reader: Reader, { name }: { name: string }) => reader.selectFrom('party').select('name').where('name', '=', `SIA ${name}`))
  await assert.rejects(greeted(db, { name: 'Nami' }), /The parameter name cannot be looked at/)
})

test('a question that fails leaves those beside it alone', async () => {
  const { db } = await openWorld()
  const [before, wrong, behind] = await Promise.allSettled([1, 0, 2].map((by) => shares(divided(db, { by, label: null }))))
  assert.deepEqual([before, behind], [{ status: 'fulfilled', value: [12] }, { status: 'fulfilled', value: [6] }])
  assert.match(String((wrong as PromiseRejectedResult).reason), /division by zero/)
})

test('statements asked together in a transaction are done all or not at all', async () => {
  const { db, now } = await openWorld()
  const both = (codes: readonly string[]) => writing(db, (tx) => Promise.all(codes.map((code) => added(tx, { code, name: `SIA ${code}`, now }))))
  await both(['40000000001', '40000000002'])
  await assert.rejects(both(['40000000003', '40000000001', '40000000004']), isUniqueViolation)
  const found = await Promise.all([1, 2, 3, 4].map((at) => named(db, { name: `SIA 4000000000${at}` })))
  assert.deepEqual(found.map((rows) => rows.length), [1, 1, 0, 0])
})

test('what goes out with the end of a transaction is in it, and undoes all of it where it fails', async () => {
  const { db, now } = await openWorld()
  const written = (codes: readonly string[]) =>
    writing(db, async (tx, last) => {
      last(...codes.map((code) => added(tx, { code, name: `SIA ${code}`, now })))
      return codes.length
    })
  assert.equal(await written(['40000000011', '40000000012']), 2)
  await assert.rejects(written(['40000000013', '40000000011', '40000000014']), isUniqueViolation)
  const found = await Promise.all([11, 12, 13, 14].map((at) => named(db, { name: `SIA 400000000${at}` })))
  assert.deepEqual(found.map((rows) => rows.length), [1, 1, 0, 0])
})

test('a statement that is asked when its transaction has ended is a fault, and writes nothing', async () => {
  const { db, now } = await openWorld()
  const late = writing(db, async (tx, last) => last(new Promise((asked) => setImmediate(asked)).then(() => added(tx, { code: '40000000015', name: 'SIA 40000000015', now }))))
  await assert.rejects(late, /asked after its transaction/)
  assert.deepEqual(await named(db, { name: 'SIA 40000000015' }), [])
})

test('what a transaction has not committed is seen by it alone', async () => {
  const { db, now } = await openWorld()
  if (!process.env['DATABASE_URL']) return
  await writing(db, async (tx) => {
    await added(tx, { code: '40000000005', name: 'SIA 40000000005', now })
    assert.deepEqual([(await named(tx, { name: 'SIA 40000000005' })).length, (await named(db, { name: 'SIA 40000000005' })).length], [1, 0])
  })
})

test('a connection that the server ends fails what was asked on it, and the next question is answered', { skip: !process.env['DATABASE_URL'] && 'needs a PostgreSQL server' }, async () => {
  const world = await openWorld()
  const database = await openDatabase(world.address)
  const ask = () => shares(divided(database.reader, { by: 2, label: null }))
  await Promise.all([ask(), ask(), ask()])
  await world.database.script(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)
  await Promise.allSettled([ask(), ask(), ask()])
  assert.deepEqual(await ask(), [6])
  await database.close()
})
