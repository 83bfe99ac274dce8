// Holds what was sent to a schema: every field that does not fit is a problem, as the rules tell theirs.
import type { z } from 'zod'
import { Refusal, type Problem } from '../kernel/refusal.ts'

type Issue = z.core.$ZodIssue

const at = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], data)

const limits = ({ minimum, maximum }: { minimum?: number | bigint; maximum?: number | bigint }) =>
  minimum !== undefined ? { code: 'too-small', params: { min: Number(minimum) } } : { code: 'too-big', params: { max: Number(maximum) } }

function told(issue: Issue, value: unknown): Omit<Problem, 'field'> {
  if (issue.code === 'invalid_type' && value === undefined) return { code: 'required' }
  if (issue.code === 'invalid_type') return { code: 'wrong-type', params: { expected: issue.expected } }
  if (issue.code === 'invalid_value') return { code: 'not-an-option', params: { options: issue.values.join(', ') } }
  if (issue.code === 'too_small') return limits({ minimum: issue.minimum })
  if (issue.code === 'too_big') return issue.origin === 'string' ? { code: 'too-long', params: { max: Number(issue.maximum) } } : limits({ maximum: issue.maximum })
  return { code: issue.code === 'custom' ? String(issue.params?.['code'] ?? 'unknown') : 'unknown' }
}

function problemsOf(issue: Issue, data: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), code: 'unknown-field' }))
  return [{ field: issue.path.join('.'), ...told(issue, at(data, issue.path)) }]
}

/** What a schema reads; refuses `invalid` with a problem for each field, or `missing` for a path that leads nowhere. */
export const compileReading =
  ({ schema, httpPart }: { schema: z.ZodType; httpPart?: string }) =>
  (data: unknown): { value: unknown } | { error: Error } => {
    const read = schema.safeParse(data)
    if (read.success) return { value: read.data }
    if (httpPart === 'params') return { error: new Refusal('missing') }
    return { error: new Refusal('invalid', read.error.issues.flatMap((issue) => problemsOf(issue, data))) }
  }
