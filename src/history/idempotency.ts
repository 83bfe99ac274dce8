// Requests that must have their effect once: the same key again finds what the first one did (see `remember` in change.ts).
import { dateAt, type PlainDate } from '../kernel/date.ts'
import { refuse } from '../kernel/refusal.ts'
import type { Context } from '../people/context.ts'
import { writing, type Reader } from '../platform/database.ts'
import { hashOf } from '../platform/secret.ts'

/** How long a key is remembered at least. */
const rememberedFor = 24 * 3_600_000

/** `on`: the day on which it was done. `isReplay`: it was done before, and not again. */
export type Once<T> = { value: T; on: PlainDate; isReplay: boolean }

/**
 * What an earlier request of the same person in the same profile under the same key did; undefined when there is none.
 * Refuses `invalid` a key that came with another request (`Idempotency-Key` `idempotency-key-reused`).
 */
async function replayed<T>({ db, actor, idempotency }: Context): Promise<Once<T> | undefined> {
  if (!idempotency || actor.kind !== 'person') return undefined
  const row = await db
    .selectFrom('idempotency')
    .select(['request_hash', 'value', 'created_at'])
    .where('person_id', '=', actor.person.id)
    .where('profile_id', '=', actor.profile.id)
    .where('key', '=', idempotency.key)
    .executeTakeFirst()
  if (!row) return undefined
  if (row.request_hash !== idempotency.requestHash) return refuse.field('Idempotency-Key', 'idempotency-key-reused')
  return { value: row.value as T, on: dateAt(row.created_at), isReplay: true }
}

/**
 * Does the work once for its key. Of two requests at the same time one changes something; the other waits for it, is refused
 * by a key that is taken or by what it finds changed, and answers what the first one did.
 */
export async function once<T>(ctx: Context, work: () => Promise<T>): Promise<Once<T>> {
  const before = await replayed<T>(ctx)
  if (before) return before
  try {
    return { value: await work(), on: ctx.today, isReplay: false }
  } catch (error) {
    const meanwhile = await replayed<T>(ctx)
    if (meanwhile) return meanwhile
    throw error
  }
}

/** Forgets keys whose request nobody will repeat. */
export const forgetOldKeys = (db: Reader, now: Date): Promise<unknown> =>
  writing(db, (tx) => tx.deleteFrom('idempotency').where('created_at', '<', new Date(now.getTime() - rememberedFor)).execute())

/** The same for a page's form that carries a `key` of its own: sent twice, it has its effect once. */
export async function onceForForm<T, C extends Context>(ctx: C, form: Readonly<Record<string, string>>, work: (ctx: C) => Promise<T>): Promise<T> {
  const key = form['key']
  if (!key) return work(ctx)
  const own = { ...ctx, idempotency: { key: `form ${hashOf(key)}`, requestHash: hashOf(JSON.stringify(Object.entries(form).sort())) } }
  return (await once(own, () => work(own))).value
}
