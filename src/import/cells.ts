// Reads the cells of one row: what each must look like, telling every problem by its column.
import { isDate, type PlainDate } from '../kernel/date.ts'
import { personalCode, registrationNumber } from '../kernel/identifier.ts'
import { tidy } from '../kernel/text.ts'
import type { Row } from './register.ts'
import type { Tell } from './refusal.ts'

export const partyKinds = ['person', 'organisation'] as const
export type PartyKind = (typeof partyKinds)[number]

const emailShape = /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\.]+(\.[^\s@<>()[\],;:"\\.]+)+$/

export type Cells = ReturnType<typeof cellsOf>

/** Every reader answers null, or an empty text, for a cell that it told a problem of. */
export function cellsOf({ cells }: Row, tell: Tell) {
  const raw = (column: string) => tidy(cells[column] ?? '')

  const text = (column: string, { max = 200 } = {}): string => {
    const value = raw(column)
    if (value === '') tell(column, 'required')
    if (value.length > max) tell(column, 'too-long', { max })
    return value
  }

  const identifier = (column: string, read: (text: string) => string | undefined, code: string): string | null => {
    const value = raw(column)
    const found = value === '' ? undefined : read(value)
    if (found === undefined) tell(column, value === '' ? 'required' : code)
    return found ?? null
  }

  const optionalDate = (column: string): PlainDate | null => {
    const value = raw(column)
    if (value === '' || isDate(value)) return value || null
    tell(column, 'date-format')
    return null
  }

  const date = (column: string): PlainDate | null => {
    if (raw(column) === '') tell(column, 'required')
    return optionalDate(column)
  }

  const choice = <T extends string>(column: string, allowed: readonly T[]): T | null => {
    const value = raw(column)
    const found = allowed.find((known) => known === value)
    if (found === undefined) tell(column, value === '' ? 'required' : 'not-allowed', { allowed: allowed.join(', ') })
    return found ?? null
  }

  const code = (column: string, kind: PartyKind | null): string | null => {
    if (kind === 'person') return identifier(column, personalCode, 'personal-code')
    if (kind === 'organisation') return identifier(column, registrationNumber, 'registration-number')
    if (raw(column) === '') tell(column, 'required')
    return null
  }

  const validity = (from = 'from', to = 'to'): { valid_from: PlainDate | null; valid_to: PlainDate | null } => {
    const [valid_from, valid_to] = [date(from), optionalDate(to)]
    if (valid_from && valid_to && valid_to < valid_from) tell(to, 'to-before-from')
    return { valid_from, valid_to }
  }

  return {
    raw,
    text,
    identifier,
    date,
    choice,
    code,
    validity,
    flag: (column: string): boolean | null => {
      const found = choice(column, ['0', '1'])
      return found === null ? null : found === '1'
    },
    /** An address and the day it was verified, not after `asOf`. */
    email: (asOf: PlainDate): { email: string | null; email_verified_on: PlainDate | null } => {
      const [email, email_verified_on] = [raw('email'), optionalDate('email_verified_on')]
      if (email !== '' && (email.length > 254 || !emailShape.test(email))) tell('email', 'email')
      if (email === '' && email_verified_on) tell('email_verified_on', 'verified-without-email')
      if (email_verified_on && email_verified_on > asOf) tell('email_verified_on', 'date-in-future')
      return { email: email || null, email_verified_on }
    },
  }
}
