// Templates of messages: a profile's own, used in any house that it writes in.
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { Context } from '../people/context.ts'
import { openWriting } from './message-actions.ts'
import { templateProblems, written, type TemplateDraft } from './message.ts'
import * as store from './store.ts'

/** The templates of the profile that writes in this house. */
export async function ownTemplates(ctx: Context, number: string): Promise<store.Template[]> {
  const { shelf } = await openWriting(ctx, number)
  return store.templates(ctx.db, shelf.profileId)
}

export async function ownTemplate(ctx: Context, number: string, id: number): Promise<store.Template> {
  const { shelf } = await openWriting(ctx, number)
  return (await store.template(ctx.db, shelf.profileId, id)) ?? refuse.missing()
}

/** Keeps a template, new or over the one with `id`. Refuses `name`, `subject`, `body`; a name that is taken is a `conflict` on `name`. */
export const saveTemplate = (ctx: Context, number: string, given: TemplateDraft, id: number | null = null): Promise<{ id: number }> =>
  change(ctx, id === null ? 'message-template.added' : 'message-template.edited', { unique: 'name' }, async (tx) => {
    const { shelf } = await openWriting({ ...ctx, db: tx }, number)
    const before = id === null ? null : await ownTemplate({ ...ctx, db: tx }, number, id)
    const draft = written({ name: tidy(given.name), subject: given.subject, body: given.body })
    refuseIfAny(templateProblems(draft))
    const kept = await store.keepTemplate(tx, shelf.profileId, id, draft)
    return { caseId: installation, subjectId: kept, before: before && { name: before.name, subject: before.subject }, after: { name: draft.name, subject: draft.subject }, value: { id: kept } }
  })

export const removeTemplate = (ctx: Context, number: string, id: number): Promise<null> =>
  change(ctx, 'message-template.removed', {}, async (tx) => {
    const { name, subject } = await ownTemplate({ ...ctx, db: tx }, number, id)
    await store.deleteTemplate(tx, id)
    return { caseId: installation, subjectId: id, before: { name, subject }, value: null }
  })
