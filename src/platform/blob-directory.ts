// Content in a directory: a file by its hash, in a folder for each first two characters.
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { BlobMissing, isHash, type BlobStore } from './blobs.ts'

const isAbsent = (error: unknown) => (error as { code?: string }).code === 'ENOENT'

/** What is there, or nothing where nothing was kept yet. */
const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch((error) => (isAbsent(error) ? [] : Promise.reject(error)))

/** A name in a folder survives a power cut once the folder itself is synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** `incoming`: on the same disk, where what is not whole yet may be left behind by a crash (see `forgetIncoming`). */
export function blobDirectory(root: string, incoming: string): BlobStore {
  const folderOf = (sha256: string) => join(root, sha256.slice(0, 2))
  const pathOf = (sha256: string) => join(folderOf(sha256), sha256)
  return {
    place: root,
    keep: async (sha256, file) => {
      const path = pathOf(sha256)
      if (await stat(path).catch(() => undefined)) return
      await mkdir(incoming, { recursive: true })
      const isNewFolder = (await mkdir(dirname(path), { recursive: true })) !== undefined
      const begun = join(incoming, randomUUID())
      try {
        await pipeline(createReadStream(file), createWriteStream(begun, { flush: true }))
        await rename(begun, path)
      } finally {
        await rm(begun, { force: true })
      }
      await syncFolder(dirname(path))
      if (isNewFolder) await syncFolder(root)
    },
    open: async (sha256) => {
      const handle = await open(pathOf(sha256)).catch((error) => (isAbsent(error) ? undefined : Promise.reject(error)))
      if (!handle) throw new BlobMissing(sha256)
      return handle.createReadStream()
    },
    remove: async (sha256) => {
      await unlink(pathOf(sha256)).catch((error) => (isAbsent(error) ? undefined : Promise.reject(error)))
    },
    all: async function* () {
      for (const folder of await namesIn(root))
        for (const name of await namesIn(join(root, folder))) if (isHash(name)) yield name
    },
  }
}
