// What the sweep tells of meters besides inspections: that a reading is due, and that a validity term is near.
import type { Source, Teller } from '../notifications/teller.ts'
import { heldMeter, meterChunk, waitForMeter, type MeterKind, type MeterNotice, type MeterSweeping } from './reminder-sql.ts'
import { usualLead } from './reminder.ts'

const kinds: readonly MeterKind[] = ['READING_DUE', 'METER_VALIDITY']

/**
 * For a day in the past too it goes by the readings that there are now: a reading that was taken since need not be asked for.
 * `onNotices` is shown what was told.
 */
export const meterReminders = (onNotices?: (notices: MeterNotice[]) => void): Teller => (ctx, { asOf, runId }) =>
  kinds.map((kind): Source => {
    const telling = runId === null ? null : { kind, createdOn: asOf, now: ctx.now, runId }
    const { meterPolicy: policy, meterValidityLead: lead = usualLead } = ctx.settings
    const sweeping: MeterSweeping = { kind, asOf, lead, policy, telling, withNotices: onNotices !== undefined }
    return {
      chunk: async (tx, place) => {
        const { notices, ...told } = await meterChunk(tx, sweeping, place)
        return { ...told, ...(notices?.length && { report: () => onNotices?.(notices) }) }
      },
      held: (tx) => heldMeter(tx, sweeping),
      waitFor: waitForMeter,
    }
  })
