// The ways that reach a profile now: what it has, less what it has switched off (DOMAIN 6.3).
import { sql, type RawBuilder } from 'kysely'
import type { ChannelName } from './channel.ts'
import { noticeTypes, type NoticeKind } from './notice-types.ts'

/** Channels that this installation has been configured with. */
export type Configured = readonly ChannelName[]

/** Whether a mail server has refused a party's address for good. */
const isSuppressed = (party: string) => sql`exists (select from suppressed_address where address = lower(${sql.ref(`${party}.email`)}))`

/** Whether a party's address takes mail: verified, and not refused by its server. */
export const takesMail = (party: string): RawBuilder<boolean> => sql<boolean>`(${sql.ref(`${party}.email_verified_on`)} is not null and not ${isSuppressed(party)})`

/** Whether a party has an address, and it takes none. */
export const takesNoMail = (party: string): RawBuilder<boolean> => sql<boolean>`(${sql.ref(`${party}.email`)} is not null and not ${takesMail(party)})`

/** Whether a profile is told of such a kind by a channel as far as it may choose. */
export const isNotMuted = (party: RawBuilder<unknown>, kind: NoticeKind, channel: RawBuilder<unknown>): RawBuilder<unknown> =>
  noticeTypes[kind].mandatory
    ? sql`true`
    : sql`not exists (select from muted_notices muted where muted.party_id = ${party} and category = ${noticeTypes[kind].category} and muted.channel = ${channel})`

/** What stands for a profile with each channel; the e-address is asked of the other side when it is tried. */
const reach: Record<ChannelName, (party: RawBuilder<unknown>) => RawBuilder<unknown>> = {
  eaddress: () => sql`select 'eaddress' as channel, 1 as rank`,
  email: (party) => sql`select 'email' as channel, 2 as rank from party where id = ${party} and ${takesMail('party')}`,
  push: (party) => sql`select 'push' as channel, 3 as rank where exists (select from push_subscription where party_id = ${party})`,
}

/** The channels that a kind may use here. Where an e-address is tried, the mail comes after it (A-47). */
export const usable = (kind: NoticeKind, configured: Configured): ChannelName[] =>
  noticeTypes[kind].channels.filter((channel) => configured.includes(channel))

/** A lateral subquery `(channel, rank)` of the ways to `party`, in the order in which one takes over from another. */
export function waysTo(party: RawBuilder<unknown>, kind: NoticeKind, channels: readonly ChannelName[]): RawBuilder<unknown> {
  if (channels.length === 0) return sql`(select ''::text as channel, 0 as rank where false)`
  const all = sql.join(channels.map((channel) => reach[channel](party)), sql` union all `)
  return sql`(select channel, rank from (${all}) way where ${isNotMuted(party, kind, sql`way.channel`)} offset 0)`
}
