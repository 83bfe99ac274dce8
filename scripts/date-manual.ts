// Dates the chapters of the manual whose text has changed: `npm run manual:dates`.
import { readFileSync, writeFileSync } from 'node:fs'
import { chapters } from '../src/help/chapters.ts'
import { digestOf, parseSource, sourceFile } from '../src/help/source.ts'
import { locales } from '../src/ui/locale.ts'
import { dateAt } from '../src/kernel/date.ts'

const today = dateAt(new Date())

for (const locale of locales)
  for (const chapter of chapters) {
    const file = sourceFile(locale, chapter)
    const content = readFileSync(file, 'utf8')
    const source = parseSource(content)
    const digest = digestOf(source)
    if (source.digest === digest) continue
    writeFileSync(file, content.replace(/^updated:.*$/m, `updated: ${today}`).replace(/^digest:.*$/m, `digest: ${digest}`))
    console.log(`manual/${locale}/${chapter}.md`)
  }
