// Where the content of files is kept: by its hash, so that the same content is kept once and is never changed.
import type { Readable } from 'node:stream'

export type BlobStore = {
  /** Where it is, for whoever runs the installation. */
  place: string
  /** Keeps a file's content, whole or not at all. What is there already stays. */
  keep: (sha256: string, file: string) => Promise<void>
  /** Throws `BlobMissing`. */
  open: (sha256: string) => Promise<Readable>
  /** What is not there is removed already. */
  remove: (sha256: string) => Promise<void>
  /** Everything that is kept. */
  all: () => AsyncIterable<string>
}

export class BlobMissing extends Error {
  constructor(sha256: string) {
    super(`The content ${sha256} is not there.`)
  }
}

/** The store cannot be worked with now: whoever waits may try again. */
export class BlobOutage extends Error {
  readonly statusCode = 503
}

export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)
