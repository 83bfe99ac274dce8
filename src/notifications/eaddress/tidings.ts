// Asks the official e-address service what became of the messages, and keeps its signed word (INTERFACES 1.6).
import type { Context } from '../../people/context.ts'
import type { Configured } from '../ways.ts'
import type { EAddressClient } from './client.ts'
import { EAddressFailure } from './faults.ts'
import { claimPoll, keepConfirmation, takeIn, unconfirmed } from './tidings-sql.ts'

const most = 100
const mostPages = 20
const mostConfirmations = 50

/** Confirmed only after it is kept: what is told between comes again. What is of other systems' messages is left to them. */
async function takeInAll(ctx: Context, client: EAddressClient, configured: Configured): Promise<void> {
  for (let page = 0; page < mostPages; page++) {
    const { notifications, hasMore } = await client.notifications(most)
    const taken = await takeIn(ctx.db, notifications, ctx.now, configured)
    await client.confirmNotifications(taken)
    if (hasMore && taken.length === 0) ctx.log.warn({ notifications: notifications.length }, 'notifications of the e-address service that are not ours keep ours from coming')
    if (!hasMore || taken.length === 0) return
  }
}

async function keepConfirmations(ctx: Context, client: EAddressClient): Promise<void> {
  for (const { messageId } of await unconfirmed(ctx.db, mostConfirmations)) {
    const confirmation = await client.serverConfirmation(messageId)
    if (confirmation) await keepConfirmation(ctx.db, messageId, confirmation)
  }
}

/** At most every five minutes, however many processes ask; an outage of the service waits for the next time. */
export async function pollEAddress(ctx: Context, client: EAddressClient, configured: Configured): Promise<void> {
  if (!(await claimPoll(ctx.db, ctx.now))) return
  try {
    await takeInAll(ctx, client, configured)
    await keepConfirmations(ctx, client)
  } catch (error) {
    if (!(error instanceof EAddressFailure)) throw error
    ctx.log.warn({ obstacle: error.obstacle, answer: error.message }, 'the e-address service could not be asked')
  }
}
