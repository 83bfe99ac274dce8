// Before all tests: one migrated database, to be copied by each test file.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase } from '../src/platform/database.ts'
import { migrate } from '../src/platform/migrate.ts'

const server = process.env['DATABASE_URL']
const template = `nams_test_${process.pid}`

export const withName = (url: string, name: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href

export async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

export async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nams-test-'))
  process.env['NAMS_TEST_FOLDER'] = folder
  process.env['NODE_COMPILE_CACHE'] ??= join(folder, 'compiled')
  if (server) {
    process.env['NAMS_TEST_TEMPLATE'] = template
    await onServer(server, `create database ${template}`)
  }
  const database = await openDatabase(server ? { url: withName(server, template) } : { directory: join(folder, 'template') })
  await migrate(database)
  await database.close()
}

export async function globalTeardown(): Promise<void> {
  if (server) await onServer(server, `drop database ${template}`)
  rmSync(process.env['NAMS_TEST_FOLDER']!, { recursive: true, force: true })
}

let copies = 0

/** An address of a fresh copy of the migrated database. */
export async function freshDatabase(): Promise<{ address: { url: string } | { directory: string }; remove: () => Promise<void> }> {
  const name = `copy_${process.pid}_${copies++}`
  if (server) {
    const database = `${process.env['NAMS_TEST_TEMPLATE']}_${name}`
    await onServer(server, `create database ${database} template ${process.env['NAMS_TEST_TEMPLATE']}`)
    return { address: { url: withName(server, database) }, remove: () => onServer(server, `drop database ${database} with (force)`) }
  }
  const directory = join(process.env['NAMS_TEST_FOLDER']!, name)
  cpSync(join(process.env['NAMS_TEST_FOLDER']!, 'template'), directory, { recursive: true })
  return { address: { directory }, remove: async () => rmSync(directory, { recursive: true, force: true }) }
}
