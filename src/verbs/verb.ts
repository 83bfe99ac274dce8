// What every verb of the program begins with: the configuration, an open and migrated database, and a context.
import { ConfigurationError, readConfig, type Config } from '../platform/config.ts'
import { openDatabase, type Database } from '../platform/database.ts'
import { DirectoryInUse } from '../platform/embedded.ts'
import { commandLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { systemContext, type Context } from '../people/context.ts'
import type { PlainDate } from '../kernel/date.ts'
import type { Via } from '../people/actor.ts'

/** Exit codes that scripts can use. */
export const exit = { ok: 0, failed: 1, usage: 2, configuration: 3, inUse: 4, refused: 5 } as const

/** A verb's end that is no fault: its sentence is shown without a stack. */
export class Stop extends Error {
  readonly code: number
  constructor(message: string, code: number = exit.failed) {
    super(message)
    this.code = code
  }
}

export type Opened = { config: Config; database: Database }

export async function open(config: Config): Promise<Opened> {
  const database = await openDatabase(config.database)
  try {
    await migrate(database)
    await database.becomeApplication()
    return { config, database }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Opens the installation, does the work and closes it again, whatever happens. */
export async function withDatabase<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = await open(readConfig())
  try {
    return await work(opened)
  } finally {
    await opened.database.close()
  }
}

export const commandContext = ({ config, database }: Opened, { via = 'command', today }: { via?: Via; today?: PlainDate } = {}): Context =>
  systemContext({
    db: database.reader,
    via,
    settings: { inspectionPolicy: config.inspectionPolicy },
    log: commandLog,
    ...(today && { today }),
  })

/** Runs a verb; what stops it becomes one sentence on standard error and an exit code. */
export const verb =
  <A extends unknown[]>(run: (...args: A) => Promise<void>) =>
  async (...args: A): Promise<void> => {
    try {
      await run(...args)
    } catch (error) {
      process.exitCode = codeOf(error)
      console.error(process.exitCode === exit.failed && !(error instanceof Stop) ? error : (error as Error).message)
    }
  }

function codeOf(error: unknown): number {
  if (error instanceof Stop) return error.code
  if (error instanceof ConfigurationError) return exit.configuration
  if (error instanceof DirectoryInUse) return exit.inUse
  return exit.failed
}
