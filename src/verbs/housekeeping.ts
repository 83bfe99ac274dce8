// What need not be kept: requests that nobody will repeat, and sessions long over.
import { sql } from 'kysely'
import { writing, type Reader } from '../platform/database.ts'

const days = 86_400_000

/** A program repeats a request within minutes; a week leaves room for one that was stopped meanwhile. */
const rememberRequests = 7 * days
const rememberSessions = 90 * days

const ago = (now: Date, milliseconds: number) => new Date(now.getTime() - milliseconds)

/** A session that nobody ended is over when it was last used. */
export const forgetOld = (db: Reader, now: Date): Promise<void> =>
  writing(db, async (tx) => {
    await tx.deleteFrom('idempotency').where('created_at', '<', ago(now, rememberRequests)).execute()
    await tx
      .deleteFrom('session')
      .where(sql`coalesce(ended_at, seen_at)`, '<', ago(now, rememberSessions))
      .execute()
  })
