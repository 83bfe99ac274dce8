// A file as an answer to a page's address: one made now, or one that is kept.
import type { Readable } from 'node:stream'

export class Download {
  readonly name: string
  readonly type: string
  readonly content: string | Buffer
  constructor(name: string, type: string, content: string | Buffer) {
    this.name = name
    this.type = type
    this.content = content
  }
}

/** `isInline`: a browser may show it as it is; else it saves it. */
export type Kept = { name: string; type: string; size: number; sha256: string; isInline: boolean; open: () => Promise<Readable> }

export class KeptFile {
  readonly kept: Kept
  constructor(kept: Kept) {
    this.kept = kept
  }
}
