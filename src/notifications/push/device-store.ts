// The SQL of devices that are told by push.
import { sql } from 'kysely'
import type { PlainDate } from '../../kernel/date.ts'
import { writing, type Reader, type Writer } from '../../platform/database.ts'
import type { Subscription } from './subscription.ts'

/** `device`: what its browser says of itself. `isCurrent`: it was made for this installation's key; no other reaches it. */
export type Device = { id: number; profile: string; device: string; createdAt: Date; lastSentAt: Date | null; isCurrent: boolean }

/** A person's devices in each of their profiles, the newest first. */
export const devicesOf = (db: Reader, personId: number, serverKey: string): Promise<Device[]> =>
  db
    .selectFrom('push_subscription as one')
    .innerJoin('party', 'party.id', 'one.party_id')
    .select(['one.id', 'party.name as profile', 'one.device', 'one.created_at as createdAt', 'one.last_sent_at as lastSentAt'])
    .select(sql<boolean>`one.server_key = ${serverKey}`.as('isCurrent'))
    .where('person_id', '=', personId)
    .orderBy('one.id', 'desc')
    .execute()

export type Told = Subscription & { id: number }

/** The devices that are told of a profile's notices: each of its own person, or of one who represents it today. */
export async function devicesToTell(db: Reader, partyId: number, serverKey: string, today: PlainDate): Promise<Told[]> {
  const represents = sql<boolean>`exists (select from representative where organisation_id = party_id and representative.person_id = push_subscription.person_id
    and valid_from <= ${today}::date and (valid_to is null or valid_to >= ${today}::date))`
  return db
    .selectFrom('push_subscription')
    .select(['id', 'endpoint', 'p256dh', 'auth'])
    .where('party_id', '=', partyId)
    .where('server_key', '=', serverKey)
    .where((where) => where.or([where('person_id', '=', where.ref('party_id')), represents]))
    .orderBy('id')
    .execute()
}

type NewDevice = Subscription & { partyId: number; personId: number; serverKey: string; device: string; at: Date }

/** Answers the new row's id; undefined where the device was there and only its keys are renewed. */
export async function keepDevice(tx: Writer, { partyId, personId, serverKey, endpoint, p256dh, auth, device, at }: NewDevice): Promise<number | undefined> {
  const keys = { p256dh, auth, server_key: serverKey, device }
  const { numUpdatedRows } = await tx.updateTable('push_subscription').set(keys).where('endpoint', '=', endpoint).where('party_id', '=', partyId).executeTakeFirst()
  if (numUpdatedRows > 0n) return undefined
  const row = { party_id: partyId, person_id: personId, endpoint, ...keys, created_at: at, last_sent_at: null }
  const { id } = await tx.insertInto('push_subscription').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

/** The browser is another person's now: those before are no longer told on it. */
export const forgetOthersOn = (tx: Writer, endpoint: string, personId: number) =>
  tx.deleteFrom('push_subscription').where('endpoint', '=', endpoint).where('person_id', '<>', personId).execute()

export const markTold = (db: Reader, ids: readonly number[], at: Date) =>
  writing(db, (tx) => tx.updateTable('push_subscription').set({ last_sent_at: at }).where('id', 'in', ids).execute())
