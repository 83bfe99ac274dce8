// What a file is, by its content alone: neither its name nor what its sender said of it is asked.
import type { FileHandle } from 'node:fs/promises'
import { kinds, type FileKind } from './attachment.ts'

const containerType = `mimetype${kinds.edoc.mediaType}`

async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}

/** A ZIP whose first file is `mimetype`, not compressed, which says what it is (ETSI EN 319 162-1, A.1). */
const isContainer = (head: Buffer): boolean =>
  head.length > 30 && head.readUInt16LE(8) === 0 && head.readUInt16LE(28) === 0 && head.toString('latin1', 30, 30 + containerType.length) === containerType

/** undefined: none of what is taken. */
export async function sniff(file: FileHandle): Promise<FileKind | undefined> {
  const head = await read(file, 0, 128)
  const starts = (text: string, at = 0) => head.toString('latin1', at, at + text.length) === text
  if (starts('%PDF-')) return 'pdf'
  if (starts('\xff\xd8\xff')) return 'jpeg'
  if (starts('\x89PNG\r\n\x1a\n')) return 'png'
  if (starts('RIFF') && starts('WEBP', 8)) return 'webp'
  return starts('PK\x03\x04') && isContainer(head) ? 'edoc' : undefined
}

/** Whether the end of a PDF is there: what was cut off on its way has none. */
export async function isWholePdf(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat()
  return (await read(file, Math.max(size - 2048, 0), 2048)).includes('%%EOF')
}
