// A person reports a problem, and goes on with what is theirs: adds to it, closes it, opens it again, says that it helped. Each with its event.
import type { Updateable } from 'kysely'
import type { Attachment } from '../attachments/attachment.ts'
import { nothingSent, type Examined } from '../attachments/examine.ts'
import { fileData, keepUploads } from '../attachments/keep.ts'
import { attachmentsOf } from '../attachments/store.ts'
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import { installation, type Action } from '../history/actions.ts'
import { change } from '../history/change.ts'
import { caseEvents, type CaseEvent } from '../history/store.ts'
import { pageOf } from '../notifications/inbox.ts'
import type { Context, PersonContext, SupportTargets } from '../people/context.ts'
import { profilesOf } from '../people/people.ts'
import type { Tables, Writer } from '../platform/database.ts'
import { clocksFrom, usualTargets } from './clocks.ts'
import { fileOwner } from './files.ts'
import { clockColumns, moved } from './moves.ts'
import { longest, reportProblems, textProblems, toldBy, type Deed, type ReportDraft } from './problem-report.ts'
import * as store from './store.ts'

/** What a person sees of a report's history: never what support notes for itself. */
export const shownActions: readonly Action[] = ['problem-report.told', 'problem-report.replied', 'problem-report.helped', 'problem-report.closed', 'problem-report.reopened', 'problem-report.answered', 'problem-report.asked', 'problem-report.resolved', 'problem-report.finished']

export const targetsOf = ({ settings }: Pick<Context, 'settings'>): SupportTargets => settings.supportTargets ?? usualTargets

/** Answers its id. Refuses `invalid` with every problem, and a `profile` that is not the person's. */
export async function reportProblem(ctx: PersonContext, draft: ReportDraft, profileId: number = ctx.actor.profile.id, files: Examined = nothingSent): Promise<number> {
  const { person } = ctx.actor
  const isTheirs = (await profilesOf(ctx.db, person.id, ctx.today)).some(({ party }) => party.id === profileId)
  refuseIfAny([...reportProblems(draft, ctx.now), ...(isTheirs ? [] : [{ field: 'profile', code: 'not-represented' }]), ...files.problems])
  const told = toldBy(draft)
  return change(ctx, 'problem-report.told', {}, async (tx) => {
    const clocks = clockColumns(clocksFrom(ctx.now, targetsOf(ctx)), 'NEW')
    const id = await store.addReport(tx, { personId: person.id, profileId, name: person.name }, told, clocks, ctx.now)
    const kept = fileData(await keepUploads(tx, ctx, fileOwner(id), files))
    return { caseId: installation, subjectId: id, after: { kind: told.kind, topic: told.topic, subject: told.subject, ...(kept.length > 0 && { files: kept }) }, value: id }
  })
}

/** A report of the person, whichever profile it was told in: others do not see it, nor do those who represent the same organisation. */
const own = ({ actor }: PersonContext, report: store.Report | undefined): store.Report =>
  report?.person?.id === actor.person.id ? report : refuse.missing()

type Change = { deed: Deed; row?: Updateable<Tables['problem_report']>; say?: string; files?: Examined }

/** Does what can be done with a report that stands so: else a `conflict`. */
async function changing(ctx: PersonContext, action: Action, id: number, { deed, row = {}, say, files = nothingSent }: Change): Promise<null> {
  return change(ctx, action, {}, async (tx: Writer) => {
    const report = own(ctx, await store.lockReport(tx, id))
    const { state, columns } = moved(report, deed, ctx.now, targetsOf(ctx)) ?? refuse.conflict('', 'report-state')
    if (say !== undefined) {
      refuseIfAny([...textProblems('body', say, longest.text), ...files.problems])
      await store.addMessage(tx, { reportId: id, side: 'person', authorId: ctx.actor.person.id, via: 'page', body: say.trim(), now: ctx.now })
    }
    await store.changeReport(tx, id, { ...row, ...columns }, say)
    const kept = fileData(await keepUploads(tx, ctx, fileOwner(id), files))
    return { caseId: installation, subjectId: id, before: { state: report.state }, after: { state, ...(kept.length > 0 && { files: kept }) }, value: null }
  })
}

/** What was resolved or closed is taken up again by it. */
export const addToReport = (ctx: PersonContext, id: number, body: string, files: Examined = nothingSent): Promise<null> => changing(ctx, 'problem-report.replied', id, { deed: 'reply', say: body, files })

export const reopenReport = (ctx: PersonContext, id: number, body: string, files: Examined = nothingSent): Promise<null> =>
  changing(ctx, 'problem-report.reopened', id, { deed: 'reopen', say: body, row: { helped: false }, files })

export const sayItHelped = (ctx: PersonContext, id: number): Promise<null> => changing(ctx, 'problem-report.helped', id, { deed: 'help', row: { helped: true } })

/** The person needs no answer any more. */
export const closeReport = (ctx: PersonContext, id: number): Promise<null> => changing(ctx, 'problem-report.closed', id, { deed: 'close' })

export async function ownReports(ctx: PersonContext, { before, limit = 30 }: { before?: number | undefined; limit?: number } = {}): Promise<{ reports: store.Report[]; next: number | null }> {
  const { notices, next } = pageOf(await store.reportsOf(ctx.db, ctx.actor.person.id, { before, limit: limit + 1 }), limit)
  return { reports: notices, next }
}

export type Talk = { report: store.Report; messages: store.Message[]; events: CaseEvent[]; files: Attachment[] }

/** With what was said and done about it, as far as it is the person's to see. Another's is `missing`. */
export async function ownReport(ctx: PersonContext, id: number): Promise<Talk> {
  const report = own(ctx, await store.reportById(ctx.db, id))
  const { events } = await caseEvents(ctx.db, installation, { actions: shownActions, subjectId: id, limit: 500 })
  return { report, messages: await store.messagesOf(ctx.db, id), events, files: await attachmentsOf(ctx.db, fileOwner(id)) }
}
