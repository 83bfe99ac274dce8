// Pages of imports from a table, of meters or of readings: a table sent, its columns chosen, its rows judged, taken or discarded.
import { setTimeout as later } from 'node:timers/promises'
import { refuse, type Problem } from '../kernel/refusal.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { largestFile } from '../platform/http.ts'
import { Download } from '../ui/download.ts'
import { button, textarea } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { teller } from '../ui/view.ts'
import { openImported, ownImports, type What } from './import-record.ts'
import type { Preview } from './kinds.ts'
import { refusedCsv } from './refused-csv.ts'
import { tally, type Progress } from './row.ts'
import { undoPage } from './undo-page.ts'
import { chooseColumns, discardUpload, mustImport, previewUpload, takeUpload, uploadTable } from './upload.ts'
import { refusedOf, uploadOf, uploadsOfImports, waitingUploads, type At } from './upload-store.ts'
import { columnsForm, framed, idOf, importPath, importsTable, refusedRows, undoPath, uploadPath, verdictRows } from './upload-view.ts'
import { reasonWords } from './words.ts'

const other = { readings: 'meters', meters: 'readings' } as const

const sendPage = (what: What): Page => ({
  path: importPath(what),
  takesFile: true,
  show: async (request, list) => {
    const { ctx, view } = request
    const { t, moment } = teller(view)
    await mustImport(ctx)
    const waiting = await waitingUploads(ctx, what)
    const uploads = new Map((await uploadsOfImports(ctx, what)).map(({ id, importId }) => [importId!, id]))
    const wrong = list.find(({ field }) => field === 'file')
    const body = html`<p class="govuk-body">${t('sheet-import.lead')} <a class="govuk-link" href="${importPath(other[what])}">${t(`sheet-import.${other[what]}.title`)}</a></p>
      <form class="form" method="post" action="${importPath(what)}" enctype="multipart/form-data" novalidate>
        <div class="govuk-form-group${wrong ? ' govuk-form-group--error' : ''}"><label class="govuk-label govuk-label--s" for="file">${t('sheet-import.file')}</label>
        <div class="govuk-hint" id="file-hint">${t('sheet-import.file.hint', { size: largestFile / 1024 / 1024 })}</div>
        <input class="govuk-file-upload" id="file" name="file" type="file" accept=".xlsx,.csv,.txt,.tsv" aria-describedby="file-hint"></div>
        <div class="acts">${button(t('sheet-import.send'))}</div></form>
      <section class="imports">${waiting.length > 0 && html`<h2 class="govuk-heading-m">${t('sheet-import.waiting')}</h2><ul class="govuk-list">${waiting.map(
        ({ id, file, uploadedAt }) => html`<li><a class="govuk-link" href="${uploadPath({ what, id })}">${file}</a> <small>${moment(uploadedAt)}</small></li>`,
      )}</ul>`}
      <h2 class="govuk-heading-m">${t('sheet-import.own')}</h2>${importsTable(view, await ownImports(ctx, what), uploads) ?? html`<div class="empty"><p>${t('sheet-import.none')}</p></div>`}</section>`
    return framed(request, what, t(`sheet-import.${what}.title`), body, list)
  },
  submit: async ({ ctx, file }) => {
    if (!file) return refuse.field('file', 'required')
    if (!file.content) return refuse.field('file', 'too-large', { size: largestFile / 1024 / 1024 })
    return { to: uploadPath({ what, id: await uploadTable(ctx, what, file.name, file.content) }) }
  },
})

/** What this process takes just now; another process's takes show as waiting, and taking twice takes once. */
type Running = Map<number, Progress>

function runningPage(request: PageRequest, at: At, { rows, total }: Progress): Html {
  const { t, number } = teller(request.view)
  const body = html`<div data-reload><p class="govuk-body" role="status">${total === 0 ? t('sheet-import.begun') : t('sheet-import.running', { rows: number(rows), total: number(total) })}</p>
    <progress max="${Math.max(total, 1)}" value="${rows}" aria-label="${t('sheet-import.progress')}"></progress>
    <p class="govuk-body"><a class="govuk-link" href="${uploadPath(at)}">${t('sheet-import.refresh')}</a></p></div>`
  return framed(request, at.what, t('sheet-import.running-title'), body)
}

async function takenPage(request: PageRequest, at: At, importId: number | null): Promise<Html> {
  const { ctx, view, query } = request
  const { t, number } = teller(view)
  const { header, refused } = await refusedOf(ctx, at)
  const made = importId === null ? undefined : await openImported(ctx, importId)
  const counts = { accepted: number(made?.accepted ?? 0), warned: number(made?.warned ?? 0), refused: number(refused.length) }
  const body = html`<dl class="facts"><dt>${t('sheet-import.verdict.accepted')}</dt><dd>${counts.accepted}</dd>${at.what === 'readings' && html`<dt>${t('sheet-import.verdict.warned')}</dt><dd>${counts.warned}</dd>`}
    <dt>${t('sheet-import.verdict.refused')}</dt><dd>${counts.refused}</dd></dl>
    ${made?.undoneAt === null && html`<p class="govuk-body"><a class="govuk-link" href="${undoPath(made)}">${t('sheet-import.undo')}</a></p>`}
    ${refused.length > 0 && html`<h2 class="govuk-heading-m">${t('sheet-import.verdict.refused')}</h2>
      <p class="govuk-body"><a class="govuk-link" href="${uploadPath(at)}/refused.csv">${t('sheet-import.download')}</a></p>${refusedRows(view, at, header, refused, query)}`}
    <div class="acts"><a class="govuk-button govuk-button--secondary" href="${importPath(at.what)}">${t('sheet-import.next')}</a></div>`
  return framed(request, at.what, t('sheet-import.done-title'), body)
}

