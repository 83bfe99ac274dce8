// People of a house write to each other: drafts, and messages sent. What goes to all is told in the case's history; the rest is private.
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { Owner } from '../attachments/attachment.ts'
import { changeAttachments, fileData, noFiles, removeAttachments, type FilesChange } from '../attachments/keep.ts'
import { attachmentsOf } from '../attachments/store.ts'
import { mayWriteMessages } from '../cases/access.ts'
import type { HouseCase } from '../cases/case.ts'
import { houseCase } from '../cases/store.ts'
import { tell } from '../notifications/tell.ts'
import type { PersonActor } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { draftProblems, limitProblems, messageProblems, recipientsOf, written, type MessageDraft } from './message.ts'
import { peopleOf, type People } from './reach.ts'
import * as store from './store.ts'

export type Writing = { file: HouseCase; shelf: store.Shelf; actor: PersonActor; people: People }

/** The house, for whoever may write in it, with whom the actor reaches. */
export async function openWriting(ctx: Context, number: string): Promise<Writing> {
  const { actor } = ctx
  const file = await houseCase(ctx, number, mayWriteMessages)
  return actor.kind === 'person' ? { file, actor, shelf: { caseId: file.id, profileId: actor.profile.id }, people: peopleOf(actor, file) } : refuse.missing()
}

export type Sent = { id: number }

/** What files of a message are attached to, draft or sent. */
export const fileOwner = ({ caseId }: Pick<store.Shelf, 'caseId'>, id: number): Owner => ({ kind: 'message', caseId, id })

/** Names of what the message will go out with, a line each. */
async function namesOf(tx: Writer, shelf: store.Shelf, draftId: number | null, { remove, files }: FilesChange): Promise<string[]> {
  const there = draftId === null ? [] : await attachmentsOf(tx, fileOwner(shelf, draftId))
  return [...there.filter(({ id }) => !remove.includes(id)), ...files.files].map(({ name }) => name)
}

const filesIn = (attached: Parameters<typeof fileData>[0]) => attached.length > 0 && { files: fileData(attached) }

/**
 * Sends a message, or the draft with `draftId`. Refuses `invalid` by `to`, `subject`, `body`, `files`, and an owner who has sent too
 * much today by no field (`messages-a-day`, `recipients-a-day`).
 */
export const sendMessage = (ctx: Context, number: string, given: MessageDraft, draftId: number | null = null, files = noFiles): Promise<Sent> =>
  change(ctx, 'message.sent', {}, async (tx) => {
    const { file, shelf, actor, people } = await openWriting({ ...ctx, db: tx }, number)
    if (draftId !== null && !(await store.draftForUpdate(tx, shelf, draftId))) return refuse.missing()
    const draft = written(given)
    const recipients = recipientsOf(draft, people.reach)
    const limits = people.reach.mayAll ? [] : limitProblems(await store.sentOn(tx, shelf.profileId, ctx.today), recipients.length)
    refuseIfAny([...limits, ...messageProblems(draft, people.reach), ...files.files.problems])
    const names = await namesOf(tx, shelf, draftId, files)
    const data = { subject: draft.subject, body: draft.body, address: file.buildings[0]!.building.address, caseNumber: file.number, from: actor.profile.name, ...(names.length > 0 && { files: names.join('\n') }) }
    const noticeId = await tell(tx, ctx, { kind: 'HOUSE_MESSAGE', caseId: file.id, data, recipients })
    const id = await store.keepMessage(tx, draftId, draft, { ...shelf, personId: actor.person.id, now: ctx.now, sent: { noticeId, on: ctx.today, recipients: recipients.length } })
    const { after } = await changeAttachments(tx, ctx, fileOwner(shelf, id), files)
    return { caseId: draft.all ? file.id : installation, subjectId: id, after: { subject: draft.subject, recipients: recipients.length, ...filesIn(after) }, value: { id } }
  })

/** Keeps a draft, new or over the one with `draftId`. */
export const saveDraft = (ctx: Context, number: string, given: MessageDraft, draftId: number | null = null, files = noFiles): Promise<Sent> =>
  change(ctx, draftId === null ? 'message-draft.added' : 'message-draft.edited', {}, async (tx) => {
    const { shelf, actor } = await openWriting({ ...ctx, db: tx }, number)
    const before = draftId === null ? null : ((await store.draftForUpdate(tx, shelf, draftId)) ?? refuse.missing())
    const draft = written(given)
    refuseIfAny([...draftProblems(draft), ...files.files.problems])
    const id = await store.keepMessage(tx, draftId, draft, { ...shelf, personId: actor.person.id, now: ctx.now, sent: null })
    const attached = await changeAttachments(tx, ctx, fileOwner(shelf, id), files)
    return { caseId: installation, subjectId: id, before: before && { subject: before.subject, ...filesIn(attached.before) }, after: { subject: draft.subject, ...filesIn(attached.after) }, value: { id } }
  })

/** Its text is kept nowhere. What was sent cannot be taken back: `missing`. */
export const removeDraft = (ctx: Context, number: string, id: number): Promise<null> =>
  change(ctx, 'message-draft.removed', {}, async (tx) => {
    const { shelf } = await openWriting({ ...ctx, db: tx }, number)
    const { subject } = (await store.draftForUpdate(tx, shelf, id)) ?? refuse.missing()
    const attached = await attachmentsOf(tx, fileOwner(shelf, id))
    await removeAttachments(tx, fileOwner(shelf, id), attached.map((one) => one.id))
    await store.deleteMessage(tx, shelf, id)
    return { caseId: installation, subjectId: id, before: { subject, ...filesIn(attached) }, value: null }
  })
