// The address of an attachment: whoever may see its owner may open it, and nobody else knows that it is there.
import { Refusal, refuse } from '../kernel/refusal.ts'
import type { PersonContext } from '../people/context.ts'
import { idOf, type Page } from '../people/page.ts'
import { KeptFile } from '../ui/download.ts'
import { kinds, type Attachment, type Owner, type OwnerKind } from './attachment.ts'
import { attachmentWithOwner } from './store.ts'

/** Whether an actor may see what a file is attached to; each room answers for its own kind. */
export type MaySee = (ctx: PersonContext, owner: Owner) => Promise<boolean>

/** For rooms that open an owner by an action, which refuses whoever may not see it. */
export const isSeen = (opened: Promise<unknown>): Promise<boolean> =>
  opened.then(
    () => true,
    (error) => (error instanceof Refusal ? false : Promise.reject(error)),
  )

/** A kind that no room answers for is shown to nobody. */
export type Owners = Record<OwnerKind, MaySee>

export const attachmentPath = ({ id }: Pick<Attachment, 'id'>): string => `/attachments/${id}`

export const attachmentPage = (owners: Owners): Page => ({
  path: '/attachments/:id',
  show: async ({ ctx, params }) => {
    const { attachment, owner } = (await attachmentWithOwner(ctx.db, idOf(params['id']))) ?? refuse.missing()
    const maySee = Object.hasOwn(owners, owner.kind) && (await owners[owner.kind](ctx, owner))
    if (!maySee || !ctx.settings.attachments) return refuse.missing()
    const { store } = ctx.settings.attachments
    const { name, size, sha256, kind } = attachment
    const { mediaType, isInline } = kinds[kind]
    return new KeptFile({ name, type: mediaType, size, sha256, isInline, open: () => store.open(sha256) })
  },
})
