// Pages of inspections, gathered.
import type { Page } from '../people/page.ts'
import { frontPage } from './front-page.ts'
import { typeHistoryPages } from './history-pages.ts'
import { inspectionPages } from './inspection-pages.ts'
import { caseNoticePages } from './notice-page.ts'
import { runsPages } from './runs-page.ts'
import { typePages } from './type-pages.ts'

export const inspectionsPages: readonly Page[] = [{ path: '/cases/:number', show: frontPage }, ...typePages, ...typeHistoryPages, ...inspectionPages, ...caseNoticePages, ...runsPages]
