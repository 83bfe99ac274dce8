// Why a change was made: mandatory on edit and delete, optional on add.
import type { Problem } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'

const longest = 1000

export function justificationProblems(text: string, { mandatory = true } = {}): Problem[] {
  if (mandatory && tidy(text) === '') return [{ field: 'justification', code: 'required' }]
  if (tidy(text).length > longest) return [{ field: 'justification', code: 'too-long', params: { max: longest } }]
  return []
}

/** What is kept: null where none was given. */
export const justificationOf = (text: string): string | null => tidy(text) || null
