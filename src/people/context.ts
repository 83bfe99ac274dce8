// What every action is given, made once per request, command or job.
import { dateAt, type PlainDate } from '../kernel/date.ts'
import type { Reminder } from '../kernel/period.ts'
import type { Reader } from '../platform/database.ts'
import type { BlobStore } from '../platform/blobs.ts'
import type { Log } from '../platform/log.ts'
import type { UploadLimits } from '../platform/uploads.ts'
import type { Locale } from '../ui/locale.ts'
import type { Actor, PersonActor, Via } from './actor.ts'

export type Policy = 'strict' | 'withManager'

/** When support works, `HH:MM` to `HH:MM` of working days, and how much of that time passes at most until it answers and until it has solved. */
export type SupportTargets = { from: string; to: string; answerMinutes: number; solutionMinutes: number }

export type Settings = {
  /** Who may configure inspection types: the source text alone, or the manager's side too. */
  inspectionPolicy: Policy
  /** Who may change meters and readings. */
  meterPolicy: Policy
  /** How long before a meter's validity term its people are reminded; a month where it is not set. */
  meterValidityLead?: Reminder
  /** The channels that notices may leave by; mail and push where it is not set. */
  channels?: readonly ('eaddress' | 'email' | 'push')[]
  /** Registration numbers of the authorities that tell of their decisions here; none where it is not set. */
  authorities?: ReadonlySet<string>
  /** What support promises; the usual where it is not set. */
  supportTargets?: SupportTargets
  /** How support is reached, beside this system. */
  contact?: { phone?: string | undefined; email?: string | undefined }
  /** Personal codes of those who work at the desk: reports may be given to them. */
  supportCodes?: ReadonlySet<string>
  /** Where attached files are kept, and how many of which size; nothing may be attached where it is not set. */
  attachments?: UploadLimits & { store: BlobStore }
}

/** A request that must have its effect once: the key that its sender chose and what was asked. */
export type Idempotency = { key: string; requestHash: string }

export type Context<A extends Actor = Actor> = {
  actor: A
  /** The one instant of this request or job. */
  now: Date
  /** The civil date in Europe/Riga. */
  today: PlainDate
  db: Reader
  locale: Locale
  via: Via
  settings: Settings
  log: Log
  idempotency?: Idempotency
}

export type PersonContext = Context<PersonActor>

type Start = Omit<Context, 'now' | 'today' | 'actor' | 'locale'> & { now?: Date; today?: PlainDate; locale?: Locale }

export function systemContext({ now = new Date(), today = dateAt(now), locale = 'lv', ...rest }: Start): Context {
  return { ...rest, actor: { kind: 'system' }, now, today, locale }
}