/** Takes the table or discards it; where meters that are there are changed, it asks why (MTR-4). */
function takeForm({ view, form }: PageRequest, at: At, preview: Preview | undefined, list: readonly Problem[]): Html {
  const { t, number } = teller(view)
  const { accepted, warned } = tally(preview?.verdicts ?? [])
  const { added = 0, changed = 0 } = preview ?? {}
  const outcome = at.what === 'meters' && preview && html`<p class="govuk-body">${t('sheet-import.meters.outcome', { added: number(added), changed: number(changed), same: number(accepted - added - changed) })}</p>`
  const why = changed > 0 && textarea({ name: 'justification', label: t('field.justification'), hint: t('sheet-import.meters.because'), value: form?.['justification'] ?? '', problems: { locale: view.locale, list } })
  return html`${outcome}<form method="post" action="${uploadPath(at)}" novalidate>${why}<div class="acts">${accepted + warned > 0 && button(t(`sheet-import.${at.what}.take`, { count: accepted + warned }), { name: 'step', value: 'take' })}${button(t('sheet-import.discard'), { name: 'step', value: 'discard', secondary: true })}</div></form>`
}

async function judgedPage(request: PageRequest, at: At, list: readonly Problem[]): Promise<Html> {
  const { ctx, view, query, form } = request
  const { t, number } = teller(view)
  const { upload, sheet, preview } = await previewUpload(ctx, at)
  const isChoosing = form?.['step'] === 'columns'
  const columns = columnsForm(view, at, sheet, isChoosing ? form! : upload.mapping, { locale: view.locale, list })
  const body = html`<p class="meta">${t('sheet-import.of-file', { file: upload.file, rows: number(sheet.rows.length) })}</p>
    ${preview && !isChoosing ? html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('sheet-import.columns')}</span></summary><div class="govuk-details__text">${columns}</div></details>` : html`<h2 class="govuk-heading-m">${t('sheet-import.columns')}</h2>${columns}`}
    ${preview && html`<h2 class="govuk-heading-m">${t('sheet-import.verdicts')}</h2><p class="govuk-body">${t('sheet-import.dry')}</p>`}
    ${takeForm(request, at, preview, list)}${preview && verdictRows(view, at, sheet, preview.verdicts, query)}`
  return framed(request, at.what, t('sheet-import.check-title'), body, list)
}

/** How long a take may last before its progress is shown. */
const patience = 1500

async function take({ ctx, form }: PageRequest, at: At, running: Running): Promise<void> {
  const { id } = at
  if (running.has(id)) return
  running.set(id, { file: '', rows: 0, total: 0 })
  const done = takeUpload(ctx, at, form?.['justification'] ?? '', (progress) => void running.set(id, progress)).finally(() => running.delete(id))
  done.catch((error: unknown) => ctx.log.warn({ err: error, upload: id }, 'an import failed'))
  const waited = new AbortController()
  await Promise.race([done, later(patience, undefined, { signal: waited.signal }).catch(() => {})]).finally(() => waited.abort())
}

const uploadPage = (what: What, running: Running): Page => ({
  path: `${importPath(what)}/:id`,
  show: async (request, list) => {
    const at = { what, id: idOf(request) }
    const { takenAt, importId } = await uploadOf(request.ctx, at)
    const progress = running.get(at.id)
    if (takenAt !== null) return takenPage(request, at, importId)
    return progress ? runningPage(request, at, progress) : judgedPage(request, at, list)
  },
  submit: async (request) => {
    const at = { what, id: idOf(request) }
    const { step, ...chosen } = request.form!
    if (step === 'discard') {
      await discardUpload(request.ctx, at)
      return { to: importPath(what), said: 'sheet-import-discarded' }
    }
    if (step === 'take') await take(request, at, running)
    else await chooseColumns(request.ctx, at, chosen)
    return { to: uploadPath(at) }
  },
})

const refusedPage = (what: What): Page => ({
  path: `${importPath(what)}/:id/refused.csv`,
  show: async (request) => {
    const { ctx, view } = request
    const { t } = teller(view)
    const at = { what, id: idOf(request) }
    const { file, takenAt } = await uploadOf(ctx, at)
    if (takenAt === null) return refuse.missing()
    const { header, refused } = await refusedOf(ctx, at)
    const titles = { line: t('sheet-import.line'), reason: t('sheet-import.reason') }
    const name = file.replace(/\.[^.]*$/, '').normalize('NFD').replace(/[^\w -]/g, '').slice(0, 60) || what
    return new Download(`${name}-refused.csv`, 'text/csv; charset=utf-8', refusedCsv(header, refused, titles, (row) => reasonWords(view.locale, row)))
  },
})

/** A set of pages for each server: they know what it takes just now. */
export const sheetImportPages = (running: Running = new Map()): readonly Page[] =>
  (['readings', 'meters'] as const).flatMap((what) => [sendPage(what), uploadPage(what, running), refusedPage(what), undoPage(what)])
