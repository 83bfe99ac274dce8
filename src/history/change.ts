// The only way to change what the registers and cases hold: the change and its event are one transaction.
import { refuse } from '../kernel/refusal.ts'
import { isUniqueViolation, writing, type Writer } from '../platform/database.ts'
import { organisationIdOf, personIdOf, type Via } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import { statement } from '../platform/statement.ts'
import { actions, type Action, type EventKind } from './actions.ts'
import type { Data } from './tables.ts'

/** What was done: the subject, its values before and after, and what the caller gets. */
export type Done<T> = {
  caseId: number
  subjectId: number | null
  before?: Data | null
  after?: Data | null
  value: T
  /** What else is being written, sent together with the event. */
  writes?: Promise<unknown>
}

/** The work found all as it should be: no event. */
export type Unchanged<T> = { unchanged: true; value: T }

const json = (data: Data | null | undefined) => (data ? JSON.stringify(data) : null)

type Recorded = {
  caseId: number
  at: Date
  action: Action
  kind: EventKind
  subjectId: number | null
  actorId: number | null
  actingForId: number | null
  via: Via
  justification: string | null
  before: string | null
  after: string | null
}

const insertEvent = statement((tx: Writer, { caseId, subjectId, actorId, actingForId, at, action, kind, via, justification, before, after }: Recorded) => {
  const who = { actor_id: actorId, acting_for_id: actingForId, via, justification }
  return tx.insertInto('event').values({ case_id: caseId, at, action, kind, subject_id: subjectId, ...who, before, after })
})

const record = <T>(tx: Writer, ctx: Context, action: Action, justification: string | null, done: Done<T>): Promise<unknown> =>
  insertEvent(tx, {
    caseId: done.caseId,
    at: ctx.now,
    action,
    kind: actions[action],
    subjectId: done.subjectId,
    actorId: personIdOf(ctx.actor),
    actingForId: organisationIdOf(ctx.actor),
    via: ctx.via,
    justification,
    before: json(done.before),
    after: json(done.after),
  })

type Answered = { personId: number; profileId: number; key: string; requestHash: string; value: string; now: Date }

const insertAnswer = statement((tx: Writer, { personId, profileId, key, requestHash, value, now }: Answered) =>
  tx.insertInto('idempotency').values({ person_id: personId, profile_id: profileId, key, request_hash: requestHash, value, created_at: now }),
)

/** Writes the answer beside the change, so that the same request again finds it (see `replayed`). */
async function remember(tx: Writer, { actor, idempotency, now }: Context, value: unknown): Promise<void> {
  if (!idempotency || actor.kind !== 'person') return
  await insertAnswer(tx, { ...idempotency, personId: actor.person.id, profileId: actor.profile.id, value: JSON.stringify(value ?? null), now })
}

/**
 * Does the work and writes who did it, for whom, when, why, before and after, in one transaction.
 * Throws a `conflict` on `field` when the work breaks a unique key.
 */
export async function change<T>(
  ctx: Context,
  action: Action,
  { justification = null, unique = 'form' }: { justification?: string | null; unique?: string },
  work: (tx: Writer) => Promise<Done<T> | Unchanged<T>>,
): Promise<T> {
  try {
    return await writing(ctx.db, async (tx, last) => {
      const done = await work(tx)
      if (!('unchanged' in done)) last(done.writes, record(tx, ctx, action, justification, done))
      last(remember(tx, ctx, done.value))
      return done.value
    })
  } catch (error) {
    if (isUniqueViolation(error)) return refuse.conflict(unique, 'already-there')
    throw error
  }
}

const lockFile = statement((tx: Writer, { number }: { number: string }) => tx.selectFrom('case_file').select(['id', 'building_id']).where('number', '=', number).forNoKeyUpdate())

/**
 * Waits until no other change to this case or its building is under way, until the end of the transaction.
 * The weaker lock lets rows that refer to the case be written meanwhile: a sweep's notices.
 * Answers the case's id; undefined where there is none.
 */
export async function lockCase(tx: Writer, number: string): Promise<number | undefined> {
  const [file] = await lockFile(tx, { number })
  if (file?.building_id) await tx.selectFrom('building').select('id').where('id', '=', file.building_id).forNoKeyUpdate().execute()
  return file?.id
}
