// What people do with a table of readings: upload it, say which column holds what, look at each row's verdict, take it or not.
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import type { PersonContext } from '../people/context.ts'
import { importReadings, previewReadings, type Imported, type OnProgress, type ReadingsTable } from './import-readings.ts'
import { fields, guessed, mandatory, readingsOf, type Mapping } from './mapping.ts'
import { manageableCases } from './places.ts'
import type { RowVerdict } from './row.ts'
import { readSheet, type Sheet } from './sheet.ts'
import * as store from './upload-store.ts'

/** Whoever may change meters of at least one house case may import readings; others may not even see where. */
export async function mustImport(ctx: PersonContext): Promise<void> {
  if ((await manageableCases(ctx)).length === 0) refuse.forbidden()
}

/** Keeps a table; its columns are guessed. Refuses one that cannot be read. */
export async function uploadTable(ctx: PersonContext, name: string, content: Buffer): Promise<number> {
  await mustImport(ctx)
  const sheet = await readSheet(content)
  return store.insertUpload(ctx, name.slice(0, 200), sheet, guessed(sheet.header, await store.rememberedColumns(ctx)))
}

/** A column for each field that is needed, each used once. */
export async function chooseColumns(ctx: PersonContext, id: number, chosen: Readonly<Record<string, string>>): Promise<void> {
  await store.uploadOf(ctx, id)
  const { header } = await store.sheetOf(ctx, id)
  const places = new Set(header.map((_, at) => String(at)))
  const mapping = Object.fromEntries(fields.map((field) => [field, places.has(chosen[field] ?? '') ? chosen[field]! : ''])) as Mapping
  const used = Object.values(mapping).filter(Boolean)
  refuseIfAny([
    ...mandatory.filter((field) => mapping[field] === '').map((field) => ({ field, code: 'required' })),
    ...fields.filter((field) => mapping[field] !== '' && used.indexOf(mapping[field]) !== used.lastIndexOf(mapping[field])).map((field) => ({ field, code: 'column-twice' })),
  ])
  await store.keepColumns(ctx, id, mapping, header)
}

export const isMapped = (mapping: Mapping): boolean => mandatory.every((field) => mapping[field] !== '')

const tableOf = (file: string, sheet: Sheet, mapping: Mapping): ReadingsTable => ({ file, rows: readingsOf(sheet, mapping), unreadable: [] })

export type Preview = { upload: store.Upload; sheet: Sheet; verdicts: RowVerdict[] | undefined }

/** What taking a table would do with each of its rows; no verdicts before its columns are known. */
export async function previewUpload(ctx: PersonContext, id: number): Promise<Preview> {
  await mustImport(ctx)
  const upload = await store.uploadOf(ctx, id)
  if (upload.takenAt !== null) return refuse.conflict('file', 'already-taken')
  const sheet = await store.sheetOf(ctx, id)
  const verdicts = isMapped(upload.mapping) ? await previewReadings(ctx, tableOf(upload.file, sheet, upload.mapping)) : undefined
  return { upload, sheet, verdicts }
}

/** Takes a table once. What was refused of it is kept beside the import. */
export async function takeUpload(ctx: PersonContext, id: number, onProgress: OnProgress): Promise<Imported> {
  await mustImport(ctx)
  const { file, mapping, takenAt } = await store.uploadOf(ctx, id)
  if (takenAt !== null) return refuse.conflict('file', 'already-taken')
  if (!isMapped(mapping)) return refuse.field('number', 'required')
  const sheet = await store.sheetOf(ctx, id)
  const cellsAt = new Map(sheet.rows.map(({ line, cells }) => [line, cells]))
  return importReadings(ctx, tableOf(file, sheet, mapping), {
    onProgress,
    before: (tx) => store.lockUpload(tx, id),
    also: async (tx, { importId, verdicts }) => {
      const refused = verdicts.filter(({ verdict }) => verdict === 'refused').map(({ line, codes }) => ({ line, cells: cellsAt.get(line) ?? [], codes }))
      await store.closeUpload(tx, id, ctx.now, importId, { header: sheet.header, refused })
    },
  })
}

export const discardUpload = (ctx: PersonContext, id: number): Promise<unknown> => store.deleteUpload(ctx, id)

/** A cell that a spreadsheet would run as a formula is marked as text. */
const harmless = (cell: string) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)
const quoted = (cell: string) => (/[";\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** The refused rows as they were, with their line and why; opens in a spreadsheet as it is in Latvia. */
export function refusedCsv(header: readonly string[], refused: readonly store.RefusedRow[], titles: { line: string; reason: string }, words: (codes: readonly string[]) => string): string {
  const line = (cells: readonly string[]) => cells.map((cell) => quoted(harmless(cell))).join(';')
  const wide = (cells: readonly string[]) => header.map((_, at) => cells[at] ?? '')
  return `\ufeff${[line([...header, titles.line, titles.reason]), ...refused.map((row) => line([...wide(row.cells), String(row.line), words(row.codes)]))].join('\r\n')}\r\n`
}
