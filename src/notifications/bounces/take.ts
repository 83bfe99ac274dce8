// Takes back what could not be delivered: the delivery fails with the server's words, the next channel takes over, and an address
// that was refused for good gets no more mail.
import { sql } from 'kysely'
import { writing, type Writer } from '../../platform/database.ts'
import type { Context } from '../../people/context.ts'
import type { ChannelName } from '../channel.ts'
import { followedSql } from '../delivery-sql.ts'
import type { NoticeKind } from '../notice-types.ts'
import { markOf, type Returned } from './bounce-address.ts'
import type { Report } from './report.ts'

/** The address of a profile with this mark, if it still has it. */
async function addressOf(tx: Writer, partyId: number, mark: string): Promise<string | undefined> {
  const { rows } = await sql<{ address: string }>`select email as address from party where id = ${partyId} and email is not null
    union all select address from other_email where party_id = ${partyId}`.execute(tx)
  return rows.find(({ address }) => markOf(address) === mark)?.address
}

const suppress = (tx: Writer, address: string, words: string, now: Date) =>
  tx.insertInto('suppressed_address').values({ address: address.toLowerCase(), answer: words, suppressed_at: now }).onConflict((row) => row.doNothing()).execute()

type Sent = { kind: NoticeKind; noticeId: number }

/** The mails that came back: one, or all of the digest that it was sent with. */
const sentTogether = (partyId: number, noticeId: number) => sql`select sent.notice_id from delivery one join delivery sent
  on sent.party_id = one.party_id and sent.channel = 'email' and (sent.notice_id = one.notice_id or (one.digest and sent.digest and sent.sent_at = one.sent_at))
  where one.party_id = ${partyId} and one.notice_id = ${noticeId} and one.channel = 'email' and one.state = 'sent' and sent.state = 'sent'`

async function returnDelivery(tx: Writer, ctx: Context, { noticeId, partyId }: { noticeId: number; partyId: number }, { action, words }: Report, configured: readonly ChannelName[]) {
  const { rows } = await sql<Sent>`select notice.id as "noticeId", notice.kind from notice where notice.id in (${sentTogether(partyId, noticeId)}) order by notice.id`.execute(tx)
  const state = action === 'failed' ? 'failed' : 'sent'
  const answer = action === 'failed' ? `bounced: ${words}` : words
  for (const { kind, noticeId: id } of rows)
    await sql`
      with marked as (
        update delivery set state = ${state}, answer = ${answer}, due_at = ${ctx.now}::timestamptz
        where notice_id = ${id} and party_id = ${partyId} and channel = 'email' and state = 'sent' returning notice_id, case_id, party_id, channel),
      tried as (
        insert into delivery_attempt (notice_id, party_id, channel, at, obstacle, answer)
        select notice_id, party_id, channel, ${ctx.now}::timestamptz, ${action === 'failed' ? 'refused' : 'delayed'}, ${answer} from marked)
      ${followedSql({ kind, channel: 'email' }, action === 'failed' ? 'failed' : 'queued', ctx.now, configured)}
      select from marked`.execute(tx)
}

/** `configured`: the channels that may take over. The same report again changes nothing. */
export const takeBack = (ctx: Context, returned: Returned, report: Report, configured: readonly ChannelName[]): Promise<void> =>
  writing(ctx.db, async (tx) => {
    if (report.action === 'delivered') return
    if (returned.of === 'delivery') {
      const address = report.isPermanent && (await addressOf(tx, returned.partyId, returned.mark))
      if (address) await suppress(tx, address, report.words, ctx.now)
      return returnDelivery(tx, ctx, returned, report, configured)
    }
    if (report.action === 'failed')
      await tx.updateTable('address_mail').set({ state: 'failed', answer: report.words }).where('id', '=', returned.id).where('state', '=', 'sent').execute()
  })
