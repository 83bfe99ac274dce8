// Lietas.

export const cases = {
  'cases.title': 'Lietas',
  'case.operation': 'Ekspluatācijas lieta {number}',
  'case.house': 'Mājas lieta {number}',
  'case.managed-by': 'pārvalda {name}',
  'case.sections': 'Lietas sadaļas',
  'case.section.overview': 'Pārskats',
  'case.section.basic': 'Pamatdati',
  'case.section.types': 'Periodisko pārbaužu veidi',
  'case.section.inspections': 'Veiktās pārbaudes',
  'case.section.plan': 'Gaidāmie atgādinājumi',
  'case.section.notices': 'Paziņojumi',
  'case.section.history': 'Notikumu vēsture',
} as const
