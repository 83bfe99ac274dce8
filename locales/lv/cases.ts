// Lietas.

export const cases = {
  'cases.title': 'Lietas',
} as const
