// What people do with a table: upload it, say which column holds what, look at each row's verdict, take it or not.
import { refuse, refuseIfAny } from '../kernel/refusal.ts'
import type { PersonContext } from '../people/context.ts'
import type { Imported, What } from './import-record.ts'
import { kinds, type Preview } from './kinds.ts'
import { chosenMapping, guessed, isMapped } from './mapping.ts'
import { manageableCases } from './places.ts'
import type { OnProgress } from './row.ts'
import { readSheet, type Sheet } from './sheet.ts'
import * as store from './upload-store.ts'

/** Whoever may change meters of at least one house case may import; others may not even see where. */
export async function mustImport(ctx: PersonContext): Promise<void> {
  if ((await manageableCases(ctx)).length === 0) refuse.forbidden()
}

/** Keeps a table; its columns are guessed. Refuses one that cannot be read. */
export async function uploadTable(ctx: PersonContext, what: What, name: string, content: Buffer): Promise<number> {
  await mustImport(ctx)
  const sheet = await readSheet(content)
  return store.insertUpload(ctx, what, name.slice(0, 200), sheet, guessed(kinds[what].columns, sheet.header, await store.rememberedColumns(ctx, what)))
}

/** A column for each field that is needed, each used once. */
export async function chooseColumns(ctx: PersonContext, at: store.At, chosen: Readonly<Record<string, string>>): Promise<void> {
  await store.uploadOf(ctx, at)
  const { columns } = kinds[at.what]
  const { header } = await store.sheetOf(ctx, at)
  const mapping = chosenMapping(columns, header, chosen)
  const used = Object.values(mapping).filter(Boolean)
  refuseIfAny([
    ...columns.mandatory.filter((field) => mapping[field] === '').map((field) => ({ field, code: 'required' })),
    ...columns.fields.filter((field) => mapping[field] !== '' && used.indexOf(mapping[field]!) !== used.lastIndexOf(mapping[field]!)).map((field) => ({ field, code: 'column-twice' })),
  ])
  await store.keepColumns(ctx, at, mapping, header)
}

/** A table that waits, whole; refuses one that was taken. */
async function waiting(ctx: PersonContext, at: store.At) {
  await mustImport(ctx)
  const upload = await store.uploadOf(ctx, at)
  if (upload.takenAt !== null) return refuse.conflict('file', 'already-taken')
  return { upload, sheet: await store.sheetOf(ctx, at), isReady: isMapped(kinds[at.what].columns, upload.mapping) }
}

export type Previewed = { upload: store.Upload; sheet: Sheet; preview: Preview | undefined }

/** What taking a table would do with each of its rows; no preview before its columns are known. */
export async function previewUpload(ctx: PersonContext, at: store.At): Promise<Previewed> {
  const { upload, sheet, isReady } = await waiting(ctx, at)
  return { upload, sheet, preview: isReady ? await kinds[at.what].preview(ctx, { ...upload, sheet }) : undefined }
}

/** Takes a table once. What was refused of it is kept beside the import. */
export async function takeUpload(ctx: PersonContext, at: store.At, justification: string, onProgress: OnProgress): Promise<Imported> {
  const { upload, sheet, isReady } = await waiting(ctx, at)
  if (!isReady) return refuse.field('number', 'required')
  const cellsAt = new Map(sheet.rows.map(({ line, cells }) => [line, cells]))
  return kinds[at.what].take(ctx, { ...upload, sheet }, {
    justification,
    onProgress,
    before: (tx) => store.lockUpload(tx, at.id),
    also: async (tx, { importId, verdicts }) => {
      const refused = verdicts.filter(({ verdict }) => verdict === 'refused').map(({ line, codes, problems }) => ({ line, cells: cellsAt.get(line) ?? [], codes, ...(problems && { problems }) }))
      await store.closeUpload(tx, at.id, ctx.now, importId, { header: sheet.header, refused })
    },
  })
}

export const discardUpload = (ctx: PersonContext, at: store.At): Promise<unknown> => store.deleteUpload(ctx, at)
