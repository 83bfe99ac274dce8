// The files of messages: who may see them, and those of what a profile received.
import type { Attachment, Owner } from '../attachments/attachment.ts'
import { isSeen } from '../attachments/page.ts'
import { attachmentsOf } from '../attachments/store.ts'
import { caseNumberOf } from '../cases/store.ts'
import type { KindTexts, Notice } from '../notifications/notice.ts'
import { toldNotices } from '../notifications/told-words.ts'
import type { PersonContext } from '../people/context.ts'
import type { Reader } from '../platform/database.ts'
import { fileOwner } from './message-actions.ts'
import { sentMessage } from './reading.ts'
import { isRecipient, messageOfNotice } from './store.ts'

/** The profile that wrote it, while it sees the house; and each that received it, as the notice is seen. */
export async function maySeeMessage(ctx: PersonContext, { caseId, id }: Owner): Promise<boolean> {
  if (await isRecipient(ctx.db, { caseId, profileId: ctx.actor.profile.id }, id)) return true
  const number = await caseNumberOf(ctx.db, caseId)
  return number !== undefined && isSeen(sentMessage(ctx, number, id))
}

async function filesOfNotice(db: Reader, { caseId, id }: Pick<Notice, 'caseId' | 'id'>): Promise<Attachment[]> {
  const message = await messageOfNotice(db, caseId, id)
  return message === undefined ? [] : attachmentsOf(db, fileOwner({ caseId }, message))
}

export const messageNotices: { HOUSE_MESSAGE: KindTexts } = { HOUSE_MESSAGE: { ...toldNotices.HOUSE_MESSAGE, files: filesOfNotice } }
