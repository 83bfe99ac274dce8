// What people see of messages in a house: what their profile wrote and received. Whoever sees the house may look.
import { refuse } from '../kernel/refusal.ts'
import type { Attachment } from '../attachments/attachment.ts'
import { attachmentsOf } from '../attachments/store.ts'
import { mayWriteMessages } from '../cases/access.ts'
import type { HouseCase } from '../cases/case.ts'
import { houseCase } from '../cases/store.ts'
import { pageOf } from '../notifications/inbox.ts'
import type { Recipient } from '../notifications/notice.ts'
import { recipientsOfNotices } from '../notifications/store.ts'
import type { Context } from '../people/context.ts'
import { fileOwner } from './message-actions.ts'
import * as store from './store.ts'

type Place = { before?: number | undefined; limit?: number }
type Seen = { file: HouseCase; shelf: store.Shelf; mayWrite: boolean }

async function look(ctx: Context, number: string): Promise<Seen> {
  const file = await houseCase(ctx, number)
  if (ctx.actor.kind !== 'person') return refuse.missing()
  return { file, shelf: { caseId: file.id, profileId: ctx.actor.profile.id }, mayWrite: mayWriteMessages(ctx.actor, file) }
}

export async function sentMessages(ctx: Context, number: string, { before, limit = 30, sent = false }: Place & { sent?: boolean } = {}): Promise<Seen & { messages: store.Message[]; next: number | null }> {
  const seen = await look(ctx, number)
  const { notices, next } = pageOf(await store.messages(ctx.db, seen.shelf, { sent, before, limit: limit + 1 }), limit)
  return { ...seen, messages: notices, next }
}

/** One that the profile wrote; `to` is empty while it is a draft. Another's is `missing`. */
export async function sentMessage(ctx: Context, number: string, id: number): Promise<Seen & { message: store.Message; to: Recipient[]; files: Attachment[] }> {
  const seen = await look(ctx, number)
  const message = (await store.message(ctx.db, seen.shelf, id)) ?? refuse.missing()
  const { noticeId } = message
  const files = await attachmentsOf(ctx.db, fileOwner(seen.shelf, id))
  return { ...seen, message, files, to: noticeId === null ? [] : (await recipientsOfNotices(ctx.db, seen.file.id, [noticeId])).get(noticeId)! }
}

export async function receivedMessages(ctx: Context, number: string, filter: store.ReceivedFilter & Place = {}): Promise<Seen & { messages: store.Received[]; next: number | null }> {
  const seen = await look(ctx, number)
  const { limit = 30, ...rest } = filter
  const { notices, next } = pageOf(await store.received(ctx.db, seen.shelf, { ...rest, limit: limit + 1 }), limit)
  return { ...seen, messages: notices, next }
}

/** A received message that is to be answered; undefined when it is not the profile's. */
export const answered = async (ctx: Context, shelf: store.Shelf, id: number): Promise<store.Received | undefined> => (await store.received(ctx.db, shelf, { id, limit: 1 }))[0]
