// What people do with inspection types and inspections: load with access, ask the rule, store; `change` writes the event.
import { isDeepStrictEqual } from 'node:util'
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import { isoPeriod } from '../kernel/period.ts'
import { tidy } from '../kernel/text.ts'
import { mayConfigureInspections, mayRecordInspections, maySeeDrafts } from '../cases/access.ts'
import { operationCase } from '../cases/store.ts'
import type { Attachment } from '../attachments/attachment.ts'
import { nothingSent, type Examined } from '../attachments/examine.ts'
import { changeAttachments, fileData, keepUploads, type FilesChange } from '../attachments/keep.ts'
import { change, lockCase } from '../history/change.ts'
import { justificationOf, justificationProblems } from '../history/justification.ts'
import type { Actor } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import type { OperationCase } from '../cases/case.ts'
import { inspectionProblems, lastPerformedOn, type Inspection, type InspectionDraft } from './inspection.ts'
import { isSystemType, sameName, type InspectionType, type TypeName, type TypeSetting } from './inspection-type.ts'
import { systemNames } from './names.ts'
import * as store from './store.ts'
import { settingOf, settingProblems, type TypeDraft } from './type-rules.ts'

/** Under the installation's policy. */
export const mayConfigure = (ctx: Pick<Context, 'settings'>) => (actor: Actor, file: OperationCase) =>
  mayConfigureInspections(actor, file, ctx.settings.inspectionPolicy)

/** A setting as the history shows it. */
export const settingData = ({ type, label, firstOn, period, reminder }: TypeSetting) => ({
  type,
  label,
  firstOn,
  every: isoPeriod(period),
  remindBefore: reminder && isoPeriod(reminder),
})

export const inspectionData = ({ type, label, performedOn, periodic, status, number }: Inspection, files: readonly Attachment[] = []) => ({
  type,
  label,
  performedOn,
  periodic,
  status,
  number,
  ...(files.length > 0 && { files: fileData(files) }),
})

/** What files of an inspection are attached to. */
export const fileOwner = ({ caseId, id }: Pick<Inspection, 'caseId' | 'id'>) => ({ kind: 'inspection' as const, caseId, id })

/** The case, locked against other changes, for whoever may do this to it. */
async function lockedCase(tx: Writer, ctx: Context, number: string, may: (actor: Actor, file: OperationCase) => boolean) {
  await lockCase(tx, number)
  return operationCase({ ...ctx, db: tx }, number, may)
}

const lastOf = async (tx: Writer, ctx: Context, file: OperationCase, name: TypeName) =>
  lastPerformedOn(name, await store.inspectionsNamed(tx, file.id, name), ctx.today)

const storedType = async (tx: Writer, file: OperationCase, id: number) =>
  (await store.inspectionType(tx, file.id, id)) ?? refuse.missing()

/** INS-3, INS-4. */
export const addInspectionType = (ctx: Context, caseNumber: string, draft: TypeDraft & { justification: string }): Promise<InspectionType> =>
  change(ctx, 'inspection-type.added', { justification: justificationOf(draft.justification), unique: 'label' }, async (tx) => {
    const file = await lockedCase(tx, ctx, caseNumber, mayConfigure(ctx))
    const facts = { today: ctx.today, isPublic: file.building.isPublic, systemNames }
    refuseIfAny([...settingProblems(draft, facts), ...justificationProblems(draft.justification, { mandatory: false })])
    const setting = settingOf(draft)
    const type = await store.insertType(tx, file.id, setting, await lastOf(tx, ctx, file, setting))
    return { caseId: file.id, subjectId: type.id, after: settingData(type), value: type }
  })

/** INS-6: notices already made stay as they are. */
export const editInspectionType = (
  ctx: Context,
  caseNumber: string,
  id: number,
  draft: TypeDraft & { justification: string },
): Promise<InspectionType> =>
  change(ctx, 'inspection-type.edited', { justification: justificationOf(draft.justification), unique: 'label' }, async (tx) => {
    const file = await lockedCase(tx, ctx, caseNumber, mayConfigure(ctx))
    const stored = await storedType(tx, file, id)
    const facts = { today: ctx.today, isPublic: file.building.isPublic, systemNames, stored }
    refuseIfAny([...settingProblems(draft, facts), ...justificationProblems(draft.justification)])
    const setting = settingOf(draft)
    if (isDeepStrictEqual(settingData(stored), settingData(setting))) return { unchanged: true, value: stored }
    const isRenamed = !sameName(stored, setting) && (stored.type === setting.type || !(isSystemType(stored.type) || isSystemType(setting.type)))
    if (isRenamed) await store.renameInspections(tx, file.id, stored, setting)
    const type = await store.updateType(tx, stored, setting, await lastOf(tx, ctx, file, setting))
    return { caseId: file.id, subjectId: id, before: settingData(stored), after: settingData(type), value: type }
  })

