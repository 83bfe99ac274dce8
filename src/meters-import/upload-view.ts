// What the pages of an import show: the columns to choose, how many rows have which verdict, and the rows themselves.
import { refuse, type Problem } from '../kernel/refusal.ts'
import type { PageRequest } from '../people/page.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { button, errorSummary, select, type Problems } from '../ui/form.ts'
import { layout } from '../ui/layout.ts'
import type { MessageKey } from '../ui/locale.ts'
import { pageOf, pager, withQuery } from '../ui/pager.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import type { SheetImport, What } from './import-record.ts'
import { kinds } from './kinds.ts'
import { tally, type RowVerdict } from './row.ts'
import type { Sheet } from './sheet.ts'
import type { At } from './upload-store.ts'
import { reasonWords, type Reasons } from './words.ts'

export const importPath = (what: What): string => `/${what}/import`
export const uploadPath = ({ what, id }: At): string => `${importPath(what)}/${id}`
export const undoPath = ({ what, id }: Pick<SheetImport, 'what' | 'id'>): string => `/${what}/imports/${id}/undo`

export const idOf = ({ params }: PageRequest): number => (/^[1-9]\d{0,14}$/.test(params['id'] ?? '') ? Number(params['id']) : refuse.missing())

/** A page of imports; but for the first of its kind it leads back to that. */
export function framed({ view }: PageRequest, what: What, title: string, body: Piece, list: readonly Problem[] = []): Html {
  const { t } = teller(view)
  const first = t(`sheet-import.${what}.title`)
  const crumbs = [{ href: '/cases?kind=house', text: t('cases.house') }, ...(title === first ? [] : [{ href: importPath(what), text: first }])]
  return layout(view, { title, section: 'cases', crumbs, hasProblems: list.length > 0, body: html`${errorSummary({ locale: view.locale, list })}<h1>${title}</h1>${body}` })
}

/** Each column by its header, with its first value, so that one without a header can be told too. */
const columnsOf = (view: View, { header, rows }: Sheet) => [
  { value: '', text: teller(view).t('sheet-import.no-column') },
  ...header.map((head, at) => {
    const example = rows.map(({ cells }) => cells[at]?.trim()).find(Boolean)
    return { value: String(at), text: [head || `#${at + 1}`, example && `(${example.slice(0, 30)})`].filter(Boolean).join(' ') }
  }),
]

export function columnsForm(view: View, at: At, sheet: Sheet, mapping: Readonly<Record<string, string>>, problems: Problems): Html {
  const { t } = teller(view)
  const options = columnsOf(view, sheet)
  const { fields, mandatory } = kinds[at.what].columns
  const field = (name: string) => {
    const key = `sheet-import.${at.what}.field.${name}` as MessageKey
    const hint = mandatory.includes(name) ? undefined : t(`${key}.hint` as MessageKey)
    return select({ name, label: t(key), value: mapping[name] ?? '', options, problems, ...(hint && { hint }) })
  }
  return html`<form class="form" method="post" action="${uploadPath(at)}" novalidate>${fields.map(field)}
    <div class="acts">${button(t('sheet-import.keep-columns'), { name: 'step', value: 'columns' })}</div></form>`
}

/** Meters are taken without warnings. */
const verdictsOf = { readings: ['refused', 'warned', 'accepted'], meters: ['refused', 'accepted'] } as const
const perPage = 50

/** How many rows have which verdict, each leading to those rows. */
const tabs = (view: View, at: At, counts: ReturnType<typeof tally>, shown: string): Html => {
  const { t, number } = teller(view)
  return html`<nav class="tabs" aria-label="${t('sheet-import.verdicts')}">${verdictsOf[at.what].map(
    (kind) => html`<a href="${withQuery(uploadPath(at), { rows: kind })}"${kind === shown && html` aria-current="page"`}>${t(`sheet-import.verdict.${kind}`)} <b>${number(counts[kind])}</b></a>`,
  )}</nav>`
}

type Listed = { line: number; cells: readonly string[] } & Reasons

