// A page as data: what it shows and what it does, for a signed-in person.
import { refuse, type Problem } from '../kernel/refusal.ts'
import type { Download, KeptFile } from '../ui/download.ts'
import type { Upload } from '../platform/uploads.ts'
import type { Html } from '../ui/html.ts'
import type { View } from '../ui/view.ts'
import type { PersonContext } from './context.ts'
import type { Session } from './session.ts'

export type Values = Record<string, string>

/** A file as it was sent; `content` undefined where it was larger than this program takes. */
export type SentFile = { name: string; content: Buffer | undefined }

export type PageRequest = {
  ctx: PersonContext
  view: View
  /** The address at which people reach this installation, without a path. */
  origin: string
  /** The session that the request came in. */
  session: Session
  /** The numbers of the last requests before this one, the latest first. */
  requestIds: readonly string[]
  params: Values
  query: Values
  /** What was typed; undefined when the page is only opened. */
  form: Values | undefined
  /** What was sent to a page that takes a file; undefined where none was chosen. */
  file?: SentFile | undefined
  /** What was sent to a page that takes attachments; gone once it has answered. */
  uploads: readonly Upload[]
  /** What the form before this page left to be told here once. */
  once?: string | undefined
}

/**
 * Where to go after something was done; `said` names the sentence shown there (`said.…` in locales). `once` is told to that
 * page alone, which is a path without a query, the first time that it is opened.
 */
export type SeeOther = { to: string; said?: string; once?: string }

/** A page as it is drawn, or a file. */
export type Shown = Html | Download | KeptFile

export type Page = {
  path: string
  /** Its form sends a file. */
  takesFile?: true
  /** Its form sends files to be attached (`enctype="multipart/form-data"`). */
  takesUploads?: true
  /** Hands out what lets somebody in or tells them of everything: not for support to see. */
  isPrivate?: true
  /** Of support's own work: whoever looks at what another sees opens it as themselves. */
  ofSupport?: true
  /** Draws the page, or answers a file. After a refused `submit` it gets the problems, and what was typed in `form`. */
  show?: (request: PageRequest, problems: readonly Problem[]) => Promise<Shown>
  /** Does what the form asks. Answering a page instead of a place shows it as it is, such as a preview. */
  submit?: (request: PageRequest) => Promise<SeeOther | Shown>
}

/** Numbers in addresses; what is none finds nothing. */
export const idOf = (text: string | undefined): number => (text && /^\d{1,15}$/.test(text) ? Number(text) : refuse.missing())
