// Keeping and removing attachments within the change of their owner: the same transaction, the same event.
import { refuse } from '../kernel/refusal.ts'
import { personIdOf } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import type { Attachment, Owner } from './attachment.ts'
import { nothingSent, type Examined } from './examine.ts'
import * as store from './store.ts'

/** What an event says of files: `after: { …, files: fileData(attachments) }`. */
export const fileData = (attachments: readonly Pick<Attachment, 'name' | 'sha256'>[]) => attachments.map(({ name, sha256 }) => ({ name, sha256 }))

/**
 * Attaches to an owner what `examineUploads` found sound. Called inside `change()`, after the rules have passed and the owner's
 * row is locked or new; answers what was added, for the event. Refuses `invalid` by `files` what was found wrong, and more
 * than an owner may have (`files-too-many`).
 * The content goes to the store before the transaction ends: without its row it is removed later (`removeUnreferenced`).
 */
export async function keepUploads(tx: Writer, ctx: Context, owner: Owner, { files, problems }: Examined): Promise<Attachment[]> {
  if (problems.length > 0) return refuse.invalid(problems)
  if (files.length === 0) return []
  const { store: blobs, most } = ctx.settings.attachments!
  if ((await store.attachmentsOf(tx, owner)).length + files.length > most) return refuse.field('files', 'files-too-many', { most })
  await store.holdContents(tx)
  const added: Attachment[] = []
  for (const file of files) {
    await blobs.keep(file.sha256, file.path)
    added.push(await store.insertAttachment(tx, file, { owner, addedBy: personIdOf(ctx.actor), now: ctx.now }))
  }
  return added
}

/** Takes some of an owner's attachments away, inside `change()`; answers those that were there, for the event. */
export async function removeAttachments(tx: Writer, owner: Owner, ids: readonly number[]): Promise<Attachment[]> {
  const removed = (await store.attachmentsOf(tx, owner)).filter(({ id }) => ids.includes(id))
  if (removed.length > 0) await store.deleteAttachments(tx, owner, removed.map(({ id }) => id))
  return removed
}

/** What a form does to an owner's attachments: `remove` by their ids, and what it sends. */
export type FilesChange = { remove: readonly number[]; files: Examined }

export const noFiles: FilesChange = { remove: [], files: nothingSent }

/** Both at once; answers what was attached before and what is now, for the event. */
export async function changeAttachments(tx: Writer, ctx: Context, owner: Owner, { remove, files }: FilesChange): Promise<{ before: Attachment[]; after: Attachment[] }> {
  const before = await store.attachmentsOf(tx, owner)
  const removed = await removeAttachments(tx, owner, remove)
  const added = await keepUploads(tx, ctx, owner, files)
  return { before, after: [...before.filter(({ id }) => !removed.some((one) => one.id === id)), ...added] }
}
