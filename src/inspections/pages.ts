// Pages of inspections, gathered.
import type { DueInHouse } from '../cases/coming.ts'
import type { Catalogue } from '../notifications/notice.ts'
import type { Teller } from '../notifications/teller.ts'
import type { Page } from '../people/page.ts'
import { frontPage } from './front-page.ts'
import { typeHistoryPages } from './history-pages.ts'
import { inspectionPages } from './inspection-pages.ts'
import { caseNoticePages } from './notice-page.ts'
import { runsPages } from './runs-page.ts'
import { typePages } from './type-pages.ts'

/** `catalogue`: the words of all that is told; `tellers`: what a sweep on demand tells of, `dueInHouse`: what a house's front page says, besides inspections. */
export const inspectionsPages = (catalogue: Catalogue, tellers: readonly Teller[], dueInHouse: DueInHouse): readonly Page[] => [
  { path: '/cases/:number', show: frontPage(dueInHouse) },
  ...typePages,
  ...typeHistoryPages,
  ...inspectionPages,
  ...caseNoticePages(catalogue),
  ...runsPages(tellers),
]
