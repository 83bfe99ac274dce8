// Pages of imports of readings: a table sent, its columns chosen, its rows judged, taken or discarded, and an import undone.
import { setTimeout as later } from 'node:timers/promises'
import type { Problem } from '../kernel/refusal.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { largestFile } from '../platform/http.ts'
import { refuse } from '../kernel/refusal.ts'
import { Download } from '../ui/download.ts'
import { button, errorSummary, textarea } from '../ui/form.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { teller } from '../ui/view.ts'
import { tally, type Progress } from './row.ts'
import { openImported, ownImports, undoImport } from './undo.ts'
import { chooseColumns, discardUpload, mustImport, previewUpload, refusedCsv, takeUpload, uploadTable } from './upload.ts'
import { refusedOf, uploadOf, uploadsOfImports, waitingUploads } from './upload-store.ts'
import { columnsForm, importPath, importsTable, refusedRows, uploadPath, verdictRows } from './upload-view.ts'
import { codesWords } from './words.ts'

const idOf = ({ params }: PageRequest) => (/^[1-9]\d{0,14}$/.test(params['id'] ?? '') ? Number(params['id']) : refuse.missing())

function framed({ view }: PageRequest, title: string, body: Piece, list: readonly Problem[] = []): Html {
  const { t } = teller(view)
  const crumbs = [{ href: '/cases?kind=house', text: t('cases.house') }, ...(title === t('reading-import.title') ? [] : [{ href: importPath, text: t('reading-import.title') }])]
  return layout(view, { title, section: 'cases', crumbs, hasProblems: list.length > 0, body: html`${errorSummary({ locale: view.locale, list })}<h1>${title}</h1>${body}` })
}

const sendPage: Page = {
  path: importPath,
  takesFile: true,
  show: async (request, list) => {
    const { ctx, view } = request
    const { t, moment } = teller(view)
    await mustImport(ctx)
    const waiting = await waitingUploads(ctx)
    const uploads = new Map((await uploadsOfImports(ctx)).map(({ id, importId }) => [importId!, id]))
    const wrong = list.find(({ field }) => field === 'file')
    const body = html`<p class="govuk-body">${t('reading-import.lead')}</p>
      <form class="form" method="post" action="${importPath}" enctype="multipart/form-data" novalidate>
        <div class="govuk-form-group${wrong ? ' govuk-form-group--error' : ''}"><label class="govuk-label govuk-label--s" for="file">${t('reading-import.file')}</label>
        <div class="govuk-hint" id="file-hint">${t('reading-import.file.hint', { size: largestFile / 1024 / 1024 })}</div>
        <input class="govuk-file-upload" id="file" name="file" type="file" accept=".xlsx,.csv,.txt,.tsv" aria-describedby="file-hint"></div>
        <div class="acts">${button(t('reading-import.send'))}</div></form>
      <section class="imports">${waiting.length > 0 && html`<h2 class="govuk-heading-m">${t('reading-import.waiting')}</h2><ul class="govuk-list">${waiting.map(
        ({ id, file, uploadedAt }) => html`<li><a class="govuk-link" href="${uploadPath(id)}">${file}</a> <small>${moment(uploadedAt)}</small></li>`,
      )}</ul>`}
      <h2 class="govuk-heading-m">${t('reading-import.own')}</h2>${importsTable(view, await ownImports(ctx), uploads) ?? html`<div class="empty"><p>${t('reading-import.none')}</p></div>`}</section>`
    return framed(request, t('reading-import.title'), body, list)
  },
  submit: async ({ ctx, file }) => {
    if (!file) return refuse.field('file', 'required')
    if (!file.content) return refuse.field('file', 'too-large', { size: largestFile / 1024 / 1024 })
    return { to: uploadPath(await uploadTable(ctx, file.name, file.content)) }
  },
}

/** What this process takes just now; another process's takes show as waiting, and taking twice takes once. */
type Running = Map<number, Progress>

function runningPage(request: PageRequest, id: number, { rows, total }: Progress): Html {
  const { t, number } = teller(request.view)
  const body = html`<div data-reload><p class="govuk-body" role="status">${total === 0 ? t('reading-import.begun') : t('reading-import.running', { rows: number(rows), total: number(total) })}</p>
    <progress max="${Math.max(total, 1)}" value="${rows}" aria-label="${t('reading-import.progress')}"></progress>
    <p class="govuk-body"><a class="govuk-link" href="${uploadPath(id)}">${t('reading-import.refresh')}</a></p></div>`
  return framed(request, t('reading-import.running-title'), body)
}

async function takenPage(request: PageRequest, id: number, importId: number | null): Promise<Html> {
  const { ctx, view, query } = request
  const { t, number } = teller(view)
  const { header, refused } = await refusedOf(ctx, id)
  const made = importId === null ? undefined : await openImported(ctx, importId)
  const counts = { accepted: number(made?.accepted ?? 0), warned: number(made?.warned ?? 0), refused: number(refused.length) }
  const body = html`<dl class="facts"><dt>${t('reading-import.verdict.accepted')}</dt><dd>${counts.accepted}</dd><dt>${t('reading-import.verdict.warned')}</dt><dd>${counts.warned}</dd>
    <dt>${t('reading-import.verdict.refused')}</dt><dd>${counts.refused}</dd></dl>
    ${made?.undoneAt === null && html`<p class="govuk-body"><a class="govuk-link" href="/readings/imports/${made.id}/undo">${t('reading-import.undo')}</a></p>`}
    ${refused.length > 0 && html`<h2 class="govuk-heading-m">${t('reading-import.verdict.refused')}</h2>
      <p class="govuk-body"><a class="govuk-link" href="${uploadPath(id)}/refused.csv">${t('reading-import.download')}</a></p>${refusedRows(view, id, header, refused, query)}`}
    <div class="acts"><a class="govuk-button govuk-button--secondary" href="${importPath}">${t('reading-import.next')}</a></div>`
  return framed(request, t('reading-import.done-title'), body)
}

