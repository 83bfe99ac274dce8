// Who may see the files of an inspection: whoever sees the inspection itself.
import type { Owner } from '../attachments/attachment.ts'
import { isSeen } from '../attachments/page.ts'
import { caseNumberOf } from '../cases/store.ts'
import type { PersonContext } from '../people/context.ts'
import { openInspection } from './reading.ts'

export async function maySeeInspection(ctx: PersonContext, { caseId, id }: Owner): Promise<boolean> {
  const number = await caseNumberOf(ctx.db, caseId)
  return number !== undefined && isSeen(openInspection(ctx, number, id))
}
