// The manual as one PDF for each language: printed by `npm run manual`, served as it stands.
import { readFileSync } from 'node:fs'
import type { Locale } from '../ui/locale.ts'
import { helpPath } from './chapters.ts'
import { manualFolder } from './source.ts'

export const pdfPath = (locale: Locale): string => `${helpPath}/manual-${locale}.pdf`

export const pdfFile = (locale: Locale): URL => new URL(`manual-${locale}.pdf`, manualFolder)

const known = new Map<Locale, Buffer>()

export function pdfOf(locale: Locale): Buffer {
  const pdf = known.get(locale) ?? readFileSync(pdfFile(locale))
  known.set(locale, pdf)
  return pdf
}

export const sizeOfPdf = (locale: Locale): number => pdfOf(locale).length
