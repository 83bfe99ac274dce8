// Brings the schema up to date: plain SQL files in order, each once, each in one transaction.
import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { Database, Reader } from './database.ts'

const folder = new URL('../../migrations/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()

const nameOf = (file: string) => file.replace(/\.sql$/, '')

async function applied(db: Reader): Promise<Set<string>> {
  const rows = await db.selectFrom(sql<{ name: string }>`(select name from migration)`.as('m')).select('name').execute()
  return new Set(rows.map((row) => row.name))
}

/** Two processes may start at once: each file is applied under a lock, and only if it still is missing. */
const guarded = (name: string, body: string) => `begin;
  select pg_advisory_xact_lock(7264137);
  do $nams$ begin if exists (select from migration where name = '${name}') then raise exception 'already applied'; end if; end $nams$;
  ${body};
  insert into migration (name) values ('${name}');
  commit;`

async function apply(database: Database, name: string): Promise<void> {
  const body = readFileSync(new URL(`${name}.sql`, folder), 'utf8')
  try {
    await database.script(guarded(name, body))
  } catch (error) {
    await database.script('rollback').catch(() => {})
    if (!String(error).includes('already applied')) throw new Error(`Migration ${name} failed.`, { cause: error })
  }
}

const ledger = `
  create table if not exists migration (name text primary key);
  do $$ begin
    if not exists (select from pg_roles where rolname = 'nams_app') then create role nams_app nologin; end if;
    if not exists (select from pg_roles where rolname = 'nams_viewer') then create role nams_viewer nologin; end if;
    begin
      execute format('grant nams_app, nams_viewer to %I', current_user);
    exception when insufficient_privilege then -- an administrator has made and granted them
    end;
  end $$;
  grant select on migration to nams_app;`

/** Applies what is missing and answers its names. Safe to repeat and to run from several processes. */
export async function migrate(database: Database): Promise<string[]> {
  await database.script(`select pg_advisory_lock(7264137); ${ledger} select pg_advisory_unlock(7264137);`)
  const done = await applied(database.reader)
  const missing = files.map(nameOf).filter((name) => !done.has(name))
  for (const name of missing) await apply(database, name)
  return missing
}

/** The names of the migrations that this program knows and the database lacks. */
export async function pendingMigrations(db: Reader): Promise<string[]> {
  const done = await applied(db)
  return files.map(nameOf).filter((name) => !done.has(name))
}
