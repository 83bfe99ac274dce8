// A table that becomes a list of cards on a phone: every cell carries its column's name.
import { html, type Html, type Piece } from './html.ts'

export type Column<Row> = {
  head: Piece
  /** The column's name where the head is more than text, and on a phone. Empty: the cell stands for itself. */
  label: string
  cell: (row: Row) => Piece
  className?: string
  sort?: 'ascending' | 'descending' | 'none'
}

export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  const head = ({ head, sort }: Column<Row>) => html`<th scope="col"${sort && html` aria-sort="${sort}"`}>${head}</th>`
  const cell = (row: Row) => (column: Column<Row>) =>
    html`<td data-label="${column.label}"${column.className && html` class="${column.className}"`}>${column.cell(row)}</td>`
  return html`<table class="rows"><caption class="govuk-visually-hidden">${caption}</caption>
    <thead><tr>${columns.map(head)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${columns.map(cell(row))}</tr>`)}</tbody></table>`
}
