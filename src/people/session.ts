// Sessions: a row with who, in which profile and since when; the browser holds only a random key to it.
import { writing, type Reader } from '../platform/database.ts'
import { hashOf, newSecret } from '../platform/secret.ts'

/** Minutes without a request after which a session ends, and how long before that the person is warned (M70). */
export const idleMinutes = 30
export const warningMinutes = 5

export type Session = { id: number; personId: number; profileId: number; device: string; startedAt: Date; seenAt: Date; lookId: number | null }

/** A session that was last used before this is over. */
export const idleSince = (now: Date) => new Date(now.getTime() - idleMinutes * 60_000)
export const endsAt = (session: Pick<Session, 'seenAt'>): Date => new Date(session.seenAt.getTime() + idleMinutes * 60_000)

const columns = ['id', 'person_id as personId', 'profile_id as profileId', 'device', 'started_at as startedAt', 'seen_at as seenAt', 'look_id as lookId'] as const

const open = (db: Reader, now: Date) =>
  db.selectFrom('session').select(columns).where('ended_at', 'is', null).where('seen_at', '>', idleSince(now))

/** Begins a session in the person's own profile; answers its key. */
export async function startSession(db: Reader, personId: number, device: string, now: Date): Promise<string> {
  const key = newSecret()
  const row = { token_hash: hashOf(key), person_id: personId, profile_id: personId, device, started_at: now, seen_at: now, ended_at: null }
  await writing(db, (tx) => tx.insertInto('session').values(row).execute())
  return key
}

/**
 * How often a request's time is written down. Not at each request, so that reading a page seldom writes; not more rarely,
 * so that a session ends to the minute: at most these seconds early, never late.
 */
const seenEverySeconds = 15

/** The open session of a key, as it is: what a page asks by itself does not keep a session alive. */
export const seenSession = (db: Reader, key: string, now: Date): Promise<Session | undefined> =>
  open(db, now).where('token_hash', '=', hashOf(key)).executeTakeFirst()

/** The open session of a key; a request keeps it alive. */
export async function sessionOf(db: Reader, key: string, now: Date): Promise<Session | undefined> {
  const session = await seenSession(db, key, now)
  if (!session || now.getTime() - session.seenAt.getTime() < seenEverySeconds * 1000) return session
  await writing(db, (tx) => tx.updateTable('session').set({ seen_at: now }).where('id', '=', session.id).execute())
  return { ...session, seenAt: now }
}

export const openSessions = (db: Reader, personId: number, now: Date): Promise<Session[]> =>
  open(db, now).where('person_id', '=', personId).orderBy('seen_at', 'desc').execute()

export const chooseProfile = (db: Reader, sessionId: number, profileId: number) =>
  writing(db, (tx) => tx.updateTable('session').set({ profile_id: profileId }).where('id', '=', sessionId).execute())

/** Ends one of a person's own sessions, this one or one left open elsewhere; whether there was such a one. */
export async function endSession(db: Reader, personId: number, sessionId: number, now: Date): Promise<boolean> {
  const ended = await writing(db, (tx) =>
    tx
      .updateTable('session')
      .set({ ended_at: now })
      .where('id', '=', sessionId)
      .where('person_id', '=', personId)
      .where('ended_at', 'is', null)
      .executeTakeFirst(),
  )
  return ended.numUpdatedRows > 0n
}

const rememberedFor = 90 * 86_400_000

/** Forgets sessions long over; one that nobody ended was over when it was last used. */
export const forgetOldSessions = (db: Reader, now: Date): Promise<unknown> =>
  writing(db, (tx) =>
    tx
      .deleteFrom('session')
      .where((row) => row.fn.coalesce('ended_at', 'seen_at'), '<', new Date(now.getTime() - rememberedFor))
      .execute(),
  )
