// Transactions on pipelined connections that do not wait for their begin.
import { PostgresDialect, PostgresDriver, type PostgresDialectConfig } from 'kysely'

/** Does not wait for the begin of a transaction: it goes out together with what is asked first, which fails where it failed. */
class EagerDriver extends PostgresDriver {
  #begun = new WeakMap<object, Promise<void>>()

  override async beginTransaction(...begin: Parameters<PostgresDriver['beginTransaction']>): Promise<void> {
    const begun = super.beginTransaction(...begin)
    begun.catch(() => {})
    this.#begun.set(begin[0], begun)
  }

  override async commitTransaction(connection: Parameters<PostgresDriver['commitTransaction']>[0]): Promise<void> {
    await Promise.all([this.#begun.get(connection), super.commitTransaction(connection)])
  }
}

export class EagerDialect extends PostgresDialect {
  readonly #settings: PostgresDialectConfig
  constructor(settings: PostgresDialectConfig) {
    super(settings)
    this.#settings = settings
  }

  override createDriver() {
    return new EagerDriver(this.#settings)
  }
}
