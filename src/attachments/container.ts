// A container of signed files (EDOC, ASiC-E): its files listed, none taken out; one that would burst whoever unpacks it is refused.
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fromBufferPromise, openPromise, type Entry, type ZipFile } from 'yauzl'
import { shownName, type Contained } from './attachment.ts'

/** What may be in a container and in all that is packed within it: files, bytes once unpacked, how many times more than packed, how deep; and of each that is looked into in its turn. */
export const most = { files: 500, bytes: 100 * 1024 * 1024, ratio: 200, depth: 3, inner: 16 * 1024 * 1024 }

/** What packs well packs small: below this no ratio is a danger. */
const harmless = 1024 * 1024

class Bomb extends Error {}

type Room = { files: number; bytes: number }

const isOfSignature = (path: string) => path === 'mimetype' || path.startsWith('META-INF/')

const startsAsZip = (content: readonly Buffer[]) => content[0]?.subarray(0, 4).toString('latin1') === 'PK\x03\x04'

/** Unpacks a file to nowhere, counting; what turns out to be a container too is kept, to be looked into. */
async function unpacked(zip: ZipFile, entry: Entry, room: Room): Promise<Buffer | undefined> {
  let size = 0
  const content: Buffer[] = []
  const counting = new Writable({
    write(chunk: Buffer, _encoding, done) {
      size += chunk.length
      room.bytes -= chunk.length
      if (room.bytes < 0 || (size > harmless && size > entry.compressedSize * most.ratio)) return done(new Bomb())
      if (content.length === 0 || startsAsZip(content)) content.push(chunk)
      if (startsAsZip(content) && size > most.inner) return done(new Bomb())
      done()
    },
  })
  await pipeline(await zip.openReadStreamPromise(entry), counting)
  return startsAsZip(content) ? Buffer.concat(content) : undefined
}

/** What only looks like a container holds nothing that could be unpacked. */
async function lookInto(inner: Buffer, room: Room, depth: number): Promise<void> {
  if (depth > most.depth) throw new Bomb()
  try {
    await look(await fromBufferPromise(inner, { lazyEntries: true }), room, depth)
  } catch (error) {
    if (error instanceof Bomb) throw error
  }
}

async function look(zip: ZipFile, room: Room, depth: number): Promise<Contained[]> {
  const contents: Contained[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      if (--room.files < 0 || entry.uncompressedSize > room.bytes) throw new Bomb()
      if (entry.fileName.endsWith('/')) continue
      const inner = await unpacked(zip, entry, room)
      if (inner) await lookInto(inner, room, depth + 1)
      if (!isOfSignature(entry.fileName)) contents.push({ name: shownName(entry.fileName) || '?', size: entry.uncompressedSize })
    }
  } finally {
    zip.close()
  }
  return contents
}

/** The documents in it, without its signatures; or what is wrong with it. */
export async function contentsOf(path: string): Promise<Contained[] | 'file-bomb' | 'file-damaged'> {
  try {
    const contents = await look(await openPromise(path, { lazyEntries: true, autoClose: false }), { files: most.files, bytes: most.bytes }, 1)
    return contents.length === 0 ? 'file-damaged' : contents
  } catch (error) {
    return error instanceof Bomb ? 'file-bomb' : 'file-damaged'
  }
}
