// What the pages of consumption and of readings show, as files: the same filter and the same rows.
import type { Page, PageRequest } from '../people/page.ts'
import { Download } from '../ui/download.ts'
import { seenConsumption } from './consumption-page.ts'
import { consumptionSheet, fileName, readingsSheet } from './consumption-table.ts'
import { csvOf, xlsxOf, type Sheet } from './export-sheet.ts'
import { seeMeter } from './seeing.ts'
import { readings } from './store.ts'

const kinds = {
  csv: { type: 'text/csv; charset=utf-8', contentOf: async ({ view }: PageRequest, sheet: Sheet) => csvOf(view.locale, sheet) },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', contentOf: (_: PageRequest, sheet: Sheet) => xlsxOf(sheet) },
} as const

/** `name`: which of the case's tables it is. */
type Shown = { number: string; name: string; sheet: Sheet }

const houseSheet = async (request: PageRequest): Promise<Shown> => {
  const { file, year, types } = await seenConsumption(request)
  return { number: file.number, name: String(year), sheet: consumptionSheet(request.view.locale, year, types) }
}

const meterSheet = async ({ ctx, view, params }: PageRequest): Promise<Shown> => {
  const { file, meter } = await seeMeter(ctx, params['number']!, params['id']!)
  return { number: file.number, name: meter.number, sheet: readingsSheet(view.locale, meter, await readings(ctx.db, meter)) }
}

const exportPages = (path: string, shownOf: (request: PageRequest) => Promise<Shown>): Page[] =>
  (['csv', 'xlsx'] as const).map((ending) => ({
    path: `${path}.${ending}`,
    show: async (request) => {
      const { number, name, sheet } = await shownOf(request)
      const { type, contentOf } = kinds[ending]
      return new Download(`${fileName([number, name, request.ctx.today])}.${ending}`, type, await contentOf(request, sheet))
    },
  }))

export const consumptionExports: readonly Page[] = [
  ...exportPages('/cases/:number/consumption', houseSheet),
  ...exportPages('/cases/:number/meters/:id/readings', meterSheet),
]
