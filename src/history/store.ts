// Reads the history: events of a case or of one thing in it, the latest first.
import type { Via } from '../people/actor.ts'
import type { Reader } from '../platform/database.ts'
import { actions, type Action, type EventKind } from './actions.ts'
import type { Data } from './tables.ts'

/** Who did what, for whom, when and why, with the values before and after. */
export type CaseEvent = {
  id: number
  at: Date
  action: Action
  kind: EventKind
  subjectId: number | null
  /** The person's name; null where the system did it. */
  actor: string | null
  /** The organisation acted for; null for oneself and the system. */
  actingFor: string | null
  via: Via
  justification: string | null
  before: Data | null
  after: Data | null
}

/** `next`: the `before` of the page that follows; null on the last one. */
export type EventPage = { events: CaseEvent[]; next: number | null }

/** Events on certain things; `caseId`: of another case than the one asked for. */
export type EventsOn = { caseId?: number; actions: readonly Action[]; subjectIds: readonly number[] }

/**
 * `subjectId` goes with the `actions` on one kind of thing: each kind counts its own (see `actionsOn`).
 * `also`: events of others that tell of this one too.
 */
export type EventFilter = { actions?: readonly Action[]; subjectId?: number; also?: readonly EventsOn[]; before?: number | undefined; limit?: number }

/** Every action on a kind of thing: `actionsOn('inspection-type')` are those of its list's history. */
export const actionsOn = (subject: string): Action[] =>
  (Object.keys(actions) as Action[]).filter((action) => action.startsWith(`${subject}.`))

/** A page of a case's events, the latest first. The caller has asked `operationCase` whether they may be seen. */
export async function caseEvents(db: Reader, caseId: number, filter: EventFilter = {}): Promise<EventPage> {
  const { actions: kinds, subjectId, also = [], before, limit = 30 } = filter
  const rows = await db
    .selectFrom('event')
    .leftJoin('party as actor', 'actor.id', 'event.actor_id')
    .leftJoin('party as organisation', 'organisation.id', 'event.acting_for_id')
    .select(['event.id', 'at', 'action', 'event.kind', 'subject_id as subjectId', 'actor.name as actor', 'organisation.name as actingFor'])
    .select(['via', 'justification', 'before', 'after'])
    .where((is) => {
      const own = [is('case_id', '=', caseId), ...(kinds ? [is('action', 'in', kinds)] : []), ...(subjectId === undefined ? [] : [is('subject_id', '=', subjectId)])]
      const others = also.filter(({ subjectIds }) => subjectIds.length > 0)
      const onOther = (one: EventsOn) => is.and([is('case_id', '=', one.caseId ?? caseId), is('action', 'in', one.actions), is('subject_id', 'in', one.subjectIds)])
      return is.or([is.and(own), ...others.map(onOther)])
    })
    .$if(before !== undefined, (some) => some.where('event.id', '<', before!))
    .orderBy('event.id', 'desc')
    .limit(limit + 1)
    .execute()
  const events = rows.slice(0, limit) as CaseEvent[]
  return { events, next: rows.length > limit ? events.at(-1)!.id : null }
}
