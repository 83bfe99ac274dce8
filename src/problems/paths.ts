// Where problem reports are.
import { refuse } from '../kernel/refusal.ts'
import { idOfNumber, numberOf } from './problem-report.ts'

export const problemsPath = '/problems'
export const deskPath = '/desk'
export const cannedPath = `${deskPath}/answers`
export const knownPath = `${deskPath}/known`
export const onDeskPath = (id: number): string => `${deskPath}/${numberOf(id)}`
export const problemPath = (id: number): string => `${problemsPath}/${numberOf(id)}`

/** The report that an address names; what is no number leads nowhere. */
export const idIn = (number: string | undefined): number => idOfNumber(number ?? '') ?? refuse.missing()
