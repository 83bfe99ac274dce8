// Cases.
import type { cases as lv } from '../lv/cases.ts'

export const cases: Record<keyof typeof lv, string> = {
  'cases.title': 'Cases',
  'case.operation': 'Operation case {number}',
  'case.house': 'House case {number}',
  'case.managed-by': 'managed by {name}',
  'case.sections': 'Sections of the case',
  'case.section.overview': 'Overview',
  'case.section.basic': 'Basic data',
  'case.section.types': 'Periodic inspection types',
  'case.section.inspections': 'Inspections done',
  'case.section.plan': 'Reminders ahead',
  'case.section.notices': 'Notices',
  'case.section.history': 'Event history',
}
