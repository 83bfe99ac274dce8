// What need not be kept: requests that nobody will repeat, and sessions long over.
import { sql } from 'kysely'
import { forgetOldKeys } from '../history/idempotency.ts'
import { writing, type Reader } from '../platform/database.ts'

const days = 86_400_000

const rememberSessions = 90 * days

const ago = (now: Date, milliseconds: number) => new Date(now.getTime() - milliseconds)

/** A session that nobody ended is over when it was last used. */
export async function forgetOld(db: Reader, now: Date): Promise<void> {
  await forgetOldKeys(db, now)
  await writing(db, (tx) =>
    tx
      .deleteFrom('session')
      .where(sql`coalesce(ended_at, seen_at)`, '<', ago(now, rememberSessions))
      .execute(),
  )
}
