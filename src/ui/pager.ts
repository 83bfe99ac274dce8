// Leafing through a long list: addresses that change a part of the query, and the links to the pages around this one.
import { html, type Html, type Piece } from './html.ts'
import { teller, type View } from './view.ts'

/** An address with parts of its query changed; what becomes empty is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string>>, changes: Readonly<Record<string, string>> = {}): string {
  const kept = Object.entries({ ...query, ...changes }).filter(([name, value]) => value !== '' && name !== 'said')
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept)}`
}

/** The page that a query asks for, from 1 to the last one. */
export function pageOf(query: Readonly<Record<string, string>>, total: number, size: number): number {
  const asked = /^\d{1,6}$/.test(query['page'] ?? '') ? Number(query['page']) : 1
  return Math.min(Math.max(asked, 1), Math.max(Math.ceil(total / size), 1))
}

/** First, last, and those beside this one; 0 for a gap. */
function shownPages(page: number, last: number): number[] {
  const near = [1, page - 1, page, page + 1, last].filter((at) => at >= 1 && at <= last)
  const pages = [...new Set(near)].sort((a, b) => a - b)
  return pages.flatMap((at, place) => (place > 0 && at - pages[place - 1]! > 1 ? [0, at] : [at]))
}

type Leaf = { page: number; total: number; size: number; href: (page: number) => string }

/** Nothing where all fits on one page. */
export function pager(view: View, { page, total, size, href }: Leaf): Html | null {
  const { t, number } = teller(view)
  const last = Math.ceil(total / size)
  if (last <= 1) return null
  const link = (at: number, text: Piece, rel?: string) => html`<a href="${href(at)}"${rel && html` rel="${rel}"`}>${text}</a>`
  const place = (at: number) =>
    at === 0 ? html`<li aria-hidden="true">…</li>` : html`<li>${at === page ? html`<strong aria-current="page">${at}</strong>` : link(at, at)}</li>`
  const shown = { from: number((page - 1) * size + 1), to: number(Math.min(page * size, total)), total: number(total) }
  return html`<nav class="pager" aria-label="${t('page.pages')}"><p>${t('page.shown', shown)}</p><ul>
    ${page > 1 && html`<li>${link(page - 1, t('page.previous'), 'prev')}</li>`}${shownPages(page, last).map(place)}
    ${page < last && html`<li>${link(page + 1, t('page.next'), 'next')}</li>`}</ul></nav>`
}