function rowsTable(view: View, at: At, header: readonly string[], rows: readonly Listed[], query: Readonly<Record<string, string>>): Html {
  const { t } = teller(view)
  const page = pageOf(query, rows.length, perPage)
  const shown = rows.slice((page - 1) * perPage, page * perPage)
  const text = ({ cells }: Listed) => header.map((head, at) => [head, cells[at]?.trim()]).filter(([, cell]) => cell).map(([head, cell]) => (head ? `${head}: ${cell}` : cell)).join(' · ')
  const list = table(t('sheet-import.rows'), [
    { head: t('sheet-import.line'), label: t('sheet-import.line'), cell: ({ line }: Listed) => html`<span class="code">${line}</span>` },
    { head: t('sheet-import.row'), label: '', cell: text },
    { head: t('sheet-import.reason'), label: t('sheet-import.reason'), cell: (row: Listed) => reasonWords(view.locale, row) || t('word.none') },
  ], shown)
  if (rows.length === 0) return html`<div class="empty"><p>${t('sheet-import.no-rows')}</p></div>`
  return html`${list}${pager(view, { page, total: rows.length, size: perPage, href: (page) => withQuery(uploadPath(at), { ...query, page: page === 1 ? '' : String(page) }) })}`
}

export function verdictRows(view: View, at: At, { header, rows }: Sheet, verdicts: readonly RowVerdict[], query: Readonly<Record<string, string>>): Html {
  const counts = tally(verdicts)
  const inOrder = verdictsOf[at.what]
  const shown = inOrder.find((kind) => kind === query['rows']) ?? inOrder.find((kind) => counts[kind] > 0) ?? 'refused'
  const cellsAt = new Map(rows.map(({ line, cells }) => [line, cells]))
  const listed = verdicts.filter(({ verdict }) => verdict === shown).map((row) => ({ ...row, cells: cellsAt.get(row.line) ?? [] }))
  return html`${tabs(view, at, counts, shown)}${rowsTable(view, at, header, listed, { ...query, rows: shown })}`
}

export const refusedRows = (view: View, at: At, header: readonly string[], rows: readonly Listed[], query: Readonly<Record<string, string>>): Html => rowsTable(view, at, header, rows, query)

/** The profile's imports, newest first. */
export function importsTable(view: View, imports: readonly SheetImport[], uploadOf: ReadonlyMap<number, number>): Html | null {
  const { t, moment, number } = teller(view)
  if (imports.length === 0) return null
  const undo = ({ id, what, undoneAt, file }: SheetImport) =>
    undoneAt === null
      ? html`<a href="${undoPath({ what, id })}">${t('sheet-import.undo')}<span class="govuk-visually-hidden">: ${file}</span></a>`
      : html`<span class="none">${t('sheet-import.undone', { at: moment(undoneAt) })}</span>`
  const name = ({ id, what, file }: SheetImport) => (uploadOf.has(id) ? html`<a href="${uploadPath({ what, id: uploadOf.get(id)! })}">${file}</a>` : file)
  return table(t('sheet-import.own'), [
    { head: t('sheet-import.file'), label: '', cell: name, className: 'main' },
    { head: t('sheet-import.at'), label: t('sheet-import.at'), cell: ({ importedAt, person }) => html`${moment(importedAt)}<br><small>${person}</small>` },
    { head: t('sheet-import.verdict.accepted'), label: t('sheet-import.verdict.accepted'), cell: ({ accepted }) => number(accepted) },
    ...(imports.some(({ what }) => what === 'readings') ? [{ head: t('sheet-import.verdict.warned'), label: t('sheet-import.verdict.warned'), cell: ({ warned }: SheetImport) => number(warned) }] : []),
    { head: t('sheet-import.verdict.refused'), label: t('sheet-import.verdict.refused'), cell: ({ refused }) => number(refused) },
    { head: html`<span class="govuk-visually-hidden">${t('column.actions')}</span>`, label: '', cell: undo, className: 'act' },
  ], imports)
}

