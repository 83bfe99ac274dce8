// What a person may be told: a refusal names every problem at once; codes become sentences in `locales/` only.

export type Problem = { field: string; code: string; params?: Record<string, string | number> }
export type RefusalKind = 'invalid' | 'missing' | 'forbidden' | 'conflict'

export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly problems: readonly Problem[]

  constructor(kind: RefusalKind, problems: readonly Problem[] = []) {
    super(`${kind}: ${problems.map((problem) => `${problem.field} ${problem.code}`).join(', ')}`)
    this.kind = kind
    this.problems = problems
  }
}

const stop = (kind: RefusalKind, problems: readonly Problem[] = []): never => {
  throw new Refusal(kind, problems)
}

export const refuse = {
  invalid: (problems: readonly Problem[]): never => stop('invalid', problems),
  field: (field: string, code: string, params?: Problem['params']): never =>
    stop('invalid', [{ field, code, ...(params && { params }) }]),
  missing: (): never => stop('missing'),
  forbidden: (code = 'forbidden'): never => stop('forbidden', [{ field: '', code }]),
  conflict: (field: string, code: string): never => stop('conflict', [{ field, code }]),
}

/** Refuses with all problems together, when there is one. */
export function refuseIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) refuse.invalid(problems)
}
