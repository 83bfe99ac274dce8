// What was sent is looked at before anything is kept: each file by its content, all problems together.
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Problem } from '../kernel/refusal.ts'
import type { Context } from '../people/context.ts'
import type { Upload } from '../platform/uploads.ts'
import { fileName, isImage, sha256, shownName, type Contained, type FileKind } from './attachment.ts'
import { contentsOf } from './container.ts'
import { reencode } from './image.ts'
import { isWholePdf, sniff } from './sniff.ts'

/** A file that may be kept: `path` is where it waits. */
export type Sound = { path: string; name: string; kind: FileKind; size: number; sha256: string; contents: Contained[] | null }

/** `problems` are of the field `files`: an action refuses with them beside its own. */
export type Examined = { files: Sound[]; problems: Problem[] }

export const nothingSent: Examined = { files: [], problems: [] }

const megabyte = 1024 * 1024

async function hashed(path: string): Promise<string> {
  const hash = sha256()
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function kindIn(path: string): Promise<FileKind | 'file-kind' | 'file-damaged'> {
  const file = await open(path)
  try {
    const kind = await sniff(file)
    if (kind === 'pdf' && !(await isWholePdf(file))) return 'file-damaged'
    return kind ?? 'file-kind'
  } finally {
    await file.close()
  }
}

/** The sound file, or the code of what is wrong with it. */
async function soundOf({ path, name, size, state }: Upload): Promise<Sound | string> {
  if (state === 'too-large') return 'file-too-large'
  if (size === 0) return 'file-empty'
  const kind = await kindIn(path)
  if (kind === 'file-kind' || kind === 'file-damaged') return kind
  const kept = isImage(kind) ? `${path}.picture` : path
  const fault = isImage(kind) && (await reencode(kind, path, kept))
  if (fault) return fault
  const contents = kind === 'edoc' ? await contentsOf(path) : null
  if (typeof contents === 'string') return contents
  return { path: kept, name: fileName(name, kind), kind, size: (await stat(kept)).size, sha256: await hashed(kept), contents }
}

/**
 * Looks at what a page was sent, before its action is called and outside any transaction: `await examineUploads(ctx, request.uploads)`.
 * Images are encoded anew. Refuses nothing itself and keeps nothing.
 */
export async function examineUploads({ settings }: Pick<Context, 'settings'>, uploads: readonly Upload[]): Promise<Examined> {
  if (!settings.attachments) return nothingSent
  const { largest, most } = settings.attachments
  const examined: Examined = { files: [], problems: [] }
  const problem = (code: string, params: Problem['params']) => examined.problems.push({ field: 'files', code, params: params! })
  if (uploads.some(({ state }) => state === 'too-many')) problem('files-too-many', { most })
  for (const upload of uploads.filter(({ state }) => state !== 'too-many')) {
    const sound = await soundOf(upload)
    if (typeof sound === 'string') problem(sound, { name: shownName(upload.name) || '?', size: largest / megabyte })
    else examined.files.push(sound)
  }
  return examined
}
