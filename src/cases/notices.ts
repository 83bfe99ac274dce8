// The notice list of an operation case (DOMAIN 6.1, A-27).
import type { Context } from '../people/context.ts'
import { pageOf, type Page } from '../notifications/inbox.ts'
import type { Recipient } from '../notifications/notice.ts'
import * as store from '../notifications/store.ts'
import { refuse } from '../kernel/refusal.ts'
import { mayConfigureInspections } from './access.ts'
import { operationCase } from './store.ts'

/** `own`: the active profile's reading, null where it is not addressed. `recipients`: for whoever may configure, else null. */
export type CaseNotice = store.AddressedNotice & { recipients: Recipient[] | null }

/**
 * Notices of the case that are addressed to the active profile; whoever may configure sees all that tell of inspections due,
 * with their recipients' names, whether and when each has read it, and what became of the e-mail.
 */
export async function caseNotices(
  ctx: Context,
  number: string,
  { after, limit = 30 }: { after?: number | undefined; limit?: number } = {},
): Promise<Page<CaseNotice>> {
  const file = await operationCase(ctx, number)
  const { actor } = ctx
  if (actor.kind !== 'person') return refuse.missing()
  const seesAll = mayConfigureInspections(actor, file, ctx.settings.inspectionPolicy)
  const asked = { partyId: actor.profile.id, alsoKind: seesAll ? ('INSPECTION_DUE' as const) : null, after, limit: limit + 1 }
  const { notices, next } = pageOf(await store.noticesOfCase(ctx.db, file.id, asked), limit)
  const open = notices.filter(({ kind }) => seesAll && kind === 'INSPECTION_DUE')
  const recipients = await store.recipientsOfNotices(ctx.db, file.id, open.map(({ id }) => id))
  return { notices: notices.map((notice) => ({ ...notice, recipients: recipients.get(notice.id) ?? null })), next }
}
