// The language that a program asks for.
import { locales, type Locale } from '../ui/locale.ts'

const wish = (part: string) => {
  const [tag = '', ...parameters] = part.trim().toLowerCase().split(/\s*;\s*/)
  const weight = parameters.map((parameter) => /^q=([01](?:\.\d+)?)$/.exec(parameter)?.[1]).find(Boolean)
  return { locale: locales.find((locale) => tag.split('-')[0] === locale), weight: Number(weight ?? 1) }
}

/** The best of our languages by `Accept-Language`; Latvian where it names none of them. */
export function acceptedLocale(header = ''): Locale {
  const known = header.split(',').map(wish).filter(({ locale, weight }) => locale !== undefined && weight > 0)
  return known.sort((a, b) => b.weight - a.weight)[0]?.locale ?? 'lv'
}
