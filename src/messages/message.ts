// A message between the people of a house, and its rules: what it may say, to whom, and how many a day (DOMAIN 2.5 sections 16 and 17, A-51).
import type { Problem } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'

/** `all`: every owner that the writer reaches. `manager`: the manager and the persons who answer for the house. `parties`: chosen owners. */
export type Addressing = { all: boolean; manager: boolean; parties: readonly number[] }

export type MessageDraft = { subject: string; body: string } & Addressing

export type TemplateDraft = { name: string; subject: string; body: string }

export const longest = { name: 100, subject: 150, body: 5000 }

/** What an owner may send in a day; the manager's side writes to all of its owners and is not counted. */
export const daily = { messages: 10, recipients: 50 }

/** Lines as they were written, without what a browser adds. */
export const bodyOf = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n').trim()

export const written = <T extends { subject: string; body: string }>(draft: T): T => ({ ...draft, subject: tidy(draft.subject), body: bodyOf(draft.body) })

const long = <T extends Partial<Record<keyof typeof longest, string>>>(draft: T): Problem[] =>
  (Object.keys(longest) as (keyof typeof longest)[])
    .filter((field) => (draft[field] ?? '').length > longest[field])
    .map((field) => ({ field, code: 'too-long', params: { max: longest[field] } }))

const empty = (fields: Record<string, string>): Problem[] => Object.keys(fields).filter((field) => fields[field] === '').map((field) => ({ field, code: 'required' }))

/** A draft may still lack anything but not everything. */
export const draftProblems = ({ subject, body }: MessageDraft): Problem[] =>
  subject === '' && body === '' ? [{ field: 'subject', code: 'required' }] : long({ subject, body })

export const templateProblems = ({ name, subject, body }: TemplateDraft): Problem[] => [...empty({ name, body }), ...long({ name, subject, body })]

/** Whom a writer reaches: `mayAll` the manager's side; `owners` and `management` by party id. */
export type Reach = { mayAll: boolean; owners: ReadonlySet<number>; management: ReadonlySet<number> }

/** Chosen are those who are named and, beside them, the manager; all stand for themselves. */
function addressProblems({ all, manager, parties }: Addressing, reach: Reach): Problem[] {
  const problem = (code: string) => [{ field: 'to', code }]
  if (all && !reach.mayAll) return problem('not-to-all')
  if (all && parties.length > 0) return problem('all-or-chosen')
  if (manager && reach.management.size === 0) return problem('no-manager')
  if (parties.some((id) => !reach.owners.has(id))) return problem('not-of-house')
  if (all && reach.owners.size === 0) return problem('no-owners')
  return all || manager || parties.length > 0 ? [] : problem('required')
}

export const messageProblems = (draft: MessageDraft, reach: Reach): Problem[] =>
  [...addressProblems(draft, reach), ...empty({ subject: draft.subject, body: draft.body }), ...long({ subject: draft.subject, body: draft.body })]

/** The parties that a message goes to, each once. */
export const recipientsOf = ({ all, manager, parties }: Addressing, reach: Reach): number[] =>
  [...new Set([...(all ? reach.owners : parties), ...(manager ? reach.management : [])])]

/** `sent`: what the profile has sent today already. */
export function limitProblems(sent: { messages: number; recipients: number }, recipients: number): Problem[] {
  if (sent.messages >= daily.messages) return [{ field: '', code: 'messages-a-day', params: { max: daily.messages } }]
  const left = Math.max(daily.recipients - sent.recipients, 0)
  return recipients > left ? [{ field: '', code: 'recipients-a-day', params: { max: daily.recipients, left } }] : []
}
