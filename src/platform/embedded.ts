// The embedded database: PGlite in a directory that one process holds, synced to the disk at every commit.
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { fdatasyncSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { PostgresPool, PostgresPoolClient } from 'kysely'

/** PGlite as shipped never syncs; this gives its files an fsync and counts the calls, so that start-up can prove it. */
class SyncedFiles extends NodeFS {
  syncs = 0

  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const started = await super.init(...args)
    started.emscriptenOpts.preRun!.push((module: { FS?: any; NODEFS?: any }) => {
      const operations = (module.NODEFS ?? module.FS?.filesystems?.NODEFS)?.stream_ops
      if (!operations) throw new Error('The embedded database has no file operations to sync: its version changed.')
      operations.fsync = (stream: { nfd?: number }) => {
        if (stream.nfd !== undefined) {
          fdatasyncSync(stream.nfd)
          this.syncs++
        }
        return 0
      }
    })
    return started
  }
}

export class DirectoryInUse extends Error {
  constructor(directory: string) {
    super(`The data directory ${directory} is in use by another Nams process.`)
  }
}

/** Holds a directory until the process ends, even by kill -9: the kernel drops the lock. */
function hold(directory: string): DatabaseSync {
  mkdirSync(directory, { recursive: true })
  const lock = new DatabaseSync(join(directory, 'lock.sqlite'))
  try {
    lock.exec('pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive; create table if not exists held (x)')
    return lock
  } catch {
    lock.close()
    throw new DirectoryInUse(directory)
  }
}

/** Where whoever only looks finds tables: first what takes their place. */
export const viewerPath = 'support_sees,public'

const asText = { 1082: (value: string) => value }
/** With a quarter of the usual buffers it opens in half the time: the files are read through the kernel's cache anyway. */
const syncedStart = PGlite.defaultStartParams.filter((flag) => flag !== '-F').concat('-c', 'wal_sync_method=fsync', '-c', 'shared_buffers=32MB')

async function proveSyncs(pglite: PGlite, files: SyncedFiles): Promise<void> {
  const before = files.syncs
  await pglite.exec('create table if not exists sync_check (x int); drop table sync_check')
  if (files.syncs === before) throw new Error('The embedded database does not sync to the disk: its version changed.')
}

export type Embedded = { pglite: PGlite; close(): Promise<void> }

export async function openEmbedded(directory: string): Promise<Embedded> {
  const lock = hold(directory)
  const files = new SyncedFiles(join(directory, 'postgres'))
  const pglite = new PGlite({ fs: files, startParams: syncedStart, parsers: asText })
  await pglite.waitReady
  await proveSyncs(pglite, files)
  return {
    pglite,
    close: async () => {
      await pglite.close()
      lock.close()
    },
  }
}

/** A pool of one connection: whoever holds it is alone, so that nothing slips into another's transaction. */
export function poolOfOne({ pglite }: Embedded): PostgresPool {
  let last: Promise<void> = Promise.resolve()
  return {
    connect: async () => {
      const before = last
      const { promise, resolve } = Promise.withResolvers<void>()
      last = promise
      await before
      return {
        query: async (text: string, values?: readonly unknown[]) => {
          const { rows, affectedRows } = await pglite.query(text, values as unknown[])
          return { command: commandOf(text), rowCount: affectedRows ?? 0, rows }
        },
        release: resolve,
      } as unknown as PostgresPoolClient
    },
    end: async () => {},
  } as PostgresPool
}

const asViewer = `set role nams_viewer; set search_path = ${viewerPath}; set default_transaction_read_only = on`
const asApplication = 'rollback; set role nams_app; reset search_path; reset default_transaction_read_only'

/** The same one connection; whoever holds it through this pool only looks. */
export function viewing({ pglite }: Embedded, pool: PostgresPool): PostgresPool {
  return {
    ...pool,
    connect: async () => {
      const client = await pool.connect()
      const release = () => void pglite.exec(asApplication).then(() => client.release())
      try {
        await pglite.exec(asViewer)
      } catch (error) {
        release()
        throw error
      }
      return { ...client, release }
    },
  } as PostgresPool
}

const commandOf = (text: string) => text.trimStart().split(/\s/, 1)[0]!.toUpperCase()
