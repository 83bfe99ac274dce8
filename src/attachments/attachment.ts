// A file attached to something: what it is by its content, what it is called, and to what it belongs.
import { createHash } from 'node:crypto'
import { tidy } from '../kernel/text.ts'

/** What files are attached to. Who may see each is asked of its room (`owners` in app.ts). */
export const ownerKinds = ['inspection', 'message', 'problem-report'] as const
export type OwnerKind = (typeof ownerKinds)[number]
/** `caseId` as in the owner's events: 0 of no case. */
export type Owner = { kind: OwnerKind; caseId: number; id: number }

/** What is taken. `isInline`: a browser may show it as it is. */
export const kinds = {
  pdf: { mediaType: 'application/pdf', extensions: ['pdf'], isInline: true },
  jpeg: { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], isInline: true },
  png: { mediaType: 'image/png', extensions: ['png'], isInline: true },
  webp: { mediaType: 'image/webp', extensions: ['webp'], isInline: true },
  edoc: { mediaType: 'application/vnd.etsi.asic-e+zip', extensions: ['edoc', 'asice', 'sce'], isInline: false },
} as const
export type FileKind = keyof typeof kinds

export const fileKinds = Object.keys(kinds) as FileKind[]
export const isImage = (kind: FileKind): kind is 'jpeg' | 'png' | 'webp' => kind !== 'pdf' && kind !== 'edoc'
export const kindOf = (mediaType: string): FileKind => fileKinds.find((kind) => kinds[kind].mediaType === mediaType)!

/** A file within a container. */
export type Contained = { name: string; size: number }

export type Attachment = { id: number; name: string; kind: FileKind; size: number; sha256: string; contents: Contained[] | null; addedAt: Date }

export const longestName = 100

/** Characters that steer a line or its direction, or that are not seen. */
const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu
const reserved = /[<>:"|?*]/g

/** What is shown of a name that somebody else gave: without a path or anything that is not seen. */
export const shownName = (given: string): string => tidy(given.split(/[/\\]/).at(-1)!.replace(/\s/g, ' ').replace(steering, '')).replace(reserved, '_')

/** A name that is safe to save under on any system, ending as what the file is. */
export function fileName(given: string, kind: FileKind): string {
  const name = shownName(given).replace(/^[. ]+|[. ]+$/g, '')
  const extension = /\.(\w{1,5})$/.exec(name)?.[1] ?? ''
  const isRight = (kinds[kind].extensions as readonly string[]).includes(extension.toLowerCase())
  const ending = `.${isRight ? extension : kinds[kind].extensions[0]}`
  const stem = (isRight ? name.slice(0, -ending.length) : name).trim() || 'pielikums'
  return `${[...stem].reduce((kept, sign) => (kept.length + sign.length + ending.length > longestName ? kept : kept + sign), '')}${ending}`
}

export const sha256 = () => createHash('sha256')
