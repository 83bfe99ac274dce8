// What an authority reports, and the rules of it: permits, refusals, opinions, deadlines and powers of attorney (NTF-2 to NTF-5).
import { isDate, type PlainDate } from '../kernel/date.ts'
import { maskedCode, personalCode, registrationNumber } from '../kernel/identifier.ts'
import type { Problem } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'
import { kindsToldBy, noticeTypes, type NoticeKind } from '../notifications/notice-types.ts'

export const reportKinds = kindsToldBy('authority')

/** `code`: a personal code or registration number. `name` empty: whoever has the code must be known already. */
export type RecipientDraft = { code: string; name: string }

/** As typed: dates `YYYY-MM-DD`; empty where nothing was given. */
export type ReportDraft = {
  kind: string
  number: string
  about: string
  date: string
  note: string
  caseNumber: string
  recipients: readonly RecipientDraft[]
}

/** One named recipient as understood: `place` counts from 1. */
export type Wanted = { place: number; kind: 'person' | 'organisation'; code: string; name: string }

export const longest = { number: 50, about: 300, note: 1000, name: 200 }
export const mostRecipients = 50

/** Kinds whose date is a term that ends; the others' is the day of the decision. */
export const isDeadline = (kind: NoticeKind): boolean => kind === 'INSTRUCTION_DEADLINE' || kind === 'POA_EXPIRING'

/** Kinds that go to all who hold the building of a case, so that nobody is named. */
export const goesToOwners = (kind: NoticeKind): boolean => noticeTypes[kind].audience === 'owners'

export const reportKindOf = (text: string): NoticeKind | undefined => reportKinds.find((kind) => kind === text)

export function wantedOf({ code, name }: RecipientDraft, at: number): Wanted | undefined {
  const [person, organisation] = [personalCode(code), registrationNumber(code)]
  const known = person ?? organisation
  return known === undefined ? undefined : { place: at + 1, kind: person ? 'person' : 'organisation', code: known, name: tidy(name) }
}

/** How a problem names a recipient, without what the code tells of a person. */
export const shownCode = ({ kind, code }: Pick<Wanted, 'kind' | 'code'>): string => (kind === 'person' ? maskedCode(code) : code)

function textProblems(draft: ReportDraft): Problem[] {
  const required = (['number', ...(draft.caseNumber === '' ? (['about'] as const) : [])] as const).filter((field) => tidy(draft[field]) === '')
  const long = (['number', 'about', 'note'] as const).filter((field) => tidy(draft[field]).length > longest[field])
  return [...required.map((field) => ({ field, code: field === 'number' ? 'no-number' : 'required' })), ...long.map((field) => ({ field, code: 'too-long', params: { max: longest[field] } }))]
}

function dateProblems({ date }: ReportDraft, kind: NoticeKind | undefined, today: PlainDate): Problem[] {
  if (date === '') return [{ field: 'date', code: 'required' }]
  if (!isDate(date)) return [{ field: 'date', code: 'date-format' }]
  if (!kind) return []
  if (isDeadline(kind)) return date < today ? [{ field: 'date', code: 'term-passed' }] : []
  return date > today ? [{ field: 'date', code: 'decided-in-future' }] : []
}

/** A person's name has two parts, as registers have it. */
function recipientProblem(recipient: RecipientDraft, at: number): Problem[] {
  const wanted = wantedOf(recipient, at)
  const problem = (code: string, shown: string) => [{ field: 'recipients', code, params: { place: at + 1, code: shown } }]
  if (!wanted) return problem('code-format', tidy(recipient.code).slice(0, 40))
  if (wanted.name.length > longest.name) return [{ field: 'recipients', code: 'too-long', params: { max: longest.name } }]
  return wanted.kind === 'person' && wanted.name !== '' && !wanted.name.includes(' ') ? problem('name-format', shownCode(wanted)) : []
}

function recipientsProblems({ recipients }: ReportDraft, kind: NoticeKind | undefined): Problem[] {
  if (kind && goesToOwners(kind)) return recipients.length > 0 ? [{ field: 'recipients', code: 'owners-only' }] : []
  if (kind && recipients.length === 0) return [{ field: 'recipients', code: 'required' }]
  if (recipients.length > mostRecipients) return [{ field: 'recipients', code: 'too-many', params: { max: mostRecipients } }]
  return recipients.flatMap(recipientProblem)
}

/** Everything that is wrong with a report by itself; whom its codes mean is asked of the registers. */
export function reportProblems(draft: ReportDraft, today: PlainDate): Problem[] {
  const kind = reportKindOf(draft.kind)
  const ofKind = kind ? [] : [{ field: 'kind', code: 'required' }]
  const ofCase = kind && goesToOwners(kind) && draft.caseNumber === '' ? [{ field: 'caseNumber', code: 'required' }] : []
  return [...ofKind, ...textProblems(draft), ...dateProblems(draft, kind, today), ...ofCase, ...recipientsProblems(draft, kind)]
}
