// Inspections.
import type { inspections as lv } from '../lv/inspections.ts'

export const inspections: Record<keyof typeof lv, string> = {
  'inspection.type.PERIODIC_TECHNICAL_SURVEY': 'Periodic technical survey',
  'inspection.type.FIRE_SAFETY': 'Fire-safety inspection',
  'inspection.type.DANGEROUS_EQUIPMENT': 'Inspection of dangerous equipment',
}
