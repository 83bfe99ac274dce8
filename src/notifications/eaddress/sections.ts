// How attachments are cut for the official e-address service: together up to 4 MB in one call, beyond that in sections (INTERFACES 1.2).
import type { Attachment } from './message.ts'

export const mostTogether = 4 * 1024 * 1024

export type Sent = Pick<Attachment, 'contentId' | 'bytes'>

export const sizeOf = (attachments: readonly Sent[]): number => attachments.reduce((sum, { bytes }) => sum + bytes.length, 0)

/** Which attachments may go with the first call: the smallest, while they fit. An empty one always may, since no section may be. */
export function goingAlong(attachments: readonly Sent[], room: number = mostTogether): Set<Sent> {
  let left = room
  const bySize = [...attachments].sort((a, b) => a.bytes.length - b.bytes.length)
  return new Set(bySize.filter(({ bytes }) => bytes.length === 0 || (left -= bytes.length) >= 0))
}

/** Sections of exactly 4 MB but for the last, which is empty where the size is a multiple of 4 MB. */
export const sectionsOf = (bytes: Buffer): Buffer[] =>
  Array.from({ length: Math.floor(bytes.length / mostTogether) + 1 }, (_, index) => bytes.subarray(index * mostTogether, (index + 1) * mostTogether))