async function judgedPage(request: PageRequest, id: number, list: readonly Problem[]): Promise<Html> {
  const { ctx, view, query, form } = request
  const { t, number } = teller(view)
  const { upload, sheet, verdicts } = await previewUpload(ctx, id)
  const problems = { locale: view.locale, list }
  const columns = columnsForm(view, id, sheet, form ?? upload.mapping, problems)
  const good = verdicts ? tally(verdicts).accepted + tally(verdicts).warned : 0
  const acts = html`<form method="post" action="${uploadPath(id)}"><div class="acts">${good > 0 && button(t('reading-import.take', { count: good }), { name: 'step', value: 'take' })}${button(t('reading-import.discard'), { name: 'step', value: 'discard', secondary: true })}</div></form>`
  const isShut = verdicts !== undefined && list.length === 0
  const body = html`<p class="meta">${t('reading-import.of-file', { file: upload.file, rows: number(sheet.rows.length) })}</p>
    ${isShut ? html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('reading-import.columns')}</span></summary><div class="govuk-details__text">${columns}</div></details>` : html`<h2 class="govuk-heading-m">${t('reading-import.columns')}</h2>${columns}`}
    ${verdicts && html`<h2 class="govuk-heading-m">${t('reading-import.verdicts')}</h2><p class="govuk-body">${t('reading-import.dry')}</p>${acts}${verdictRows(view, id, sheet, verdicts, query)}`}${!verdicts && acts}`
  return framed(request, t('reading-import.check-title'), body, list)
}

/** How long a take may last before its progress is shown. */
const patience = 1500

async function take(request: PageRequest, id: number, running: Running): Promise<void> {
  if (running.has(id)) return
  running.set(id, { file: '', rows: 0, total: 0 })
  const done = takeUpload(request.ctx, id, (progress) => void running.set(id, progress)).finally(() => running.delete(id))
  done.catch((error: unknown) => request.ctx.log.warn({ err: error, upload: id }, 'an import of readings failed'))
  const waited = new AbortController()
  await Promise.race([done, later(patience, undefined, { signal: waited.signal }).catch(() => {})]).finally(() => waited.abort())
}

const uploadPage = (running: Running): Page => ({
  path: `${importPath}/:id`,
  show: async (request, list) => {
    const id = idOf(request)
    const { takenAt, importId } = await uploadOf(request.ctx, id)
    const progress = running.get(id)
    if (takenAt !== null) return takenPage(request, id, importId)
    return progress ? runningPage(request, id, progress) : judgedPage(request, id, list)
  },
  submit: async (request) => {
    const id = idOf(request)
    const { step, ...chosen } = request.form!
    if (step === 'discard') {
      await discardUpload(request.ctx, id)
      return { to: importPath, said: 'reading-import-discarded' }
    }
    if (step === 'take') await take(request, id, running)
    else await chooseColumns(request.ctx, id, chosen)
    return { to: uploadPath(id) }
  },
})

const refusedPage: Page = {
  path: `${importPath}/:id/refused.csv`,
  show: async (request) => {
    const { ctx, view } = request
    const { t } = teller(view)
    const { file, takenAt } = await uploadOf(ctx, idOf(request))
    if (takenAt === null) return refuse.missing()
    const { header, refused } = await refusedOf(ctx, idOf(request))
    const titles = { line: t('reading-import.line'), reason: t('reading-import.reason') }
    const name = file.replace(/\.[^.]*$/, '').normalize('NFD').replace(/[^\w -]/g, '').slice(0, 60) || 'readings'
    return new Download(`${name}-refused.csv`, 'text/csv; charset=utf-8', refusedCsv(header, refused, titles, (codes) => codesWords(view.locale, codes)))
  },
}

const undoPage: Page = {
  path: '/readings/imports/:id/undo',
  show: async (request, list) => {
    const { ctx, view, form } = request
    const { t, moment } = teller(view)
    const { file, importedAt, accepted, warned } = await openImported(ctx, idOf(request))
    const problems = { locale: view.locale, list }
    const body = html`<p class="govuk-body">${t('reading-import.undo-text', { file, at: moment(importedAt), count: accepted + warned })}</p>
      <form class="form" method="post" novalidate>${textarea({ name: 'justification', label: t('field.justification'), hint: t('field.justification.hint'), value: form?.['justification'] ?? '', problems })}
      <div class="acts">${button(t('reading-import.undo'), { warning: true })}<a class="govuk-link cancel" href="${importPath}">${t('action.cancel')}</a></div></form>`
    return framed(request, t('reading-import.undo-title'), body, list)
  },
  submit: async (request) => {
    await undoImport(request.ctx, idOf(request), request.form!['justification'] ?? '')
    return { to: importPath, said: 'reading-import-undone' }
  },
}

/** A set of pages for each server: they know what it takes just now. */
export const readingImportPages = (running: Running = new Map()): readonly Page[] => [sendPage, uploadPage(running), refusedPage, undoPage]
