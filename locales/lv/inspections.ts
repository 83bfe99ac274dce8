// Pārbaudes.

export const inspections = {
  'inspection.type.PERIODIC_TECHNICAL_SURVEY': 'Periodiskā tehniskā apsekošana',
  'inspection.type.FIRE_SAFETY': 'Ugunsdrošības pārbaude',
  'inspection.type.DANGEROUS_EQUIPMENT': 'Bīstamo iekārtu pārbaude',
} as const
