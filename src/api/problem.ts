// What goes wrong, as `application/problem+json` (RFC 9457): a kind for programs, sentences in the reader's language.
import { z } from 'zod'
import { Refusal, type Problem } from '../kernel/refusal.ts'
import { problemText } from '../ui/form.ts'
import { isMessageKey, say, type Locale } from '../ui/locale.ts'

export const problemMedia = 'application/problem+json'

/** Every kind and its status. */
export const kinds = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  'method-not-allowed': 405,
  conflict: 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  invalid: 422,
  'idempotency-key-reused': 422,
  'too-many-requests': 429,
  fault: 500,
  unavailable: 503,
} as const

export type Kind = keyof typeof kinds

export const problemType = (kind: Kind): string => `urn:nams:problem:${kind}`

export const problemShape = z
  .object({
    type: z.enum(Object.keys(kinds).map((kind) => problemType(kind as Kind))),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string().meta({ description: 'Tell it to support.' }),
    problems: z
      .array(z.object({ field: z.string(), code: z.string(), detail: z.string() }))
      .meta({ description: 'What is wrong with each field; `field` is empty where it is about no field.' }),
  })
  .meta({
    id: 'Problem',
    examples: [
      {
        type: problemType('invalid'),
        title: 'The values cannot be accepted',
        status: 422,
        detail: 'Correct what `problems` names and send the request again.',
        requestId: 'req-1',
        problems: [{ field: 'firstOn', code: 'date-not-future', detail: 'The first inspection date must be in the future' }],
      },
    ],
  })

/** No valid token was sent. */
export class Unauthenticated extends Error {}

/** Too many requests; `seconds` until there may be more. */
export class TooMany extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super('too many requests')
    this.seconds = seconds
  }
}

/** The address is known, but not with this method; `methods` are those that it takes. */
export class WrongMethod extends Error {
  readonly methods: readonly string[]
  constructor(methods: readonly string[]) {
    super('wrong method')
    this.methods = methods
  }
}

const byStatus: Record<number, Kind> = { 413: 'too-large', 415: 'unsupported-media-type', 429: 'too-many-requests', 503: 'unavailable' }

/** Whatever is not understood of a request is `malformed`; whatever is not a request's fault is a `fault`. */
export function kindOf(error: unknown): Kind {
  if (error instanceof Refusal) return error.problems.some(({ code }) => code === 'idempotency-key-reused') ? 'idempotency-key-reused' : error.kind
  if (error instanceof Unauthenticated) return 'unauthenticated'
  if (error instanceof TooMany) return 'too-many-requests'
  if (error instanceof WrongMethod) return 'method-not-allowed'
  const status = (error as { statusCode?: number } | null)?.statusCode ?? 500
  return byStatus[status] ?? (status < 500 ? 'malformed' : 'fault')
}

/** What actions call otherwise than requests do. */
const fields: Record<string, string> = { after: 'cursor' }

function sentence(locale: Locale, problem: Problem): string {
  const own = [`api.problem.${problem.field}.${problem.code}`, `api.problem.${problem.code}`].find(isMessageKey)
  return own ? say(locale, own, problem.params) : problemText(locale, problem)
}

const shownProblem = (locale: Locale) => ({ field, ...rest }: Problem) => {
  const problem = { ...rest, field: fields[field] ?? field }
  return { field: problem.field, code: problem.code, detail: sentence(locale, problem) }
}

export function problemOf(error: unknown, locale: Locale, requestId: string): z.output<typeof problemShape> {
  const kind = kindOf(error)
  return {
    type: problemType(kind),
    title: say(locale, `api.kind.${kind}.title`),
    status: kinds[kind],
    detail: say(locale, `api.kind.${kind}.detail`),
    requestId,
    problems: error instanceof Refusal ? error.problems.map(shownProblem(locale)) : [],
  }
}
