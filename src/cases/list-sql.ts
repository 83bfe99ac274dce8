// What both lists of cases share: how text is searched, and how a list is ordered, cut into pages and gone on from a place.
import { sql, type RawBuilder } from 'kysely'
import { refuse } from '../kernel/refusal.ts'
import { fold, tidy } from '../kernel/text.ts'

/**
 * `after`: the `next` of the answer before. `page`: from 1, for readers who leaf through; not together with `after`.
 * Empty texts do not filter.
 */
export type Paging<S extends string> = { sort?: S; descending?: boolean; after?: string; page?: number; limit?: number }

/** `next`: where the list goes on; null at its end. */
export type Listed<T> = { cases: T[]; next: string | null }

export const pageSize = 50

/** Occurs anywhere, in any case of letters. */
export const contains = (column: RawBuilder<unknown>, text: string | undefined) =>
  tidy(text ?? '') === '' ? sql<boolean>`true` : sql<boolean>`strpos(lower(${column}), ${tidy(text!).toLowerCase()}) > 0`

/** Occurs anywhere among digits, with or without spaces. */
export const containsDigits = (column: RawBuilder<unknown>, text: string | undefined) => contains(column, text?.replace(/\s/g, ''))

/** As `fold` has it: decomposed first, so that only plain letters are left to be lowered. */
const folded = (column: RawBuilder<unknown>) => sql`lower(regexp_replace(normalize(${column}, NFD), '[\u0300-\u036f]', '', 'g'))`

/** Occurs anywhere, whatever the case of letters and their diacritics. */
export const containsFolded = (column: RawBuilder<unknown>, text: string | undefined) =>
  fold(text ?? '') === '' ? sql<boolean>`true` : sql<boolean>`strpos(${folded(column)}, ${fold(text!)}) > 0`

type Place = { key: string; numberKey: string; id: number }

const placeText = ({ key, numberKey, id }: Place) => Buffer.from(JSON.stringify([key, numberKey, id])).toString('base64url')

function placeOf(text: string): Place {
  try {
    const [key, numberKey, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof key === 'string' && typeof numberKey === 'string' && Number.isSafeInteger(id)) return { key, numberKey, id: id as number }
  } catch {}
  return refuse.field('after', 'unknown')
}

const behind = (after: string | undefined, descending: boolean | undefined) => {
  if (!after) return sql<boolean>`true`
  const { key, numberKey, id } = placeOf(after)
  const side = descending ? sql`<` : sql`>`
  return sql<boolean>`(key collate "C", "numberKey" collate "C", id) ${side} (${key}, ${numberKey}, ${id}::bigint)`
}

/**
 * A page of `listed`, a select with `id`, a text `key` to order by and `numberKey`, the number to order by among equals.
 * Refuses an `after` that no list has answered.
 */
export function paged(listed: RawBuilder<unknown>, { descending, after, page = 1, limit = pageSize }: Paging<string>) {
  const direction = descending ? sql`desc` : sql`asc`
  return sql`(select * from (${listed}) listed where ${behind(after, descending)}
    order by key collate "C" ${direction}, "numberKey" collate "C" ${direction}, id ${direction}
    limit ${limit + 1}::int offset ${after ? 0 : (page - 1) * limit}::int)`
}

/** The rows of `paged` without their keys, and where they go on. */
export function listedOf<T extends Place>(rows: T[], limit = pageSize): Listed<Omit<T, 'key' | 'numberKey'>> {
  const cases = rows.slice(0, limit)
  const last = cases.at(-1)
  return { cases: cases.map(({ key: _, numberKey: __, ...row }) => row), next: rows.length > limit && last ? placeText(last) : null }
}
