// Which column of a manager's table holds what: guessed by its name, chosen once, remembered for the next table.
import { tidy } from '../kernel/text.ts'
import { folded } from './cell-words.ts'

/** What a table may hold, which of it every table must, and what such columns are usually called. */
export type Columns<F extends string = string> = { fields: readonly F[]; mandatory: readonly F[]; synonyms: Readonly<Record<F, readonly string[]>> }

/** What the columns that both kinds of table have are usually called, the exact names before those that may be another's. */
export const usualNames = {
  number: [
    ...['skaititaja numurs', 'skaititaja nr', 'skaititaja rupnicas numurs', 'skaititaja rupnicas nr', 'rupnicas numurs', 'rupnicas nr', 'serijas numurs', 'serijas nr', 'skaititajs', 'numurs', 'nr'],
    ...['meter number', 'meter no', 'meter serial number', 'serial number', 'serial no', 'meter', 'number', 'no'],
  ],
  type: ['skaititaja veids', 'resursa veids', 'pakalpojuma veids', 'veids', 'resurss', 'pakalpojums', 'meter type', 'type of meter', 'type', 'kind', 'utility', 'resource', 'service'],
  caseNumber: [
    ...['lietas numurs', 'lietas nr', 'majas lieta', 'majas lietas numurs', 'majas lietas nr', 'bis lietas numurs', 'bis lietas nr', 'lieta', 'maja'],
    ...['case number', 'case no', 'house case', 'house case number', 'case', 'house'],
  ],
} as const

/** Of each field the place of its column, from 0; empty where the table has none. */
export type Mapping<F extends string = string> = Record<F, string>

const matches = (header: string, synonym: string) => folded(header) === folded(synonym)

/** What the profile's last table called its columns comes first, then what such columns are usually called. */
export function guessed<F extends string>({ fields, synonyms }: Columns<F>, header: readonly string[], remembered: Readonly<Record<string, string>> = {}): Mapping<F> {
  const used = new Set<number>()
  const place = (field: F): string => {
    const names = [remembered[field] ?? '', ...synonyms[field]].filter(Boolean)
    const found = names.map((name) => header.findIndex((head, at) => !used.has(at) && head !== '' && matches(head, name))).find((at) => at !== -1)
    if (found === undefined) return ''
    used.add(found)
    return String(found)
  }
  return Object.fromEntries(fields.map((field) => [field, place(field)])) as Mapping<F>
}

/** The mapping of the columns that were chosen, where they are there. */
export function chosenMapping<F extends string>({ fields }: Columns<F>, header: readonly string[], chosen: Readonly<Record<string, string>>): Mapping<F> {
  const places = new Set(header.map((_, at) => String(at)))
  return Object.fromEntries(fields.map((field) => [field, places.has(chosen[field] ?? '') ? chosen[field]! : ''])) as Mapping<F>
}

export const headersOf = (mapping: Mapping, header: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(mapping).flatMap(([field, place]) => (place === '' ? [] : [[field, header[Number(place)] ?? '']])))

export const isMapped = ({ mandatory }: Columns, mapping: Mapping): boolean => mandatory.every((field) => mapping[field])

/** Reads a row's cells by their field; empty where the table has no such column. */
export const cellsBy = <F extends string>(cells: readonly string[], mapping: Readonly<Partial<Record<F, string>>>) => (field: F): string =>
  mapping[field] ? tidy(cells[Number(mapping[field])] ?? '') : ''
