// Support looks at what a person sees, in a session of their own: who is looked for, why and until when.
import type { FastifyRequest } from 'fastify'
import { refuse } from '../kernel/refusal.ts'
import { onlyLooks, type Reader } from '../platform/database.ts'
import type { LookingView } from '../ui/view.ts'
import type { PersonActor } from './actor.ts'
import type { Page } from './page.ts'
import type { Session } from './session.ts'

export type Looking = {
  id: number
  /** The person looked for, in one of their profiles. */
  actor: PersonActor
  /** The number of the report for which it is done. */
  report: string
  until: Date
  /** The one case that it covers; null: all that the person sees. */
  caseNumber: string | null
}

export type Looked = { at: Date; path: string; title: string }

/** What the doors ask of the room that knows who may look. */
export type Looks = {
  /** undefined: what the session looked at is over. */
  lookingIn: (session: Session, now: Date) => Promise<Looking | undefined>
  /** Writes down which page was looked at, before it is shown. */
  keep: (looking: Looking, looked: Looked) => Promise<unknown>
  /** The session is its own again. */
  leave: (session: Session, now: Date) => Promise<unknown>
}

export const isReading = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD'

/**
 * Refuses whoever only looks: to change anything, by what their database handle is for; to see what hands out secrets; and
 * what the one case does not cover, which is everything not kept under its number.
 */
export function refuseToLookers(page: Page, request: FastifyRequest, { looking, viewer }: { looking: Looking; viewer: Reader }): void {
  if (!isReading(request) && onlyLooks(viewer)) refuse.forbidden('only-looks')
  if (isReading(request) && page.isPrivate) refuse.forbidden('kept')
  const { number } = request.params as { number?: string }
  if (looking.caseNumber !== null && number !== looking.caseNumber) refuse.forbidden('not-covered')
}

/**
 * Whether the database refused by its role: what the program should have refused before, or may not show. No privilege, a
 * transaction that only reads, or a write to what takes a table's place.
 */
export const isBeyondRole = (error: unknown): boolean => ['42501', '25006', '0A000'].includes((error as { code?: string } | null)?.code ?? '')

export const lookingView = ({ actor, report, until, caseNumber }: Looking): LookingView => ({ person: actor.person.name, report, until, caseNumber })
