// Writes many meters at once: each with its event, and with what an import would need to be undone.
import { recordAll } from '../history/record-all.ts'
import { settingData } from '../meters/meter-actions.ts'
import type { MeterSetting } from '../meters/meter.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import type { Setting } from './judge-meter.ts'
import * as store from './meter-store.ts'
import { pieces } from './places.ts'

export type Recording = {
  justification: string | null
  /** Of buildings by their ids. */
  designations: ReadonlyMap<number, string>
}

const pieceSize = 5000

const dataOf = (setting: MeterSetting, { designations }: Recording) => settingData(setting, setting.buildingId === null ? null : (designations.get(setting.buildingId) ?? null))

/** Sets meters that are there to what is said of them. */
export async function editMeters(tx: Writer, ctx: Context, meters: readonly store.ChangedMeter[], recording: Recording): Promise<void> {
  await store.updateMeters(tx, meters)
  const events = meters.map(({ stored, setting }) => ({ caseId: stored.caseId, id: stored.id, before: dataOf(stored, recording), after: dataOf(setting, recording) }))
  await recordAll(tx, ctx, 'meter.edited', store.eventRows(events), recording.justification)
}

export async function removeMeters(tx: Writer, ctx: Context, meters: readonly store.StoredMeter[], recording: Recording): Promise<void> {
  await store.deleteMeters(tx, meters, ctx.now)
  const events = meters.map((meter) => ({ caseId: meter.caseId, id: meter.id, before: dataOf(meter, recording), after: null }))
  await recordAll(tx, ctx, 'meter.removed', store.eventRows(events), recording.justification)
}

async function addMeters(tx: Writer, ctx: Context, importId: number, meters: readonly store.NewMeter[], recording: Recording): Promise<void> {
  const ids = await store.insertMeters(tx, meters)
  const added = meters.map(({ caseId, setting }) => ({ caseId, id: ids.get(store.meterKey(caseId, setting.type, setting.number))!, before: null, after: setting }))
  await store.keepSettings(tx, importId, added)
  await recordAll(tx, ctx, 'meter.added', store.eventRows(added.map((one) => ({ ...one, after: dataOf(one.after, recording) }))), recording.justification)
}

/** What an import writes; `onProgress` is told how many more are written. */
export async function writeMeters(tx: Writer, ctx: Context, writes: readonly Setting[], { importId, onProgress, ...recording }: Recording & { importId: number; onProgress: (meters: number) => void }): Promise<void> {
  for (const piece of pieces(writes.filter((one) => 'place' in one), pieceSize)) {
    await addMeters(tx, ctx, importId, piece, recording)
    onProgress(piece.length)
  }
  for (const piece of pieces(writes.filter((one) => 'stored' in one), pieceSize)) {
    await store.keepSettings(tx, importId, piece.map(({ stored, setting }) => ({ caseId: stored.caseId, id: stored.id, before: store.settingOf(stored), after: setting })))
    await editMeters(tx, ctx, piece, recording)
    onProgress(piece.length)
  }
}
