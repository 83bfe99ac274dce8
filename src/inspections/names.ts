// What inspection types are called in each language.
import { locales, say, type Locale } from '../ui/locale.ts'
import { isSystemType, systemTypes, type TypeName } from './inspection-type.ts'

/** A system type's name in a language; a person's own words as they are. */
export const typeName = (locale: Locale, type: string): string => (isSystemType(type) ? say(locale, `inspection.type.${type}`) : type)

/** `Bīstamo iekārtu pārbaude · Lifts 1`. */
export const typeTitle = (locale: Locale, { type, label }: TypeName): string =>
  label === '' ? typeName(locale, type) : `${typeName(locale, type)} · ${label}`

/** What the ten-year rule calls the periodic technical survey. */
const otherNames = ['tehniskā apsekošana', 'technical survey']

/** The system types' names in every language, reserved for them (A-7). */
export const systemNames: readonly string[] = [...locales.flatMap((locale) => systemTypes.map((type) => typeName(locale, type))), ...otherNames]