/** INS-7. */
export const removeInspectionType = (ctx: Context, caseNumber: string, id: number, justification: string): Promise<null> =>
  change(ctx, 'inspection-type.removed', { justification: justificationOf(justification) }, async (tx) => {
    const file = await lockedCase(tx, ctx, caseNumber, mayConfigure(ctx))
    const stored = await storedType(tx, file, id)
    refuseIfAny(justificationProblems(justification))
    await store.deleteType(tx, stored, ctx.now)
    return { caseId: file.id, subjectId: id, before: settingData(stored), value: null }
  })

/** The dates of the type that an inspection belongs to, from what now counts. */
async function reschedule(tx: Writer, ctx: Context, file: OperationCase, name: TypeName): Promise<void> {
  const type = await store.typeNamed(tx, file.id, name)
  if (type) await store.updateType(tx, type, type, await lastOf(tx, ctx, file, type))
}

/** An inspection for whoever may change it. Of an annulled one nothing changes any more: `conflict`. */
async function changeable(tx: Writer, ctx: Context, caseNumber: string, id: number): Promise<{ file: OperationCase; stored: Inspection }> {
  const file = await lockedCase(tx, ctx, caseNumber, mayRecordInspections)
  const stored = (await store.inspection(tx, file.id, id)) ?? refuse.missing()
  if (stored.status === 'draft' && !maySeeDrafts(ctx.actor, file)) return refuse.missing()
  return stored.status === 'annulled' ? refuse.conflict('status', 'already-annulled') : { file, stored }
}

export const recordInspection = (
  ctx: Context,
  caseNumber: string,
  draft: InspectionDraft & { justification: string },
  files: Examined = nothingSent,
): Promise<Inspection> =>
  change(ctx, 'inspection.recorded', { justification: justificationOf(draft.justification), unique: 'performedOn' }, async (tx) => {
    const file = await lockedCase(tx, ctx, caseNumber, mayRecordInspections)
    refuseIfAny([...inspectionProblems(draft, ctx.today, systemNames), ...justificationProblems(draft.justification, { mandatory: false }), ...files.problems])
    const inspection = await store.insertInspection(tx, {
      caseId: file.id,
      type: tidy(draft.type),
      label: tidy(draft.label),
      performedOn: draft.performedOn as Inspection['performedOn'],
      periodic: draft.periodic,
      status: 'registered',
      number: tidy(draft.number),
    })
    await reschedule(tx, ctx, file, inspection)
    const kept = await keepUploads(tx, ctx, fileOwner(inspection), files)
    return { caseId: file.id, subjectId: inspection.id, after: inspectionData(inspection, kept), value: inspection }
  })

/** Attaches files to an inspection that was recorded, and takes some away, which needs a reason. */
export const changeInspectionFiles = (ctx: Context, caseNumber: string, id: number, { justification, ...files }: FilesChange & { justification: string }): Promise<Inspection> =>
  change(ctx, 'inspection.changed', { justification: justificationOf(justification) }, async (tx) => {
    const { file, stored } = await changeable(tx, ctx, caseNumber, id)
    refuseIfAny([...justificationProblems(justification, { mandatory: files.remove.length > 0 }), ...files.files.problems])
    const { before, after } = await changeAttachments(tx, ctx, fileOwner(stored), files)
    if (isDeepStrictEqual(before, after)) return { unchanged: true, value: stored }
    return { caseId: file.id, subjectId: id, before: inspectionData(stored, before), after: inspectionData(stored, after), value: stored }
  })

export const annulInspection = (ctx: Context, caseNumber: string, id: number, justification: string): Promise<Inspection> =>
  change(ctx, 'inspection.annulled', { justification: justificationOf(justification) }, async (tx) => {
    const { file, stored } = await changeable(tx, ctx, caseNumber, id)
    refuseIfAny(justificationProblems(justification))
    await store.annulInspectionRow(tx, stored)
    await reschedule(tx, ctx, file, stored)
    const annulled: Inspection = { ...stored, status: 'annulled' }
    return { caseId: file.id, subjectId: id, before: inspectionData(stored), after: inspectionData(annulled), value: annulled }
  })
