// Problems that support knows of: described once, linked by reports, and told of to all who reported them once solved.
import { refuse, refuseIfAny, type Problem } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { PersonContext } from '../people/context.ts'
import { asSupport } from './desk-actions.ts'
import { knownById, knownColumns, knownProblems, linkedReports, type Known, type KnownDraft } from './desk-store.ts'
import { moved } from './moves.ts'
import { longest, textProblems } from './problem-report.ts'
import { targetsOf } from './report-actions.ts'
import { changeReport, lockReport } from './store.ts'
import { sayToReporter } from './telling.ts'

const written = ({ titleLv, titleEn, textLv, textEn }: KnownDraft): KnownDraft => ({ titleLv: tidy(titleLv), titleEn: tidy(titleEn), textLv: textLv.trim(), textEn: textEn.trim() })

const problemsOf = ({ titleLv, titleEn, textLv, textEn }: KnownDraft): Problem[] => [
  ...textProblems('titleLv', titleLv, longest.subject),
  ...textProblems('titleEn', titleEn, longest.subject),
  ...textProblems('textLv', textLv, longest.text),
  ...textProblems('textEn', textEn, longest.text),
]

export async function knownForDesk(ctx: PersonContext): Promise<Known[]> {
  asSupport(ctx)
  return knownProblems(ctx.db, 200)
}

export async function knownForDeskById(ctx: PersonContext, id: number): Promise<Known> {
  asSupport(ctx)
  return (await knownById(ctx.db, id)) ?? refuse.missing()
}

export async function addKnown(ctx: PersonContext, given: KnownDraft): Promise<number> {
  asSupport(ctx)
  const draft = written(given)
  refuseIfAny(problemsOf(draft))
  return change(ctx, 'known-problem.added', {}, async (tx) => {
    const { id } = await tx.insertInto('known_problem').values({ ...knownColumns(draft), created_at: ctx.now, solved_at: null }).returning('id').executeTakeFirstOrThrow()
    return { caseId: installation, subjectId: id, after: draft, value: id }
  })
}

const draftOf = ({ titleLv, titleEn, textLv, textEn }: Known): KnownDraft => ({ titleLv, titleEn, textLv, textEn })

export async function editKnown(ctx: PersonContext, id: number, given: KnownDraft): Promise<null> {
  asSupport(ctx)
  const draft = written(given)
  refuseIfAny(problemsOf(draft))
  return change(ctx, 'known-problem.edited', {}, async (tx) => {
    const before = (await knownById(tx, id)) ?? refuse.missing()
    await tx.updateTable('known_problem').set(knownColumns(draft)).where('id', '=', id).execute()
    return { caseId: installation, subjectId: id, before: draftOf(before), after: draft, value: null }
  })
}

/** Resolves every report that is linked to it, with these words in its reporter's language; answers how many. Solved again it is a `conflict`. */
export async function solveKnown(ctx: PersonContext, id: number, said: { lv: string; en: string }): Promise<number> {
  asSupport(ctx)
  refuseIfAny([...textProblems('saidLv', said.lv, longest.text), ...textProblems('saidEn', said.en, longest.text)])
  return change(ctx, 'known-problem.solved', {}, async (tx) => {
    const known = await tx.selectFrom('known_problem').select(['id', 'solved_at']).where('id', '=', id).forUpdate().executeTakeFirst()
    if (!known) return refuse.missing()
    if (known.solved_at) return refuse.conflict('', 'known-solved')
    await tx.updateTable('known_problem').set({ solved_at: ctx.now }).where('id', '=', id).execute()
    const reports = await linkedReports(tx, id)
    for (const reportId of reports) {
      const report = (await lockReport(tx, reportId))!
      const body = said[report.language].trim()
      await sayToReporter(tx, ctx, report, body)
      await changeReport(tx, reportId, moved(report, 'resolve', ctx.now, targetsOf(ctx))!.columns, body)
    }
    return { caseId: installation, subjectId: id, after: { saidLv: said.lv.trim(), saidEn: said.en.trim(), reports: reports.length }, value: reports.length }
  })
}
