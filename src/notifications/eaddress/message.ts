// A message to an official e-address, and how addresses and files are named in it.
import { createHash } from 'node:crypto'
import type { PlainDate } from '../../kernel/date.ts'

/** `bytes`: as they are transmitted. */
export type Attachment = { contentId: string; name: string; type: string; bytes: Buffer; isCompressed: boolean }

/** How a recipient gets at what is encrypted; both in base64. */
export type EncryptionInfo = { key: string; thumbprint: string }

export type Message = {
  sender: string
  /** How the sender is called: `Cēsu novada būvvalde`. */
  senderTitle: string
  recipients: readonly { address: string; encryption?: EncryptionInfo }[]
  /** Ours, the same for all times that this message is sent; the service knows a repeat by it. */
  senderRef: string
  title: string
  text: string
  writtenOn: PlainDate
  attachments: readonly Attachment[]
}

/** A person's address by personal code; an organisation's or institution's by registration number. */
export const addressOf = (kind: 'person' | 'organisation', code: string): string => `${kind === 'person' ? '_PRIVATE' : '_DEFAULT'}@${code}`

/** Files as attachments, none compressed. Names are unique and never empty: the service refuses others. */
export function attachmentsOf(files: readonly { name: string; type: string; bytes: Buffer }[]): Attachment[] {
  const taken = new Set<string>()
  return files.map(({ name, type, bytes }, place) => {
    const wanted = name.trim() || 'pielikums'
    const [, stem, extension] = /^(.+?)(\.[^.]+)?$/.exec(wanted)!
    let own = wanted
    for (let count = 2; taken.has(own.toLowerCase()); count++) own = `${stem} (${count})${extension ?? ''}`
    taken.add(own.toLowerCase())
    return { contentId: String(place), name: own, type: type || 'application/octet-stream', bytes, isCompressed: false }
  })
}

export const sha512Of = (bytes: Buffer): string => createHash('sha512').update(bytes).digest('base64')
