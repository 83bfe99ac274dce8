// Answers that support gives often, kept in both languages.
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { PersonContext } from '../people/context.ts'
import { asSupport } from './desk-actions.ts'
import { cannedAnswers, cannedById, type Canned } from './desk-store.ts'
import { longest, textProblems } from './problem-report.ts'

export type CannedDraft = Omit<Canned, 'id'>

/** Refuses what is empty or too long. */
function written({ name, lv, en }: CannedDraft): CannedDraft {
  const draft = { name: tidy(name), lv: lv.trim(), en: en.trim() }
  refuseIfAny([...textProblems('name', draft.name, longest.subject), ...textProblems('textLv', draft.lv, longest.text), ...textProblems('textEn', draft.en, longest.text)])
  return draft
}

const columnsOf = ({ name, lv, en }: CannedDraft) => ({ name, text_lv: lv, text_en: en })
const eventData = ({ name, lv, en }: CannedDraft) => ({ name, textLv: lv, textEn: en })

export async function cannedForDesk(ctx: PersonContext): Promise<Canned[]> {
  asSupport(ctx)
  return cannedAnswers(ctx.db)
}

export async function cannedForDeskById(ctx: PersonContext, id: number): Promise<Canned> {
  asSupport(ctx)
  return (await cannedById(ctx.db, id)) ?? refuse.missing()
}

/** Two of one name are a `conflict`. */
export async function addCanned(ctx: PersonContext, given: CannedDraft): Promise<number> {
  asSupport(ctx)
  const draft = written(given)
  return change(ctx, 'canned-answer.added', { unique: 'name' }, async (tx) => {
    const { id } = await tx.insertInto('canned_answer').values(columnsOf(draft)).returning('id').executeTakeFirstOrThrow()
    return { caseId: installation, subjectId: id, after: eventData(draft), value: id }
  })
}

export async function editCanned(ctx: PersonContext, id: number, given: CannedDraft): Promise<null> {
  asSupport(ctx)
  const draft = written(given)
  return change(ctx, 'canned-answer.edited', { unique: 'name' }, async (tx) => {
    const before = (await cannedById(tx, id)) ?? refuse.missing()
    await tx.updateTable('canned_answer').set(columnsOf(draft)).where('id', '=', id).execute()
    return { caseId: installation, subjectId: id, before: eventData(before), after: eventData(draft), value: null }
  })
}

export async function removeCanned(ctx: PersonContext, id: number): Promise<null> {
  asSupport(ctx)
  return change(ctx, 'canned-answer.removed', {}, async (tx) => {
    const before = (await cannedById(tx, id)) ?? refuse.missing()
    await tx.deleteFrom('canned_answer').where('id', '=', id).execute()
    return { caseId: installation, subjectId: id, before: eventData(before), value: null }
  })
}
