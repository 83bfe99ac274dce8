// What files of a report are attached to, and who may see them.
import type { Owner } from '../attachments/attachment.ts'
import type { PersonContext } from '../people/context.ts'
import { reportById } from './store.ts'

/** All files of a report, of its talk too, are the report's; when they came says with which words. */
export const fileOwner = (id: number): Owner => ({ kind: 'problem-report', caseId: 0, id })

/** Its reporter, and support. */
export async function maySeeReport({ actor, db }: PersonContext, { id }: Owner): Promise<boolean> {
  const report = await reportById(db, id)
  return report !== undefined && (actor.support || report.person?.id === actor.person.id)
}
