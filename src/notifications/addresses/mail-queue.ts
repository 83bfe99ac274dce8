// The SQL of mails about addresses: claimed for a while, sent with no transaction open, then marked, as deliveries are.
import { sql } from 'kysely'
import { writing, type Reader } from '../../platform/database.ts'
import type { Locale } from '../../ui/locale.ts'
import { linkHours } from './address.ts'

/** `isNeeded`: the address is still the profile's and, of a reminder, still not verified. */
export type AddressMail = { id: number; kind: 'link' | 'reminder'; address: string; askedAt: Date; language: Locale; attempts: number; isNeeded: boolean }

const lease = 10 * 60_000

/** Claims what is due; a link works from now on for its hours. */
export const claimAddressMails = (db: Reader, now: Date, limit: number): Promise<AddressMail[]> =>
  writing(db, async (tx) => {
    const { rows } = await sql<AddressMail>`
      with due as materialized (
        select id from address_mail where state = 'queued' and due_at <= ${now}::timestamptz order by due_at limit ${limit} for update skip locked)
      update address_mail mail set attempts = attempts + 1, due_at = ${new Date(now.getTime() + lease)}::timestamptz,
        expires_at = case when mail.kind = 'link' then ${new Date(now.getTime() + linkHours * 3_600_000)}::timestamptz end
      from due, party where mail.id = due.id and party.id = mail.party_id
      returning mail.id, mail.kind, mail.address, mail.asked_at as "askedAt", party.language, mail.attempts,
        case when lower(party.email) = lower(mail.address) then mail.kind = 'link' or party.email_verified_on is null
          else mail.kind = 'link' and exists (select from other_email other where other.party_id = party.id and lower(other.address) = lower(mail.address)) end as "isNeeded"`.execute(tx)
    return rows
  })

export type AddressMailMark = { state: 'queued' | 'sent' | 'failed'; dueAt: Date; answer: string; attempts?: number }

/** Nothing is marked where another worker has taken the row up meanwhile. */
export const markAddressMail = (db: Reader, { id, attempts }: AddressMail, { state, dueAt, answer, attempts: counted = attempts }: AddressMailMark) =>
  writing(db, (tx) =>
    tx.updateTable('address_mail').set({ state, due_at: dueAt, answer, attempts: counted }).where('id', '=', id).where('attempts', '=', attempts).execute(),
  )

/** Days that mails about addresses are remembered. */
const keptDays = 30

export const forgetOldAddressMails = (db: Reader, now: Date) =>
  writing(db, (tx) =>
    tx.deleteFrom('address_mail').where('asked_at', '<', new Date(now.getTime() - keptDays * 86_400_000)).where('state', '!=', 'queued').execute(),
  )
