// What nothing is attached by is removed: content of attachments taken away, and what a crash left behind.
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../people/context.ts'
import { writing, type Reader } from '../platform/database.ts'
import type { BlobStore } from '../platform/blobs.ts'
import { lockContents, referenced } from './store.ts'

const together = 50

/** Asks again once nobody keeps anything: what was sent meanwhile stays. */
const removeUnless = (db: Reader, blobs: BlobStore, hashes: readonly string[]): Promise<number> =>
  writing(db, async (tx) => {
    await lockContents(tx)
    const known = await referenced(tx, hashes)
    const loose = hashes.filter((sha256) => !known.has(sha256))
    for (const sha256 of loose) await blobs.remove(sha256)
    return loose.length
  })

async function* inGroups(all: AsyncIterable<string>): AsyncIterable<string[]> {
  let group: string[] = []
  for await (const one of all) {
    if (group.push(one) < together) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}

async function removeUnreferenced(db: Reader, blobs: BlobStore): Promise<number> {
  let removed = 0
  for await (const hashes of inGroups(blobs.all())) {
    const known = await referenced(db, hashes)
    const loose = hashes.filter((sha256) => !known.has(sha256))
    if (loose.length > 0) removed += await removeUnless(db, blobs, loose)
  }
  return removed
}

const day = 24 * 3_600_000

/** Files that waited while their program ended; what is younger may still be read. */
async function forgetIncoming(incoming: string, now: Date): Promise<void> {
  const names = await readdir(incoming).catch(() => [])
  for (const path of names.map((name) => join(incoming, name))) {
    const found = await stat(path).catch(() => undefined)
    if (found && found.mtimeMs < now.getTime() - day) await rm(path, { recursive: true, force: true })
  }
}

/** Answers how many contents were removed. */
export async function cleanAttachments({ db, now, settings }: Pick<Context, 'db' | 'now' | 'settings'>): Promise<number> {
  if (!settings.attachments) return 0
  const { store, incoming } = settings.attachments
  await forgetIncoming(incoming, now)
  return removeUnreferenced(db, store)
}
