// Support works on reports: takes them, answers, asks, resolves, notes and links. Each with its event; what is for support alone is in none that the person sees.
import type { Updateable } from 'kysely'
import type { Attachment } from '../attachments/attachment.ts'
import { nothingSent, type Examined } from '../attachments/examine.ts'
import { fileData, keepUploads } from '../attachments/keep.ts'
import { attachmentsOf } from '../attachments/store.ts'
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import { actionsOn, caseEvents, type EventPage } from '../history/store.ts'
import { installation, type Action } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { PersonContext } from '../people/context.ts'
import type { Party } from '../people/actor.ts'
import type { Tables, Writer } from '../platform/database.ts'
import { queueOf, pressure, type Place, type Queue, type QueueFilter } from './desk-queue.ts'
import * as desk from './desk-store.ts'
import { fileOwner } from './files.ts'
import { moved } from './moves.ts'
import { longest, textProblems, type Deed } from './problem-report.ts'
import { targetsOf } from './report-actions.ts'
import { changeReport, lockReport, messagesOf, reportById, type Message, type Report } from './store.ts'
import { sayToReporter } from './telling.ts'

export const asSupport = ({ actor }: PersonContext): void => (actor.support ? undefined : refuse.forbidden())

export const pageSize = 30

export async function deskQueue(ctx: PersonContext, filter: QueueFilter, after?: Place): Promise<Queue & { ours: number; overdue: number; colleagues: Pick<Party, 'id' | 'name'>[] }> {
  asSupport(ctx)
  const queue = await queueOf(ctx.db, filter, { now: ctx.now, after, limit: pageSize })
  return { ...queue, ...(await pressure(ctx.db, ctx.now)), colleagues: await desk.colleagues(ctx.db, codesOf(ctx)) }
}

const codesOf = ({ settings }: PersonContext) => settings.supportCodes ?? new Set<string>()

export type OnDesk = {
  report: Report
  messages: Message[]
  files: Attachment[]
  notes: desk.Note[]
  events: EventPage
  canned: desk.Canned[]
  known: desk.Known[]
  colleagues: Pick<Party, 'id' | 'name'>[]
}

/** Everything about a report. What it is linked to is among `known`, also when it is solved. */
export async function deskReport(ctx: PersonContext, id: number): Promise<OnDesk> {
  asSupport(ctx)
  const { db } = ctx
  const report = (await reportById(db, id)) ?? refuse.missing()
  const standing = await desk.standingKnown(db)
  const linked = report.knownProblemId === null || standing.some((one) => one.id === report.knownProblemId) ? undefined : await desk.knownById(db, report.knownProblemId)
  return {
    report,
    messages: await messagesOf(db, id),
    files: await attachmentsOf(db, fileOwner(id)),
    notes: await desk.notesOf(db, id),
    events: await caseEvents(db, installation, { actions: [...actionsOn('problem-report'), ...actionsOn('problem-desk')], subjectId: id, limit: 500 }),
    canned: await desk.cannedAnswers(db),
    known: linked ? [linked, ...standing] : standing,
    colleagues: await desk.colleagues(db, codesOf(ctx)),
  }
}

type Done = { row?: Updateable<Tables['problem_report']>; words?: string; before?: Record<string, unknown>; after?: Record<string, unknown> } | 'unchanged'

async function working(ctx: PersonContext, action: Action, id: number, work: (report: Report, tx: Writer) => Promise<Done> | Done): Promise<null> {
  asSupport(ctx)
  return change(ctx, action, {}, async (tx) => {
    const report = (await lockReport(tx, id)) ?? refuse.missing()
    const done = await work(report, tx)
    if (done === 'unchanged') return { unchanged: true, value: null }
    if (done.row) await changeReport(tx, id, done.row, done.words)
    else if (done.words !== undefined) await changeReport(tx, id, {}, done.words)
    return { caseId: installation, subjectId: id, before: done.before ?? null, after: done.after ?? null, value: null }
  })
}

const movedBy = (ctx: PersonContext, report: Report, deed: Deed) => moved(report, deed, ctx.now, targetsOf(ctx)) ?? refuse.conflict('', 'report-state')

/** Gives it to somebody of the desk, or to nobody (null). What is new is in progress by that. */
export const assignReport = (ctx: PersonContext, id: number, assigneeId: number | null): Promise<null> =>
  working(ctx, 'problem-desk.assigned', id, async (report, tx) => {
    const assignee = assigneeId === null ? null : ((await desk.colleagues(tx, codesOf(ctx))).find((one) => one.id === assigneeId) ?? refuse.field('assignee', 'not-at-desk'))
    if (assigneeId === (report.assignee?.id ?? null)) return 'unchanged'
    const columns = assignee && report.state === 'NEW' ? movedBy(ctx, report, 'take').columns : {}
    return { row: { assignee_id: assigneeId, ...columns }, before: { assignee: report.assignee?.name ?? null }, after: { assignee: assignee?.name ?? null } }
  })

const answers = { answer: 'problem-report.answered', ask: 'problem-report.asked', resolve: 'problem-report.resolved' } as const
export type Answer = keyof typeof answers
export const isAnswer = (text: string): text is Answer => text in answers

/** Says it to the reporter, and that it is asked of them or solved. Whoever answers what is nobody's has it from then on. */
export const answerReport = (ctx: PersonContext, id: number, answer: Answer, body: string, files: Examined = nothingSent): Promise<null> =>
  working(ctx, answers[answer], id, async (report, tx) => {
    refuseIfAny([...textProblems('body', body, longest.text), ...files.problems])
    const { state, columns } = movedBy(ctx, report, answer)
    await sayToReporter(tx, ctx, report, body.trim())
    const kept = fileData(await keepUploads(tx, ctx, fileOwner(id), files))
    const own = ctx.actor.person.id
    return { row: { ...columns, ...(report.assignee === null && { assignee_id: own }) }, words: body, before: { state: report.state }, after: { state, ...(kept.length > 0 && { files: kept }) } }
  })

/** Closes what was resolved. */
export const finishReport = (ctx: PersonContext, id: number): Promise<null> =>
  working(ctx, 'problem-report.finished', id, (report) => {
    const { state, columns } = movedBy(ctx, report, 'finish')
    return { row: columns, before: { state: report.state }, after: { state } }
  })

/** For support alone: not even its event says what was noted. */
export const noteReport = (ctx: PersonContext, id: number, body: string): Promise<null> =>
  working(ctx, 'problem-desk.noted', id, async (_report, tx) => {
    refuseIfAny(textProblems('note', body, longest.text))
    await desk.addNote(tx, { reportId: id, authorId: ctx.actor.person.id, body: body.trim(), now: ctx.now })
    return { words: body }
  })

/** Links it to a known problem that is not solved, or to none (null). */
export const linkReport = (ctx: PersonContext, id: number, knownId: number | null): Promise<null> =>
  working(ctx, 'problem-desk.linked', id, async (report, tx) => {
    if (knownId === report.knownProblemId) return 'unchanged'
    const known = knownId === null ? undefined : await desk.knownById(tx, knownId)
    if (knownId !== null && (!known || known.solvedAt)) return refuse.field('known', 'known-solved')
    const before = report.knownProblemId === null ? undefined : await desk.knownById(tx, report.knownProblemId)
    return { row: { known_problem_id: knownId }, before: { known: before?.titleLv ?? null }, after: { known: known?.titleLv ?? null } }
  })
