// One handle for both engines. Rules and pages get a `Reader`; a `Writer` exists only inside `writing`.
import { Kysely, PostgresDialect, sql, type PostgresPool, type RawBuilder, type Transaction } from 'kysely'
import pg from 'pg'
import { refuse } from '../kernel/refusal.ts'
import { EagerDialect } from './eager.ts'
import { openEmbedded, poolOfOne, viewerPath, viewing } from './embedded.ts'
import { openQuick, PipelinedClient } from './pipeline.ts'
import { askBy, askingTogether } from './statement.ts'

/** Every table; each capability adds its own in its `tables.ts`. */
export interface Tables {}

/** Reads only. Anything raw goes through `selectFrom(sql…)`. */
export type Reader = Pick<Kysely<Tables>, 'selectFrom' | 'selectNoFrom'>
export type Writer = Transaction<Tables>

export type Database = {
  reader: Reader
  /** For those who may only look: it works under a role that can change nothing and is not shown secrets. */
  viewer: Reader
  /** Runs plain SQL as the schema's owner: migrations only. */
  script(sql: string): Promise<void>
  /** From here on every statement runs under the application's role. */
  becomeApplication(): Promise<void>
  /** Vacuums and analyzes, where no server does that by itself. Not inside a transaction. */
  maintain(): Promise<void>
  close(): Promise<void>
}

export type DatabaseAddress = { url: string } | { directory: string }

const kysely = (pool: PostgresPool) => new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })

/** Handles on which nothing is to be written. */
const viewers = new WeakSet<Reader>()

const viewerOn = (pool: PostgresPool): Reader => {
  const handle = kysely(pool)
  viewers.add(handle)
  return handle
}

/** Whether `writing` refuses the handle. */
export const onlyLooks = (db: Reader): boolean => viewers.has(db)

const asText = (value: string) => value
pg.types.setTypeParser(pg.types.builtins.DATE, asText)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

function openServer(url: string): Database {
  const settings = { connectionString: url, connectionTimeoutMillis: 5000 }
  const application = { ...settings, options: '-c role=nams_app' }
  const pool = new pg.Pool({ ...application, max: 10, Client: PipelinedClient })
  pool.on('error', () => {})
  // A connection that breaks inside a transaction fails that transaction's next statement, not the program.
  pool.on('connect', (client) => client.on('error', () => {}))
  const handle = new Kysely<Tables>({ dialect: new EagerDialect({ pool: pool as unknown as PostgresPool }) })
  const looking = new pg.Pool({ ...settings, options: `-c role=nams_viewer -c search_path=${viewerPath} -c default_transaction_read_only=on`, max: 4, Client: PipelinedClient })
  looking.on('error', () => {})
  const quick = openQuick(application, 2)
  askBy(handle, quick.ask)
  const script = async (text: string) => {
    const owner = new pg.Client(settings)
    await owner.connect()
    try {
      await owner.query(text)
    } finally {
      await owner.end()
    }
  }
  const close = async () => void (await Promise.all([handle.destroy(), looking.end(), quick.close()]))
  return { reader: handle, viewer: viewerOn(looking as unknown as PostgresPool), script, becomeApplication: async () => {}, maintain: async () => {}, close }
}

async function openDirectory(directory: string): Promise<Database> {
  const embedded = await openEmbedded(directory)
  const pool = poolOfOne(embedded)
  const handle = kysely(pool)
  const script = async (text: string) => void (await embedded.pglite.exec(text))
  const maintain = () =>
    handle.connection().execute(async (alone) => {
      await sql`reset role`.execute(alone)
      try {
        await sql`vacuum (analyze)`.execute(alone)
      } finally {
        await sql`set role nams_app`.execute(alone)
      }
    })
  const close = async () => {
    await handle.destroy()
    await embedded.close()
  }
  return { reader: handle, viewer: viewerOn(viewing(embedded, pool)), script, becomeApplication: () => script('set role nams_app'), maintain, close }
}

export const openDatabase = async (address: DatabaseAddress): Promise<Database> =>
  'url' in address ? openServer(address.url) : openDirectory(address.directory)

const mayWrite = (db: Reader): void => (onlyLooks(db) ? refuse.forbidden('only-looks') : undefined)

/**
 * One transaction; rolled back when `work` throws. For `history/change.ts` and for what has no history of its own
 * (sessions, deliveries, the sweep's runs): `test/architecture.test.ts` lists who may call it. Refuses `forbidden` whoever only looks.
 * What `work` asked by a `statement` and gave to `last` is not waited for: it goes out together with the end of the transaction,
 * and where it fails all is rolled back.
 */
export async function writing<T>(db: Reader, work: (tx: Writer, last: (...asked: (Promise<unknown> | undefined)[]) => void) => Promise<T>): Promise<T> {
  mayWrite(db)
  const sent: Promise<unknown>[] = []
  try {
    return await (db as Kysely<Tables>).transaction().execute((tx) =>
      askingTogether(tx, () =>
        work(tx, (...asked) => {
          for (const one of asked) {
            one?.catch(() => {})
            sent.push(Promise.resolve(one))
          }
        }),
      ),
    )
  } finally {
    await Promise.all(sent)
  }
}

/** One statement, which is a transaction by itself: without the two round trips of a longer one. For those who may call `writing`. */
export const stating = async <T>(db: Reader, statement: RawBuilder<T>): Promise<T[]> => {
  mayWrite(db)
  return (await statement.execute(db as Kysely<Tables>)).rows
}

/** Whether a write failed because such a row is there already. */
export const isUniqueViolation = (error: unknown): boolean => (error as { code?: string } | null)?.code === '23505'
