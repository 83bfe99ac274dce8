// Pages of cases: the lists, and what the registers say of a building.
import type { Page } from '../people/page.ts'
import { basicPage } from './basic-page.ts'
import type { Coming } from './coming.ts'
import { historyPage } from './history-page.ts'
import { listPage } from './list-page.ts'

/** What comes next in operation cases, and what is due in house cases. */
export const casePages = (coming: Coming): readonly Page[] => [
  { path: '/', show: listPage(coming) },
  { path: '/cases', show: listPage(coming) },
  basicPage,
  historyPage,
]
