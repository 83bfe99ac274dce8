// An authority tells people of what it decided: whoever acts for one reports; nobody else may.
import { refuse, refuseIfAny, type Problem } from '../kernel/refusal.ts'
import { fold, tidy } from '../kernel/text.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { OperationCase } from '../cases/case.ts'
import { caseForAuthority } from '../cases/store.ts'
import type { NoticeKind } from '../notifications/notice-types.ts'
import { pageOf } from '../notifications/inbox.ts'
import type { NoticeData, Recipient } from '../notifications/notice.ts'
import { recipientsOfNotices } from '../notifications/store.ts'
import { tell } from '../notifications/tell.ts'
import type { Party, PersonActor } from '../people/actor.ts'
import { actsForAuthority } from '../people/authority.ts'
import type { Context } from '../people/context.ts'
import { goesToOwners, mostRecipients, reportKindOf, reportProblems, shownCode, wantedOf, type ReportDraft, type Wanted } from './report.ts'
import { opinionRecipients } from './recipients.ts'
import { partiesWanted, registerParties, reportsOf, type Report } from './store.ts'

/** Somebody who will be told: `party` null for one who will be registered. */
export type Addressee = { name: string; party: Party | null; wanted: Wanted | null }

export type Prepared = { kind: NoticeKind; file: OperationCase | undefined; data: NoticeData; addressees: Addressee[] }

const authorityOf = (ctx: Context): PersonActor => (actsForAuthority(ctx.actor, ctx.settings) ? ctx.actor : refuse.forbidden())

/** Whom the registers know; of the others whoever comes with a name. What does not fit is a problem that says whose. */
async function named(ctx: Context, draft: ReportDraft): Promise<{ addressees: Addressee[]; problems: Problem[] }> {
  const wanted = draft.recipients.slice(0, mostRecipients).flatMap((recipient, at) => wantedOf(recipient, at) ?? [])
  const partyOf = await partiesWanted(ctx.db, wanted)
  const addressees = wanted.map((one) => ({ wanted: one, party: partyOf(one) ?? null, name: partyOf(one)?.name ?? one.name }))
  const problems = addressees.flatMap(({ wanted: one, party, name }) => {
    const problem = (code: string) => [{ field: 'recipients', code, params: { place: one.place, code: shownCode(one) } }]
    if (name === '') return problem('unknown-code')
    return party && one.name !== '' && fold(one.name) !== fold(party.name) ? problem('name-differs') : []
  })
  return { addressees, problems }
}

async function caseOf(ctx: Context, number: string): Promise<{ file?: OperationCase; problems: Problem[] }> {
  if (number === '') return { problems: [] }
  const file = await caseForAuthority(ctx, number)
  return file ? { file, problems: [] } : { problems: [{ field: 'caseNumber', code: 'unknown-case' }] }
}

/**
 * What a report would tell, and whom. Refuses `forbidden` whoever does not act for an authority, and `invalid` with every
 * problem of `kind`, `number`, `about`, `date`, `note`, `caseNumber` and `recipients`.
 */
export async function prepareReport(ctx: Context, given: ReportDraft): Promise<Prepared> {
  const { profile } = authorityOf(ctx)
  const draft = { ...given, caseNumber: tidy(given.caseNumber) }
  const kind = reportKindOf(draft.kind)
  const { file, problems } = await caseOf(ctx, draft.caseNumber)
  const { addressees, problems: unknown } = await named(ctx, draft)
  const owners = kind && goesToOwners(kind) && file ? opinionRecipients(file) : []
  const nobody = kind && goesToOwners(kind) && file && owners.length === 0 ? [{ field: 'caseNumber', code: 'no-owners' }] : []
  refuseIfAny([...reportProblems(draft, ctx.today), ...problems, ...nobody, ...unknown])
  const about = tidy(draft.about) || file!.building.address
  // Whoever is named by an authority may not see the case: only owners get a way to it.
  const caseNumber = goesToOwners(kind!) ? file!.number : null
  const data = { number: tidy(draft.number), authority: profile.name, about, date: draft.date, note: tidy(draft.note), caseNumber }
  return { kind: kind!, file, data, addressees: goesToOwners(kind!) ? owners.map((party) => ({ name: party.name, party, wanted: null })) : addressees }
}

/** What a report was, in its event: to how many, never to whom. */
const reportData = ({ kind, data }: Prepared, recipients: number) => ({ notice: kind, number: data['number'], about: data['about'], date: data['date'], note: data['note'], recipients })

export type Told = { id: number }

/** Tells it, registering whoever is new; as `prepareReport` refuses. The event is the case's, or the installation's where there is none. */
export const report = (ctx: Context, draft: ReportDraft): Promise<Told> =>
  change(ctx, 'report.told', { unique: 'recipients' }, async (tx) => {
    const prepared = await prepareReport({ ...ctx, db: tx }, draft)
    const { kind, file, data, addressees } = prepared
    await registerParties(tx, ctx, addressees.flatMap(({ party, wanted }) => (party === null && wanted ? [wanted] : [])))
    const partyOf = await partiesWanted(tx, addressees.flatMap(({ wanted }) => wanted ?? []))
    const recipients = new Set(addressees.map(({ party, wanted }) => (party ?? partyOf(wanted!)!).id))
    const id = await tell(tx, ctx, { kind, data, recipients: [...recipients], ...(file && { caseId: file.id }) })
    return { caseId: file?.id ?? installation, subjectId: id, after: reportData(prepared, recipients.size), value: { id } }
  })

/** What the actor's authority told, the latest first. */
export async function toldReports(ctx: Context, { before, limit = 30 }: { before?: number | undefined; limit?: number } = {}): Promise<{ reports: Report[]; next: number | null }> {
  const { profile } = authorityOf(ctx)
  const { notices, next } = pageOf(await reportsOf(ctx.db, profile.id, { before, limit: limit + 1 }), limit)
  return { reports: notices, next }
}

/** One of them with its recipients; another authority's is `missing`. */
export async function toldReport(ctx: Context, id: number): Promise<{ report: Report; recipients: Recipient[] }> {
  const [found] = await reportsOf(ctx.db, authorityOf(ctx).profile.id, { id, limit: 1 })
  const told = found ?? refuse.missing()
  return { report: told, recipients: (await recipientsOfNotices(ctx.db, told.caseId, [id])).get(id)! }
}
