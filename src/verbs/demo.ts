// The first start of a demo: its invented registers are loaded and the first sweep is run, so that inboxes are not empty.
import { addDemoMeters } from '../demo/meters.ts'
import { buildingAuthority, inese, marta } from '../demo/people.ts'
import { demoRegisters } from '../demo/registers.ts'
import { importRegisters } from '../import/import.ts'
import { lastSweptOn } from '../inspections/sweep-runs.ts'
import { sweep } from '../inspections/sweep.ts'
import { meterReminders } from '../meters/reminder-teller.ts'
import type { Staff } from '../people/actor.ts'
import type { Reader } from '../platform/database.ts'
import { contextNow, type Working } from './jobs.ts'

/** Who sees how the installation runs and who answers problem reports, unless NAMS_OPERATORS and NAMS_SUPPORT name others. */
export const demoStaff: Staff = { operators: new Set([inese.code]), support: new Set([marta.code]) }

const isEmpty = async (db: Reader): Promise<boolean> => (await db.selectFrom('party').select('id').limit(1).executeTakeFirst()) === undefined

/** Which authority tells of its decisions, unless NAMS_AUTHORITIES names others. */
export const demoAuthorities: ReadonlySet<string> = new Set([buildingAuthority.code])

/** A start that was cut off is made up by the next one. */
export async function beginDemo(working: Omit<Working, 'post'>): Promise<void> {
  const ctx = contextNow(working)
  if (await isEmpty(ctx.db)) await importRegisters(ctx, demoRegisters(ctx.today))
  await addDemoMeters(ctx)
  if ((await lastSweptOn(ctx.db)) === undefined) await sweep(ctx, { tellers: [meterReminders()] })
}
