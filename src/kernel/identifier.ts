// Identifiers of persons, organisations and buildings: how they are written, checked and masked (INTERFACES 5 and 3.1).

const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0)

const century = ['18', '19', '20']

function isOldPersonalCode(code: string): boolean {
  const [day, month, year] = [code.slice(0, 2), code.slice(2, 4), code.slice(4, 6)]
  const whole = `${century[Number(code[6])]}${year}-${month}-${day}`
  const check = ((1 + weighted(code, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11) % 10
  return !Number.isNaN(Date.parse(whole)) && new Date(whole).toISOString().startsWith(whole) && check === Number(code[10])
}

/** The eleven digits of a Latvian personal code, old form (with checksum) or new (first digit 3, none); else undefined. */
export function personalCode(text: string): string | undefined {
  const code = /^\s*(\d{6})-?(\d{5})\s*$/.exec(text)?.slice(1).join('')
  if (code === undefined) return undefined
  return /^3[2-9]/.test(code) || isOldPersonalCode(code) ? code : undefined
}

/** The eleven digits of a registration number of the Enterprise Register, with its checksum; else undefined. */
export function registrationNumber(text: string): string | undefined {
  const code = text.trim()
  const valid = /^[4-9]\d{10}$/.test(code) && weighted(code, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3
  return valid ? code : undefined
}

const digits = (text: string, count: number): string | undefined => {
  const compact = text.replace(/[\s\u00a0]/g, '')
  return compact.length === count && /^\d+$/.test(compact) ? compact : undefined
}

/** The 14 digits of a building's cadastral designation; spaces are accepted. */
export const buildingDesignation = (text: string): string | undefined => digits(text, 14)

/** The 17 digits of a premise group's cadastral designation; its first 14 are its building's. */
export const premisesDesignation = (text: string): string | undefined => digits(text, 17)

/** The 11 digits of a property's cadastre number. */
export const propertyNumber = (text: string): string | undefined => digits(text, 11)

/** A personal code for people's eyes: the birth part only. */
export const maskedCode = (code: string): string => `${code.slice(0, 6)}-*****`

/** A cadastral designation as people read it: `0100 124 0238 001`. */
export const spacedDesignation = (code: string): string =>
  [code.slice(0, 4), code.slice(4, 7), code.slice(7, 11), code.slice(11, 14), code.slice(14)].filter(Boolean).join(' ')
