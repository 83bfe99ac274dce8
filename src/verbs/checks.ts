// What `nams doctor` examines; each check says in one sentence how it is.
import { accessSync, constants, existsSync } from 'node:fs'
import { sql } from 'kysely'
import { lastSweptOn, sweepRuns } from '../inspections/sweep-runs.ts'
import { addDays, dateAt, hourAt } from '../kernel/date.ts'
import { openDesk } from '../notifications/eaddress/desk.ts'
import { alarmAt, daysLeft } from '../notifications/eaddress/identity.ts'
import type { Config } from '../platform/config.ts'
import { openDatabase, type Database, type Reader } from '../platform/database.ts'
import { DirectoryInUse } from '../platform/embedded.ts'
import { pendingMigrations } from '../platform/migrate.ts'
import { mailFolder, publicUrlOf, transportOf } from './post.ts'
import { isSweepDue } from './schedule.ts'
import { blobsOf, reasonOf } from './verb.ts'

export type Check = { check: string; state: 'ok' | 'warn' | 'problem'; detail: string }

const ok = (check: string, detail: string): Check => ({ check, state: 'ok', detail })
const warn = (check: string, detail: string): Check => ({ check, state: 'warn', detail })
const problem = (check: string, detail: string): Check => ({ check, state: 'problem', detail })

export const configurationChecks = (config: Config, problems: readonly string[]): Check[] =>
  problems.length > 0
    ? problems.map((one) => problem('configuration', one))
    : [ok('configuration', `${config.mode}, at ${publicUrlOf(config)}, listening on ${config.host}:${config.port}`)]

type Facts = { version: number; now: Date; role: string; rewrites: boolean; lends: boolean }

/** What the program's role may do is asked of the server, not believed. */
async function factsOf(db: Reader): Promise<Facts> {
  const facts = sql<Facts>`(select current_setting('server_version_num')::int as version, clock_timestamp() as now, current_user::text as role,
    has_table_privilege('nams_app', 'event', 'update') or has_table_privilege('nams_app', 'event', 'delete') as rewrites,
    pg_has_role(session_user, 'nams_viewer', 'member') as lends)`
  return db.selectFrom(facts.as('facts')).selectAll().executeTakeFirstOrThrow()
}

const notMigrated = warn('migrations', 'none is applied yet; `nams migrate` or the first start applies them')

async function schemaChecks(database: Database): Promise<Check[]> {
  const ledger = sql<{ there: boolean }>`(select to_regclass('migration') is not null as there)`
  const { there } = await database.reader.selectFrom(ledger.as('ledger')).select('there').executeTakeFirstOrThrow()
  const pending = there ? await pendingMigrations(database.reader) : undefined
  if (pending === undefined) return [notMigrated]
  if (pending.length > 0) return [warn('migrations', `to be applied by \`nams migrate\` or the next start: ${pending.join(', ')}`)]
  await database.becomeApplication()
  return [ok('migrations', 'all are applied'), ...(await roleAndClockChecks(database.reader))]
}

const oldestVersion = 150_000

async function roleAndClockChecks(db: Reader): Promise<Check[]> {
  const { version, now: theirs, role, rewrites, lends } = await factsOf(db)
  const apart = Math.round(Math.abs(Date.now() - theirs.getTime()) / 1000)
  return [
    version >= oldestVersion
      ? ok('version', `PostgreSQL ${Math.floor(version / 10_000)}.${version % 10_000}`)
      : problem('version', `PostgreSQL 15 or newer is needed, this is ${Math.floor(version / 10_000)}`),
    role === 'nams_app' ? ok('role', 'works as nams_app') : problem('role', `works as ${role}, not as nams_app`),
    rewrites ? problem('history', 'nams_app may change or remove events') : ok('history', 'nams_app can add events and not change them'),
    lends ? ok('support', 'whoever looks for support works as nams_viewer') : problem('support', 'nobody can look for support: `grant nams_viewer` to the user of DATABASE_URL'),
    apart <= 5 ? ok('clock', 'agrees with that of the database') : (apart <= 60 ? warn : problem)('clock', `is ${apart} s apart from that of the database`),
  ]
}

async function sweepCheck(db: Reader, { sweepHour }: Config, now: Date): Promise<Check> {
  const [last] = await sweepRuns(db, 1)
  if (last && last.startedAt.getTime() > now.getTime() + 60_000)
    return problem('clock', `the last sweep began at ${last.startedAt.toISOString()}, which is in the future: the clock has gone back`)
  const morning = await lastSweptOn(db)
  if (morning === undefined) return warn('sweep', 'no morning sweep was run yet')
  const isMissed = morning < addDays(dateAt(now), -1) || (isSweepDue(now, morning, sweepHour) && hourAt(now) > sweepHour)
  return (isMissed ? warn : ok)('sweep', `the last morning sweep was of ${morning}${isMissed ? ': do the jobs run?' : ''}`)
}

/** A server where nothing was migrated ever has not even the role under which the program reads. */
const orNotMigrated = (error: unknown): Check[] => {
  if (reasonOf(error) === 'role "nams_app" does not exist') return [notMigrated]
  throw error
}

