// Pages of cases: the lists, and what the registers say of a building.
import type { Page } from '../people/page.ts'
import { basicPage } from './basic-page.ts'
import type { ComingOf } from './coming.ts'
import { historyPage } from './history-page.ts'
import { listPage } from './list-page.ts'

export const casePages = (comingOf: ComingOf): readonly Page[] => [
  { path: '/', show: listPage(comingOf) },
  { path: '/cases', show: listPage(comingOf) },
  basicPage,
  historyPage,
]
