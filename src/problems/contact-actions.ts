// A report without an account: who it is says only the name and the address that are typed.
import { refuseIfAny, type Problem } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import { addressProblems } from '../notifications/addresses/address.ts'
import type { Context } from '../people/context.ts'
import { clocksFrom } from './clocks.ts'
import { clockColumns } from './moves.ts'
import { reportProblems, textProblems, toldBy, type ReportDraft } from './problem-report.ts'
import { targetsOf } from './report-actions.ts'
import { addReport } from './store.ts'

const longestName = 100

export type Writer = { name: string; address: string }

const writerProblems = ({ name, address }: Writer): Problem[] => [
  ...textProblems('replyName', name, longestName),
  ...addressProblems(address).map(({ code }) => ({ field: 'replyAddress', code })),
]

const written = ({ name, address }: Writer): Writer => ({ name: tidy(name), address: address.trim() })

export const contactProblems = (draft: ReportDraft, writer: Writer, now: Date): Problem[] => [...reportProblems(draft, now), ...writerProblems(written(writer))]

/** Answers its id. Refuses `invalid` with every problem; answers go to the address in the language that the page was read in. */
export async function reportWithoutAccount(ctx: Context, draft: ReportDraft, given: Writer): Promise<number> {
  refuseIfAny(contactProblems(draft, given, ctx.now))
  const writer = written(given)
  const told = toldBy(draft)
  return change(ctx, 'problem-report.told', {}, async (tx) => {
    const id = await addReport(tx, { ...writer, language: ctx.locale }, told, clockColumns(clocksFrom(ctx.now, targetsOf(ctx)), 'NEW'), ctx.now)
    return { caseId: installation, subjectId: id, after: { kind: told.kind, topic: told.topic, subject: told.subject, party: writer.name }, value: id }
  })
}