async function openedChecks(config: Config, database: Database, now: Date): Promise<Check[]> {
  const place = 'url' in config.database ? `${new URL(config.database.url).host} answers` : `embedded, in ${config.database.directory}; synced at every commit`
  const schema = await schemaChecks(database).catch(orNotMigrated)
  const isComplete = schema.every(({ state }) => state !== 'warn')
  return [ok('database', place), ...schema, ...(isComplete ? [await sweepCheck(database.reader, config, now)] : [])]
}

const isAbout = (name: string, problems: readonly string[]) => problems.some((one) => one.includes(name))

/** Throws `DirectoryInUse`; whatever else keeps it from being examined is a problem. */
export async function databaseChecks(config: Config, problems: readonly string[], now: Date): Promise<Check[]> {
  if (isAbout('DATABASE_URL', problems)) return [warn('database', 'not examined, since it is not configured')]
  if ('directory' in config.database && !existsSync(config.database.directory))
    return [warn('database', `there is none in ${config.database.directory} yet; the first start makes it`)]
  let database: Database | undefined
  try {
    database = await openDatabase(config.database)
    await database.script('select 1')
    return await openedChecks(config, database, now)
  } catch (error) {
    if (error instanceof DirectoryInUse) throw error
    return [problem('database', reasonOf(error))]
  } finally {
    await database?.close()
  }
}

export async function mailCheck(config: Config, problems: readonly string[]): Promise<Check> {
  if (isAbout('NAMS_SMTP_URL', problems)) return warn('mail', 'not examined, since it is not configured')
  if (!config.smtpUrl) return ok('mail', `kept in ${mailFolder(config)}, since no mail server is configured`)
  const transport = transportOf({ ...config, dkim: undefined })
  try {
    await transport.check()
    return ok('mail', `${new URL(config.smtpUrl).host} takes mail`)
  } catch (error) {
    return problem('mail', reasonOf(error))
  } finally {
    transport.close()
  }
}

const certificateCheck = (days: number, place: string): Check => {
  if (days < 0) return problem('e-address', `the certificate ended ${-days} days ago`)
  return (alarmAt(days) === null ? ok : warn)('e-address', `${place} answers; the certificate is good for ${days} days more`)
}

/** Asks the service for one notification, which takes nothing from it: whether it knows us shows in its answer. */
export async function eaddressCheck({ eaddress }: Config, problems: readonly string[]): Promise<Check> {
  if (isAbout('NAMS_EADDRESS', problems)) return warn('e-address', 'not examined, since it is not configured')
  if (!eaddress) return ok('e-address', 'not used: authorities’ decisions go by mail')
  try {
    const clock = () => new Date()
    const { client, identity } = openDesk({ config: eaddress, clock, limit: 20_000 })
    const days = daysLeft(identity, clock())
    if (days >= 0) await client.notifications(1)
    return certificateCheck(days, new URL(eaddress.url).host)
  } catch (error) {
    return problem('e-address', reasonOf(error))
  }
}

export function pushCheck({ pushKeys, mode }: Config, problems: readonly string[]): Check {
  if (isAbout('NAMS_VAPID', problems)) return warn('push', 'not examined, since it is not configured')
  if (pushKeys) return ok('push', `devices are told; push services write to ${pushKeys.subject}`)
  return ok('push', mode === 'demo' ? 'a demo makes its own keys and keeps them' : 'devices are not told: `nams push-keys` makes the keys for it')
}

/** Looks for the first file that is kept, which changes nothing; of a directory also whether it may be written. */
export async function filesCheck(config: Config, problems: readonly string[]): Promise<Check> {
  if (isAbout('NAMS_S3', problems)) return warn('files', 'not examined, since their store is not configured')
  const { place, all } = blobsOf(config)
  try {
    for await (const _ of all()) break
    const folder = config.s3 ? undefined : [place, config.dataDirectory].find((path) => existsSync(path))
    if (folder) accessSync(folder, constants.W_OK)
    return ok('files', `kept in ${place}`)
  } catch (error) {
    return problem('files', reasonOf(error))
  }
}

/** Where `nams work` sends people; `serve` knows its own port also where PORT is 0. */
export function linksCheck(config: Config): Check {
  const detail = `mails link to ${publicUrlOf(config)}`
  if (config.publicUrl) return ok('links', detail)
  const isReached = config.port !== 0 && !['0.0.0.0', '::'].includes(config.host)
  return (isReached ? ok : warn)('links', `${detail}, since NAMS_PUBLIC_URL is not set`)
}

/** Riga is two hours ahead of UTC in winter and three in summer; without time zone data every date could be wrong. */
export function zoneCheck(): Check {
  const isRight = hourAt(new Date('2026-01-15T00:00:00Z')) === 2 && hourAt(new Date('2026-07-15T00:00:00Z')) === 3
  return isRight ? ok('time zone', `Europe/Riga is known; it is ${dateAt(new Date())} there`) : problem('time zone', 'Europe/Riga is not known')
}
