// What every verb of the program begins with: the configuration, an open and migrated database, and a context.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { isDate, type PlainDate } from '../kernel/date.ts'
import { blobDirectory } from '../platform/blob-directory.ts'
import { blobS3 } from '../platform/blob-s3.ts'
import type { BlobStore } from '../platform/blobs.ts'
import { ConfigurationError, readConfig, type Config } from '../platform/config.ts'
import { openDatabase, type Database } from '../platform/database.ts'
import { DirectoryInUse } from '../platform/embedded.ts'
import { commandLog, jsonLog, type Log } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { systemContext, type Context, type Settings } from '../people/context.ts'
import type { Via } from '../people/actor.ts'

/** Exit codes that scripts can use. */
export const exit = { ok: 0, failed: 1, usage: 2, configuration: 3, inUse: 4, refused: 5 } as const

export const verbHelp = `
Exit codes:
  0  done
  1  failed: the words on standard error say why
  2  wrongly written: an unknown verb, option or value
  3  the configuration is not complete; each thing that is missing is named
  4  another process holds the data directory or the port
  5  refused: the input is not acceptable, and nothing was changed

Environment:
  NAMS_DATA        directory of the embedded database, attached files and the demo's mail (default: data)
  DATABASE_URL     a PostgreSQL server instead of the embedded database
  HOST, PORT       where it listens (default: 127.0.0.1, 3000)
  NAMS_MODE        demo (default) or production; \`nams doctor\` names what production needs`

/** A verb's end that is no fault: its sentence is shown without a stack. */
export class Stop extends Error {
  readonly code: number
  constructor(message: string, code: number = exit.failed) {
    super(message)
    this.code = code
  }
}

export type Opened = { config: Config; database: Database }

const addressOf = ({ database }: Config) => ('url' in database ? new URL(database.url).host : database.directory)

/** What a PostgreSQL server or the network says when it cannot be worked with, not when a statement is wrong. */
const isOutage = (error: unknown): error is Error =>
  /^(E[A-Z]+|08\w{3}|28\w{3}|3D000|42501|53300|57P0\d)$/.test((error as { code?: string }).code ?? '') || String(error).includes('connection timeout')

/** The reason in one line: the network's errors for several addresses come as one without words. */
export const reasonOf = (error: unknown): string => {
  const { message, code, errors } = error as { message?: string; code?: string; errors?: unknown[] }
  return message || (errors?.length ? reasonOf(errors[0]) : code) || String(error)
}

/** An outage as a sentence; any other error as it is. */
export const outageOf = (config: Config, error: unknown): unknown =>
  isOutage(error) ? new Stop(`The database at ${addressOf(config)} cannot be used: ${reasonOf(error)}`) : error

export async function open(config: Config): Promise<Opened> {
  const database = await openDatabase(config.database)
  try {
    await migrate(database)
    await database.becomeApplication()
    return { config, database }
  } catch (error) {
    await database.close()
    throw outageOf(config, error)
  }
}

/** Opens the installation, or begins one, does the work and closes it again, whatever happens. */
export async function withDatabase<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = await open(readConfig())
  try {
    return await work(opened)
  } finally {
    await opened.database.close()
  }
}

/** As `withDatabase`, for work that is meaningless where nothing was begun: a misspelt directory begins nothing. */
export async function withInstallation<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const { database, dataDirectory } = readConfig()
  if ('directory' in database && !existsSync(database.directory))
    throw new Stop(`There is no installation in ${dataDirectory}: set NAMS_DATA to its directory, or begin one with \`nams serve\`.`, exit.configuration)
  return withDatabase(work)
}

export const logOf = ({ mode }: Config): Log => (mode === 'production' ? jsonLog() : commandLog)

type Door = { via?: Via; today?: PlainDate; now?: Date; log?: Log }

/** Where files are while they are looked at. */
const incomingOf = ({ dataDirectory }: Pick<Config, 'dataDirectory'>) => join(dataDirectory, 'incoming')

export const blobsOf = (config: Pick<Config, 's3' | 'dataDirectory'>): BlobStore => (config.s3 ? blobS3(config.s3) : blobDirectory(join(config.dataDirectory, 'files'), incomingOf(config)))

export const settingsOf = ({ inspectionPolicy, meterPolicy, meterValidityLead, eaddress, pushKeys, mode, support, ...config }: Config): Settings => ({
  inspectionPolicy,
  meterPolicy,
  meterValidityLead,
  supportTargets: support.targets,
  contact: { phone: support.phone, email: support.email },
  attachments: { ...config.attachments, incoming: incomingOf(config), store: blobsOf(config) },
  channels: [...(eaddress ? (['eaddress'] as const) : []), 'email', ...(pushKeys || mode === 'demo' ? (['push'] as const) : [])],
})

/** What an action is given by a command or a job. */
export const commandContext = ({ config, database }: Opened, { via = 'command', log = commandLog, ...time }: Door = {}): Context =>
  systemContext({ db: database.reader, via, settings: settingsOf(config), log, ...time })

/** A day as a verb's option. */
export function day(text: string): PlainDate {
  if (isDate(text)) return text
  throw new InvalidArgumentError('Expected a real date written YYYY-MM-DD.')
}

/** A result: standard output is for these alone. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`)

/** `1 row`, `2 rows`. */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** Progress and words. */
export const note = (text: string): void => void process.stderr.write(`${text}\n`)

/** Runs a verb; what stops it becomes one sentence on standard error and an exit code. */
export const verb =
  <A extends unknown[]>(run: (...args: A) => Promise<void>) =>
  async (...args: A): Promise<void> => {
    try {
      await run(...args)
    } catch (error) {
      process.exitCode = codeOf(error)
      console.error(process.exitCode === exit.failed && !(error instanceof Stop) ? error : wordsOf(error as Error))
    }
  }

const wordsOf = (error: Error): string =>
  error instanceof DirectoryInUse ? `${error.message} Stop the other process first; the operator's page /runs sweeps while it serves.` : error.message

function codeOf(error: unknown): number {
  if (error instanceof Stop) return error.code
  if (error instanceof ConfigurationError) return exit.configuration
  if (error instanceof DirectoryInUse) return exit.inUse
  return exit.failed
}
