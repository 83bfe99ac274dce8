// The manual's pictures of real pages: taken by `npm run manual`, one folder for each language.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Locale } from '../ui/locale.ts'
import { helpPath } from './chapters.ts'
import { manualFolder } from './source.ts'

export const pictureFile = (locale: Locale, name: string): URL => new URL(`pictures/${locale}/${name}.webp`, manualFolder)

export type Picture = { path: string; width: number; height: number; content: Buffer }

/** A WebP file of the extended form says its size less one (RFC 9649, 2.7). */
function sizeOf(content: Buffer): { width: number; height: number } {
  if (content.toString('latin1', 8, 16) !== 'WEBPVP8X') throw new Error('not such a picture as the browser takes')
  return { width: content.readUIntLE(24, 3) + 1, height: content.readUIntLE(27, 3) + 1 }
}

export function readPicture(locale: Locale, name: string): Picture {
  const content = readFileSync(pictureFile(locale, name))
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 10)
  return { path: `${helpPath}/pictures/${locale}/${name}.${hash}.webp`, ...sizeOf(content), content }
}
