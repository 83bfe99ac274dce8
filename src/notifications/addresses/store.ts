// The SQL of e-mail addresses: the main one stands with its party, the others beside it.
import { sql } from 'kysely'
import type { PlainDate } from '../../kernel/date.ts'
import type { Reader, Writer } from '../../platform/database.ts'
import { mainId, type Address, type Addresses, type Link } from './address.ts'

type Row = Omit<Address, 'link'> & { state: Link['state'] | null; askedAt: Date; answer: string | null }

/** A party's addresses, the main one first. */
export async function addressesOf(db: Reader, partyId: number): Promise<Addresses> {
  const found = sql<Row>`(
    select own.id, own.address, own.verified_on as "verifiedOn", suppressed.answer as failure, link.state, link.asked_at as "askedAt", link.answer
    from (select ${sql.lit(mainId)}::bigint as id, email as address, email_verified_on as verified_on from party where party.id = ${partyId} and email is not null
      union all select id, address, verified_on from other_email where party_id = ${partyId}) own
    left join suppressed_address suppressed on suppressed.address = lower(own.address)
    left join lateral (select state, asked_at, answer from address_mail
      where kind = 'link' and party_id = ${partyId} and lower(address) = lower(own.address) order by address_mail.id desc limit 1) link on true)`
  const rows = await db.selectFrom(found.as('found')).selectAll().orderBy('id').execute()
  const addresses = rows.map(({ state, askedAt, answer, ...address }) => ({ ...address, link: state && { state, askedAt, answer } }))
  return { main: addresses.find(({ id }) => id === mainId) ?? null, others: addresses.filter(({ id }) => id !== mainId) }
}

/** Waits until nobody else changes the addresses of this party. */
export const lockParty = (tx: Writer, partyId: number) => tx.selectFrom('party').select('id').where('id', '=', partyId).forNoKeyUpdate().executeTakeFirstOrThrow()

type Given = { address: string; verifiedOn: PlainDate | null }

/** From now on the register's word does not change it. */
export const writeMain = (tx: Writer, partyId: number, given: Given | null) =>
  tx.updateTable('party').set({ email: given?.address ?? null, email_verified_on: given?.verifiedOn ?? null, email_is_own: true }).where('id', '=', partyId).execute()

export const writeOther = (tx: Writer, partyId: number, { address, verifiedOn }: Given) =>
  tx.insertInto('other_email').values({ party_id: partyId, address, verified_on: verifiedOn }).execute()

export const removeOther = (tx: Writer, id: number) => tx.deleteFrom('other_email').where('id', '=', id).execute()

export const verifyOther = (tx: Writer, id: number, verifiedOn: PlainDate) =>
  tx.updateTable('other_email').set({ verified_on: verifiedOn }).where('id', '=', id).execute()

/** Mail goes there again. */
export const liftSuppression = (tx: Writer, address: string) => tx.deleteFrom('suppressed_address').where('address', '=', address.toLowerCase()).execute()

/** Links asked for since, for this party or for this address. */
export async function linksSince(tx: Writer, partyId: number, address: string, since: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('address_mail')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('kind', '=', 'link')
    .where('asked_at', '>', since)
    .where((where) => where.or([where('party_id', '=', partyId), where(sql`lower(address)`, '=', address.toLowerCase())]))
    .executeTakeFirstOrThrow()
  return count
}

export const queueLink = (tx: Writer, partyId: number, address: string, now: Date) =>
  tx.insertInto('address_mail').values({ kind: 'link', party_id: partyId, address, asked_at: now, state: 'queued', attempts: 0, due_at: now }).execute()

export type SentLink = { partyId: number; address: string }

/** A link that still verifies; undefined where it was used, has expired or is none. */
export const openLink = (db: Reader, id: number, now: Date): Promise<SentLink | undefined> =>
  db
    .selectFrom('address_mail')
    .select(['party_id as partyId', 'address'])
    .where('id', '=', id)
    .where('kind', '=', 'link')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()

/** Once: false where it was used meanwhile. */
export async function useLink(tx: Writer, id: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('address_mail').set({ used_at: now }).where('id', '=', id).where('used_at', 'is', null).executeTakeFirst()
  return numUpdatedRows === 1n
}
