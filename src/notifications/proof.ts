// The proof of being told: what was sent of a notice, to whom, by which channel, each attempt with its answer, and when it was opened.
import { sql } from 'kysely'
import { refuse } from '../kernel/refusal.ts'
import type { Context } from '../people/context.ts'
import type { Reader } from '../platform/database.ts'
import type { ChannelName, Obstacle } from './channel.ts'
import { eaddressProofs, type EAddressProof } from './eaddress/store.ts'
import type { Notice } from './notice.ts'
import type { DeliveryState } from './tables.ts'

export type Attempt = { at: Date; obstacle: Obstacle | null; answer: string }

/** `subject` and `text`: as rendered; null while nothing was. `official`: what the e-address service said of it, and when it counts as served. */
export type DeliveryProof = {
  channel: ChannelName
  state: DeliveryState
  readyAt: Date
  sentAt: Date | null
  answer: string | null
  subject: string | null
  text: string | null
  attempts: Attempt[]
  official?: EAddressProof | undefined
}

/** `isOwn`: the recipient is the profile that asks. Nobody else's address or code is told. */
export type RecipientProof = { name: string; isOwn: boolean; readAt: Date | null; readBy: string | null; deliveries: DeliveryProof[] }

export type Proof = { notice: Notice & { createdAt: Date; sender: string | null }; recipients: RecipientProof[]; more: boolean }

const most = 200

async function noticeOf(db: Reader, id: number) {
  return db
    .selectFrom('notice')
    .leftJoin('party as sender', 'sender.id', 'notice.sender_for_id')
    .select(['notice.id', 'case_id as caseId', 'notice.kind', 'remind_on as remindOn', 'addressed', 'data', 'created_on as createdOn', 'notice.created_at as createdAt'])
    .select(['sender.name as sender', 'sender_for_id as senderForId'])
    .where('notice.id', '=', id)
    .executeTakeFirst()
}

/** The recipients of a notice, `only` one of them where it is given, in the order of their names. */
const recipientsOf = (db: Reader, caseId: number, id: number, only: number | null) =>
  db
    .selectFrom('inbox_entry as entry')
    .innerJoin('party', 'party.id', 'entry.party_id')
    .leftJoin('party as reader', 'reader.id', 'entry.read_by')
    .select(['entry.party_id as partyId', 'party.name', 'entry.read_at as readAt', 'reader.name as readBy'])
    .where('entry.case_id', '=', caseId)
    .where('entry.notice_id', '=', id)
    .$if(only !== null, (one) => one.where('entry.party_id', '=', only!))
    .orderBy(sql`lv_sort(party.name) collate "C"`)
    .orderBy('party.id')
    .limit(most + 1)
    .execute()

/** An address in a server's answer, and a link that acts for its recipient, are nobody else's to see. */
const masked = (text: string) => text.replace(/[^\s<>"';:()]+@[^\s<>"';:()]+/g, '…@…').replace(/(https?:\/\/[^\s/]+\/u\/)\S+/g, '$1…')

async function deliveriesOf(db: Reader, id: number, partyIds: readonly number[]): Promise<Map<number, DeliveryProof[]>> {
  const found = new Map(partyIds.map((partyId): [number, DeliveryProof[]] => [partyId, []]))
  if (partyIds.length === 0) return found
  const rows = await db
    .selectFrom('delivery')
    .select(['party_id as partyId', 'channel', 'state', 'ready_at as readyAt', 'sent_at as sentAt', 'answer', 'subject', 'body as text'])
    .where('notice_id', '=', id)
    .where('party_id', 'in', partyIds)
    .orderBy('channel')
    .execute()
  const tried = await db
    .selectFrom('delivery_attempt')
    .select(['party_id as partyId', 'channel', 'at', 'obstacle', 'answer'])
    .where('notice_id', '=', id)
    .where('party_id', 'in', partyIds)
    .orderBy('id')
    .execute()
  const official = await eaddressProofs(db, id, partyIds)
  for (const { partyId, ...row } of rows) {
    const attempts = tried.filter((one) => one.partyId === partyId && one.channel === row.channel).map(({ at, obstacle, answer }) => ({ at, obstacle, answer }))
    found.get(partyId)!.push({ ...row, attempts, ...(row.channel === 'eaddress' && { official: official.get(partyId) }) })
  }
  return found
}

const maskedProof = (delivery: DeliveryProof): DeliveryProof => ({
  ...delivery,
  answer: delivery.answer && masked(delivery.answer),
  text: delivery.text && masked(delivery.text),
  attempts: delivery.attempts.map((attempt) => ({ ...attempt, answer: masked(attempt.answer) })),
})

/**
 * For its sender and the operator with all recipients, for a recipient with its own part alone; `missing` for anybody else.
 * `more`: there are more recipients than are shown.
 */
export async function seeProof(ctx: Context, id: number): Promise<Proof> {
  const { actor } = ctx
  if (actor.kind !== 'person') return refuse.missing()
  const { senderForId, ...notice } = (await noticeOf(ctx.db, id)) ?? refuse.missing()
  const seesAll = actor.operator || senderForId === actor.profile.id
  const all = await recipientsOf(ctx.db, notice.caseId, id, seesAll ? null : actor.profile.id)
  if (!seesAll && all.length === 0) return refuse.missing()
  const shown = all.slice(0, most)
  const deliveries = await deliveriesOf(ctx.db, id, shown.map(({ partyId }) => partyId))
  const recipients = shown.map(({ partyId, ...recipient }): RecipientProof => {
    const isOwn = partyId === actor.profile.id
    const own = deliveries.get(partyId)!
    return { ...recipient, isOwn, deliveries: isOwn ? own : own.map(maskedProof) }
  })
  return { notice, recipients, more: all.length > most }
}
