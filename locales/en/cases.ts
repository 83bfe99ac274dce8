// Cases.
import type { cases as lv } from '../lv/cases.ts'

export const cases: Record<keyof typeof lv, string> = {
  'cases.title': 'Cases',
}
