// Pages of meters and readings, gathered.
import type { Page } from '../people/page.ts'
import { answerPage } from './answer-page.ts'
import { meterHistoryPages } from './history-pages.ts'
import { labelsPage } from './labels-page.ts'
import { listPage } from './list-page.ts'
import { meterFormPages } from './meter-form-pages.ts'
import { meterPage } from './meter-page.ts'
import { readingPages } from './reading-pages.ts'
import { roundOrderPage } from './round-order-page.ts'
import { roundPage } from './round-page.ts'
import { roundSheetPage } from './round-sheet-page.ts'

export const metersPages: readonly Page[] = [listPage, ...meterFormPages, ...meterHistoryPages, labelsPage, meterPage, answerPage, ...readingPages, roundPage, roundOrderPage, roundSheetPage]
