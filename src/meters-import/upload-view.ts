// What the pages of an import show: the columns to choose, how many rows have which verdict, and the rows themselves.
import { html, type Html } from '../ui/html.ts'
import { button, select, type Problems } from '../ui/form.ts'
import type { MessageKey } from '../ui/locale.ts'
import { pageOf, pager, withQuery } from '../ui/pager.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { fields, mandatory } from './mapping.ts'
import { tally, type RowVerdict } from './row.ts'
import type { Sheet } from './sheet.ts'
import type { ReadingImport } from './undo.ts'
import { codesWords } from './words.ts'

export const importPath = '/readings/import'
export const uploadPath = (id: number): string => `${importPath}/${id}`

/** Each column by its header, with its first value, so that one without a header can be told too. */
const columnsOf = (view: View, { header, rows }: Sheet) => [
  { value: '', text: teller(view).t('reading-import.no-column') },
  ...header.map((head, at) => {
    const example = rows.map(({ cells }) => cells[at]?.trim()).find(Boolean)
    return { value: String(at), text: [head || `#${at + 1}`, example && `(${example.slice(0, 30)})`].filter(Boolean).join(' ') }
  }),
]

export function columnsForm(view: View, id: number, sheet: Sheet, mapping: Readonly<Record<string, string>>, problems: Problems): Html {
  const { t } = teller(view)
  const options = columnsOf(view, sheet)
  const field = (name: (typeof fields)[number]) => {
    const hint = mandatory.includes(name) ? undefined : t(`reading-import.field.${name}.hint` as MessageKey)
    return select({ name, label: t(`reading-import.field.${name}`), value: mapping[name] ?? '', options, problems, ...(hint && { hint }) })
  }
  return html`<form class="form" method="post" action="${uploadPath(id)}" novalidate>${fields.map(field)}
    <div class="acts">${button(t('reading-import.keep-columns'), { name: 'step', value: 'columns' })}</div></form>`
}

const kinds = ['refused', 'warned', 'accepted'] as const
const perPage = 50

/** How many rows have which verdict, each leading to those rows. */
const tabs = (view: View, path: string, counts: ReturnType<typeof tally>, shown: string): Html => {
  const { t, number } = teller(view)
  return html`<nav class="tabs" aria-label="${t('reading-import.verdicts')}">${kinds.map(
    (kind) => html`<a href="${withQuery(path, { rows: kind })}"${kind === shown && html` aria-current="page"`}>${t(`reading-import.verdict.${kind}`)} <b>${number(counts[kind])}</b></a>`,
  )}</nav>`
}

type Listed = { line: number; cells: readonly string[]; codes: readonly string[] }

function rowsTable(view: View, path: string, header: readonly string[], rows: readonly Listed[], query: Readonly<Record<string, string>>): Html {
  const { t } = teller(view)
  const page = pageOf(query, rows.length, perPage)
  const shown = rows.slice((page - 1) * perPage, page * perPage)
  const text = ({ cells }: Listed) => header.map((head, at) => [head, cells[at]?.trim()]).filter(([, cell]) => cell).map(([head, cell]) => (head ? `${head}: ${cell}` : cell)).join(' · ')
  const list = table(t('reading-import.rows'), [
    { head: t('reading-import.line'), label: t('reading-import.line'), cell: ({ line }: Listed) => html`<span class="code">${line}</span>` },
    { head: t('reading-import.row'), label: '', cell: text },
    { head: t('reading-import.reason'), label: t('reading-import.reason'), cell: ({ codes }: Listed) => (codes.length === 0 ? t('word.none') : codesWords(view.locale, codes)) },
  ], shown)
  if (rows.length === 0) return html`<div class="empty"><p>${t('reading-import.no-rows')}</p></div>`
  return html`${list}${pager(view, { page, total: rows.length, size: perPage, href: (at) => withQuery(path, { ...query, page: at === 1 ? '' : String(at) }) })}`
}

export function verdictRows(view: View, id: number, { header, rows }: Sheet, verdicts: readonly RowVerdict[], query: Readonly<Record<string, string>>): Html {
  const counts = tally(verdicts)
  const shown = kinds.find((kind) => kind === query['rows']) ?? kinds.find((kind) => counts[kind] > 0) ?? 'refused'
  const cellsAt = new Map(rows.map(({ line, cells }) => [line, cells]))
  const listed = verdicts.filter(({ verdict }) => verdict === shown).map(({ line, codes }) => ({ line, codes, cells: cellsAt.get(line) ?? [] }))
  return html`${tabs(view, uploadPath(id), counts, shown)}${rowsTable(view, uploadPath(id), header, listed, { ...query, rows: shown })}`
}

export const refusedRows = (view: View, id: number, header: readonly string[], rows: readonly Listed[], query: Readonly<Record<string, string>>): Html => rowsTable(view, uploadPath(id), header, rows, query)

/** The profile's imports, newest first. */
export function importsTable(view: View, imports: readonly ReadingImport[], uploadOf: ReadonlyMap<number, number>): Html | null {
  const { t, moment, number } = teller(view)
  if (imports.length === 0) return null
  const undo = ({ id, undoneAt, file }: ReadingImport) =>
    undoneAt === null
      ? html`<a href="/readings/imports/${id}/undo">${t('reading-import.undo')}<span class="govuk-visually-hidden">: ${file}</span></a>`
      : html`<span class="none">${t('reading-import.undone', { at: moment(undoneAt) })}</span>`
  const name = ({ id, file }: ReadingImport) => (uploadOf.has(id) ? html`<a href="${uploadPath(uploadOf.get(id)!)}">${file}</a>` : file)
  return table(t('reading-import.own'), [
    { head: t('reading-import.file'), label: '', cell: name, className: 'main' },
    { head: t('reading-import.at'), label: t('reading-import.at'), cell: ({ importedAt, person }) => html`${moment(importedAt)}<br><small>${person}</small>` },
    { head: t('reading-import.verdict.accepted'), label: t('reading-import.verdict.accepted'), cell: ({ accepted }) => number(accepted) },
    { head: t('reading-import.verdict.warned'), label: t('reading-import.verdict.warned'), cell: ({ warned }) => number(warned) },
    { head: t('reading-import.verdict.refused'), label: t('reading-import.verdict.refused'), cell: ({ refused }) => number(refused) },
    { head: html`<span class="govuk-visually-hidden">${t('column.actions')}</span>`, label: '', cell: undo, className: 'act' },
  ], imports)
}

