// What people see of inspections: what comes next for whoever sees the case, the configuration for whoever may open it (INS-1).
import { refuse } from '../kernel/refusal.ts'
import { maySeeDrafts } from '../cases/access.ts'
import type { OperationCase } from '../cases/case.ts'
import { operationCase } from '../cases/store.ts'
import type { Context } from '../people/context.ts'
import { mayConfigure } from './actions.ts'
import type { Inspection } from './inspection.ts'
import type { InspectionType } from './inspection-type.ts'
import * as store from './store.ts'

/** Drafts are not for everybody. */
const maySeeInspection = ({ actor }: Context, file: OperationCase) => (inspection: Inspection) =>
  inspection.status !== 'draft' || maySeeDrafts(actor, file)

/** What is due when, and what was done: for whoever sees the case. */
export async function seeInspections(ctx: Context, caseNumber: string): Promise<{ file: OperationCase; types: InspectionType[]; inspections: Inspection[] }> {
  const file = await operationCase(ctx, caseNumber)
  const inspections = (await store.inspections(ctx.db, file.id)).filter(maySeeInspection(ctx, file))
  return { file, types: await store.inspectionTypes(ctx.db, file.id), inspections }
}

/** The list of inspection types with their settings (INS-2): opened only by whoever may configure (INS-1). */
export async function openConfiguration(ctx: Context, caseNumber: string): Promise<{ file: OperationCase; types: InspectionType[] }> {
  const file = await operationCase(ctx, caseNumber, mayConfigure(ctx))
  return { file, types: await store.inspectionTypes(ctx.db, file.id) }
}

/** One type of the configuration; `missing` when it was removed. */
export async function openType(ctx: Context, caseNumber: string, id: number): Promise<{ file: OperationCase; type: InspectionType }> {
  const file = await operationCase(ctx, caseNumber, mayConfigure(ctx))
  return { file, type: (await store.inspectionType(ctx.db, file.id, id)) ?? refuse.missing() }
}

export async function openInspection(ctx: Context, caseNumber: string, id: number): Promise<{ file: OperationCase; inspection: Inspection }> {
  const file = await operationCase(ctx, caseNumber)
  const inspection = (await store.inspection(ctx.db, file.id, id)) ?? refuse.missing()
  return maySeeInspection(ctx, file)(inspection) ? { file, inspection } : refuse.missing()
}
