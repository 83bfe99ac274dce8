// Statements of the busiest requests: built once, and on a server prepared once on each connection. What varies are their parameters.
import { CompiledQuery, type Compilable, type Kysely } from 'kysely'
import type { Reader, Tables, Writer } from './database.ts'
import { prepare } from './pipeline.ts'

/** Stands for a parameter while its statement is built. */
class Place {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }

  [Symbol.toPrimitive](): never {
    throw new Error(`The parameter ${this.name} cannot be looked at while its statement is built.`)
  }
}

const places = <P extends object>(): P => new Proxy({}, { get: (_, name) => new Place(String(name)) }) as P

type Ask = (text: string, values: readonly unknown[]) => Promise<unknown[]>
const shortWays = new WeakMap<object, Ask>()

/** From here on statements on this handle are asked so. */
export const askBy = (db: Reader, ask: Ask): void => void shortWays.set(db, ask)

const tooLate: Ask = () => Promise.reject(new Error('A statement was asked after its transaction.'))

/** Lets statements of a transaction be asked together, each at once when it is asked: without it each waits for the one before. */
export async function askingTogether<T>(tx: Writer, work: () => Promise<T>): Promise<T> {
  await tx.getExecutor().provideConnection(async (connection) => {
    askBy(tx, async (sql, parameters) => (await connection.executeQuery({ ...CompiledQuery.raw(sql), parameters })).rows)
  })
  try {
    return await work()
  } finally {
    askBy(tx, tooLate)
  }
}

/**
 * `build` is called once, with stand-ins in place of the parameters: it hands them on and cannot look at them, so that every
 * statement of it has the same text.
 */
export function statement<D extends Reader | Writer, P extends object, R>(build: (db: D, parameters: P) => Compilable<R>): (db: D, parameters: P) => Promise<R[]> {
  let built: CompiledQuery<R> | undefined
  const buildWith = (db: D): CompiledQuery<R> => {
    const compiled = build(db, places<P>()).compile()
    prepare(compiled.sql)
    return compiled
  }
  return async (db, parameters) => {
    built ??= buildWith(db)
    const values = built.parameters.map((value) => (value instanceof Place ? parameters[value.name as keyof P] : value))
    const ask = shortWays.get(db)
    if (ask) return (await ask(built.sql, values)) as R[]
    const { rows } = await (db as unknown as Kysely<Tables>).executeQuery({ ...built, parameters: values })
    return rows as R[]
  }
}
